// db:show and db:table on the database under test: the same structure, in the words of each.

import { expect, inject, test } from 'vitest'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { makeDatabase } from '../../helpers/database.js'
import { type Project, makeProject, migrationFile } from '../../helpers/project.js'
import { json, runCli, succeed } from '../../helpers/run-cli.js'

const dialect = inject('dialect')

const structure = migrationFile(
  `await schema.create('users', (table) => {
      table.id()
      table.string('email').unique()
      table.string('role').default('reader').comment('what one may do')
      table.comment('who reads')
    })
    await schema.create('posts', (table) => {
      table.id()
      table.foreignId('user_id').constrained().onDelete('cascade')
      table.string('title')
      table.integer('words').default(0)
      table.boolean('long').nullable().storedAs('words > 1000')
      table.enum('state', ['draft', 'published']).default('draft').native()
      table.timestamp('made_at').useCurrent()
      table.index(['title', 'user_id'])
      table.check('posts_words_check', 'words >= 0')
    })
    await db.statement('create view titles as select title from posts')
    await db.table('users').insert({ email: 'a@example.com' })`,
  '',
)

interface Made {
  readonly project: Project
  readonly variables: Readonly<Record<string, string>>
}

async function makeStructure(): Promise<Made> {
  const made = {
    project: makeProject({ 'database/migrations/001_structure.ts': structure }),
    variables: (await makeDatabase()).variables,
  }
  await succeed(made.project, ['migrate'], made.variables)
  return made
}

/** Lines without the dots between their parts. */
function partsOf(text: string): string {
  return text.replaceAll(/ \.{3,} /g, ' | ')
}

const posts: Readonly<Record<DialectName, string>> = {
  sqlite: `
  posts, 7 columns
  id autoincrement | integer
  user_id | integer
  title | varchar
  words default '0' | integer
  long nullable, stored as (words > 1000) | tinyint(1)
  state default 'draft' | varchar
  made_at default CURRENT_TIMESTAMP | datetime

  Indexes
  primary id | primary
  posts_title_user_id_index title, user_id | index

  Foreign keys
  user_id → users (id) | on update no action, on delete cascade

  Checks
  check | "state" in ('draft', 'published')
  posts_words_check | words >= 0

`,
  postgres: `
  posts, 7 columns
  id autoincrement | bigint
  user_id | bigint
  title | character varying(255)
  words default 0 | integer
  long nullable, stored as (words > 1000) | boolean
  state default 'draft'::posts_state | posts_state
  made_at default CURRENT_TIMESTAMP | timestamp(0) without time zone

  Indexes
  posts_pkey id | primary
  posts_title_user_id_index title, user_id | index

  Foreign keys
  posts_user_id_foreign user_id → users (id) | on update no action, on delete cascade

  Checks
  posts_words_check | words >= 0

`,
  mysql: `
  posts, 7 columns
  engine | InnoDB
  collation | utf8mb4_unicode_ci
  id autoincrement | bigint unsigned
  user_id | bigint unsigned
  title | varchar(255)
  words default 0 | int
  long nullable, stored as (\`words\` > 1000) | tinyint(1)
  state default 'draft' | enum('draft','published')
  made_at default CURRENT_TIMESTAMP | timestamp

  Indexes
  primary id | primary
  posts_title_user_id_index title, user_id | index
  posts_user_id_foreign user_id | index

  Foreign keys
  posts_user_id_foreign user_id → users (id) | on update no action, on delete cascade

  Checks
  posts_words_check | \`words\` >= 0

`,
  mariadb: `
  posts, 7 columns
  engine | InnoDB
  collation | utf8mb4_unicode_ci
  id autoincrement | bigint(20) unsigned
  user_id | bigint(20) unsigned
  title | varchar(255)
  words default 0 | int(11)
  long nullable, stored as (\`words\` > 1000) | tinyint(1)
  state default 'draft' | enum('draft','published')
  made_at default CURRENT_TIMESTAMP | timestamp

  Indexes
  primary id | primary
  posts_title_user_id_index title, user_id | index
  posts_user_id_foreign user_id | index

  Foreign keys
  posts_user_id_foreign user_id → users (id) | on update restrict, on delete cascade

  Checks
  posts_words_check | \`words\` >= 0

`,
}

