// A statement that was stopped may end as if it were over: the server lets SLEEP and BENCHMARK give a value, and goes on. What
// did nothing that lasts has failed all the same; what has committed by itself stands.

import { describe, expect, test } from 'vitest'
import type { Dialect, Session } from '../../../src/dialects/dialect.js'
import { openWorkbench } from './open.js'

async function kindOf(dialect: Dialect, work: Promise<unknown>) {
  return await work.then(
    () => undefined,
    (error: unknown) => dialect.explain(error).kind,
  )
}

/** Has the statement stopped once the server is at it. */
async function stopped(session: Session, other: Session, work: Promise<unknown>): Promise<unknown> {
  // It may end while the cancellation is still under way.
  work.catch(() => undefined)
  await untilRunning(other)
  await session.cancel()
  return await work
}

async function running(other: Session): Promise<readonly unknown[]> {
  return await other.query(
    "select info from information_schema.processlist where db = database() and id <> connection_id() and info like '%lasts long%'",
  )
}

async function untilRunning(other: Session): Promise<void> {
  while ((await running(other)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

const withoutEffect = [
  'select sleep(30) /* lasts long */',
  'do sleep(30) /* lasts long */',
  "select benchmark(2000000000, sha2('x', 512)) /* lasts long */",
  "do benchmark(2000000000, sha2('x', 512)) /* lasts long */",
  'set @x = sleep(30) /* lasts long */',
  'select 1 from information_schema.collations where sleep(30) = 0 /* lasts long */',
]

describe.each(withoutEffect)('%s', (sql) => {
  test('fails when it is stopped', async () => {
    const { dialect, session, openAnother } = await open()
    const { session: other } = await openAnother()

    expect(await kindOf(dialect, stopped(session, other, session.execute(sql)))).toBe('cancelled')

    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(await running(other)).toEqual([])
  })

  test('fails when its time is up', async () => {
    const { dialect, session, openAnother } = await open(300)
    const { session: other } = await openAnother()
    const startedAt = performance.now()

    expect(await kindOf(dialect, session.query(sql))).toBe('timeout')

    expect(performance.now() - startedAt).toBeLessThan(5000)
    expect(await running(other)).toEqual([])
  })
})

const inserting = 'insert into t values (sleep(30)) /* lasts long */'

describe('a change of rows that is stopped', () => {
  test('in a transaction is not committed, even where the error is caught', async () => {
    const { dialect, session, openAnother } = await open()
    const { session: other } = await openAnother()
    const kinds: unknown[] = []

    const transaction = session.transaction(async () => {
      kinds.push(await kindOf(dialect, stopped(session, other, session.execute(inserting))))
    })

    // A server that stopped it has left nothing to commit; one that did not has its commit refused.
    await transaction.catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    })
    expect(await count(session)).toBe(0)
    expect(kinds).toEqual(['cancelled'])
    await session.transaction(() => session.execute('insert into t values (1)'))
    expect(await count(session)).toBe(1)
  })

  test('in a savepoint is rolled back with it, and the transaction goes on', async () => {
    const { dialect, session, openAnother } = await open()
    const { session: other } = await openAnother()

    await session.transaction(async () => {
      await session.execute('insert into t values (1)')
      const inner = session.transaction(() => stopped(session, other, session.execute(inserting)))
      expect(await kindOf(dialect, inner)).toBe('cancelled')
    })

    expect(await count(session)).toBe(1)
  })

  test('in a transaction of the user’s own SQL is not committed', async () => {
    const { dialect, session } = await open(300)
    await session.execute('start transaction')
    expect(await kindOf(dialect, session.execute(inserting))).toBe('timeout')

    await session.execute('commit').catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    })
    await session.execute('rollback')

    expect(await count(session)).toBe(0)
  })
})

test('a change of structure that has ended when its time was up has had its effect, and says so', async () => {
  const { dialect, session } = await open(300)

  const outcome = await session.execute('create table c as select sleep(30) as n').then(
    () => undefined,
    (error: unknown) => dialect.explain(error),
  )

  expect(outcome).toMatchObject({ kind: 'timeout' })
  expect(outcome?.tookEffect === true).toBe((await session.query("show tables like 'c'")).length > 0)
})

test('a procedure that goes on is stopped again, until it has ended', async () => {
  const { dialect, session, openAnother } = await open(300)
  const { session: other } = await openAnother()
  await session.execute(
    'create procedure p() begin declare n int default 0; while n < 10 do do sleep(3); set n = n + 1; end while; end',
  )
  const startedAt = performance.now()

  expect(await kindOf(dialect, session.execute('call p() /* lasts long */'))).toBe('timeout')

  expect(performance.now() - startedAt).toBeLessThan(25_000)
  expect(await running(other)).toEqual([])
}, 90_000)

test('the statement after one that was stopped too late is not stopped in its place', async () => {
  const { session } = await open()

  for (let round = 0; round < 20; round += 1) {
    const work = session.execute('do sleep(0.005)').catch(() => undefined)
    const stopping = session.cancel()
    await work
    expect(await session.query('select sleep(0.01) as slept')).toEqual([{ slept: 0 }])
    await stopping
  }
})

async function open(statementTimeoutMs = 0) {
  const workbench = await openWorkbench({ statementTimeoutMs })
  await workbench.session.execute('create table t (n int)')
  return workbench
}

async function count(session: Session): Promise<unknown> {
  const [row] = await session.query('select count(*) as n from t')
  return row?.['n']
}
