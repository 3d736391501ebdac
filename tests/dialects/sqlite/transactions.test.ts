import { describe, expect } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

const drivers = await availableDrivers()

const numbers = async (session: Session) =>
  (await session.query('select a from t order by a')).map((row) => row['a'])
const insert = async (session: Session, number: number) =>
  await session.execute('insert into t values (?)', [number])

describe.each(drivers)('transactions through %s', (driver) => {
  test('commits what the work did, and gives its result', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a)')

    const result = await session.transaction(async () => {
      expect(session.inTransaction).toBe(true)
      await insert(session, 1)
      return 'done'
    })

    expect(result).toBe('done')
    expect(session.inTransaction).toBe(false)
    expect(await numbers(session)).toEqual([1])
  })

  test('rolls back what the work did when it throws, and throws that on', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a)')
    const failure = new Error('no')

    const work = session.transaction(async () => {
      await insert(session, 1)
      throw failure
    })

    await expect(work).rejects.toBe(failure)
    expect(await numbers(session)).toEqual([])
  })

  test('rolls back an inner transaction alone', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a)')

    await session.transaction(async () => {
      await insert(session, 1)
      const inner = session.transaction(async () => {
        await insert(session, 2)
        await session.transaction(async () => await insert(session, 3))
        throw new Error('inner')
      })
      await expect(inner).rejects.toThrow('inner')
      await session.transaction(async () => await insert(session, 4))
    })

    expect(await numbers(session)).toEqual([1, 4])
  })

  test('takes a savepoint where a statement has begun a transaction', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a)')

    await session.execute('begin')
    await session.transaction(async () => await insert(session, 1))
    await session.execute('rollback')

    expect(await numbers(session)).toEqual([])
  })

  test('finds out that an inner transaction was not awaited', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a)')
    let inner: Promise<unknown> | undefined

    const outer = session.transaction(async () => {
      inner = session.transaction(async () => {
        await insert(session, 1)
        await new Promise(setImmediate)
      })
      inner.catch(() => undefined)
    })

    await expect(outer).rejects.toMatchObject({ code: 'TM_TRANSACTION_OVERLAP' })
    await expect(inner).rejects.toMatchObject({ code: 'TM_TRANSACTION_OVERLAP' })
    expect(await numbers(session)).toEqual([])
  })

  test('runs nothing more after SQLite has ended the transaction itself', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a unique on conflict rollback)')

    const work = session.transaction(async () => {
      await insert(session, 1)
      await expect(insert(session, 1)).rejects.toThrow('UNIQUE constraint failed')
      await insert(session, 2)
    })

    await expect(work).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    expect(await numbers(session)).toEqual([])
  })
})
