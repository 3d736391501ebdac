// A migration that is not one transaction and stops at any of its statements goes on there, and in the end has done what
// one has done that was never disturbed. A trigger of the test's own refuses the statement at which it is to stop, or a
// table is missing until the second run.

import { describe, expect, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { type Project, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect, outsideTransaction, quoted, transactionalDdl } from './words.js'

const file = 'database/migrations/001_a.ts'

function projectOf(up: string, down = ''): Project {
  return makeProject({ [file]: outsideTransaction(migrationFile(up, down)) })
}

/** A step fails as long as there is no table of its number. */
function gate(step: number): string {
  return `await db.table('gate_${step}').count()`
}

const upSteps = [
  `await schema.create('a', (table) => { table.id(); table.string('name').unique(); table.integer('n'); table.dateTime('at', 3).nullable(); table.bigInteger('big').nullable(); table.binary('bytes').nullable() })`,
  `await db.table('a').insert({ name: 'one', n: 0, at: new Date('2024-02-29T12:34:56.789Z'), big: 9007199254740993n, bytes: Buffer.from([0, 255]) })`,
  `await db.statement('update a set n = n + 1')`,
  `if (!(await schema.hasColumn('a', 'note'))) await schema.table('a', (table) => { table.string('note').nullable() })`,
  `await db.transaction(async () => {
    await db.table('a').where('name', 'one').increment('n')
    await db.table('a').insert({ name: 'two', n: await db.table('a').count() })
  })`,
  `for (const row of await db.table('a').orderBy('id').get()) {
    await db.table('a').where('id', Number(row.id)).update({ note: [row.at?.toISOString(), row.big, row.bytes?.length, row.n].join(' ') })
  }`,
  `await db.transaction(async () => {
    await db.table('a').insert({ name: 'kept', n: 0 })
    await db.transaction(async () => {
      await db.table('a').insert({ name: 'undone', n: 0 })
      throw new Error('inner')
    }).catch((error) => { if (error.message !== 'inner') throw error })
  })`,
  `await db.transaction(async () => {
    await db.table('a').insert({ name: 'undone', n: 0 })
    await db.table('a').insert({ name: 'one', n: 0 })
  }).catch((error) => { if (error.code !== 'TM_UNIQUE_VIOLATION' || error.name !== 'QueryError') throw error })`,
  `await db.table('a').insert({ name: 'one', n: 0 }).catch(async (error) => {
    if (error.code !== 'TM_UNIQUE_VIOLATION' || error.name !== 'QueryError') throw error
    await db.table('a').where('name', 'one').increment('n')
  })`,
  `try { await schema.create('a', (table) => { table.id() }) } catch (error) { if (error.code === undefined) throw error }`,
  `await schema.create('b', (table) => { table.id(); table.foreignId('a_id').constrained('a') })`,
  `await db.table('b').insert({ a_id: await db.table('a').min('id') })`,
  `await schema.table('a', (table) => { table.renameColumn('n', 'm'); table.index('m') })`,
  `await db.statement('update a set m = m * 2')`,
]

const downSteps = [
  `await db.statement('update log set n = n + 1')`,
  `await schema.drop('b')`,
  `if (await schema.hasColumn('a', 'm')) await schema.table('a', (table) => { table.renameColumn('m', 'n') })`,
  `await db.statement('update log set n = n + 10')`,
  `await schema.drop('a')`,
]

/** Every step, and behind each one a gate. */
function gated(steps: readonly string[]): string {
  return steps.flatMap((step, index) => [step, gate(index)]).join('\n    ')
}

async function openGates(tidemark: Tidemark, numbers: readonly number[]): Promise<void> {
  const schema = await tidemark.schema()
  for (const number of numbers) await schema.create(`gate_${number}`, (table) => table.id())
}

async function contents(tidemark: Tidemark): Promise<unknown> {
  const { tables } = await tidemark.snapshot()
  const ofMigration = tables.filter(({ name }) => name === 'a' || name === 'b' || name === 'log')
  const db = await tidemark.db()
  const rows: unknown[] = []
  for (const { name } of ofMigration) rows.push([name, await db.table(name).orderBy('id').get()])
  return { tables: ofMigration, rows }
}

async function withLog(project: Project): Promise<Tidemark> {
  const tidemark = await openTidemark(project)
  await (
    await tidemark.schema()
  ).create('log', (table) => {
    table.id()
    table.integer('n')
  })
  await (await tidemark.db()).table('log').insert({ id: 1, n: 0 })
  return tidemark
}

/** What the keys of rows are does not depend on how often an insert was tried in vain. */
function withoutKeys(found: unknown): unknown {
  return JSON.parse(
    JSON.stringify(found, (key, value: unknown) => {
      if (key === 'id' || key === 'a_id') return undefined
      return typeof value === 'bigint' ? `${value}n` : value
    }),
  )
}

describe('a migration that stops behind each of its statements', () => {
  test(
    'does what one does that was not disturbed, on its way up and down',
    { timeout: 180_000 },
    async () => {
      const all = upSteps.map((_, index) => index)
      const undisturbed = await withLog(projectOf(gated(upSteps), gated(downSteps)))
      await openGates(undisturbed, all)
      await undisturbed.migrate()
      const made = withoutKeys(await contents(undisturbed))
      await undisturbed.rollback()
      const undone = withoutKeys(await contents(undisturbed))

      const stopped = await withLog(projectOf(gated(upSteps), gated(downSteps)))
      for (const step of all) {
        await expect(stopped.migrate(), upSteps[step]).rejects.toMatchObject({
          code: 'TM_SQL_NO_SUCH_TABLE',
          aftermath: { state: 'half applied' },
        })
        // Twice at the same place: a failure must not lose what stands.
        await expect(stopped.migrate(), upSteps[step]).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })
        await openGates(stopped, [step])
      }
      await stopped.migrate()

      expect(withoutKeys(await contents(stopped))).toEqual(made)
      expect(await states(stopped)).toEqual({ '001_a': 'applied' })

      const schema = await stopped.schema()
      for (const step of all) await schema.drop(`gate_${step}`)
      for (const step of downSteps.keys()) {
        await expect(stopped.rollback(), downSteps[step]).rejects.toMatchObject({
          code: 'TM_SQL_NO_SUCH_TABLE',
          aftermath: { state: 'half applied' },
        })
        await expect(stopped.migrate()).rejects.toMatchObject({
          code: 'TM_HALF_ROLLED_BACK',
          kind: 'undecided',
        })
        await openGates(stopped, [step])
      }
      await stopped.rollback()

      expect(withoutKeys(await contents(stopped))).toEqual(undone)
      expect(await states(stopped)).toEqual({ '001_a': 'pending' })
    },
  )
})

