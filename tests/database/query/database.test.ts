import { describe, expect, test } from 'vitest'
import { Expression } from '../../../src/schema/expression.js'
import { openDatabase } from './open.js'
import { words } from './words.js'

async function users() {
  const opened = await openDatabase()
  await opened.db.exec(`create table users (${words.counter}, name varchar(255) unique, age integer)`)
  await opened.db.insert("insert into users (name, age) values ('Ada', 36), ('Grace', 85)")
  return opened
}

describe('exec', () => {
  test('runs several statements in order', async () => {
    const { db } = await openDatabase()

    await db.exec("create table t (v varchar(20)); -- one; two\ninsert into t values ('a;b');")

    expect(await db.select('select v from t')).toEqual([{ v: 'a;b' }])
  })

  test('says which statement failed and where it begins', async () => {
    const { db } = await openDatabase()

    const failure = db.exec('create table t (v integer);\n\n  insert into nowhere values (1);\ndrop table t')

    await expect(failure).rejects.toMatchObject({
      name: 'QueryError',
      code: 'TM_SQL_NO_SUCH_TABLE',
      place: { statement: 2, line: 3, column: 3, sql: 'insert into nowhere values (1)' },
    })
    expect(await db.select('select * from t')).toEqual([])
  })

  test('does nothing for a string without statements', async () => {
    const { db, statements } = await openDatabase()

    await db.exec(' -- nothing\n;')

    expect(statements).toEqual([])
  })

  test('is called unprepared too', async () => {
    const { db } = await openDatabase()

    await db.unprepared('create table t (v integer); insert into t values (7)')

    expect(await db.scalar('select v from t')).toBe(7)
  })
})

