import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { loadDriver } from '../../../src/dialects/sqlite/session/driver.js'
import type { Value } from '../../../src/schema/expression.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

const drivers = await availableDrivers()

describe.each(drivers)('a session through %s', (driver) => {
  test.runIf(process.platform === 'linux')('says so where no folder can be made', async ({ open }) => {
    await expect(open({ driver, database: '/proc/tidemark/deep/db.sqlite' })).rejects.toMatchObject({
      message: expect.stringContaining('cannot be made') as string,
    })
  })

  test('makes the folder and the file where they are not there', async ({ folder, open }) => {
    const database = join(folder, 'deep', 'er', 'new.sqlite')
    const session = await open({ driver, database })
    await session.execute('create table t (a)')

    expect(readFileSync(database).subarray(0, 15).toString()).toBe('SQLite format 3')
  })

  test('opens a database in memory', async ({ folder, open }) => {
    const session = await open({ driver, database: ':memory:' })

    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(join(folder, ':memory:'))).toBe(false)
  })

  test.for([
    ['a text', 'a text'],
    ['', ''],
    ['with \0 inside', 'with \0 inside'],
    ['emoji 😀', 'emoji 😀'],
    [0, 0],
    [-1.5, -1.5],
    [1e300, 1e300],
    [2 ** 53 - 1, 2 ** 53 - 1],
    [2n ** 53n, 2n ** 53n],
    [-(2n ** 63n), -(2n ** 63n)],
    [5n, 5],
    [true, 1],
    [false, 0],
    [null, null],
    [new Date('2025-03-05T10:20:30Z'), '2025-03-05 10:20:30'],
    [new Date('2025-03-05T10:20:30.007Z'), '2025-03-05 10:20:30.007'],
    [Buffer.from([0, 255]), Buffer.from([0, 255])],
    [new Uint8Array(0), Buffer.alloc(0)],
  ] satisfies [Value, unknown][])(
    'writes %o and reads it back as %o',
    async ([given, expected], { open }) => {
      const session = await open({ driver })
      await session.execute('create table t (a)')

      await session.execute('insert into t values (?)', [given])
      const [returned] = await session.query('insert into t values (?) returning a', [given])
      const rows = await session.query('select a from t')

      expect(rows).toStrictEqual([{ a: expected }, { a: expected }])
      expect(returned).toStrictEqual({ a: expected })
    },
  )

  test('binds whole numbers as integers, so that text columns keep no ".0"', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a text)')

    await session.execute('insert into t values (?)', [7])

    expect(await session.query('select a from t')).toEqual([{ a: '7' }])
  })

  test.for([
    [undefined, 'Binding 2 is undefined.'],
    [Number.NaN, 'Binding 2 is NaN.'],
    [2n ** 63n, 'Binding 2 is 9223372036854775808, more than 64 bits hold.'],
    [{ a: 1 }, 'Binding 2 is an object.'],
    [new Date(Number.NaN), 'Binding 2 is an invalid date.'],
  ] as const)('refuses to bind %o', async ([value, message], { open }) => {
    const session = await open({ driver })
    // A caller without types can bring anything.
    const bindings = [1, value] as Value[]

    await expect(session.query('select ?, ?', bindings)).rejects.toMatchObject({
      code: 'TM_BINDING',
      message,
    })
  })

  test('says how many rows a statement changed, and the key of the row it added', async ({ open }) => {
    const session = await open({ driver })

    expect(await session.execute('create table t (id integer primary key, a unique)')).toEqual(nothing)
    expect(await session.execute('insert into t (a) values (1), (2)')).toEqual({
      changes: 2,
      lastInsertId: 2,
    })
    expect(await session.execute('insert or ignore into t (a) values (1)')).toEqual(nothing)
    expect(await session.execute('update t set a = a + 10')).toEqual({ changes: 2, lastInsertId: undefined })
    expect(await session.execute('create index i on t (a)')).toEqual(nothing)
    expect(await session.execute('select * from t')).toEqual(nothing)
    expect(
      await session.execute('with x as (select 11 as n) delete from t where a in (select n from x)'),
    ).toEqual({
      changes: 1,
      lastInsertId: undefined,
    })
    expect(await session.execute('insert into t (id) values (9007199254740993)')).toEqual({
      changes: 1,
      lastInsertId: 9007199254740993n,
    })
    expect(await session.query('create table u (a)')).toEqual([])
  })

  test('sees columns that another session has added since', async ({ open }) => {
    const [one, other] = [await open({ driver }), await open({ driver })]
    await one.execute('create table t (a)')
    await one.execute('insert into t values (1)')
    expect(await one.query('select * from t')).toEqual([{ a: 1 }])

    await other.execute('alter table t add b default 2')

    expect(await one.query('select * from t')).toEqual([{ a: 1, b: 2 }])
  })

  test.for(['explain select * from t', '-- why\nexplain select * from t'])(
    'explains a statement anew after the structure has changed: %j',
    async (sql, { open }) => {
      const session = await open({ driver })
      const readColumns = async () =>
        (await session.query(sql)).filter(({ opcode }) => opcode === 'Column').length
      await session.execute('create table t (a)')
      expect(await readColumns()).toBe(1)

      await session.execute('alter table t add column b')

      expect(await readColumns()).toBe(2)
    },
  )

  test('refuses several statements in one string, and takes a trigger for one', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a);')
    await session.execute('create trigger g after insert on t begin select 1; select 2; end;')

    await expect(session.execute('select 1; drop table t')).rejects.toMatchObject({
      code: 'TM_MULTIPLE_STATEMENTS',
      message: 'One statement was expected, 2 were given.',
    })
    expect(await session.query('select * from t')).toEqual([])
  })

  test('reads and sets pragmas', async ({ open }) => {
    const session = await open({ driver })

    expect(await session.setting('cache_size', -321)).toBeUndefined()
    expect(await session.setting('cache_size')).toBe(-321)
    expect(await session.setting('main.user_version', 7)).toBeUndefined()
    expect(await session.setting('user_version')).toBe(7)
    expect(await session.setting('journal_mode', 'wal')).toBe('wal')
    expect(await session.setting('no_such_pragma')).toBeUndefined()
  })

  test('gives up on a lock after its time', async ({ open }) => {
    const holder = await open({ driver })
    const waiting = await open({ driver, lockTimeoutMs: 20 })

    await holder.transaction(async () => {
      await expect(waiting.transaction(async () => undefined)).rejects.toThrow('database is locked')
    })
    await expect(waiting.transaction(async () => 1)).resolves.toBe(1)
  })

  test('can be closed twice', async ({ open }) => {
    const session = await open({ driver })

    await session.close()
    await expect(session.close()).resolves.toBeUndefined()
  })
})