describe('a migration that stopped half-way', () => {
  const halfWay = `await schema.create('a', (table) => { table.id() })
    await db.table('a').insert({ id: 1 })
    await db.statement('insert into nowhere values (1)')`

  test('is shown as failed, with what stands', async () => {
    const tidemark = await openTidemark(projectOf(halfWay))

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_SQL_NO_SUCH_TABLE',
      aftermath: { state: 'half applied', statements: 2 },
    })
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  })

  test('is settled by its down', async () => {
    const tidemark = await openTidemark(projectOf(halfWay, `await schema.dropIfExists('a')`))
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')

    await tidemark.rollback({ name: '001_a' })

    expect(await tableNames(tidemark)).toEqual([])
    expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
  })

  test('is not gone on with where its file has changed', async () => {
    const project = projectOf(halfWay)
    const tidemark = await openTidemark(project)
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    project.write(file, project.read(file).replace('id: 1', 'id: 2'))

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_HALF_APPLIED_CHANGED',
      kind: 'undecided',
      details: { direction: 'up', standing: [expect.stringContaining('create table'), expect.any(String)] },
    })
    expect(await (await tidemark.db()).table('a').pluck('id')).toEqual([1])
  })

  test('is not gone on with where its code takes another way, which is told with what stands', async () => {
    const tidemark = await openTidemark(
      projectOf(`await schema.create('a', (table) => { table.id(); table.string('v') })
    await db.table('a').insert({ id: 1, v: globalThis.wayOfJournalTest })
    await db.statement('insert into nowhere values (1)')`),
    )
    Object.assign(globalThis, { wayOfJournalTest: 'first' })
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    Object.assign(globalThis, { wayOfJournalTest: 'second' })

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_JOURNAL_DIVERGED',
      kind: 'undecided',
      message: expect.stringMatching(/2 statements of it stand: 1\. create table .* 2\. insert into/),
      remedy: expect.stringContaining('tidemark migrate:rollback 001_a'),
    })
    expect(await (await tidemark.db()).table('a').pluck('v')).toEqual(['first'])
  })

  test('is not gone on with where its code takes another way and catches that', async () => {
    const tidemark = await openTidemark(
      projectOf(`await schema.create('a', (table) => { table.id(); table.string('v') })
    await db.table('a').insert({ id: 1, v: globalThis.wayOfJournalTest }).catch(() => undefined)
    await db.statement('insert into nowhere values (1)')`),
    )
    Object.assign(globalThis, { wayOfJournalTest: 'first' })
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    Object.assign(globalThis, { wayOfJournalTest: 'second' })

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_JOURNAL_DIVERGED' })
  })

  test('goes on where nothing differs but the time', async () => {
    const tidemark = await openTidemark(
      projectOf(`await schema.create('a', (table) => { table.id(); table.dateTime('at') })
    await db.table('a').insert({ id: 1, at: new Date(globalThis.timeOfJournalTest) })
    if (globalThis.timeOfJournalTest < 10_000) await db.statement('insert into nowhere values (1)')`),
    )
    Object.assign(globalThis, { timeOfJournalTest: 1_000 })
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    Object.assign(globalThis, { timeOfJournalTest: 20_000 })

    await tidemark.migrate()

    expect(await (await tidemark.db()).table('a').pluck('at')).toEqual([new Date(1_000)])
  })

  test('is gone on with though its values differ, once somebody has accepted that', async () => {
    const tidemark = await openTidemark(
      projectOf(`await schema.create('a', (table) => { table.id(); table.string('v') })
    await db.table('a').insert({ id: 1, v: globalThis.wayOfJournalTest })
    if (globalThis.wayOfJournalTest === 'first') await db.statement('insert into nowhere values (1)')
    await db.table('a').insert({ id: 2, v: globalThis.wayOfJournalTest })`),
    )
    Object.assign(globalThis, { wayOfJournalTest: 'first' })
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    Object.assign(globalThis, { wayOfJournalTest: 'second' })
    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_JOURNAL_DIVERGED',
      message: expect.stringContaining('with other values'),
      remedy: expect.stringContaining('tidemark migrate:repair 001_a --accept-values'),
    })

    const repairs = await tidemark.repair({ name: '001_a', decision: 'accept-values' })
    await tidemark.migrate()

    expect(repairs).toMatchObject([{ name: '001_a', kind: 'accept-values' }])
    expect(await (await tidemark.db()).table('a').orderBy('id').pluck('v')).toEqual(['first', 'second'])
  })

  test('goes on by a journal that is longer than one text should be', async () => {
    const tidemark = await openTidemark(
      projectOf(`await schema.create('a', (table) => { table.id(); table.longText('v') })
    for (let id = 1; id <= 300; id += 1) await db.table('a').insert({ id, v: 'x'.repeat(200) })
    const long = '\u{1F30A}'.repeat(20_000)
    await db.table('a').where('id', 1).update({ v: long })
    if (await db.table('a').where('id', 1).value('v') !== long) throw new Error('not what was written')
    await db.statement('update a set id = id + 1000')
    ${gate(1)}
    await db.statement('update a set id = id + 1000')`),
    )
    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })
    await expect(tidemark.migrate()).rejects.toMatchObject({ aftermath: { statements: 303 } })
    const db = await tidemark.db()
    const journal = await db.table('schema_migrations').whereNotNull('journal').pluck('journal')
    expect(Math.max(...journal.map((text) => String(text).length))).toBeLessThan(40_000)
    expect(await tidemark.status()).toHaveLength(1)
    expect(await tidemark.history()).toHaveLength(1)
    await openGates(tidemark, [1])

    await tidemark.migrate()

    expect(await db.table('a').count()).toBe(300)
    expect(await db.table('a').min('id')).toBe(2001)
    expect(await db.table('schema_migrations').pluck('name')).toEqual(['001_a'])
  })

  test('is not applied where its code now asks for less', async () => {
    const tidemark = await openTidemark(
      projectOf(`await schema.create('a', (table) => { table.id() })
    if (globalThis.wayOfJournalTest === 'second') return
    await db.table('a').insert({ id: 1 })
    await db.statement('insert into nowhere values (1)')`),
    )
    Object.assign(globalThis, { wayOfJournalTest: 'first' })
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    Object.assign(globalThis, { wayOfJournalTest: 'second' })

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_JOURNAL_DIVERGED' })
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  })

  test('goes on though its shouldRun would say no by now', async () => {
    const project = projectOf(halfWay)
    project.write(
      file,
      project
        .read(file)
        .replace(
          'migration({',
          "migration({ shouldRun: async ({ schema }) => !(await schema.hasTable('a')),",
        ),
    )
    const tidemark = await openTidemark(project)
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    await (await tidemark.db()).exec('create table nowhere (n integer)')

    const { runs } = await tidemark.migrate()

    expect(runs.map(({ outcome }) => outcome)).toEqual(['done'])
  })

  test('asks again what it read after its last effect', async () => {
    const tidemark = await openTidemark(
      projectOf(`await schema.create('a', (table) => { table.id() })
    if (!(await schema.hasTable('nowhere'))) throw new Error('make it first')
    await db.table('a').insert({ id: 1 })`),
    )
    await expect(tidemark.migrate()).rejects.toThrow('make it first')
    await (await tidemark.db()).exec('create table nowhere (n integer)')

    await tidemark.migrate()

    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  })
})

