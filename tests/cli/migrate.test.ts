import { describe, expect, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

/** Times are not the same twice. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\.+ \d+(?:\.\d+)? m?s /g, '… ')
}

const broken = migrationFile(
  "await db.exec('create table a (id); create tabel b (id)')",
  "await schema.drop('a')",
)

describe('migrate', () => {
  test('prints each migration with its time, aligned', async () => {
    const project = makeProjectWithMigrations()

    const text = await succeed(project, ['migrate'])

    expect(withoutTimes(text)).toBe(`
  Running migrations
  2025_01_01_000000_create_users_table … DONE
  2025_01_02_000000_create_posts_table … DONE
  2025_01_03_000000_create_tags_table … DONE

`)
    const lengths = text
      .split('\n')
      .filter((line) => line.endsWith('DONE'))
      .map((line) => line.length)
    expect(lengths).toEqual([80, 80, 80])
  })

  test('has nothing to do the second time', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])

    expect(await succeed(project, ['migrate'])).toBe('\n  Nothing to migrate.\n\n')
  })

  test('--json prints one document', async () => {
    const project = makeProjectWithMigrations()

    const document = await json(project, ['migrate'])

    const run = { direction: 'up', outcome: 'done', batch: 1, durationMs: expect.any(Number) }
    expect(document).toEqual({
      pretended: false,
      migrations: [
        { name: '2025_01_01_000000_create_users_table', ...run },
        { name: '2025_01_02_000000_create_posts_table', ...run },
        { name: '2025_01_03_000000_create_tags_table', ...run },
      ],
    })
    expect(JSON.stringify(document)).not.toMatch(/"durationMs":\d+\.\d\d/)
  })

  test('--quiet prints nothing', async () => {
    expect(await succeed(makeProjectWithMigrations(), ['migrate', '--quiet'])).toBe('')
  })

  test('--verbose prints the statements', async () => {
    const text = await succeed(makeProjectWithMigrations(), ['migrate', '-v'])

    expect(text).toMatch(
      /\n {4}create table "users" \(.*\); -- \d+\.\d ms\n {2}2025_01_01_000000_create_users_table \./,
    )
  })

  test('--to stops after a migration, named with or without its ending', async () => {
    const project = makeProjectWithMigrations()

    await succeed(project, ['migrate', '--to', '2025_01_01_000000_create_users_table.ts'])
    await succeed(project, ['migrate', '--to=2025_01_02_000000_create_posts_table'])

    expect(await json(project, ['migrate:status', '--pending=0'])).toMatchObject({
      migrations: [{ name: '2025_01_03_000000_create_tags_table' }],
    })
  })

  test('--to with a name that there is not ends with 2', async () => {
    const { status, stderr } = await runCli(makeProjectWithMigrations(), ['migrate', '--to=create_tags'])

    expect(status).toBe(2)
    expect(stderr).toContain('TM_NO_SUCH_MIGRATION')
  })

  test('--step gives each migration a batch of its own', async () => {
    const project = makeProjectWithMigrations()

    const document = await json(project, ['migrate', '--step'])

    expect(document).toMatchObject({ migrations: [{ batch: 1 }, { batch: 2 }, { batch: 3 }] })
  })

  test('--pretend prints SQL that can be run, and changes nothing', async () => {
    const project = makeProject({
      'database/migrations/001_users.ts': createTable('users'),
      'database/migrations/002_rows.ts': migrationFile(
        "if ((await db.table('users').count()) === 0) await db.table('users').insert({ name: \"it's\" })",
        "await db.table('users').delete()",
      ),
    })
    await succeed(project, ['migrate', '--to=001_users'])

    const text = await succeed(project, ['migrate', '--pretend'])

    expect(text).toBe(`-- 002_rows (up)
-- reads rows: on other data the statements may differ
insert into "users" ("name") values ('it''s');

`)
    expect(await json(project, ['db:show', '--counts'])).toMatchObject({
      tables: expect.arrayContaining([expect.objectContaining({ name: 'users', rows: 0 })]),
    })
  })

  test('--pretend --json holds the SQL of each migration', async () => {
    const project = makeProject({ 'database/migrations/001_users.ts': createTable('users') })

    expect(await json(project, ['migrate', '--pretend'])).toMatchObject({
      pretended: true,
      migrations: [
        {
          name: '001_users',
          outcome: 'pretended',
          sql: [
            'create table "users" ("id" integer primary key autoincrement not null, "name" varchar not null)',
          ],
          readsData: false,
        },
      ],
    })
  })

  test('--path takes migrations from other folders, several of them', async () => {
    const project = makeProject({
      'a/001_users.ts': createTable('users'),
      'b/002_posts.ts': createTable('posts'),
    })

    const document = await json(project, ['migrate', '--realpath', '--path', 'a', project.path('b')])

    expect(document).toMatchObject({ migrations: [{ name: '001_users' }, { name: '002_posts' }] })
  })

  test('--connection, --database and --env choose the database', async () => {
    const project = makeProjectWithMigrations({
      'tidemark.config.mjs': `export default {
        default: 'main',
        connections: {
          main: { dialect: 'sqlite', database: 'main.sqlite' },
          other: { dialect: 'sqlite', database: 'other.sqlite' },
        },
      }`,
    })

    await succeed(project, ['migrate', '--connection=other'])
    expect([project.has('main.sqlite'), project.has('other.sqlite')]).toEqual([false, true])

    await succeed(project, ['migrate', '--database', 'main'])
    expect(project.has('main.sqlite')).toBe(true)
  })

  test('--env reads that .env over the other', async () => {
    const project = makeProjectWithMigrations({
      '.env': 'DB_DATABASE=local.sqlite\n',
      '.env.testing': 'DB_DATABASE=testing.sqlite\n',
    })

    await succeed(project, ['migrate', '--env=testing'])

    expect([project.has('local.sqlite'), project.has('testing.sqlite')]).toEqual([false, true])
  })

  test('--config takes another configuration file', async () => {
    const project = makeProjectWithMigrations({
      'settings/db.mjs':
        "export default { connections: { sqlite: { dialect: 'sqlite', database: 'here.sqlite' } } }",
    })

    await succeed(project, ['migrate', '--config', 'settings/db.mjs'])

    expect(project.has('here.sqlite')).toBe(true)
  })
})

describe('a migration that fails', () => {
  test('says where, which statement, why and what to do', async () => {
    const project = makeProject({
      'database/migrations/001_users.ts': createTable('users'),
      'database/migrations/002_broken.ts': broken,
      'database/migrations/003_tags.ts': createTable('tags'),
    })

    const { status, stdout, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(1)
    expect(withoutTimes(stdout)).toBe(`
  Running migrations
  001_users … DONE
  002_broken … FAIL
`)
    expect(stderr).toContain(
      '  Error  Migration 002_broken failed on its way up: SQLite: near "tabel": syntax error',
    )
    expect(stderr).toContain('\n  where  database/migrations/002_broken.ts:5:')
    expect(stderr).toContain('\n  sql    create tabel b (id)  (statement 2)\n')
    expect(stderr).toMatch(/\n {2}next {3}.*Nothing of this migration remains/)
    expect(stderr).not.toContain('node_modules')
    expect(await json(project, ['db:show'])).toMatchObject({
      tables: [{ name: 'schema_migrations' }, { name: 'users' }],
    })
  })

  test('with --json the document holds the error and what was done before it', async () => {
    const project = makeProject({
      'database/migrations/001_users.ts': createTable('users'),
      'database/migrations/002_broken.ts': broken,
    })

    const { status, stdout, stderr } = await runCli(project, ['migrate', '--json'])

    expect(status).toBe(1)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        message: expect.stringContaining('near "tabel"'),
        place: { file: 'database/migrations/002_broken.ts', statement: 2 },
      },
      migrations: [{ name: '001_users', outcome: 'done' }],
    })
  })

  test('with -v shows the stack', async () => {
    const project = makeProject({ 'database/migrations/002_broken.ts': broken })

    const { stderr } = await runCli(project, ['migrate', '-v'])

    expect(stderr).toMatch(/\n {4}at .*002_broken\.ts:5:/)
  })

  test('with --graceful is reported, and the command succeeds', async () => {
    const project = makeProject({ 'database/migrations/002_broken.ts': broken })

    const { status, stderr } = await runCli(project, ['migrate', '--graceful'])

    expect(status).toBe(0)
    expect(stderr).toContain('near "tabel": syntax error')
  })
})
