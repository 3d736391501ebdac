import { describe, expect, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames, twoConnections, watch } from '../../helpers/tidemark.js'
import { byDialect, quoted, transactionalDdl } from './words.js'

const folder = 'database/migrations'

describe('migrate', () => {
  test('applies what is pending in the order of the names, and then has nothing to do', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/1000_c.ts`]: createTable('c'),
        [`${folder}/999_b.ts`]: createTable('b'),
        [`${folder}/001_a.ts`]: createTable('a'),
      }),
    )

    const { runs } = await tidemark.migrate()

    expect(runs.map(({ name, batch, outcome }) => [name, batch, outcome])).toEqual([
      ['001_a', 1, 'done'],
      ['999_b', 1, 'done'],
      ['1000_c', 1, 'done'],
    ])
    expect(await tableNames(tidemark)).toEqual(['a', 'b', 'c'])
    expect((await tidemark.migrate()).runs).toEqual([])
  })

  test('applies a migration that came later in a batch of its own', async () => {
    const project = makeProjectWithMigrations()
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/2026_01_01_000000_create_late_table.ts`, createTable('late'))

    const { runs } = await tidemark.migrate()

    expect(runs.map(({ name, batch }) => [name, batch])).toEqual([['2026_01_01_000000_create_late_table', 2]])
  })

  test('gives each migration a batch of its own with step', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())

    const { runs } = await tidemark.migrate({ step: true })

    expect(runs.map(({ batch }) => batch)).toEqual([1, 2, 3])
  })

  test('stops after the migration that `to` names, with or without its ending', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())

    await tidemark.migrate({ to: '2025_01_01_000000_create_users_table' })
    expect(await tableNames(tidemark)).toEqual(['users'])

    await tidemark.migrate({ to: '2025_01_02_000000_create_posts_table.ts' })
    expect(await tableNames(tidemark)).toEqual(['posts', 'users'])
  })

  test('refuses a `to` that is no migration, with the nearest name', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())

    await expect(tidemark.migrate({ to: '2025_01_01_000000_create_user_table' })).rejects.toMatchObject({
      code: 'TM_NO_SUCH_MIGRATION',
      message: expect.stringContaining('Did you mean "2025_01_01_000000_create_users_table"?'),
    })
  })

  test('tells of each step by events', async () => {
    const tidemark = await openTidemark(makeProject({ [`${folder}/001_a.ts`]: createTable('a') }))
    const seen = watch(tidemark, [
      'migrationsStarted',
      'migrationStarted',
      'statement',
      'migrationEnded',
      'migrationsEnded',
      'nothingToDo',
    ])

    await tidemark.migrate()
    await tidemark.migrate()

    expect(seen).toEqual([
      'migrationsStarted',
      'migrationStarted 001_a',
      'statement',
      'migrationEnded 001_a',
      'migrationsEnded',
      'nothingToDo',
    ])
  })

  test('keeps the migrations before one that failed, and goes on once what it missed is there', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/002_b.ts`]: migrationFile(
        `await schema.create('b', (table) => { table.id() })
    await db.table('a').insert({ name: 'x' })
    await db.exec('insert into nowhere values (1)')`,
        `await schema.drop('b')`,
      ),
      [`${folder}/003_c.ts`]: createTable('c'),
    })
    const tidemark = await openTidemark(project)

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_SQL_NO_SUCH_TABLE',
      place: { file: `${folder}/002_b.ts`, sql: 'insert into nowhere values (1)' },
    })
    const left = transactionalDdl ? { tables: ['a'], rows: 0 } : { tables: ['a', 'b'], rows: 1 }
    expect(await tableNames(tidemark)).toEqual(left.tables)
    expect(await (await tidemark.db()).table('a').count()).toBe(left.rows)
    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'failed', '003_c': 'pending' })

    await (await tidemark.db()).exec('create table nowhere (n integer)')
    const { runs } = await tidemark.migrate()
    expect(await (await tidemark.db()).table('a').count()).toBe(1)
    expect(await (await tidemark.db()).table('nowhere').count()).toBe(1)

    // One that stopped half-way goes on in its batch.
    expect(runs.map(({ batch }) => batch)).toEqual([transactionalDdl ? 2 : 1, 2])
    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'applied', '003_c': 'applied' })
  })

  test('counts no batch for a migration that was rolled back', async () => {
    const project = makeProject({ [`${folder}/001_a.ts`]: migrationFile(`throw new Error('no')`, '') })
    const tidemark = await openTidemark(project)
    await expect(tidemark.migrate()).rejects.toThrow('no')
    project.write(`${folder}/001_a.ts`, createTable('a'))

    expect((await tidemark.migrate()).runs.map(({ batch }) => batch)).toEqual([1])
  })

  test('names the file in which the failing call stands', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: `import { migration } from 'tidemark'
type Nothing = { word: string }
const nothing: Nothing | undefined = undefined
export default migration({
  async up({ schema }) {
    await schema.hasTable('a')
    throw new TypeError('it is Monday')
  },
  async down() {},
})
`,
      }),
    )

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_MIGRATION_FAILED',
      message: 'Migration 001_a failed on its way up: it is Monday',
      // Which line it is, tests/cli says: the test runner maps stacks in its own way.
      place: { file: `${folder}/001_a.ts`, line: expect.any(Number) },
    })
  })

  test('refuses a forgotten await and rolls back', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: migrationFile(`schema.create('a', (table) => { table.id() })`, ''),
      }),
    )

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_NOT_AWAITED' })
    expect(await tableNames(tidemark)).toEqual([])
  })

  test('refuses SQL that would end the transaction, where there is one', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: migrationFile(
          `await db.exec('create table a (x integer); -- done\\n commit; create table b (x integer)')`,
          '',
        ),
      }),
    )

    if (transactionalDdl) {
      await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_TRANSACTION_CONTROL' })
      expect(await tableNames(tidemark)).toEqual([])
    } else {
      // There is none to end.
      await tidemark.migrate()
      expect(await tableNames(tidemark)).toEqual(['a', 'b'])
    }
  })

  test('leaves a migration pending whose shouldRun says no', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a').replace('migration({', 'migration({ shouldRun: () => false,'),
    })
    const tidemark = await openTidemark(project)
    const seen = watch(tidemark, ['migrationSkipped', 'migrationEnded'])

    const { runs } = await tidemark.migrate()

    expect(runs.map(({ outcome }) => outcome)).toEqual(['skipped'])
    expect(seen).toEqual(['migrationSkipped 001_a'])
    expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
  })

  test('asks before each migration where it is told to, and stops at a no', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    const asked: string[] = []

    await tidemark.migrate({
      confirm: (name) => {
        asked.push(name)
        return Promise.resolve(asked.length < 2)
      },
    })

    expect(asked).toHaveLength(2)
    expect(await tableNames(tidemark)).toEqual(['users'])
  })

  test('finds migrations in several folders and files, in one order', async () => {
    const project = makeProject({
      'one/002_b.ts': createTable('b'),
      'two/001_a.ts': createTable('a'),
      'three/003_c.ts': createTable('c'),
      'three/004_d.ts': createTable('d'),
    })
    const tidemark = await openTidemark(project, { paths: ['one', 'two', 'three/003_c.ts'] })

    const { runs } = await tidemark.migrate()

    expect(runs.map(({ name }) => name)).toEqual(['001_a', '002_b', '003_c'])
  })

  test('passes over helpers, tests and declarations beside the migrations', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/_columns.ts`]: 'export const columns = 1',
      [`${folder}/001_a.test.ts`]: 'throw new Error()',
      [`${folder}/types.d.ts`]: 'declare const x: number',
      [`${folder}/README.md`]: '#',
    })

    expect(await states(await openTidemark(project))).toEqual({ '001_a': 'pending' })
  })

  test('runs on another connection what says so', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a').replace('migration({', "migration({ connection: 'reporting',"),
    })
    const config = await twoConnections()
    const tidemark = await openTidemark(project, { config })
    const reporting = await openTidemark(project, { config, connection: 'reporting' })

    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual([])
    expect(await tableNames(reporting)).toEqual(['a'])
    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })

    await tidemark.rollback()
    expect(await tableNames(reporting)).toEqual([])
  })

  test('on another connection that stops half-way needs a decision, unless nothing of it remains', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: migrationFile(
        `await schema.create('a', (table) => { table.id() })
    await db.exec('insert into nowhere values (1)')`,
        `await schema.dropIfExists('a')`,
      ).replace('migration({', "migration({ connection: 'reporting',"),
    })
    const config = await twoConnections()
    const tidemark = await openTidemark(project, { config })
    const reporting = await openTidemark(project, { config, connection: 'reporting' })

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_SQL_NO_SUCH_TABLE',
      aftermath: { state: 'half applied', statements: transactionalDdl ? 0 : 1 },
    })
    expect(await tableNames(reporting)).toEqual(transactionalDdl ? [] : ['a'])
    if (!transactionalDdl) {
      await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_HALF_APPLIED', kind: 'undecided' })
      await tidemark.rollback()
    }
    await (await reporting.db()).exec('create table nowhere (n integer)')
    await tidemark.migrate()

    expect(await tableNames(reporting)).toEqual(['a', 'nowhere'])
    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  })

  test('stops before the next statement when it is interrupted, and goes on from there', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/002_b.ts`]: migrationFile(
        `await schema.create('b', (table) => { table.id() })
    await schema.create('c', (table) => { table.id() })`,
        '',
      ),
    })
    const tidemark = await openTidemark(project)
    tidemark.on('statement', ({ migration }) => {
      if (migration === '002_b') tidemark.interrupt()
    })

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_INTERRUPTED', kind: 'interrupted' })
    const left = transactionalDdl
      ? { tables: ['a'], state: 'pending' }
      : { tables: ['a', 'b'], state: 'failed' }
    expect(await tableNames(tidemark)).toEqual(left.tables)
    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': left.state })

    const again = await openTidemark(project)
    await again.migrate()
    expect(await tableNames(again)).toEqual(['a', 'b', 'c'])
  })
})

const sqlOfPretended = byDialect({
  sqlite: [
    ['create table "a" ("id" integer primary key autoincrement not null, "name" varchar not null)'],
    ['alter table "a" add column "note" varchar', `insert into "a" ("name") values ('it''s')`],
  ],
  postgres: [
    ['create table "a" ("id" bigserial not null primary key, "name" varchar(255) not null)'],
    ['alter table "a" add column "note" varchar(255) null', `insert into "a" ("name") values ('it''s')`],
  ],
  mysql: sqlOfMysql(),
  mariadb: sqlOfMysql(),
})

function sqlOfMysql(): readonly (readonly string[])[] {
  const charset = "default character set 'utf8mb4' collate 'utf8mb4_unicode_ci'"
  return [
    [
      `create table \`a\` (\`id\` bigint unsigned not null auto_increment primary key, \`name\` varchar(255) not null) ${charset}`,
    ],
    ['alter table `a` add `note` varchar(255) null', "insert into `a` (`name`) values ('it''s')"],
  ]
}

