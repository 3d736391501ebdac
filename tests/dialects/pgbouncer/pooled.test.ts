// Behind PgBouncer in transaction mode, where a connection to the server is somebody else's after each transaction.

import { describe, expect, test } from 'vitest'
import type { ServerOptions } from '../../../src/dialects/dialect.js'
import { addressOf, serverNamed } from '../../helpers/servers.js'
import { type OpenOptions, openAt, openTestSession } from '../postgres/sessions.js'

const behind = new URL(addressOf(serverNamed('postgres')))
const pastPooler: OpenOptions = { server: { host: behind.hostname, port: Number(behind.port) } }

function pooled(server: Partial<ServerOptions> = {}): OpenOptions {
  return { server: { isPooled: true, ...server } }
}

describe('a session through a pooler', () => {
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
    const { open } = await openTestSession(pastPooler)
    const session = await open({
      ...pooled({ searchPath: ['app', 'public'] }),
      lockTimeoutMs: 4321,
      statementTimeoutMs: 5432,
    })
    const names = ['search_path', 'lock_timeout', 'statement_timeout']
    const read = async () => await Promise.all(names.map((name) => session.setting(name)))

    const inside = await session.transaction(read)
    const others = await Promise.all(Array.from({ length: 5 }, () => open(pooled())))
    const outside = await Promise.all(
      others.map((other) =>
        other.query(
          "select current_setting('search_path') as a, current_setting('lock_timeout') as b, current_setting('statement_timeout') as c",
        ),
      ),
    )

    expect(inside).toEqual(['app, public', '4321ms', '5432ms'])
    for (const rows of outside) expect(rows).toEqual([{ a: '"$user", public', b: '0', c: '0' }])
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

  test('refuses a setting that would outlive a transaction', async () => {
    const { session } = await openAt(pooled())

    await expect(session.setting('work_mem', '5MB')).rejects.toMatchObject({ code: 'TM_UNSUPPORTED' })
    expect(await session.transaction(() => session.setting('work_mem', '5MB'))).toBe('5MB')
  })

  test('says which database is missing', async () => {
    const opening = openAt({ database: 'no_such_database', ...pooled() })

    await expect(opening).rejects.toMatchObject({ code: 'TM_DATABASE_MISSING' })
  })
})
