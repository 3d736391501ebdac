// A statement that takes longer than it may cannot be stopped, because it runs in this process. It has failed when it ends, and
// what it did is not committed, where that can be helped.

import { describe, expect } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import { explain } from '../../../src/dialects/sqlite/session/explain.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

const long = 'with recursive c (n) as (select 1 union all select n + 1 from c where n < 3000000) '
const reading = `${long} select count(*) as n from c`
const writing = `insert into t ${long} select count(*) from c`

async function problemOf(work: Promise<unknown>) {
  return await work.then(
    () => undefined,
    (error: unknown) => {
      const { kind, tookEffect } = explain(error)
      return { kind, tookEffect }
    },
  )
}

describe.each(await availableDrivers())('through %s', (driver) => {
  const limited = { driver, statementTimeoutMs: 150 }

  /** No power is cut in a test, and waiting for the disk counts. */
  async function withoutDisk(session: Session): Promise<Session> {
    await session.setting('synchronous', 'off')
    return session
  }

  const failed = { kind: 'timeout', tookEffect: undefined }

  test('a statement that reads fails', async ({ open }) => {
    const session = await withoutDisk(await open(limited))

    expect(await problemOf(session.query(reading))).toEqual(failed)
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a transaction is rolled back', async ({ open }) => {
    const session = await withoutDisk(await open(limited))
    await session.execute('create table t (n)')

    expect(await problemOf(session.transaction(() => session.execute(writing)))).toEqual(failed)

    expect(await session.query('select n from t')).toEqual([])
    await session.transaction(() => session.execute('insert into t values (1)'))
    expect(await session.query('select n from t')).toEqual([{ n: 1 }])
  })

  test('a transaction that catches the error cannot be committed', async ({ open }) => {
    const session = await withoutDisk(await open(limited))
    await session.execute('create table t (n)')

    const transaction = session.transaction(async () => {
      expect(await problemOf(session.execute(writing))).toEqual(failed)
    })

    await expect(transaction).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    expect(await session.query('select n from t')).toEqual([])
  })

  test('a savepoint is rolled back, and the transaction goes on', async ({ open }) => {
    const session = await withoutDisk(await open(limited))
    await session.execute('create table t (n)')

    await session.transaction(async () => {
      await session.execute('insert into t values (1)')
      expect(await problemOf(session.transaction(() => session.execute(writing)))).toEqual(failed)
    })

    expect(await session.query('select n from t')).toEqual([{ n: 1 }])
  })

  test('a transaction of the user’s own SQL can only be rolled back', async ({ open }) => {
    const session = await withoutDisk(await open(limited))
    await session.execute('create table t (n)')
    await session.execute('begin')
    expect(await problemOf(session.execute(writing))).toEqual(failed)

    await expect(session.execute('commit')).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    await session.execute('rollback')
    await session.execute('begin')
    await session.execute('insert into t values (1)')
    await session.execute('commit')

    expect(await session.query('select n from t')).toEqual([{ n: 1 }])
  })

  test('what has committed by itself says that it stands', async ({ open }) => {
    const session = await withoutDisk(await open(limited))
    await session.execute('create table t (n)')

    expect(await problemOf(session.execute(writing))).toEqual({ kind: 'timeout', tookEffect: true })

    expect(await session.query('select n from t')).toEqual([{ n: 3_000_000 }])
  })
})
