import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { isMariadb, openWorkbench } from './open.js'

async function openWithTable() {
  const opened = await openWorkbench()
  await opened.session.execute(
    'create table t (id integer auto_increment primary key, name varchar(20) unique, n integer default 7)',
  )
  return opened
}

async function names(session: Awaited<ReturnType<typeof openWithTable>>['session']) {
  return (await session.query('select name from t order by id')).map((row) => row['name'])
}

describe('a session', () => {
  test('reads strictly, in UTC and in utf8mb4', async () => {
    const { session } = await openWorkbench()

    const [row] = await session.query(
      'select @@sql_mode as mode, @@time_zone as zone, @@character_set_client as client, ' +
        '@@character_set_results as results, @@collation_connection as collation',
    )

    expect(row).toEqual({
      mode:
        'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,' +
        `NO_ENGINE_SUBSTITUTION${isMariadb ? '' : ',TIME_TRUNCATE_FRACTIONAL'}`,
      zone: '+00:00',
      client: 'utf8mb4',
      results: 'utf8mb4',
      collation: 'utf8mb4_unicode_ci',
    })
  })

  test('sends statements without bindings as text, question marks and all', async () => {
    const { session } = await openWorkbench()

    expect(await session.query("select '?' as q, 'a\\'b' as s /* ? */")).toEqual([{ q: '?', s: "a'b" }])
  })

  test('gives the rows of a statement with bindings', async () => {
    const { session } = await openWithTable()
    await session.execute('insert into t (name, n) values (?, ?), (?, ?)', ['a', 1, 'b', null])

    expect(await session.query('select * from t where id > ? order by id limit ?', [0, 5])).toEqual([
      { id: 1, name: 'a', n: 1 },
      { id: 2, name: 'b', n: null },
    ])
  })

  test('gives the rows of a procedure, and no more of it', async () => {
    const { session } = await openWorkbench()
    await session.execute('create procedure p() begin select 1 as a; select 2 as b; end')

    expect(await session.query('call p()')).toEqual([{ a: 1 }])
    expect(await session.query('select 3 as c')).toEqual([{ c: 3 }])
  })

  test('drops the rows of what is executed', async () => {
    const { session } = await openWithTable()

    expect(await session.execute('select 1')).toEqual({ changes: 0, lastInsertId: undefined })
  })

  test('carries out calls in the order in which they are made', async () => {
    const { session } = await openWithTable()

    await Promise.all([
      session.execute("insert into t (name) values ('a')"),
      session.execute("update t set name = 'b' where name = ?", ['a']),
      session.transaction(() => session.execute("insert into t (name) values ('a')")),
    ])

    expect(await names(session)).toEqual(['b', 'a'])
  })

  test('goes on after an error', async () => {
    const { session } = await openWithTable()

    await expect(session.query('select * from nowhere')).rejects.toMatchObject({ errno: 1146 })
    await expect(session.query('select * from t where nope = ?', [1])).rejects.toMatchObject({ errno: 1054 })

    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('reads and sets its variables, and reads those of the server', async () => {
    const { session } = await openWorkbench()

    expect(await session.setting('sort_buffer_size', 65_536)).toBe(65_536)
    expect(await session.setting('sort_buffer_size')).toBe(65_536)
    expect(await session.setting('global.sort_buffer_size')).toBeGreaterThan(65_536)
    expect(await session.setting('lc_time_names', 'de_DE')).toBe('de_DE')
    await expect(session.setting('no such`thing')).rejects.toMatchObject({ errno: 1193 })
  })
})

describe('rows are counted as on every database', () => {
  test('by an update: those that it found', async () => {
    const { session } = await openWithTable()
    await session.execute("insert into t (name) values ('a'), ('b'), ('c')")

    expect((await session.execute('update t set n = 7')).changes).toBe(3)
    expect((await session.execute('update t set n = ? where id > ?', [8, 1])).changes).toBe(2)
    expect((await session.execute('delete from t where id > 1')).changes).toBe(2)
  })

  test('by an insert: those that it wrote, with the id of the first', async () => {
    const { session } = await openWithTable()

    expect(await session.execute("insert into t (name) values ('a')")).toEqual({
      changes: 1,
      lastInsertId: 1,
    })
    expect(await session.execute("insert into t (name) values ('b'), ('c')")).toEqual({
      changes: 2,
      lastInsertId: 2,
    })
    expect(await session.execute("insert into t (id, name) values (50, 'd')")).toEqual({
      changes: 1,
      lastInsertId: 50,
    })
    expect((await session.execute("insert ignore into t (name) values ('a'), ('e')")).changes).toBe(1)
  })

  test('by an insert that updates: each once', async () => {
    const { session } = await openWithTable()
    await session.execute("insert into t (name) values ('a')")
    const upsert = (values: string) =>
      session.execute(`insert into t (name, n) values ${values} on duplicate key update n = values(n)`)

    expect((await upsert("('a', 1)")).changes).toBe(1)
    expect((await upsert("('a', 2), ('b', 2), ('c', 2)")).changes).toBe(3)
    expect((await session.execute("replace into t (name) values ('a')")).changes).toBe(1)
    expect((await session.execute("replace into t (name) values ('a'), ('z')")).changes).toBe(2)
  })

  test('by a change of structure: none', async () => {
    const { session } = await openWithTable()
    await session.execute("insert into t (name) values ('a'), ('b')")

    expect(await session.execute('alter table t add index (n), algorithm = copy')).toEqual({
      changes: 0,
      lastInsertId: undefined,
    })
  })

  test('with ids that no number holds', async () => {
    const { session } = await openWorkbench()
    await session.execute('create table t (id bigint unsigned auto_increment primary key, a integer)')

    await session.execute('insert into t values (?, 1)', [2n ** 53n])
    expect((await session.execute('insert into t (a) values (1)')).lastInsertId).toBe(2n ** 53n + 1n)
    await session.execute('insert into t values (?, 1)', [2n ** 63n])
    expect((await session.execute('insert into t (a) values (1)')).lastInsertId).toBe(2n ** 63n + 1n)
  })
})

describe('a transaction', () => {
  test('is committed, or rolled back by what its work throws', async () => {
    const { session, openAnother } = await openWithTable()
    const { session: other } = await openAnother()

    await session.transaction(async () => {
      expect(session.inTransaction).toBe(true)
      await session.execute("insert into t (name) values ('a')")
      expect(await names(other)).toEqual([])
    })
    const failure = session.transaction(async () => {
      await session.execute("insert into t (name) values ('b')")
      throw new Error('no')
    })

    await expect(failure).rejects.toThrow('no')
    expect(session.inTransaction).toBe(false)
    expect(await names(other)).toEqual(['a'])
  })

  test('inside another is a savepoint', async () => {
    const { session } = await openWithTable()

    await session.transaction(async () => {
      await session.execute("insert into t (name) values ('a')")
      await session
        .transaction(async () => {
          await session.execute("insert into t (name) values ('b')")
          throw new Error('no')
        })
        .catch(() => undefined)
      await session.transaction(() => session.execute("insert into t (name) values ('c')"))
    })

    expect(await names(session)).toEqual(['a', 'c'])
  })

  test('that the user begins is one too', async () => {
    const { session } = await openWithTable()

    await session.execute('start transaction')
    await session.execute("insert into t (name) values ('a')")
    expect(session.inTransaction).toBe(true)
    await session.transaction(() => session.execute("insert into t (name) values ('b')"))
    expect(session.inTransaction).toBe(true)
    await session.execute('rollback')

    expect(session.inTransaction).toBe(false)
    expect(await names(session)).toEqual([])
  })

  test('is also what reading begins without autocommit', async () => {
    const { session } = await openWithTable()

    await session.execute('set autocommit = 0')
    expect(session.inTransaction).toBe(false)
    await session.query('select * from t')
    expect(session.inTransaction).toBe(true)
    await session.execute('commit')

    expect(session.inTransaction).toBe(false)
  })

  test('goes on after an error of one of its statements', async () => {
    const { session } = await openWithTable()

    await session.transaction(async () => {
      await session.execute("insert into t (name) values ('a')")
      await session.execute("insert into t (name) values ('a')").catch(() => undefined)
      expect(session.inTransaction).toBe(true)
      await session.execute("insert into t (name) values ('b')")
    })

    expect(await names(session)).toEqual(['a', 'b'])
  })

  test('refuses a change of structure before it runs, and is rolled back by it', async () => {
    const { session, dialect } = await openWithTable()

    const failure = session.transaction(async () => {
      await session.execute("insert into t (name) values ('a')")
      await session.execute('create table other (id integer)')
    })

    await expect(failure).rejects.toMatchObject({
      code: 'TM_IMPLICIT_COMMIT',
      message: `${dialect.label} commits the open transaction with this statement. It was not run.`,
      place: { sql: 'create table other (id integer)' },
      details: { hasRun: false },
    })
    expect(await names(session)).toEqual([])
    expect(await session.query("show tables like 'other'")).toEqual([])
  })

  test.each([
    'create index i on t (n)',
    '/* why */ ALTER table t add a integer',
    '-- why\ndrop table t',
    'truncate t',
    'rename table t to u',
    'lock tables t write',
    'create or replace view v as select 1',
  ])('does not run %j', async (sql) => {
    const { session } = await openWithTable()

    await expect(session.transaction(() => session.execute(sql))).rejects.toMatchObject({
      code: 'TM_IMPLICIT_COMMIT',
      details: { hasRun: false },
    })
  })

  test('takes temporary tables', async () => {
    const { session } = await openWithTable()

    await session.transaction(async () => {
      await session.execute("insert into t (name) values ('a')")
      await session.execute('create temporary table x (id integer)')
      await session.execute('drop temporary table x')
      expect(session.inTransaction).toBe(true)
    })

    expect(await names(session)).toEqual(['a'])
  })

  test('says so where a statement has committed it that nobody would expect to', async () => {
    const { session } = await openWithTable()

    const failure = session.transaction(async () => {
      await session.execute("insert into t (name) values ('a')")
      await session.execute('set autocommit = 0')
      await session.execute('set autocommit = 1')
    })

    await expect(failure).rejects.toMatchObject({ code: 'TM_IMPLICIT_COMMIT', details: { hasRun: true } })
    expect(await names(session)).toEqual(['a'])
  })

  test('is lost where the user ends it', async () => {
    const { session } = await openWithTable()

    const failure = session.transaction(async () => {
      await session.execute('rollback')
      await session.execute("insert into t (name) values ('a')")
    })

    await expect(failure).rejects.toMatchObject({ code: 'TM_TRANSACTION_LOST' })
    expect(await names(session)).toEqual([])
  })

  test('is lost by a deadlock, and nothing runs after it', async () => {
    const { session, openAnother, dialect } = await openWithTable()
    const { session: other } = await openAnother()
    await session.execute("insert into t (name) values ('a'), ('b')")
    const deadlocked = async (mine: typeof session, first: number, second: number) =>
      await mine.transaction(async () => {
        await mine.execute('update t set n = n + 1 where id = ?', [first])
        await bothHold()
        await mine.execute('update t set n = n + 1 where id = ?', [second]).catch(async (error: unknown) => {
          expect(mine.inTransaction).toBe(false)
          await expect(mine.execute('update t set n = 100')).rejects.toMatchObject({
            code: 'TM_TRANSACTION_LOST',
          })
          throw error
        })
      })
    let waiting = 0
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const bothHold = async () => {
      waiting += 1
      if (waiting === 2) release()
      await held
    }

    const results = await Promise.allSettled([deadlocked(session, 1, 2), deadlocked(other, 2, 1)])

    const failed = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    expect(failed.map((error) => dialect.explain(error).kind)).toEqual(['deadlock'])
    expect(await session.query('select n from t order by id')).toEqual([{ n: 8 }, { n: 8 }])
  })
})

describe('a change', () => {
  test('stops at the statement that fails, puts settings back, and tells of what has run', async () => {
    const { session } = await openWithTable()
    const begun: string[] = []
    const ended: string[] = []

    const failure = session.apply(
      [
        { sql: 'alter table t add a integer', bindings: [] },
        { sql: 'alter table t drop nope', bindings: [] },
        { sql: 'alter table t add b integer', bindings: [] },
        { sql: 'set @restored = 1', bindings: [], restoresSetting: true },
      ],
      ({ sql }) => {
        begun.push(sql)
        return () => ended.push(sql)
      },
    )

    await expect(failure).rejects.toMatchObject({ errno: 1091 })
    expect(begun).toEqual(['alter table t add a integer', 'alter table t drop nope'])
    expect(ended).toEqual(['alter table t add a integer'])
    expect(await session.query('select @restored as restored')).toEqual([{ restored: 1 }])
  })

  test('runs without foreign keys where it must, and they are enforced again after it', async () => {
    const { session } = await openWithTable()
    await session.execute('create table child (t_id integer, foreign key (t_id) references t (id))')

    await session.apply([{ sql: 'drop table t', bindings: [], withoutForeignKeys: true }])
    await expect(
      session.apply([{ sql: 'drop table nope', bindings: [], withoutForeignKeys: true }]),
    ).rejects.toMatchObject({ errno: 1051 })

    expect(await session.setting('foreign_key_checks')).toBe(1)
  })
})

test('foreign keys are switched, and what they were is told', async () => {
  const { session, openAnother } = await openWithTable()
  const { session: without } = await openAnother({ foreignKeys: false })

  expect(await session.enforceForeignKeys(false)).toBe(true)
  expect(await session.enforceForeignKeys(true)).toBe(false)
  expect(await session.setting('foreign_key_checks')).toBe(1)
  expect(await without.enforceForeignKeys(true)).toBe(false)
})

describe('a lock', () => {
  test.each([
    [0, 31_536_000],
    [1, 1],
    [1000, 1],
    [1500, 2],
    [90_000, 90],
  ])('is waited for %i ms as %i s', async (timeoutMs, seconds) => {
    const { session, openAnother } = await openWorkbench({ lockTimeoutMs: timeoutMs })
    const { session: other } = await openAnother({ lockTimeoutMs: 7000 })
    await other.limitLockWait(timeoutMs)

    for (const one of [session, other]) {
      expect(Number(await one.setting('innodb_lock_wait_timeout'))).toBe(seconds)
      expect(Number(await one.setting('lock_wait_timeout'))).toBe(seconds)
    }
  })

  test('of a row and of a table is not waited for without end', async () => {
    const { session, openAnother, dialect } = await openWithTable()
    const { session: other } = await openAnother({ lockTimeoutMs: 1 })
    await session.execute("insert into t (name) values ('a')")
    await session.execute('start transaction')
    await session.execute('update t set n = 1')

    const [row, table] = await Promise.allSettled([
      other.execute('update t set n = 2'),
      other.execute('alter table t add a integer'),
    ])

    for (const result of [row, table]) {
      expect(result.status).toBe('rejected')
      if (result.status === 'rejected') expect(dialect.explain(result.reason).kind).toBe('locked')
    }
  })
})

test('a statement that reads for longer than it may is ended', async () => {
  const { session, dialect } = await openWorkbench({ statementTimeoutMs: 200 })
  await session.execute('create table n (n integer)')
  await session.execute(`insert into n values ${Array.from({ length: 200 }, (_, n) => `(${n})`).join(', ')}`)

  const failure = await session
    .query('select count(*) from n a, n b, n c, n d, n e where a.n + b.n + c.n + d.n + e.n = -1')
    .then(
      () => undefined,
      (error: unknown) => error,
    )

  expect(dialect.explain(failure)).toMatchObject({ kind: 'timeout' })
  expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('prepared statements are given back, so that the server keeps few', async () => {
  const { session } = await openWorkbench()

  for (let n = 0; n < 130; n += 1) await session.query(`select ? + ${n} as n`, [1])

  const [row] = await session.query("show session status like 'Com_stmt_close'")
  expect(Number(row?.['Value'])).toBeGreaterThanOrEqual(29)
})

test('a session that the server has ended meanwhile says so, and nothing past it', async () => {
  const { session } = await openWorkbench()
  await session.execute('set session wait_timeout = 1')
  const warned = vi.spyOn(console, 'error').mockReturnValue()
  onTestFinished(() => warned.mockRestore())

  // As a process that is stopped: it sees what the server says only when it has sent something.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500)
  await expect(session.query('select 1')).rejects.toThrow('was lost')

  expect(warned).not.toHaveBeenCalled()
})
