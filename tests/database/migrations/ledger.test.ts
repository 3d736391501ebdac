import { describe, expect, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames, twoConnections } from '../../helpers/tidemark.js'
import { TidemarkError } from '../../../src/index.js'
import { byDialect, quoted, transactionalDdl } from './words.js'

const folder = 'database/migrations'

describe('the ledger', () => {
  test('records what was applied, and when', async () => {
    const tidemark = await openTidemark(makeProject({ [`${folder}/001_a.ts`]: createTable('a') }))
    const before = Date.now()

    await tidemark.migrate()

    const [row] = await (await tidemark.db()).table('schema_migrations').get()
    expect(row).toMatchObject({
      name: '001_a',
      batch: 1,
      state: 'applied',
      // What took effect outside a transaction.
      position: transactionalDdl ? 0 : 1,
      error: null,
      journal: null,
      down: JSON.stringify({ statements: [{ sql: quoted('drop table "a"') }] }),
    })
    expect(row?.['checksum']).toMatch(/^[0-9a-f]{64}$/)
    expect(Date.parse(String(row?.['finished_at']))).toBeGreaterThanOrEqual(before)
  })

  test('has the name that is configured', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations(), {
      config: { migrations: { table: 'my "ledger"' } },
    })

    await tidemark.migrate()

    expect((await tidemark.tables()).map(({ name }) => name).sort()).toEqual([
      'my "ledger"',
      'posts',
      'tags',
      'users',
    ])
    expect(Object.values(await states(tidemark))).toEqual(['applied', 'applied', 'applied'])
  })

  test('is made by install, once', async () => {
    const tidemark = await openTidemark(makeProject())

    expect(await tidemark.install()).toBe(true)
    expect(await tidemark.install()).toBe(false)
  })

  test('is not taken for one where the table is somebody else’s', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await (await tidemark.db()).exec('create table schema_migrations (version varchar(20) primary key)')

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_FOREIGN_LEDGER' })
  })
})

/** The columns that `createTable` makes. */
const columnsOfA = byDialect({
  sqlite: [
    ['integer', false],
    ['varchar', false],
  ],
  postgres: [
    ['bigint', false],
    ['character varying(255)', false],
  ],
  mysql: [
    ['bigint unsigned', false],
    ['varchar(255)', false],
  ],
  mariadb: [
    ['bigint(20) unsigned', false],
    ['varchar(255)', false],
  ],
})

/** `done`, or the code of what was thrown. */
async function outcome(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'done',
    (error: unknown) => (error instanceof TidemarkError ? error.code : String(error)),
  )
}