describe('a rollback that stopped half-way', () => {
  const up = `await schema.create('a', (table) => { table.id() })
    await schema.create('b', (table) => { table.id() })`
  const down = `await schema.drop('b')
    await db.statement('insert into nowhere values (1)')
    await schema.drop('a')`

  test('is not gone on with where the file has changed', async () => {
    const project = projectOf(up, down)
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    await expect(tidemark.rollback()).rejects.toThrow('nowhere')
    project.write(file, project.read(file).replace("drop('a')", "dropIfExists('a')"))

    await expect(tidemark.rollback()).rejects.toMatchObject({
      code: 'TM_HALF_APPLIED_CHANGED',
      details: { direction: 'down' },
    })
  })

  test('that had no effect leaves the migration where it stood', async () => {
    const project = projectOf(up, down.replace("await schema.drop('b')", ''))
    project.write('database/migrations/002_c.ts', migrationFile('', ''))
    const tidemark = await openTidemark(project)
    await tidemark.migrate()

    await expect(tidemark.rollback({ name: '001_a' })).rejects.toMatchObject({
      aftermath: { state: 'rolled back' },
    })

    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_c': 'applied' })
    expect((await tidemark.rollback({ step: 1 })).runs.map(({ name }) => name)).toEqual(['002_c'])
  })

  test('whose first change of structure is refused leaves the migration where it stood', async () => {
    const project = projectOf(`await schema.create('a', (table) => { table.id() })`, `await schema.drop('a')`)
    project.write(
      'database/migrations/002_b.ts',
      migrationFile(
        `await schema.create('b', (table) => { table.foreignId('a_id').constrained('a') })`,
        `await schema.drop('b')`,
      ),
    )
    const tidemark = await openTidemark(project)
    await tidemark.migrate({ step: true })
    await (await tidemark.db()).table('a').insert({ id: 1 })
    await (await tidemark.db()).table('b').insert({ a_id: 1 })

    // SQLite drops a table that others reference, and finds then that their rows have lost what they refer to.
    await expect(tidemark.rollback({ batch: 1 })).rejects.toMatchObject({
      aftermath: { state: 'rolled back' },
    })

    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'applied' })
    expect((await tidemark.rollback({ step: 1 })).runs.map(({ name }) => name)).toEqual(['002_b'])
  })
})

