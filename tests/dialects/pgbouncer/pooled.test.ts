// Behind PgBouncer in transaction mode, where a connection to the server is somebody else's after each transaction.

import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { describe, expect, inject, test } from 'vitest'
import type { ServerOptions } from '../../../src/dialects/dialect.js'
import { addressOf, serverNamed } from '../../helpers/servers.js'
import { type OpenOptions, openAt, openTestSession } from '../postgres/sessions.js'

const behind = new URL(addressOf(serverNamed('postgres')))
const pastPooler: OpenOptions = { server: { host: behind.hostname, port: Number(behind.port) } }

/** Who does not say that a pooler is there is not to harm its other users. */
const told = [
  { about: 'that is told of', isPooled: true },
  { about: 'that is found out', isPooled: false },
]

/** What somebody else finds who comes by the pooler. */
async function settingsOfOthers(database: string, names: readonly string[]): Promise<unknown> {
  const url = new URL(inject('address'))
  url.pathname = `/${database}`
  const client = new Client({ connectionString: url.href })
  await client.connect()
  try {
    const asked = names.map((name) => `current_setting('${name}')`).join(', ')
    const { rows } = await client.query<unknown[]>({ text: `select ${asked}`, rowMode: 'array' })
    return rows[0]
  } finally {
    await client.end()
  }
}

describe.each(told)('a session through a pooler $about', ({ isPooled }) => {
  const pooled = (server: Partial<ServerOptions> = {}): OpenOptions => ({ server: { isPooled, ...server } })

  test('runs statements with values, in transactions and out of them', async () => {
    const { open } = await openTestSession(pastPooler)
    const sessions = await Promise.all(Array.from({ length: 5 }, () => open(pooled())))
    await sessions[0]?.execute('create table t (n integer)')

    await Promise.all(
      sessions.flatMap((session, index) => [
        session.execute('insert into t values (?)', [index]),
        session.transaction(async () => {
          await session.execute('insert into t values (?)', [index + 10])
          await session.query('select n from t where n = ?', [index])
        }),
      ]),
    )

    expect(await sessions[1]?.query('select count(*) as n from t')).toEqual([{ n: 10 }])
  })

  test('leaves no setting behind for others', async () => {
    const { database, open } = await openTestSession(pastPooler)
    const session = await open({
      ...pooled({ searchPath: ['app', 'public'] }),
      lockTimeoutMs: 4321,
      statementTimeoutMs: 5432,
    })
    const names = ['search_path', 'lock_timeout', 'statement_timeout']
    const read = async () => await Promise.all(names.map((name) => session.setting(name)))

    const [inside, onItsOwn] = [await session.transaction(read), await read()]
    const others = await Promise.all(Array.from({ length: 5 }, () => settingsOfOthers(database, names)))

    expect(inside).toEqual(['app, public', '4321ms', '5432ms'])
    expect(onItsOwn).toEqual(inside)
    for (const settings of others) expect(settings).toEqual(['"$user", public', '0', '0'])
  })

  test('finds the configured schemas in a statement on its own', async () => {
    const { session: direct, open } = await openTestSession(pastPooler)
    await direct.execute('create schema app')
    const session = await open(pooled({ searchPath: ['app'] }))

    await session.execute('create table t (n integer)')
    await session.execute('insert into t values (1)')
    await expect(session.execute('insert into t values (1, 2)')).rejects.toMatchObject({ code: '42601' })

    expect(await session.query('select n from t')).toEqual([{ n: 1 }])
    expect(await direct.query('select n from app.t')).toEqual([{ n: 1 }])
    expect(session.inTransaction).toBe(false)
  })

  test('finds them again where a statement has looked elsewhere', async () => {
    const { session: direct, database, open } = await openTestSession(pastPooler)
    await direct.execute('create schema app')
    await direct.execute('create table app.t (n integer)')
    const session = await open(pooled({ searchPath: ['app'] }))

    await session.transaction(async () => {
      await session.query("select set_config('search_path', '', true)")
      await session.restoreSettings()
      await session.execute('insert into t values (1)')
    })

    expect(await direct.query('select n from app.t')).toEqual([{ n: 1 }])
    expect(await settingsOfOthers(database, ['search_path'])).toEqual(['"$user", public'])
  })

  test('reads and writes moments in UTC on whatever connection it gets', async () => {
    const { database, open } = await openTestSession(pastPooler)
    const { session: admin } = await openAt(pastPooler)
    await admin.execute(`alter database "${database}" set timezone = 'Asia/Kathmandu'`)
    const at = new Date('2025-03-05T10:20:30.123Z')
    const sessions = await Promise.all(Array.from({ length: 5 }, () => open(pooled())))

    const read = await Promise.all(
      sessions.map((session) =>
        session.query(
          "select ?::timestamp as a, ?::timestamptz as b, current_setting('TimeZone') as zone, pg_sleep(0.05)::text as slept",
          [at, at],
        ),
      ),
    )

    for (const rows of read) expect(rows).toEqual([{ a: at, b: at, zone: 'UTC', slept: '' }])
  })

  test('waits for locks as long as was last asked, in each transaction', async () => {
    const { session: direct, open } = await openTestSession(pastPooler)
    await direct.execute('create table t (n integer)')
    const session = await open({ ...pooled(), lockTimeoutMs: 60_000 })
    await direct.execute('begin')
    await direct.execute('lock table t')

    await session.limitLockWait(10)

    await expect(session.transaction(() => session.query('select * from t'))).rejects.toMatchObject({
      code: '55P03',
    })
    expect(await session.transaction(() => session.setting('lock_timeout'))).toBe('10ms')
  })

  test('waits for locks, and lets statements take, as long as it may outside a transaction too', async () => {
    const { session: direct, open } = await openTestSession(pastPooler)
    await direct.execute('create table t (n integer)')
    const session = await open({ ...pooled(), lockTimeoutMs: 10, statementTimeoutMs: 50 })
    await direct.execute('begin')
    await direct.execute('lock table t')

    await expect(session.query('select * from t')).rejects.toMatchObject({ code: '55P03' })
    await expect(session.execute('insert into t values (?)', [1])).rejects.toMatchObject({ code: '55P03' })
    await expect(session.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' })

    await direct.execute('rollback')
    await session.execute('create index concurrently t_n on t (n)')
    expect(session.inTransaction).toBe(false)
  })

  test('refuses a setting that would outlive a transaction', async () => {
    const { session } = await openAt(pooled())

    await expect(session.setting('work_mem', '5MB')).rejects.toMatchObject({ code: 'TM_UNSUPPORTED' })
    expect(await session.transaction(() => session.setting('work_mem', '5MB'))).toBe('5MB')
  })

  test('says which database is missing', async () => {
    // One that was just asked for in vain is not asked for again soon.
    const opening = openAt({ database: `no_such_database_${randomUUID()}`, ...pooled() })

    await expect(opening).rejects.toMatchObject({ code: 'TM_DATABASE_MISSING' })
  })
})
