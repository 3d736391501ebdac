// A transaction reads from the snapshot that it took first. Since MariaDB 11.6 it may not change a row that others have changed
// since; the heartbeat of the lock is such a change, every few seconds.

import { afterEach, expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'
import { isMariadb } from './open.js'

let inTheMidst: () => Promise<void> = () => Promise.resolve()
Object.assign(globalThis, { inTheMidst: () => inTheMidst() })
afterEach(() => {
  inTheMidst = () => Promise.resolve()
})

test('a transaction that is older than a heartbeat is committed', async () => {
  const project = makeProject({
    'database/migrations/001_a.ts': migrationFile(
      `await schema.create('a', (table) => { table.integer('v') })
    await db.transaction(async () => {
      const n = await db.table('a').count()
      await Reflect.get(globalThis, 'inTheMidst')()
      await db.table('a').insert({ v: n })
    })`,
      '',
    ),
  })
  const tidemark = await openTidemark(project)
  const db = await tidemark.db()
  inTheMidst = () => db.exec("update schema_migrations set position = position + 1 where name = '(lock)'")

  await (await openTidemark(project)).migrate()

  expect(await db.table('a').pluck('v')).toEqual([0])
  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})

test('the rows that a statement with settings of its own changes are counted', async () => {
  const tidemark = await openTidemark(makeProject())
  const db = await tidemark.db()
  await db.exec('create table a (v integer); insert into a values (1), (2)')
  const settings = isMariadb ? 'set statement max_statement_time = 5 for ' : ''

  expect(await db.affectingStatement(`${settings}update a set v = v + 1`)).toBe(2)
})