describe('transactions of a migration that is not one itself', () => {
  const table = async (project: Project): Promise<Tidemark> => {
    const tidemark = await openTidemark(project)
    await (await tidemark.db()).exec('create table t (n integer)')
    return tidemark
  }

  test('may be begun and committed by its own SQL, and take effect once', async () => {
    const tidemark = await table(
      projectOf(`await db.exec('begin; insert into t values (1); insert into t values (2); commit')
    await db.exec('insert into nowhere values (1)')`),
    )
    await expect(tidemark.migrate()).rejects.toMatchObject({
      aftermath: { state: 'half applied', statements: 2 },
    })
    await (await tidemark.db()).exec('create table nowhere (n integer)')

    await tidemark.migrate()

    expect(await (await tidemark.db()).table('t').orderBy('n').pluck('n')).toEqual([1, 2])
    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  })

  test('may be rolled back by its own SQL', async () => {
    const tidemark = await table(
      projectOf(`await db.exec('begin; insert into t values (1); rollback; insert into t values (2)')
    await db.exec('insert into nowhere values (1)')`),
    )
    await expect(tidemark.migrate()).rejects.toMatchObject({
      aftermath: { state: 'half applied', statements: 1 },
    })
    await (await tidemark.db()).exec('create table nowhere (n integer)')

    await tidemark.migrate()

    expect(await (await tidemark.db()).table('t').pluck('n')).toEqual([2])
  })

  test.runIf(transactionalDdl).each([
    ['as a call', (sql: string) => `await db.transaction(async () => { await db.statement(${sql}) })`],
    [
      'by SQL',
      (sql: string) =>
        `await db.statement('begin'); await db.statement(${sql}); await db.statement('commit')`,
    ],
  ])('that fail at their commit, %s, fail in the same way again', async (way, write) => {
    // SQLite keeps a transaction open whose COMMIT has failed; its SQL ends it then.
    const end = way === 'by SQL' && byDialect({ sqlite: true, postgres: false, mysql: false, mariadb: false })
    const tidemark = await table(
      projectOf(`let code
    try { ${write("'insert into child values (7)'")} }
    catch (error) { code = error.code; ${end ? "await db.statement('rollback')" : ''} }
    await db.statement('insert into t values (1)')
    await db.statement('insert into nowhere values (1)')
    await db.table('t').insert({ n: code === 'TM_FOREIGN_KEY_VIOLATION' ? 2 : 3 })`),
    )
    await (
      await tidemark.db()
    ).exec(
      'create table parent (id integer primary key); create table child (id integer references parent (id) deferrable initially deferred)',
    )
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    await (await tidemark.db()).exec('insert into parent values (7); create table nowhere (n integer)')

    await tidemark.migrate()

    expect(await (await tidemark.db()).table('t').orderBy('n').pluck('n')).toEqual([1, 2])
    expect(await (await tidemark.db()).table('child').count()).toBe(0)
  })

  test('that are left open are rolled back, and the migration is not taken for applied', async () => {
    const tidemark = await table(projectOf(`await db.exec('begin; insert into t values (1)')`))

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_TRANSACTION_LEFT_OPEN' })

    expect(await (await tidemark.db()).table('t').count()).toBe(0)
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  })

  test('that are open when it fails are rolled back, and the lock is given back', async () => {
    const tidemark = await table(
      projectOf(`await db.exec('begin; insert into t values (1)')
    throw new Error('it is Monday')`),
    )

    await expect(tidemark.migrate()).rejects.toThrow('it is Monday')

    const other = await (await openTidemark(makeProject())).db()
    expect(other).toBeDefined()
    expect(await (await tidemark.db()).table('t').count()).toBe(0)
    expect(await tidemark.lockHolder()).toBeUndefined()
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  })

  test('take no change of structure where that would commit them', async () => {
    const tidemark = await table(
      projectOf(`await db.transaction(async () => {
      await db.table('t').insert({ n: 1 })
      await schema.create('a', (table) => { table.id() })
    })`),
    )

    const migrated = tidemark.migrate()

    if (transactionalDdl) await migrated
    else await expect(migrated).rejects.toMatchObject({ code: 'TM_IMPLICIT_COMMIT' })
    expect(await (await tidemark.db()).table('t').count()).toBe(transactionalDdl ? 1 : 0)
    expect(await tableNames(tidemark)).toEqual(transactionalDdl ? ['a', 't'] : ['t'])
  })
})