describe('an applied migration', () => {
  test('that changed is shown and stops migrate', async () => {
    const project = makeProjectWithMigrations()
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    const file = `${folder}/2025_01_01_000000_create_users_table.ts`
    project.write(file, project.read(file).replace("string('name')", "string('title')"))

    expect(await states(tidemark)).toMatchObject({ '2025_01_01_000000_create_users_table': 'changed' })
    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_MIGRATION_CHANGED',
      remedy: expect.stringContaining('tidemark migrate:rollback 2025_01_01_000000_create_users_table'),
    })
  })

  test('of which only comments, white space and line endings changed is as it was', async () => {
    const project = makeProjectWithMigrations()
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    const file = `${folder}/2025_01_01_000000_create_users_table.ts`
    project.write(file, `// why\n${project.read(file)}`.replaceAll('\n', '\r\n'))

    expect(new Set(Object.values(await states(tidemark)))).toEqual(new Set(['applied']))
    expect((await tidemark.migrate()).runs).toEqual([])
  })

  test('built from .ts to .js is the same migration', async () => {
    const project = makeProject({ [`${folder}/001_a.ts`]: createTable('a') })
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/001_a.js`, project.read(`${folder}/001_a.ts`))
    project.remove(`${folder}/001_a.ts`)

    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  })

  test('whose file is gone is shown, stops migrate, and can be rolled back', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/002_b.ts`]: migrationFile(
        `await schema.table('a', (table) => { table.string('note').nullable() })`,
        `await schema.table('a', (table) => { table.dropColumn('note') })`,
      ),
    })
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    const before = await (await tidemark.schema()).getColumnListing('a')
    project.remove(`${folder}/002_b.ts`)

    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'missing' })
    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_MIGRATION_FILE_MISSING',
      remedy: expect.stringContaining('tidemark migrate:rollback 002_b'),
    })
    await tidemark.rollback({ name: '002_b' })

    expect(before).toEqual(['id', 'name', 'note'])
    expect(await (await tidemark.schema()).getColumnListing('a')).toEqual(['id', 'name'])
    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  })

  test('whose stored down changes a column keeps the rows that reference the table', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/002_b.ts`]: migrationFile(
        `await schema.create('b', (table) => { table.id(); table.foreignId('a_id').constrained('a').cascadeOnDelete() })
    await db.table('a').insert({ id: 1, name: 'x' })
    await db.table('b').insert({ id: 1, a_id: 1 })`,
        `await schema.drop('b')`,
      ),
      [`${folder}/003_c.ts`]: migrationFile(
        `await schema.table('a', (table) => { table.text('name').nullable().change() })`,
        `await schema.table('a', (table) => { table.string('name').nullable(false).change() })`,
      ),
    })
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.remove(`${folder}/003_c.ts`)

    await tidemark.rollback({ name: '003_c' })

    expect(await (await tidemark.db()).table('b').count()).toBe(1)
    expect((await tidemark.table('a'))?.columns.map(({ type, nullable }) => [type, nullable])).toEqual(
      columnsOfA,
    )
  })

  test('whose stored down changes a column back leaves a later change of the table', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/002_b.ts`]: migrationFile(
        `await schema.table('a', (table) => { table.text('name').nullable().change() })`,
        `await schema.table('a', (table) => { table.string('name').nullable(false).change() })`,
      ),
      [`${folder}/003_c.ts`]: migrationFile(
        `await schema.table('a', (table) => { table.string('note').default('kept') })`,
        `await schema.table('a', (table) => { table.dropColumn('note') })`,
      ),
    })
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    await (await tidemark.db()).table('a').insert({ id: 1, name: 'x' })
    project.remove(`${folder}/002_b.ts`)

    const early = await outcome(tidemark.rollback({ name: '002_b' }))

    // Where changing a column makes the table anew, what was compiled would make it without the later column.
    const makesAnew = 'TM_STORED_DOWN_STALE'
    expect(early).toBe(byDialect({ sqlite: makesAnew, postgres: 'done', mysql: 'done', mariadb: 'done' }))
    expect(await (await tidemark.db()).table('a').first()).toEqual({ id: 1, name: 'x', note: 'kept' })

    await tidemark.rollback({ name: '003_c' })
    if (early === makesAnew) await tidemark.rollback({ name: '002_b' })
    expect((await tidemark.table('a'))?.columns.map(({ type, nullable }) => [type, nullable])).toEqual(
      columnsOfA,
    )
  })

  test('whose stored down can be in no transaction is rolled back in none', async () => {
    const project = makeProject({
      [`${folder}/001_a.sql`]: `-- migrate:up
create table a (x integer);
create index a_x on a (x);
-- migrate:down transaction:false
${byDialect({ sqlite: 'vacuum', postgres: 'drop index concurrently a_x', mysql: 'drop index a_x on a', mariadb: 'drop index a_x on a' })};
drop table a;
`,
    })
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.remove(`${folder}/001_a.sql`)

    await tidemark.rollback()

    expect(await tableNames(tidemark)).toEqual([])
  })

  test('of another connection cannot be rolled back without its file: the ledger’s database is not its own', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a').replace('migration({', "migration({ connection: 'reporting',"),
    })
    const tidemark = await openTidemark(project, { config: await twoConnections() })
    await (await tidemark.schema()).create('a', (table) => table.id())
    await tidemark.migrate()
    project.remove(`${folder}/001_a.ts`)

    await expect(tidemark.rollback()).rejects.toMatchObject({ code: 'TM_NO_STORED_DOWN' })
    expect(await tableNames(tidemark)).toEqual(['a'])
  })

  test('whose down reads rows cannot be rolled back without its file, and says so', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: migrationFile(
        `await schema.create('a', (table) => { table.id() })`,
        `if ((await db.table('a').count()) === 0) await schema.drop('a')`,
      ),
    })
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.remove(`${folder}/001_a.ts`)

    await expect(tidemark.rollback()).rejects.toMatchObject({ code: 'TM_NO_STORED_DOWN' })
    expect(await tableNames(tidemark)).toEqual(['a'])
  })
})
