import { describe, expect, onTestFinished, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { transactionalDdl } from './words.js'

const folder = 'database/migrations'

/** After a `down` whose second statement fails. */
const left = transactionalDdl
  ? {
      remedy: 'The migration is still applied: what its down did was rolled back.',
      tables: ['a', 'b'],
      state: 'applied',
    }
  : { remedy: '1 statement of it took effect and stands', tables: ['a'], state: 'running' }

describe('rollback', () => {
  test('undoes the last batch, last applied first', async () => {
    const project = makeProjectWithMigrations()
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/2025_01_04_000000_create_a_table.ts`, createTable('a'))
    project.write(`${folder}/2025_01_05_000000_create_b_table.ts`, createTable('b'))
    await tidemark.migrate()

    const { runs } = await tidemark.rollback()

    expect(runs.map(({ name }) => name)).toEqual([
      '2025_01_05_000000_create_b_table',
      '2025_01_04_000000_create_a_table',
    ])
    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
  })

  test('undoes the last so many with step, whatever their batch', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    await tidemark.rollback({ step: 2 })

    expect(await tableNames(tidemark)).toEqual(['users'])
  })

  test('undoes a batch', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate({ step: true })

    await tidemark.rollback({ batch: 2 })

    expect(await tableNames(tidemark)).toEqual(['tags', 'users'])
  })

  test('undoes one migration by its name, with or without its ending', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    await tidemark.rollback({ name: '2025_01_02_000000_create_posts_table' })
    await tidemark.rollback({ name: '2025_01_01_000000_create_users_table.ts' })

    expect(await tableNames(tidemark)).toEqual(['tags'])
  })

  test('undoes one migration by the path of its file', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    await tidemark.rollback({ name: 'database/migrations/2025_01_02_000000_create_posts_table.ts' })

    expect(await tableNames(tidemark)).toEqual(['tags', 'users'])
  })

  test('refuses a part of a name, and says whose it is', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    await expect(tidemark.rollback({ name: 'create_posts' })).rejects.toMatchObject({
      code: 'TM_NO_SUCH_MIGRATION',
      message: 'No migration "create_posts" is applied. Did you mean "2025_01_02_000000_create_posts_table"?',
    })
  })

  test('refuses a name that is not applied', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    await expect(tidemark.rollback({ name: '2025_01_02_000000_create_post_table' })).rejects.toMatchObject({
      code: 'TM_NO_SUCH_MIGRATION',
      message: expect.stringContaining('Did you mean "2025_01_02_000000_create_posts_table"?'),
    })
  })

  test('has nothing to do on an empty database', async () => {
    expect((await (await openTidemark(makeProjectWithMigrations())).rollback()).runs).toEqual([])
  })

  test('leaves everything as it was where a down fails, or goes on from there', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: createTable('a'),
        [`${folder}/002_b.ts`]: migrationFile(
          `await schema.create('b', (table) => { table.id() })`,
          `await schema.drop('b')
    await schema.drop('nothing')`,
        ),
      }),
    )
    await tidemark.migrate()

    await expect(tidemark.rollback()).rejects.toMatchObject({
      code: 'TM_NO_SUCH_TABLE',
      message: expect.stringContaining('Migration 002_b failed on its way down'),
      remedy: expect.stringContaining(left.remedy),
    })
    expect(await tableNames(tidemark)).toEqual(left.tables)
    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': left.state })

    await (await tidemark.schema()).create('nothing', (table) => table.id())
    await tidemark.rollback({ name: '002_b' })
    expect(await tableNames(tidemark)).toEqual(['a'])
    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'pending' })
  })

  test('refuses what says that it is irreversible, with its reason', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: `export default { async up() {}, irreversible: 'the old names are gone' }`,
      }),
    )
    await tidemark.migrate()

    await expect(tidemark.rollback()).rejects.toMatchObject({
      code: 'TM_IRREVERSIBLE',
      message: 'Migration 001_a cannot be rolled back: the old names are gone',
    })
  })
})

describe('reset, refresh, fresh and wipe', () => {
  test('reset undoes everything', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate({ step: true })

    await tidemark.reset()

    expect(await tableNames(tidemark)).toEqual([])
  })

  test('refresh goes down and up again, or the last so many', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    const last = await tidemark.refresh({ step: 1 })
    const all = await tidemark.refresh()

    expect([last.down.runs.length, last.up.runs.length]).toEqual([1, 1])
    expect([all.down.runs.length, all.up.runs.length]).toEqual([3, 3])
    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
  })

  test('fresh drops what no migration made, too', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()
    await (
      await tidemark.db()
    ).exec('create table stray (x integer); create view seen as select * from users')

    await tidemark.fresh()

    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
    expect(await tidemark.views()).toEqual([])
  })

  test('fresh drops nothing where a file cannot be loaded', async () => {
    const project = makeProjectWithMigrations()
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/2025_01_04_000000_broken.ts`, 'export default migration({')

    await expect(tidemark.fresh()).rejects.toMatchObject({ code: 'TM_SYNTAX_ERROR' })
    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
  })

  test('wipe leaves nothing, whatever references what', async () => {
    const tidemark = await openTidemark(makeProject())
    await (
      await tidemark.db()
    ).exec(`create table a (id integer primary key);
      create table b (id integer primary key, a_id integer, foreign key (a_id) references a (id) on delete restrict);
      insert into a values (1); insert into b values (1, 1);
      create view c as select * from b`)

    await tidemark.wipe()

    expect(await tidemark.snapshot()).toEqual({ tables: [], views: [], types: [] })
  })
})

test('many migrations leave nothing behind that listens for an interruption', async () => {
  const text = migrationFile('', '').replace('migration({', 'migration({ shouldRun: () => true,')
  const names = Array.from({ length: 12 }, (_, index) => `${folder}/${100 + index}_a.ts`)
  const project = makeProject(Object.fromEntries(names.map((name) => [name, text])))
  const warnings: Error[] = []
  const note = (warning: Error): void => void warnings.push(warning)
  process.on('warning', note)
  onTestFinished(() => void process.off('warning', note))
  const tidemark = await openTidemark(project)

  await tidemark.migrate()
  await tidemark.refresh()
  for (const name of names) project.remove(name)
  await tidemark.reset()

  await new Promise(setImmediate)
  expect(warnings).toEqual([])
})