/** A setting of the session, and how it is read. */
const setting = byDialect({
  sqlite: { set: 'pragma recursive_triggers = on', read: 'pragma recursive_triggers' },
  postgres: { set: 'set extra_float_digits = 1', read: "select current_setting('extra_float_digits')::int" },
  mysql: { set: 'set foreign_key_checks = 0', read: 'select 1 - @@session.foreign_key_checks' },
  mariadb: { set: 'set foreign_key_checks = 0', read: 'select 1 - @@session.foreign_key_checks' },
})

test('a setting of the session is made again when another session goes on', async () => {
  const project = projectOf(`await schema.create('a', (table) => { table.integer('n') })
    await db.statement('${setting.set}')
    await db.table('a').insert({ n: 0 })
    if (!(await schema.hasTable('nowhere'))) throw new Error('make it first')
    await db.table('a').insert({ n: Number(await db.scalar(${JSON.stringify(setting.read)})) })`)
  const first = await openTidemark(project)
  await expect(first.migrate()).rejects.toThrow('make it first')
  await first.close()

  const second = await openTidemark(project)
  await (await second.db()).exec('create table nowhere (n integer)')
  await second.migrate()

  expect(await (await second.db()).table('a').orderBy('n').pluck('n')).toEqual([0, 1])
})

test('dropping several tables in one statement is gone on with at the first that is left', async () => {
  const drop = quoted('drop table "a", "b"')
  const statements = byDialect({
    sqlite: [quoted('drop table "a"'), quoted('drop table "b"')],
    postgres: [drop],
    mysql: [drop],
    mariadb: [drop],
  })
  const tidemark = await openTidemark(
    projectOf(`for (const name of ['a', 'b']) await schema.create(name, (table) => { table.id() })
    await schema.create('c', (table) => { table.foreignId('b_id').constrained('b') })
    for (const sql of ${JSON.stringify(statements)}) await db.statement(sql)`),
  )
  const dropped = async (): Promise<string> => (await tableNames(tidemark)).join(' ')

  const first = await tidemark.migrate().then(
    () => 'applied',
    () => 'failed',
  )
  // SQLite asks only for rows that would lose what they refer to.
  const expected = byDialect({
    sqlite: ['applied', 'c'],
    postgres: ['failed', 'a b c'],
    mysql: ['failed', 'a b c'],
    mariadb: ['failed', 'b c'],
  })
  expect([first, await dropped()]).toEqual(expected)
  await (await tidemark.schema()).drop('c')
  await tidemark.migrate()

  expect(await dropped()).toBe('')
  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})
