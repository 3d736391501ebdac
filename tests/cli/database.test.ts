import { describe, expect, test } from 'vitest'
import { type Project, makeProject, migrationFile } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

const structure = migrationFile(
  `await schema.create('users', (table) => {
      table.id()
      table.string('email').unique()
      table.string('role').default('reader')
      table.integer('age').nullable()
    })
    await schema.create('posts', (table) => {
      table.id()
      table.foreignId('user_id').constrained().onDelete('cascade')
      table.string('title')
      table.integer('words').default(0)
      table.boolean('long').virtualAs('words > 1000')
      table.index(['title', 'user_id'])
      table.check('posts_words_check', 'words >= 0')
    })
    await db.exec(\`create view titles as select title from posts;
      create trigger posts_touch after insert on posts begin select 1; end\`)
    await db.table('users').insert({ email: 'a@example.com' })`,
  '',
)

async function makeDatabase(): Promise<Project> {
  const project = makeProject({ 'database/migrations/001_structure.ts': structure })
  await succeed(project, ['migrate'])
  return project
}

/** Lines without the dots between their parts. */
function partsOf(text: string): string {
  return text.replaceAll(/ \.{3,} /g, ' | ')
}

describe('db:show', () => {
  test('shows where the database is, and its tables', async () => {
    const text = partsOf(await succeed(await makeDatabase(), ['db:show']))

    expect(text).toMatch(/^\n {2}SQLite \d+\.\d+\.\d+\n {2}Connection \| sqlite\n/)
    expect(text).toContain('  Database | database/database.sqlite\n  Size | ')
    expect(text).toMatch(/\n {2}3 tables\n {2}posts .*\n {2}schema_migrations .*\n {2}users /)
  })

  test('--counts counts the rows, --views shows the views', async () => {
    const project = await makeDatabase()

    const text = partsOf(await succeed(project, ['db:show', '--counts', '--views']))

    expect(text).toMatch(/\n {2}posts \| 0 rows/)
    expect(text).toMatch(/\n {2}users \| 1 row/)
    expect(text).toContain('\n  1 view\n  titles\n')
    expect(await json(project, ['db:show', '--counts', '--views', '--types'])).toMatchObject({
      connection: 'sqlite',
      database: 'database/database.sqlite',
      tables: [
        { name: 'posts', rows: 0 },
        { name: 'schema_migrations', rows: 1 },
        { name: 'users', rows: 1 },
      ],
      views: ['titles'],
      types: [],
    })
  })
})

describe('db:table', () => {
  test('shows columns, indexes, keys, checks and triggers', async () => {
    const text = partsOf(await succeed(await makeDatabase(), ['db:table', 'posts']))

    expect(text).toBe(`
  posts, 5 columns
  id autoincrement | integer
  user_id | integer
  title | varchar
  words default '0' | integer
  long nullable, virtual as (words > 1000) | tinyint(1)

  Indexes
  primary id | primary
  posts_title_user_id_index title, user_id | index

  Foreign keys
  user_id → users (id) | on update no action, on delete cascade

  Checks
  posts_words_check | words >= 0

  Triggers
  posts_touch | after insert

`)
  })

  test('--json holds the structure', async () => {
    expect(await json(await makeDatabase(), ['db:table', 'users'])).toMatchObject({
      name: 'users',
      columns: [{ name: 'id', autoIncrement: true }, { name: 'email' }, { name: 'role' }, { name: 'age' }],
      indexes: [{ name: 'users_email_unique', unique: true }],
    })
  })

  test.each(['db:table', 'db:describe'])(
    '%s of a table that there is not ends with 1 and the nearest',
    async (word) => {
      const { status, stderr } = await runCli(await makeDatabase(), [word, 'userz'])

      expect(status).toBe(1)
      expect(stderr).toContain('The database has no table "userz". Did you mean "users"?')
      expect(stderr).toContain('TM_NO_SUCH_TABLE')
    },
  )
})

describe('db:describe', () => {
  test('has the columns of MySQL’s DESCRIBE', async () => {
    const project = await makeDatabase()

    expect(await succeed(project, ['db:describe', 'users'])).toBe(`
  Field  Type     Null  Key  Default
  id     integer  NO    PRI  NULL
  email  varchar  NO    UNI  NULL
  role   varchar  NO         reader
  age    integer  YES        NULL

`)
  })

  test('marks the first column of an index over several', async () => {
    expect(await json(await makeDatabase(), ['db:describe', 'posts'])).toMatchObject([
      { Field: 'id', Key: 'PRI' },
      { Field: 'user_id', Key: '' },
      { Field: 'title', Type: 'varchar', Null: 'NO', Key: 'MUL', Default: null },
      { Field: 'words', Default: '0' },
      { Field: 'long', Null: 'YES' },
    ])
  })
})
