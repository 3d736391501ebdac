// The query layer over the executors of migrations: what runs is counted, and what is only recorded does not run.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { LiveExecutor } from '../../../src/connection/live-executor.js'
import { RecordingExecutor } from '../../../src/connection/recording-executor.js'
import { Database } from '../../../src/query/database.js'
import { openDatabase } from './open.js'
import { words } from './words.js'

const names = { connectionName: 'main', databaseName: 'main', tablePrefix: '' }

async function recording() {
  const opened = await openDatabase()
  await opened.db.exec(
    'create table users (id integer primary key, name varchar(50)); insert into users values (7, null)',
  )
  const executor = new RecordingExecutor(opened.dialect, opened.session)
  return { ...opened, recorder: executor, recorded: new Database(executor, names) }
}

test('a query that was not awaited is found out, even while the compiler is being loaded', async () => {
  const { db, executor } = await openDatabase()
  await db.exec('create table users (id integer primary key, name varchar(50))')

  const forgotten = db.table('users').insert({ name: 'Ada' })
  // The database is gone before it, perhaps.
  forgotten.catch(() => undefined)
  const isSettled = await executor.gate.seal()

  expect(isSettled).toBe(false)
})

test('a walk that was not awaited is found out while its callback waits', async () => {
  const { db, executor } = await openDatabase()
  await db.exec('create table users (id integer primary key); insert into users values (1)')
  let enter = () => {}
  const entered = new Promise<void>((resolve) => (enter = resolve))

  const forgotten = db.table('users').chunkById(1, async () => {
    enter()
    await new Promise(() => undefined)
  })
  await entered

  expect(await executor.gate.seal()).toBe(false)
  void forgotten
})

test('recorded writes are written down and not run', async () => {
  const { db, recorder, recorded } = await recording()

  await recorded.table('users').insert({ name: 'Ada' })
  await recorded.table('users').whereNull('name').update({ name: '?' })
  await recorded.exec('delete from users; drop table users')

  expect(recorder.statements).toEqual([
    { sql: words.sql('insert into "users" ("name") values (?)'), bindings: ['Ada'] },
    { sql: words.sql('update "users" set "name" = ? where "name" is null'), bindings: ['?'] },
    { sql: 'delete from users', bindings: [] },
    { sql: 'drop table users', bindings: [] },
  ])
  expect(recorder.readsData).toBe(false)
  expect(await db.table('users').count()).toBe(1)
})

test('the id of a row that is only recorded is guessed from the rows of now', async () => {
  const { recorder, recorded } = await recording()

  const id = await recorded.table('users').insertGetId({ name: 'Ada' })

  expect(id).toBe(8)
  expect(recorder.readsData).toBe(true)
})

test('reading while recording gives the rows of now, and is noted', async () => {
  const { recorder, recorded } = await recording()

  expect(await recorded.table('users').pluck('id')).toEqual([7])
  expect(recorder.readsData).toBe(true)
})

describe('a transaction that finds the database locked', () => {
  async function locked() {
    const opened = await openDatabase()
    await opened.db.exec(
      'create table users (id integer primary key, age integer); insert into users values (1, 0)',
    )
    const other = new Database(new LiveExecutor(opened.dialect, await opened.openAnother()), names)
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    let hold = () => {}
    const held = new Promise<void>((resolve) => (hold = resolve))
    const holder = opened.db.transaction(async () => {
      await opened.db.table('users').increment('age')
      hold()
      await released
    })
    await held
    return { other, holder, release }
  }

  test('is tried again', async () => {
    const { other, holder, release } = await locked()

    const retried = other.transaction(() => other.table('users').increment('age'), { attempts: 20 })
    await nextTurn()
    release()
    await Promise.all([holder, retried])

    expect(await other.table('users').pluck('age')).toEqual([2])
  })

  test('fails with the code of a lock, where it is tried once', async () => {
    const { other, holder, release } = await locked()

    const failure = other.transaction(() => other.table('users').increment('age'))

    await expect(failure).rejects.toMatchObject({ code: 'TM_DATABASE_LOCKED', kind: 'locked' })
    release()
    await holder
  })
})
