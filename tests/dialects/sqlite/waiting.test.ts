// What meets the lock of another connection waits for it without stopping the process: timers go on, and so does the session
// that holds the lock, which may be one of the same process.

import { describe, expect } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import { explain } from '../../../src/dialects/sqlite/session/explain.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

/** Lets another session have the write lock until it is told to let go. */
async function hold(session: Session, begin = 'begin immediate'): Promise<() => Promise<unknown>> {
  await session.execute(begin)
  return () => session.execute('commit')
}

/** How often a timer of a millisecond fires until the work is over. */
async function ticksDuring(work: Promise<unknown>): Promise<number> {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 1)
  await work.finally(() => clearInterval(timer))
  return ticks
}

function after(ms: number, work: () => Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => setTimeout(() => void work().then(resolve, reject), ms))
}

describe.each(await availableDrivers())('through %s', (driver) => {
  test('a transaction waits for that of another session, and timers go on', async ({ open }) => {
    const [one, other] = [await open({ driver }), await open({ driver })]
    await one.execute('create table t (n)')
    const waited: unknown[] = []

    const holding = one.transaction(async () => {
      await one.execute('insert into t values (1)')
      await after(100, () => Promise.resolve())
      waited.push('committed')
    })
    const waiting = other.transaction(async () => {
      waited.push(await other.query('select n from t'))
      await other.execute('insert into t values (2)')
    })
    const ticks = await ticksDuring(Promise.all([holding, waiting]))

    expect(waited).toEqual(['committed', [{ n: 1 }]])
    expect(await one.query('select n from t')).toEqual([{ n: 1 }, { n: 2 }])
    expect(ticks).toBeGreaterThan(20)
  })

  test.for([
    ['a statement that writes', 'begin immediate', 'insert into t values (2)'],
    ['a statement that changes the structure', 'begin immediate', 'create table u (n)'],
    ['a statement that reads', 'begin exclusive', 'select * from t'],
    ['VACUUM', 'begin immediate', 'vacuum'],
  ] as const)('%s waits outside a transaction', async ([, begin, sql], { open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 5000 })]
    await holder.execute('create table t (n)')
    const letGo = await hold(holder, begin)
    let isFree = false
    const freed = after(60, async () => {
      isFree = true
      await letGo()
    })

    await session.execute(sql)

    expect(isFree).toBe(true)
    await freed
  })

  test('a commit waits for whoever reads', async ({ open }) => {
    const [reader, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 5000 })]
    await session.execute('create table t (n)')
    await reader.execute('begin')
    await reader.query('select * from t')
    let isFree = false
    const freed = after(60, async () => {
      isFree = true
      await reader.execute('commit')
    })

    await session.transaction(() => session.execute('insert into t values (1)'))

    expect(isFree).toBe(true)
    await freed
    expect(await reader.query('select n from t')).toEqual([{ n: 1 }])
  })

  test('a commit of the user’s own SQL waits too', async ({ open }) => {
    const [reader, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 5000 })]
    await session.execute('create table t (n)')
    await reader.execute('begin')
    await reader.query('select * from t')
    await session.execute('begin immediate')
    await session.execute('insert into t values (1)')
    const freed = after(60, () => reader.execute('commit'))

    await session.execute('commit')

    await freed
    expect(await reader.query('select n from t')).toEqual([{ n: 1 }])
  })

  test('calls that are made meanwhile keep their order', async ({ open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver })]
    await holder.execute('create table t (n)')
    const letGo = await hold(holder)

    const calls = [
      session.execute('insert into t values (1)'),
      session.query('select max(n) as n from t'),
      session.transaction(async () => session.inTransaction),
      session.execute('insert into t values (2)'),
      session.query('select max(n) as n from t'),
    ]
    await after(30, letGo)
    const [, first, isInside, , second] = await Promise.all(calls)

    expect([first, isInside, second]).toEqual([[{ n: 1 }], true, [{ n: 2 }]])
  })

  test('a call that fails does not hold up those behind it', async ({ open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver })]
    await holder.execute('create table t (n unique)')
    await holder.execute('insert into t values (1)')
    const letGo = await hold(holder)

    const calls = [session.execute('insert into t values (1)'), session.execute('insert into t values (2)')]
    await after(30, letGo)
    const outcomes = await Promise.allSettled(calls)

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })

  test('the wait ends with lockTimeout, which may be changed', async ({ open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 60_000 })]
    await session.limitLockWait(80)
    await hold(holder)
    const startedAt = performance.now()

    await expect(session.transaction(async () => undefined)).rejects.toThrow('database is locked')

    const waitedMs = performance.now() - startedAt
    expect(waitedMs).toBeGreaterThan(70)
    expect(waitedMs).toBeLessThan(5000)
  })

  test('without a limit it goes on', async ({ open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 0 })]
    const letGo = await hold(holder)
    const freed = after(100, letGo)

    await session.execute('create table t (n)')

    await freed
  })

  test('the wait ends when it is cancelled, and the session goes on', async ({ open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 60_000 })]
    const letGo = await hold(holder)
    const waiting = session.execute('create table t (n)').catch((error: unknown) => explain(error).kind)
    await session.cancel()

    expect(await waiting).toBe('cancelled')

    await letGo()
    await session.execute('create table t (n)')
  })

  test('the wait ends when the session is closed', async ({ open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 60_000 })]
    await hold(holder)
    const waiting = expect(session.execute('create table t (n)')).rejects.toThrow()

    await session.close()

    await waiting
  })

  test('opening the file waits', async ({ open }) => {
    const holder = await open({ driver })
    await holder.execute('create table t (n)')
    const letGo = await hold(holder, 'begin exclusive')
    const freed = after(60, letGo)

    const session = await open({ driver, lockTimeoutMs: 5000 })

    await freed
    expect(await session.query('select * from t')).toEqual([])
  })

  test('a transaction that read what another has changed since fails at once', async ({ open }) => {
    const [one, other] = [await open({ driver }), await open({ driver, lockTimeoutMs: 60_000 })]
    await one.setting('journal_mode', 'wal')
    await one.execute('create table t (n)')
    await other.execute('begin')
    await other.query('select * from t')
    await one.execute('insert into t values (1)')

    await expect(other.execute('insert into t values (2)')).rejects.toThrow('database is locked')

    await other.execute('rollback')
  })

  test('a statement inside a transaction waits for another file’s lock', async ({ open, folder }) => {
    const attached = `${folder}/attached.sqlite`
    const holder = await open({ driver, database: attached })
    await holder.execute('create table t (n)')
    const session = await open({ driver, lockTimeoutMs: 50 })
    await session.execute(`attach '${attached}' as other`)
    const letGo = await hold(holder)

    await session.execute('begin')
    const startedAt = performance.now()
    await expect(session.execute('insert into other.t values (1)')).rejects.toThrow('database is locked')
    const waitedMs = performance.now() - startedAt
    await letGo()
    await session.execute('insert into other.t values (2)')
    await session.execute('commit')

    expect(waitedMs).toBeGreaterThan(45)
    expect(await holder.query('select n from t')).toEqual([{ n: 2 }])
    expect(await session.setting('busy_timeout')).toBe(0)
  })

  test('a table whose references could not be read at once takes no rows along', async ({ open }) => {
    const [holder, session] = [await open({ driver }), await open({ driver, lockTimeoutMs: 5000 })]
    await holder.execute('create table a (id integer primary key)')
    await holder.execute('create table b (a_id references a on delete cascade)')
    await holder.execute('insert into a values (1)')
    await holder.execute('insert into b values (1)')
    const letGo = await hold(holder, 'begin exclusive')
    const freed = after(60, letGo)

    await expect(session.apply([{ sql: 'drop table a', bindings: [] }])).rejects.toMatchObject({
      code: 'TM_FOREIGN_KEY_VIOLATION',
    })

    await freed
    expect(await holder.query('select * from b')).toEqual([{ a_id: 1 }])
  })
})
