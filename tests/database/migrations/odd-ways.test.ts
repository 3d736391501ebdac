// Ways in which a migration that is half-way has lost track of itself, or was made to: each must take effect once, or ask.

import { describe, expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames, twoConnections } from '../../helpers/tidemark.js'
import { byDialect, outsideTransaction, transactionalDdl } from './words.js'

const file = 'database/migrations/001_a.ts'
const gate = `await db.table('gate').count()`

test('a migration that stopped half-way goes on by its journal though it says now that it is one transaction', async () => {
  const whole = migrationFile(
    `await db.table('log').insert({ n: 1 })\n    ${gate}`,
    `await db.table('log').delete()`,
  )
  const project = makeProject({ [file]: outsideTransaction(whole) })
  const tidemark = await openTidemark(project)
  const [schema, db] = [await tidemark.schema(), await tidemark.db()]
  await schema.create('log', (table) => table.integer('n'))
  await expect(tidemark.migrate()).rejects.toMatchObject({ aftermath: { state: 'half applied' } })
  project.write(file, whole)
  await tidemark.repair({ name: '001_a' }).catch(() => undefined)
  await schema.create('gate', (table) => table.id())

  await tidemark.migrate()

  expect(await db.table('log').pluck('n')).toEqual([1])
  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})

describe('a migration on another connection', () => {
  test('that fails after a transaction of its own is not taken for one without effect', async () => {
    const project = makeProject({
      [file]: migrationFile(
        `await db.transaction(async () => { await db.table('log').insert({ n: 1 }) })
    await db.statement('insert into nowhere values (1)')`,
        '',
      ).replace('migration({', "migration({ connection: 'reporting', transaction: false,"),
    })
    const config = await twoConnections()
    const reporting = await openTidemark(project, { config: { ...config, default: 'reporting' } })
    await (await reporting.schema()).create('log', (table) => table.integer('n'))
    const tidemark = await openTidemark(project, { config })
    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_HALF_APPLIED', kind: 'undecided' })

    expect(await (await reporting.db()).table('log').count()).toBe(1)
  })

  test('whose down fails half-way is not taken for one that is applied', async () => {
    const project = makeProject({
      [file]: migrationFile(
        `await schema.create('made', (table) => table.id())`,
        `await db.transaction(async () => { await db.table('log').insert({ n: 1 }) })
    await db.statement('insert into nowhere values (1)')`,
      ).replace('migration({', "migration({ connection: 'reporting', transaction: false,"),
    })
    const config = await twoConnections()
    const reporting = await openTidemark(project, { config: { ...config, default: 'reporting' } })
    await (await reporting.schema()).create('log', (table) => table.integer('n'))
    const tidemark = await openTidemark(project, { config })
    await tidemark.migrate()

    await expect(tidemark.rollback()).rejects.toMatchObject({ aftermath: { state: 'half applied' } })

    expect(await states(tidemark)).toEqual({ '001_a': 'running' })
  })
})

describe.skipIf(transactionalDdl)(
  'a change of structure that commits what the migration itself has begun',
  () => {
    test('is in the journal with what it commits', async () => {
      const project = makeProject({
        [file]: migrationFile(
          `await db.statement('begin')
    await db.table('log').insert({ n: 1 })
    await schema.create('a', (table) => table.id())
    ${gate}
    await db.statement('commit')`,
          '',
        ),
      })
      const tidemark = await openTidemark(project)
      const [schema, db] = [await tidemark.schema(), await tidemark.db()]
      await schema.create('log', (table) => table.integer('n'))
      await expect(tidemark.migrate()).rejects.toMatchObject({ aftermath: { state: 'half applied' } })
      const again = await openTidemark(project)
      await (await again.schema()).create('gate', (table) => table.id())

      await again.migrate()

      expect(await db.table('log').pluck('n')).toEqual([1])
      expect(await states(again)).toEqual({ '001_a': 'applied' })
    })
  },
)

const callsAreUntold = byDialect({ sqlite: false, postgres: false, mysql: true, mariadb: true })

describe.skipIf(!callsAreUntold)('a call of a procedure', () => {
  const procedure = `create procedure half() begin
    insert into log (n) values (1);
    signal sqlstate '45000' set message_text = 'in the middle';
  end`

  test('that fails is not taken for one without effect', async () => {
    const project = makeProject({ [file]: migrationFile(`await db.statement('call half()')`, '') })
    const tidemark = await openTidemark(project)
    const db = await tidemark.db()
    await (await tidemark.schema()).create('log', (table) => table.integer('n'))
    await db.exec(procedure)

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_EFFECT_UNKNOWN',
      message: expect.stringContaining('in the middle'),
    })
    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_EFFECT_UNKNOWN' })
    expect(await db.table('log').count()).toBe(1)
    await tidemark.repair({ name: '001_a', decision: 'done' })
    await tidemark.migrate()

    expect(await db.table('log').count()).toBe(1)
  })

  test('that a down begins with and that had no effect leaves a rollback to go on with', async () => {
    const project = makeProject({
      [file]: migrationFile(
        `await db.table('log').insert({ n: 5 })`,
        `await db.statement('call take_back()')`,
      ),
    })
    const tidemark = await openTidemark(project)
    const db = await tidemark.db()
    await (await tidemark.schema()).create('log', (table) => table.integer('n'))
    await db.exec(`create procedure take_back() signal sqlstate '45000' set message_text = 'not yet'`)
    await tidemark.migrate()
    await expect(tidemark.rollback()).rejects.toMatchObject({ code: 'TM_EFFECT_UNKNOWN' })

    await tidemark.repair({ name: '001_a', decision: 'not-done' })

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_HALF_ROLLED_BACK' })
    await db.exec('drop procedure take_back; create procedure take_back() delete from log')
    await tidemark.rollback()
    expect(await db.table('log').count()).toBe(0)
    expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
  })
})

test.skipIf(transactionalDdl)(
  'a rollback that was begun without its file goes on so when the file is there again',
  async () => {
    const whole = outsideTransaction(
      migrationFile(
        `await schema.create('a', (table) => table.id())
    await schema.create('b', (table) => table.id())`,
        `await schema.drop('b')
    await db.statement('insert into gate values (1)')
    await schema.drop('a')`,
      ),
    )
    const project = makeProject({ [file]: whole })
    const tidemark = await openTidemark(project)
    const schema = await tidemark.schema()
    await tidemark.migrate()
    project.remove(file)
    await expect(tidemark.rollback()).rejects.toMatchObject({ aftermath: { state: 'half applied' } })
    project.write(file, whole)
    await schema.create('gate', (table) => table.integer('n'))

    await tidemark.rollback()

    expect(await tableNames(tidemark)).toEqual(['gate'])
    expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
  },
)
