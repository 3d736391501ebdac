import { describe, expect } from 'vitest'
import { loadDialect } from '../../../src/dialects/registry.js'
import type { Session } from '../../../src/dialects/dialect.js'
import { explain } from '../../../src/dialects/sqlite/session/explain.js'
import { literal, quoteIdentifier } from '../../../src/dialects/sqlite/sql/literal.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

const drivers = await availableDrivers()

async function problemOf(session: Session, sql: string) {
  const error: unknown = await session.execute(sql).then(
    () => expect.unreachable(),
    (thrown: unknown) => thrown,
  )
  return explain(error)
}

describe.each(drivers)('explain, of what %s throws', (driver) => {
  test.for([
    ['select * from userz', 'no-such-table', 'no such table: userz', { table: 'userz' }],
    ['insert into userz values (1)', 'no-such-table', 'no such table: userz', { table: 'userz' }],
    ['select nam from users', 'no-such-column', 'no such column: nam', { column: 'nam' }],
    [
      'insert into users (nam) values (1)',
      'no-such-column',
      'table users has no column named nam',
      { table: 'users', column: 'nam' },
    ],
    ['create table users (a)', 'already-exists', 'table users already exists', {}],
    ['create index users_email on users (email)', 'already-exists', 'index users_email already exists', {}],
    ['create table t (a, a)', 'already-exists', 'duplicate column name: a', { column: 'a' }],
    ['alter table pets rename to users', 'already-exists', undefined, {}],
    ['selekt 1', 'syntax', 'near "selekt": syntax error', {}],
    ['select (1', 'syntax', 'incomplete input', {}],
    [
      "insert into users (id, email) values (2, 'a@b')",
      'unique',
      'UNIQUE constraint failed: users.email',
      { table: 'users', column: 'email' },
    ],
    [
      "insert into users (id, email) values (1, 'x')",
      'unique',
      'UNIQUE constraint failed: users.id',
      { table: 'users', column: 'id' },
    ],
    [
      'insert into users (id) values (3)',
      'not-null',
      'NOT NULL constraint failed: users.email',
      { table: 'users', column: 'email' },
    ],
    ['insert into pets values (9)', 'foreign-key', 'FOREIGN KEY constraint failed', {}],
    ['insert into checked values (0)', 'check', 'CHECK constraint failed: positive', {}],
    [
      "insert into strict_ones values (x'00')",
      'check',
      'cannot store BLOB value in TEXT column strict_ones.a',
      {},
    ],
    ['select no_such_function()', 'other', 'no such function: no_such_function', {}],
  ] as const)('%s is a problem of the kind %s', async ([sql, kind, message, place], { open }) => {
    const session = await open({ driver })
    await session.execute('create table users (id integer primary key, email text not null unique)')
    await session.execute('create index users_email on users (email)')
    await session.execute("insert into users values (1, 'a@b')")
    await session.execute('create table pets (user_id references users)')
    await session.execute('create table checked (a constraint positive check (a > 0))')
    await session.execute('create table strict_ones (a text) strict')

    const problem = await problemOf(session, sql)

    expect(problem).toMatchObject({ kind, ...place, ...(message === undefined ? {} : { message }) })
    if (kind !== 'other' && !sql.includes('strict_ones')) expect(problem.remedy).toBeTypeOf('string')
  })

  test('names the table alone where several columns broke a constraint', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a, b, unique (a, b))')
    await session.execute('insert into t values (1, 2)')

    const problem = await problemOf(session, 'insert into t values (1, 2)')

    expect(problem).toMatchObject({ kind: 'unique', table: 't' })
    expect(problem.column).toBeUndefined()
  })

  test('knows a lock, and a database that may only be read', async ({ open }) => {
    const holder = await open({ driver })
    const other = await open({ driver, lockTimeoutMs: 1 })
    await holder.execute('create table t (a)')
    await holder.execute('begin immediate')

    expect(await problemOf(other, 'insert into t values (1)')).toMatchObject({
      kind: 'locked',
      message: 'database is locked',
    })

    await holder.execute('commit')
    await other.setting('query_only', 1)
    expect(await problemOf(other, 'insert into t values (1)')).toMatchObject({ kind: 'read-only' })
  })

  test('says what to do about a BEGIN in a transaction', async ({ open }) => {
    const session = await open({ driver })

    await session.transaction(async () => {
      expect(await problemOf(session, 'begin')).toEqual({
        kind: 'other',
        message: 'cannot start a transaction within a transaction',
        remedy:
          'Leave out BEGIN and COMMIT: a migration is a transaction, unless it says transaction: false.',
      })
    })
  })

  test('knows a foreign key whose target no unique index covers', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table p (a)')
    await session.execute('create table c (a references p (a))')

    expect(await problemOf(session, 'insert into c values (1)')).toMatchObject({
      kind: 'foreign-key',
      table: 'c',
      remedy: 'Give the columns of "p" that "c" points to a primary key or a unique index.',
    })
  })
})

test('explain takes anything that was thrown', () => {
  expect(explain('odd')).toEqual({ kind: 'other', message: 'odd', remedy: undefined })
})

describe('literal', () => {
  test.each([
    [null, 'null'],
    ["it's", "'it''s'"],
    [1.5, '1.5'],
    [-3n, '-3'],
    [true, '1'],
    [false, '0'],
    [Infinity, '9e999'],
    [Buffer.from([0, 171]), "x'00ab'"],
    [new Date('2025-03-05T10:20:30Z'), "'2025-03-05 10:20:30'"],
  ])('writes %o as %s', (value, sql) => {
    expect(literal(value)).toBe(sql)
  })

  test('writes what SQLite reads back as the same value', async ({ open }) => {
    const session = await open()
    const values = ["it's; -- \\ \n", 0.1, 1e300, 9007199254740993n, Buffer.from([1, 2]), null]

    const [row] = await session.query(
      `select ${values.map((value, index) => `${literal(value)} as v${index}`).join(', ')}`,
    )

    expect(Object.values(row ?? {})).toEqual(values)
  })

  test.each(['a\0b', Number.NaN])('refuses %o', (value) => {
    expect(() => literal(value)).toThrow(expect.objectContaining({ code: 'TM_LITERAL' }))
  })
})

describe('quoteIdentifier', () => {
  test('doubles quotes, and refuses a NUL character', () => {
    expect(quoteIdentifier('a "b"')).toBe('"a ""b"""')
    expect(() => quoteIdentifier('a\0b')).toThrow('SQLite cannot write a NUL character into a statement.')
  })
})

describe('loadDialect', () => {
  test('finds SQLite', async () => {
    expect((await loadDialect('sqlite')).label).toBe('SQLite')
  })
})
