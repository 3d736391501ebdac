import { describe, expect, test } from 'vitest'
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
