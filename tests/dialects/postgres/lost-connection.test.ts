import { describe, expect, inject, test } from 'vitest'
import { startProxy } from '../../helpers/postgres-proxy.js'
import { openAt, openTestSession } from './sessions.js'

describe('a connection that is lost', () => {
  test('while nothing runs is told by the next call, and by each after it', async () => {
    const { session, dialect, open } = await openTestSession()
    const [row] = await session.query('select pg_backend_pid() as pid')
    const other = await open()

    await other.query('select pg_terminate_backend(?::integer)', [Number(row?.['pid'])])
    const isGone = async () =>
      await other.query('select 1 from pg_stat_activity where pid = ?', [Number(row?.['pid'])])
    while ((await isGone()).length > 0);
    const errors = await Promise.all(
      [1, 2].map(() => session.query('select 1').catch((error: unknown) => error)),
    )

    const { hostname, port } = new URL(inject('address'))
    for (const error of errors) {
      expect(dialect.explain(error)).toMatchObject({
        kind: 'connection-lost',
        message: `The connection to ${hostname}:${port} was lost: terminating connection due to administrator command.`,
      })
    }
    await session.close()
  })

  test('while a transaction runs fails that, with the words of the server', async () => {
    const { session, dialect, open } = await openTestSession()
    const other = await open()
    const [row] = await session.query('select pg_backend_pid() as pid')

    // It may fail before the other session has its answer.
    const failure: Promise<unknown> = session
      .transaction(async () => {
        await session.execute('create table t (n integer)')
        await session.query('select pg_sleep(60)')
      })
      .catch((thrown: unknown) => thrown)
    const isSleeping = async () =>
      await other.query("select 1 from pg_stat_activity where query = 'select pg_sleep(60)' and pid = ?", [
        Number(row?.['pid']),
      ])
    while ((await isSleeping()).length === 0);
    await other.query('select pg_terminate_backend(?::integer)', [Number(row?.['pid'])])

    expect(dialect.explain(await failure)).toMatchObject({
      kind: 'connection-lost',
      message: expect.stringContaining('administrator command') as string,
    })
    expect(session.inTransaction).toBe(false)
    expect(await other.query("select to_regclass('t') as t")).toEqual([{ t: null }])
    await session.close()
  })

  test('by the network, in the middle of a statement or of none', async () => {
    const proxy = await startProxy(inject('address'))
    const { session, dialect } = await openAt({ server: { host: 'localhost', port: proxy.port } })

    const running = session.query('select pg_sleep(60)').catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 50))
    proxy.cut()

    const told = {
      kind: 'connection-lost',
      message: expect.stringContaining(`localhost:${proxy.port} was lost`) as string,
    }
    expect(dialect.explain(await running)).toMatchObject(told)
    expect(dialect.explain(await session.query('select 1').catch((error: unknown) => error))).toMatchObject(
      told,
    )
    await session.close()
    await session.close()
  })

  test('right after an error of a statement is not laid to that error', async () => {
    const proxy = await startProxy(inject('address'), { endsBeforeReady: '42P01' })
    const { session, dialect } = await openAt({ server: { port: proxy.port } })

    const error: unknown = await session.query('select * from nowhere').catch((thrown: unknown) => thrown)
    expect(dialect.explain(error)).toMatchObject({
      kind: 'connection-lost',
      message: expect.not.stringContaining('nowhere') as string,
    })
    await session.close()
  })

  test('by closing it rejects every later call', async () => {
    const { session, dialect } = await openAt()
    const last = session.query('select 1 as one')

    await session.close()

    expect(await last).toEqual([{ one: 1 }])
    const error: unknown = await session.query('select 1').catch((thrown: unknown) => thrown)
    expect(dialect.explain(error).message).toMatch(/^The connection to .+ is closed\.$/)
  })

  test('is closed in the middle of a statement that does not end', async () => {
    const { session } = await openAt()
    const running = session.query('select pg_sleep(60)').catch((error: unknown) => error)
    const before = performance.now()

    await session.close()

    expect(performance.now() - before).toBeLessThan(10_000)
    expect(await running).toBeInstanceOf(Error)
  })
})
