import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { administer, overview } from '../../../src/dialects/sqlite/administer.js'
import { openSession } from '../../../src/dialects/sqlite/session/session.js'
import { openWorkbench } from './workbench.js'

test('a database is a file that is made and removed', async () => {
  const db = await openWorkbench()
  const path = join(dirname(db.path), 'deeper', 'other.sqlite')

  await administer(db.session, { kind: 'createDatabase', name: path })
  expect(existsSync(path)).toBe(true)

  await administer(db.session, { kind: 'dropDatabaseIfExists', name: path })
  await administer(db.session, { kind: 'dropDatabaseIfExists', name: path })
  expect(existsSync(path)).toBe(false)
})

test("the session's own file is emptied through the session", async () => {
  const db = await openWorkbench(
    'create table t (a); create view v as select a from t; insert into t values (1)',
  )

  await administer(db.session, { kind: 'emptyDatabaseFile', path: undefined })

  expect(await db.list('select name from sqlite_schema')).toEqual([])
  await db.create('t', (table) => table.id())
})

test('another file is emptied by making it anew', async () => {
  const db = await openWorkbench()
  const path = join(dirname(db.path), 'other.sqlite')
  const other = await openSession({ database: path, foreignKeys: true, lockTimeoutMs: 1000 })
  await other.execute('create table t (a)')
  await other.close()

  await administer(db.session, { kind: 'emptyDatabaseFile', path })

  const again = await openSession({ database: path, foreignKeys: true, lockTimeoutMs: 1000 })
  expect(await again.query('select name from sqlite_schema')).toEqual([])
  await again.close()
})

test('an extension is refused', async () => {
  const db = await openWorkbench()

  const task = administer(db.session, { kind: 'ensureExtension', name: 'vector', schema: undefined })

  await expect(task).rejects.toMatchObject({ code: 'TM_UNSUPPORTED' })
})

test('an overview tells the version and the size of the file', async () => {
  const db = await openWorkbench('create table t (a)')

  const { version, sizeBytes } = await overview(db.session)

  expect(version).toMatch(/^3\.\d+\.\d+$/)
  // One page for the list of tables, one for the table.
  expect(sizeBytes).toBe(8192)
})
