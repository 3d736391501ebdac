import { describe, expect, inject, test } from 'vitest'
import { startProxy } from '../../helpers/postgres-proxy.js'
import { openAt, openTestSession, openWithSettings } from './sessions.js'

describe('a statement', () => {
  test('runs after those that were called before it', async () => {
    const { session } = await openAt()

    const calls = [
      session.execute('create temp table t (n integer)'),
      session.execute('insert into t values (?)', [1]),
      session.query('select n from t'),
      session.execute('delete from t'),
      session.query('select n from t'),
    ]

    expect((await Promise.all(calls)).slice(2)).toEqual([
      [{ n: 1 }],
      { changes: 1, lastInsertId: undefined },
      [],
    ])
  })

  test('says how many rows it changed itself, and which id it returned', async () => {
    const { session } = await openAt()
    await session.execute(
      'create temp table p (id bigint generated always as identity primary key, n integer)',
    )
    await session.execute('create temp table c (p bigint references p on delete cascade)')

    const inserted = await session.execute('insert into p (n) values (?), (?)', [1, 2])
    const returned = await session.execute('insert into p (n) values (3) returning id')
    await session.execute('insert into c values (1), (2)')

    expect(inserted).toEqual({ changes: 2, lastInsertId: undefined })
    expect(returned).toEqual({ changes: 1, lastInsertId: 3 })
    expect(await session.execute('select * from p')).toEqual({ changes: 0, lastInsertId: undefined })
    expect(await session.execute('delete from p where n < 3')).toMatchObject({ changes: 2 })
  })

  test('has values in the place of each ?, and operators of that sign written twice', async () => {
    const { session } = await openAt()
    const query = `select ?::integer as a, '{"k": 1}'::jsonb ?? ? as b, '?' as c, $$ ? $$ as d -- ?`

    expect(await session.query(query, [7, 'k'])).toEqual([{ a: 7, b: true, c: '?', d: ' ? ' }])
    // The same text once more comes out of the cache.
    expect(await session.query(query, [8, 'l'])).toEqual([{ a: 8, b: false, c: '?', d: ' ? ' }])
  })

  test('without values may have the operator once', async () => {
    const { session } = await openAt()

    expect(await session.query(`select '{"k": 1}'::jsonb ? 'k' as a, '{"k": 1}'::jsonb ?? 'l' as b`)).toEqual(
      [{ a: true, b: false }],
    )
  })

  test('is one, and not several', async () => {
    const { session } = await openAt()

    await expect(session.execute('create temp table t (n integer); drop table t')).rejects.toMatchObject({
      code: 'TM_MULTIPLE_STATEMENTS',
    })
    await session.execute("create function pg_temp.f() returns text language sql as $$ select 'a;b'; $$;")
    expect(await session.query('select pg_temp.f() as f;')).toEqual([{ f: 'a;b' }])
  })

  test.each([
    [undefined, 'Binding 2 is undefined.'],
    [Number.NaN, 'Binding 2 is NaN.'],
    [{}, 'Binding 2 is an object.'],
    [new Date(Number.NaN), 'Binding 2 is an invalid date.'],
    ['a\0b', 'Binding 2 is a text with a NUL character, which PostgreSQL does not store.'],
  ])('refuses the value %s', async (value, message) => {
    const { session } = await openAt()

    // The types refuse most of them as well.
    const failure = session.query('select ?, ?', [1, value as never])

    await expect(failure).rejects.toMatchObject({ code: 'TM_BINDING', message })
  })
})

describe('a transaction', () => {
  test('keeps what it did, and is rolled back by what it throws', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')

    await session.transaction(() => session.execute('insert into t values (1)'))
    const failure = session.transaction(async () => {
      await session.execute('insert into t values (2)')
      throw new Error('no')
    })

    await expect(failure).rejects.toThrow('no')
    expect(await session.query('select n from t')).toEqual([{ n: 1 }])
    expect(session.inTransaction).toBe(false)
  })

  test('goes on after an inner one has failed', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer unique)')

    await session.transaction(async () => {
      await session.execute('insert into t values (1)')
      const inner = session.transaction(async () => {
        await session.execute('insert into t values (2)')
        await session.execute('insert into t values (1)')
      })
      await expect(inner).rejects.toMatchObject({ code: '23505' })
      await session.execute('insert into t values (3)')
    })

    expect(await session.query('select n from t order by n')).toEqual([{ n: 1 }, { n: 3 }])
  })

  test('that an error has spoiled is not taken for committed', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer unique)')

    const failure = session.transaction(async () => {
      await session.execute('insert into t values (1)')
      await session.execute('insert into t values (1)').catch(() => undefined)
    })

    await expect(failure).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    expect(session.inTransaction).toBe(false)
    expect(await session.query('select n from t')).toEqual([])
  })

  test('that a statement has ended takes no more statements', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')

    const failure = session.transaction(async () => {
      await session.execute('commit')
      await session.execute('insert into t values (1)')
    })

    await expect(failure).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    expect(await session.query('select n from t')).toEqual([])
  })

  test('that ends before an inner one is rolled back with it', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))

    const outer = session.transaction(() => session.execute('insert into t values (1)'))
    const inner = session.transaction(async () => {
      await session.execute('insert into t values (2)')
      await released
    })

    await expect(outer).rejects.toMatchObject({ code: 'TM_TRANSACTION_OVERLAP' })
    release()
    await expect(inner).rejects.toMatchObject({ code: 'TM_TRANSACTION_OVERLAP' })
    expect(session.inTransaction).toBe(false)
    expect(await session.query('select n from t')).toEqual([])
  })

  test('is a savepoint in one that a statement has begun', async () => {
    const { session } = await openAt()
    await session.execute('create temp table t (n integer)')
    await session.execute('begin')

    await session.transaction(() => session.execute('insert into t values (1)'))
    expect(session.inTransaction).toBe(true)
    await session.execute('rollback')

    expect(await session.query('select n from t')).toEqual([])
  })

  test('of a change puts settings back where a statement of it fails', async () => {
    const { session } = await openAt()
    const statement = (sql: string, restoresSetting = false) => ({ sql, bindings: [], restoresSetting })

    const change = session.apply([
      statement("set work_mem = '65kB'"),
      statement('select nonsense'),
      statement('create temp table t (n integer)'),
      statement('reset work_mem', true),
    ])

    await expect(change).rejects.toMatchObject({ code: '42703' })
    expect(await session.setting('work_mem')).not.toBe('65kB')
    expect(await session.query("select to_regclass('t') as t")).toEqual([{ t: null }])
  })
})