describe('migrate with pretend', () => {
  test('gives the SQL of everything pending and changes nothing', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: createTable('a'),
        [`${folder}/002_b.ts`]: migrationFile(
          `await schema.table('a', (table) => { table.string('note').nullable() })
    await db.table('a').insert({ name: "it's" })`,
          '',
        ),
      }),
    )

    const { runs, isPretended } = await tidemark.migrate({ pretend: true })

    expect(isPretended).toBe(true)
    expect(runs.map(({ sql }) => sql)).toEqual(sqlOfPretended)
    expect(runs.map(({ readsData }) => readsData)).toEqual([false, false])
    expect(await tableNames(tidemark)).toEqual([])
    expect(await states(tidemark)).toEqual({ '001_a': 'pending', '002_b': 'pending' })
  })

  test('says where rows are read', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: migrationFile(
          `await schema.create('a', (table) => { table.id() })
    for (const row of await db.table('a').get()) await db.table('a').delete()`,
          '',
        ),
      }),
    )

    const { runs } = await tidemark.migrate({ pretend: true })

    expect(runs.map(({ readsData }) => readsData)).toEqual([true])
  })

  test('shows the way down', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    const { runs } = await tidemark.rollback({ pretend: true })

    expect(runs.map(({ sql }) => sql)).toEqual([
      [quoted('drop table "tags"')],
      [quoted('drop table "posts"')],
      [quoted('drop table "users"')],
    ])
    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
  })
})
