import { describe, expect, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../helpers/project.js'
import type { Project } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

const [users, posts, tags] = [
  '2025_01_01_000000_create_users_table',
  '2025_01_02_000000_create_posts_table',
  '2025_01_03_000000_create_tags_table',
] as const

async function runs(
  project: Project,
  words: readonly string[],
): Promise<[direction: string, name: string][]> {
  const document = await json(project, words)
  // What `runDocument` of the command line writes.
  const { migrations } = document as { migrations: { direction: string; name: string }[] }
  return migrations.map(({ direction, name }) => [direction, name])
}

describe('migrate:rollback', () => {
  test('undoes the last batch, last applied first', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate', `--to=${users}`])
    await succeed(project, ['migrate'])

    expect(await runs(project, ['migrate:rollback'])).toEqual([
      ['down', tags],
      ['down', posts],
    ])
    expect(await runs(project, ['migrate:rollback'])).toEqual([['down', users]])
    expect(await succeed(project, ['migrate:rollback'])).toBe('\n  Nothing to roll back.\n\n')
  })

  test('prints what it undoes', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate', `--to=${users}`])

    const text = await succeed(project, ['migrate:rollback'])

    expect(text).toMatch(new RegExp(`^\n  Rolling back migrations\n  ${users} \\.+ \\d+\\.\\d ms DONE\n\n$`))
  })

  test('--step=N undoes the last N, whatever their batch', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate', '--step'])

    expect(await runs(project, ['migrate:rollback', '--step=2'])).toEqual([
      ['down', tags],
      ['down', posts],
    ])
  })

  test('--batch=N undoes that batch', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate', '--step'])

    expect(await runs(project, ['migrate:rollback', '--batch', '2'])).toEqual([['down', posts]])
  })

  test('a name undoes that migration only', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])

    expect(await runs(project, ['migrate:rollback', `${posts}.ts`])).toEqual([['down', posts]])
  })

  test('a name that was not applied ends with 2 and the nearest', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])

    const { status, stderr } = await runCli(project, ['migrate:rollback', posts.replace('posts', 'post')])

    expect(status).toBe(2)
    expect(stderr).toContain(`Did you mean "${posts}"?`)
  })

  test('--pretend prints the SQL and undoes nothing', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate', `--to=${users}`])

    expect(await succeed(project, ['migrate:rollback', '--pretend'])).toBe(
      `-- ${users} (down)\ndrop table "users";\n\n`,
    )
    expect((await runCli(project, ['db:table', 'users'])).status).toBe(0)
  })

  test('a down that fails is reported, and its migration stays applied', async () => {
    const project = makeProject({
      'database/migrations/001_users.ts': migrationFile(
        "await schema.create('users', (table) => { table.id() })",
        "await schema.drop('users'); throw new Error('not today')",
      ),
    })
    await succeed(project, ['migrate'])

    const { status, stderr } = await runCli(project, ['migrate:rollback'])

    expect(status).toBe(1)
    expect(stderr).toContain('Migration 001_users failed on its way down: not today')
    expect(stderr).toContain('where  database/migrations/001_users.ts:8:')
    expect(await json(project, ['migrate:status'])).toMatchObject({ migrations: [{ state: 'applied' }] })
    expect((await runCli(project, ['db:table', 'users'])).status).toBe(0)
  })
})

describe('migrate:reset, migrate:refresh, migrate:fresh', () => {
  test('reset undoes everything', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate', '--step'])

    expect(await runs(project, ['migrate:reset'])).toEqual([
      ['down', tags],
      ['down', posts],
      ['down', users],
    ])
  })

  test('refresh undoes everything and applies it again, or the last N', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])

    expect(await runs(project, ['migrate:refresh', '--step=1'])).toEqual([
      ['down', tags],
      ['up', tags],
    ])
    expect(await runs(project, ['migrate:refresh'])).toHaveLength(6)
  })

  test('fresh drops what no migration made too, and applies everything', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])
    project.write('database/migrations/2025_01_04_000000_more.ts', createTable('more'))
    await succeed(project, ['migrate'])
    project.remove('database/migrations/2025_01_04_000000_more.ts')

    const text = await succeed(project, ['migrate:fresh', '--drop-views', '--drop-types'])

    expect(text).toContain('\n  Dropped everything\n\n  Running migrations\n')
    expect(await json(project, ['db:show'])).toMatchObject({
      tables: [{ name: 'posts' }, { name: 'schema_migrations' }, { name: 'tags' }, { name: 'users' }],
    })
  })
})

describe('migrate:install and db:wipe', () => {
  test('install makes the ledger once', async () => {
    const project = makeProject()

    expect(await succeed(project, ['migrate:install'])).toBe('\n  Made the table schema_migrations.\n\n')
    expect(await succeed(project, ['migrate:install'])).toBe(
      '\n  The table schema_migrations is there already.\n\n',
    )
  })

  test('wipe drops every table', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])

    expect(await succeed(project, ['db:wipe'])).toBe(
      '\n  Dropped every table, view and type of database/database.sqlite.\n\n',
    )
    expect(await json(project, ['db:show'])).toMatchObject({ tables: [] })
  })
})