describe('foreign keys', () => {
  test('that are deferrable are checked at the end of a transaction, where they are switched off', async () => {
    const { session } = await openAt()
    await session.execute('create temp table p (id integer primary key)')
    await session.execute('create temp table c (p integer references p deferrable)')

    await session.transaction(async () => {
      expect(await session.enforceForeignKeys(false)).toBe(true)
      await session.execute('insert into c values (1)')
      await session.execute('insert into p values (1)')
      expect(await session.enforceForeignKeys(true)).toBe(false)
      expect(await session.enforceForeignKeys(true)).toBe(true)
    })
    const broken = session.transaction(async () => {
      await session.enforceForeignKeys(false)
      await session.execute('insert into c values (2)')
    })

    await expect(broken).rejects.toMatchObject({ code: '23503' })
    expect(await session.query('select p from c')).toEqual([{ p: 1 }])
  })

  test('are enforced outside a transaction, whatever is asked', async () => {
    const { session } = await openAt()
    await session.execute('create temp table p (id integer primary key)')
    await session.execute('create temp table c (p integer references p deferrable)')

    expect(await session.enforceForeignKeys(false)).toBe(true)

    await expect(session.execute('insert into c values (1)')).rejects.toMatchObject({ code: '23503' })
  })
})

describe('settings', () => {
  test('are those of the session, whatever the database says', async () => {
    const { open } = await openWithSettings({ timezone: 'Asia/Kathmandu', datestyle: 'SQL, DMY' })
    const session = await open({
      lockTimeoutMs: 1500,
      statementTimeoutMs: 2500,
      server: { searchPath: ['My "Schema"', 'public'] },
    })

    const names = ['TimeZone', 'DateStyle', 'lock_timeout', 'statement_timeout', 'search_path']
    const values = await Promise.all(names.map((name) => session.setting(name)))

    expect(values).toEqual(['UTC', 'ISO, MDY', '1500ms', '2500ms', '"My ""Schema""", "public"'])
  })

  test('are read and changed by name', async () => {
    const { session } = await openAt()

    expect(await session.setting('work_mem', '5MB')).toBe('5MB')
    expect(await session.setting('work_mem')).toBe('5MB')
    expect(await session.setting('statement_timeout', 1234)).toBe('1234ms')
    await expect(session.setting('no_such_setting')).rejects.toMatchObject({ code: '42704' })
  })

  test('stop a statement that takes too long', async () => {
    const { dialect, open } = await openTestSession()
    const session = await open({ statementTimeoutMs: 50 })

    const error: unknown = await session.query('select pg_sleep(5)').catch((thrown: unknown) => thrown)

    expect(dialect.explain(error)).toMatchObject({ kind: 'timeout' })
  })

  test('make a statement wait for a lock as long as was last asked', async () => {
    const { session, open } = await openTestSession({ lockTimeoutMs: 0 })
    const other = await open()
    const shown = async () => await session.query("select current_setting('lock_timeout') as t")

    expect(await shown()).toEqual([{ t: '0' }])
    await session.limitLockWait(10)
    await other.execute('create table t (n integer)')
    await other.execute('begin')
    await other.execute('lock table t')
    await expect(session.execute('insert into t values (1)')).rejects.toMatchObject({ code: '55P03' })

    expect(await shown()).toEqual([{ t: '10ms' }])
  })

  test('outlive the rollback that would put them back, and a transaction that takes no more statements', async () => {
    const { session } = await openAt()
    const shown = async () => await session.query("select current_setting('lock_timeout') as t")

    await session
      .transaction(async () => {
        await session.limitLockWait(20)
        await session.query('select 1')
        await session.query('select nonsense').catch(() => undefined)
        await session.limitLockWait(30)
      })
      .catch(() => undefined)

    expect(await shown()).toEqual([{ t: '30ms' }])
    await session
      .transaction(async () => {
        await session.limitLockWait(40)
        await session.query('select 1')
        throw new Error('no')
      })
      .catch(() => undefined)
    expect(await shown()).toEqual([{ t: '40ms' }])
  })
})

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

    const work = session.transaction(async () => {
      await session.execute('create table t (n integer)')
      await session.query('select pg_sleep(60)')
    })
    const isSleeping = async () =>
      await other.query("select 1 from pg_stat_activity where query = 'select pg_sleep(60)' and pid = ?", [
        Number(row?.['pid']),
      ])
    while ((await isSleeping()).length === 0);
    await other.query('select pg_terminate_backend(?::integer)', [Number(row?.['pid'])])

    const error: unknown = await work.catch((thrown: unknown) => thrown)
    expect(dialect.explain(error)).toMatchObject({
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