const nothing = { changes: 0, lastInsertId: undefined }

describe('opening what is no database', () => {
  test('refuses a file of another kind, and leaves it as it was', async ({ file, open }) => {
    writeFileSync(file, 'this is a text, and no database at all\n'.repeat(50))
    const before = readFileSync(file)

    await expect(open()).rejects.toMatchObject({
      code: 'TM_NOT_A_DATABASE',
      message: `The file "${file}" is not a SQLite database (or is an encrypted one).`,
    })
    expect(readFileSync(file)).toEqual(before)
  })

  test('takes an empty file for a new database', async ({ file, open }) => {
    writeFileSync(file, '')

    await expect(open()).resolves.toBeDefined()
  })

  test('refuses a folder', async ({ folder, open }) => {
    await expect(open({ database: folder })).rejects.toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `The database "${folder}" is a folder, not a file.`,
    })
  })

  test('refuses a path through a file', async ({ folder, open }) => {
    writeFileSync(join(folder, 'plain'), '')

    await expect(open({ database: join(folder, 'plain', 'db.sqlite') })).rejects.toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: expect.stringMatching(/^The folder of the database ".*db\.sqlite" cannot be made: /) as string,
    })
  })

  // The administrator may write everywhere, so that there this cannot be shown.
  test.skipIf(process.getuid?.() === 0)(
    'refuses a folder that may not be written',
    async ({ folder, open }) => {
      const closed = join(folder, 'closed')
      mkdirSync(closed)
      chmodSync(closed, 0o500)

      await expect(open({ database: join(closed, 'db.sqlite') })).rejects.toMatchObject({
        code: 'TM_CONNECTION_FAILED',
        message: expect.stringContaining(`nothing may be written into ${closed}`) as string,
      })
    },
  )

  test('waits for no longer than the lock timeout where another process has it alone', async ({
    file,
    open,
  }) => {
    const holder = await open()
    await holder.execute('create table t (a)')
    await holder.execute('begin exclusive')

    await expect(open({ lockTimeoutMs: 10 })).rejects.toMatchObject({
      code: 'TM_DATABASE_LOCKED',
      kind: 'locked',
      message: `The database "${file}" is locked by another process.`,
    })
  })
})

describe('loadDriver', () => {
  test('refuses a driver that it does not know', async () => {
    await expect(loadDriver({ TIDEMARK_SQLITE_DRIVER: 'sqlite3' })).rejects.toMatchObject({
      code: 'TM_DRIVER_MISSING',
      message: 'TIDEMARK_SQLITE_DRIVER is "sqlite3"; it can be better-sqlite3 or node:sqlite.',
    })
  })

  test.skipIf(drivers.length === 2)(
    'says what to install where the driver that is asked for is not there',
    async () => {
      const missing = drivers.includes('node:sqlite') ? 'better-sqlite3' : 'node:sqlite'

      await expect(loadDriver({ TIDEMARK_SQLITE_DRIVER: missing })).rejects.toMatchObject({
        code: 'TM_DRIVER_MISSING',
        remedy: expect.stringMatching(/npm (?:install|rebuild) better-sqlite3/) as string,
      })
    },
  )
})