describe('raw statements', () => {
  test('give rows, one row, one value', async () => {
    const { db } = await users()

    expect(await db.select('select name from users where age > ? order by id', [30])).toEqual([
      { name: 'Ada' },
      { name: 'Grace' },
    ])
    expect(await db.selectOne('select id, name from users where name = ?', ['Grace'])).toEqual({
      id: 2,
      name: 'Grace',
    })
    expect(await db.scalar('select max(age) from users')).toBe(85)
  })

  test('give null where there is no row', async () => {
    const { db } = await users()

    expect(await db.selectOne('select * from users where id = 9')).toBeNull()
    expect(await db.scalar('select name from users where id = 9')).toBeNull()
  })

  test('refuse a scalar of several columns', async () => {
    const { db } = await users()

    await expect(db.scalar('select id, name from users')).rejects.toMatchObject({
      code: 'TM_QUERY_MISUSE',
      message: 'scalar() reads one column, and the statement gives 2: id, name.',
    })
  })

  test('say how many rows they changed', async () => {
    const { db } = await users()

    expect(await db.update('update users set age = age + ?', [1])).toBe(2)
    expect(await db.affectingStatement('update users set age = 1 where id = ?', [2])).toBe(1)
    expect(await db.delete('delete from users where id = ?', [9])).toBe(0)
    await db.statement('delete from users where id = 1')
    expect(await db.select('select id, age from users')).toEqual([{ id: 2, age: 1 }])
  })

  test('refuse another number of bindings than of placeholders', async () => {
    const { db } = await users()

    await expect(db.select("select '?' as q, ? as v -- ?", [])).rejects.toMatchObject({
      code: 'TM_BINDING_COUNT',
      message: 'The statement has 1 placeholder and was given 0 bindings.',
    })
    await expect(db.statement('delete from users', [1])).rejects.toMatchObject({
      message: 'The statement has 0 placeholders and was given 1 binding.',
    })
    expect(await db.table('users').count()).toBe(2)
  })

  test.each([
    [
      undefined,
      'TM_UNDEFINED_VALUE',
      'Binding 2 of the statement was given undefined, which is no value of a database.',
    ],
    [Number.NaN, 'TM_INVALID_VALUE', /given NaN/],
    [new Date(Number.NaN), 'TM_INVALID_VALUE', /given an invalid Date/],
    [[1], 'TM_INVALID_VALUE', /given an array/],
    [{ a: 1 }, 'TM_INVALID_VALUE', /given an object/],
    [() => 1, 'TM_INVALID_VALUE', /given a function/],
  ])('refuse %s as a binding', async (value, code, message) => {
    const { db } = await users()

    // The types refuse it as well; a plain JavaScript migration has none.
    const failure = db.select('select * from users where id = ? or name = ?', [1, value as never])

    await expect(failure).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test('name the nearest table where there is no such one', async () => {
    const { db } = await users()

    await expect(db.select('select * from userz')).rejects.toMatchObject({
      name: 'QueryError',
      code: 'TM_SQL_NO_SUCH_TABLE',
      message: expect.stringMatching(/userz.*Did you mean "users"\?/),
      place: { sql: 'select * from userz' },
    })
  })

  test('carry the code of what the database refused, and no value', async () => {
    const { db } = await users()

    const failure = db.insert('insert into users (name) values (?)', ['Ada'])

    await expect(failure).rejects.toMatchObject({
      code: 'TM_UNIQUE_VIOLATION',
      place: { sql: 'insert into users (name) values (?)' },
      message: expect.not.stringContaining('Ada'),
    })
  })
})

describe('values', () => {
  test('come back as they went in', async () => {
    const { db } = await openDatabase()
    await db.exec(`create table t (i bigint, r double precision, s text, b ${words.bytes}, n integer)`)
    const row = {
      i: 9_007_199_254_740_993n,
      r: 0.1,
      s: words.hasNul ? 'Zoë\u0000🌊' : 'Zoë🌊',
      b: new Uint8Array([0, 255, 7]),
      n: null,
    }

    await db.table('t').insert(row)

    const found = await db.table('t').first()
    expect({ ...found, b: new Uint8Array(found?.['b'] as Uint8Array) }).toEqual(row)
  })

  test.skipIf(words.hasNul)('with a NUL character are refused where no text can hold it', async () => {
    const { db } = await openDatabase()

    await expect(db.select('select ?', ['a\u0000b'])).rejects.toMatchObject({ code: 'TM_BINDING' })
  })

  test('of dates are the instant in UTC', async () => {
    const { db } = await openDatabase()
    await db.exec(`create table t (at ${words.moment})`)
    const instant = new Date('2025-03-05T23:30:00.250+02:00')

    await db.table('t').insert([{ at: instant }, { at: new Date('2025-01-01T00:00:00Z') }])

    expect(await db.table('t').pluck('at')).toEqual([instant, new Date('2025-01-01T00:00:00Z')])
    expect(await db.table('t').where('at', instant).count()).toBe(1)
  })

  test('of booleans are 1 and 0', async () => {
    const { db } = await openDatabase()

    expect(await db.selectOne('select ? as yes, ? as no', [true, false])).toEqual({
      yes: words.readBound(1),
      no: words.readBound(0),
    })
  })

  test('are escaped as literals', async () => {
    const { db } = await openDatabase()

    expect(db.escape("O'Hara")).toBe("'O''Hara'")
    expect(db.escape(null)).toBe('null')
  })
})

describe('transaction', () => {
  test('keeps what it did and gives what its callback gave', async () => {
    const { db } = await users()

    const result = await db.transaction(async (inner) => {
      await inner.table('users').insert({ id: 3, name: 'Linus' })
      return 'done'
    })

    expect(result).toBe('done')
    expect(await db.table('users').count()).toBe(3)
  })

  test('is rolled back by what it throws', async () => {
    const { db } = await users()

    const failure = db.transaction(async () => {
      await db.table('users').delete()
      throw new Error('no')
    })

    await expect(failure).rejects.toThrow('no')
    expect(await db.table('users').count()).toBe(2)
  })

  test('is a savepoint inside another one', async () => {
    const { db } = await users()
    const levels: number[] = [db.transactionLevel()]

    await db.transaction(async () => {
      levels.push(db.transactionLevel())
      await db.table('users').where('id', 1).delete()
      const inner = db.transaction(async () => {
        levels.push(db.transactionLevel())
        await db.table('users').delete()
        throw new Error('no')
      })
      await expect(inner).rejects.toThrow('no')
      levels.push(db.transactionLevel())
    })

    expect(await db.table('users').pluck('name')).toEqual(['Grace'])
    expect([...levels, db.transactionLevel()]).toEqual([0, 1, 2, 1, 0])
  })

  test('is not tried again for what is no lock', async () => {
    const { db } = await users()
    let attempts = 0

    const failure = db.transaction(
      () => {
        attempts += 1
        throw new Error('no')
      },
      { attempts: 3 },
    )

    await expect(failure).rejects.toThrow('no')
    expect(attempts).toBe(1)
  })
})

test('says what it is connected to', async () => {
  const { db } = await openDatabase()

  expect(db.getDriverName()).toBe(words.driverName)
  expect(db.getName()).toBe('main')
  expect(db.getDatabaseName()).toMatch(/test\.sqlite$|^tidemark_/)
  expect(db.getTablePrefix()).toBe('')
  expect(db.raw('now()')).toEqual(new Expression('now()'))
})

test('has no then, so that a forgotten verb does not look like a result', async () => {
  const { db } = await openDatabase()

  expect('then' in db.table('users')).toBe(false)
})