test('db:table shows columns, indexes, keys and checks', async () => {
  const { project, variables } = await makeStructure()

  expect(partsOf(await succeed(project, ['db:table', 'posts'], variables))).toBe(posts[dialect])
})

test('db:table shows comments where the database keeps them', async () => {
  const { project, variables } = await makeStructure()

  const text = partsOf(await succeed(project, ['db:table', 'users'], variables))

  const hasComments = dialect !== 'sqlite'
  expect(text.includes('\n  comment | who reads\n')).toBe(hasComments)
  expect(/\n {2}role default 'reader'.*, "what one may do" \| /.test(text)).toBe(hasComments)
})

const servers: Readonly<Record<DialectName, RegExp>> = {
  sqlite: /^\n {2}SQLite \d+\.\d+\.\d+\n/,
  postgres: /^\n {2}PostgreSQL \d+\.\d+\n/,
  mysql: /^\n {2}MySQL \d+\.\d+\.\d+\n/,
  mariadb: /^\n {2}MariaDB \d+\.\d+\.\d+\n/,
}
const isMysqlFamily = dialect === 'mysql' || dialect === 'mariadb'
const engine = isMysqlFamily ? ' InnoDB' : ''

test('db:show shows the server, tables with their rows and sizes, views and types', async () => {
  const { project, variables } = await makeStructure()
  const words = ['db:show', '--counts', '--views', '--types']

  const text = partsOf(await succeed(project, words, variables))

  expect(text).toMatch(servers[dialect])
  expect(text).toMatch(/\n {2}Size \| \d+\.\d [KM]B\n/)
  expect(text).toMatch(
    new RegExp(`\\n {2}3 tables\\n {2}posts${engine} \\| 0 rows +\\d+\\.\\d KB\\n {2}schema_migrations`),
  )
  expect(text).toContain('\n  1 view\n  titles\n')
  expect(text).toContain(
    dialect === 'postgres' ? '\n  1 type\n  posts_state enum: draft, published\n' : '\n  0 types\n',
  )
})

test('db:show --json holds the same', async () => {
  const { project, variables } = await makeStructure()

  const document = await json(project, ['db:show', '--counts', '--views', '--types'], variables)

  const size: unknown = expect.any(Number)
  const storage = isMysqlFamily ? { engine: 'InnoDB', collation: 'utf8mb4_unicode_ci' } : {}
  const comment = dialect === 'sqlite' ? {} : { comment: 'who reads' }
  expect(document).toEqual({
    connection: dialect === 'postgres' ? 'pgsql' : dialect,
    server: expect.any(String),
    database: expect.not.stringContaining('://'),
    sizeBytes: size,
    tables: [
      { name: 'posts', sizeBytes: size, rows: 0, ...storage },
      { name: 'schema_migrations', sizeBytes: size, rows: 1, ...storage },
      { name: 'users', sizeBytes: size, rows: 1, ...storage, ...comment },
    ],
    views: ['titles'],
    types:
      dialect === 'postgres' ? [{ name: 'posts_state', kind: 'enum', values: ['draft', 'published'] }] : [],
  })
})

test('db:table and db:describe take a view, and name the nearest of what is not there', async () => {
  const { project, variables } = await makeStructure()

  expect(await json(project, ['db:describe', 'titles'], variables)).toMatchObject([{ Field: 'title' }])
  expect(await json(project, ['db:table', 'titles'], variables)).toMatchObject({
    name: 'titles',
    columns: [{ name: 'title' }],
    indexes: [],
  })
  const { status, stderr } = await runCli(project, ['db:table', 'postz'], variables)
  expect(status).toBe(1)
  expect(stderr).toContain('The database has no table "postz". Did you mean "posts"?')
})

test('db:wipe leaves nothing', async () => {
  const { project, variables } = await makeStructure()

  await succeed(project, ['db:wipe'], variables)

  expect(await json(project, ['db:show', '--views', '--types'], variables)).toMatchObject({
    tables: [],
    views: [],
    types: [],
  })
})
