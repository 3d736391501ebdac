import { describe, expect, test } from 'vitest'
import type { DatabaseProblem, Session } from '../../../src/dialects/dialect.js'
import { postgresDialect } from '../../../src/dialects/postgres/index.js'
import type { Value } from '../../../src/schema/expression.js'
import { administer } from '../../helpers/database.js'
import { openAt, openTestSession } from './sessions.js'

async function problemOf(
  session: Session,
  sql: string,
  bindings: readonly Value[] = [],
): Promise<DatabaseProblem> {
  const error: unknown = await session.query(sql, bindings).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  return postgresDialect.explain(error)
}

const tables = [
  'create temp table teams (id integer primary key, name varchar(5) not null unique, size smallint check (size > 0))',
  'create temp table users (id integer, team integer references teams on delete restrict, email text, city text, unique (email, city))',
  "insert into teams values (1, 'one', 1)",
  "insert into users values (1, 1, 'a@b.c', 'X')",
  'create temp view seen as select id from users',
  "create type pg_temp.mood as enum ('sad')",
]

describe('what PostgreSQL refuses is told as', () => {
  test.each<[kind: DatabaseProblem['kind'], sql: string, facts: Partial<DatabaseProblem>]>([
    ['syntax', 'select 1 form users', { offset: 14 }],
    ['syntax', 'selec 1', { offset: 0 }],
    ['no-such-table', 'select * from "no ""such"""', { table: 'no "such"', offset: 14 }],
    ['no-such-table', 'insert into nowhere.users values (1)', {}],
    ['no-such-column', 'select nope from users', { column: 'nope', offset: 7 }],
    ['no-such-column', 'select u.nope from users as u', { column: 'u.nope' }],
    ['no-such-column', 'insert into users (nope) values (1)', { column: 'nope', table: 'users' }],
    ['already-exists', 'create temp table users (id integer)', {}],
    ['already-exists', 'alter table users add column email text', { column: 'email' }],
    ['already-exists', "create type pg_temp.mood as enum ('x')", {}],
    ['already-exists', 'create schema public', {}],
    [
      'unique',
      "insert into teams values (2, 'one', 1)",
      { table: 'teams', column: 'name', constraint: 'teams_name_key' },
    ],
    [
      'unique',
      "insert into teams values (1, 'two', 1)",
      { table: 'teams', column: 'id', constraint: 'teams_pkey' },
    ],
    [
      'unique',
      "insert into users values (2, 1, 'a@b.c', 'X')",
      { table: 'users', constraint: 'users_email_city_key' },
    ],
    ['not-null', 'insert into teams values (2, null, 1)', { table: 'teams', column: 'name' }],
    ['check', "insert into teams values (2, 'two', 0)", { table: 'teams', constraint: 'teams_size_check' }],
    [
      'foreign-key',
      'insert into users values (2, 9)',
      { table: 'users', column: 'team', constraint: 'users_team_fkey' },
    ],
    ['foreign-key', 'delete from teams', { table: 'users', constraint: 'users_team_fkey' }],
    ['foreign-key', 'alter table users add foreign key (id) references users (team)', { table: 'users' }],
    ['out-of-range', "insert into teams values (2, 'much too long', 1)", {}],
    ['out-of-range', "insert into teams values (2, 'two', 99999)", {}],
    ['out-of-range', "select '2025-02-31'::date", {}],
    ['read-only', 'set transaction read only; ', {}],
    ['other', "select 'x'::integer", {}],
    ['other', "select 'x'::pg_temp.mood", {}],
    ['other', 'select 1::no_such_type', {}],
    ['other', 'drop table users', {}],
    ['other', 'insert into users (id) values (1) on conflict (id) do nothing', {}],
    ['other', 'vacuum', {}],
  ])('%s: %s', async (kind, sql, facts) => {
    const { session } = await openAt()
    for (const table of tables) await session.execute(table)
    if (kind === 'read-only') {
      await session.execute('begin read only')
      expect(await problemOf(session, 'create table t (n integer)')).toMatchObject({ kind })
      return
    }
    if (sql === 'vacuum') await session.execute('begin')

    const problem = await problemOf(session, sql)

    expect(problem).toMatchObject({ kind, ...facts })
    expect(problem.remedy).toMatch(/^[A-Z].{10,}[.)…]$/s)
  })

  test('an offset in the SQL that the caller wrote', async () => {
    const { session } = await openAt()

    expect(
      await problemOf(session, "select '😀?', ?::text, '{}'::jsonb ?? ?, nope", ['a', 'b']),
    ).toMatchObject({
      column: 'nope',
      offset: 41,
    })
    expect(await problemOf(session, 'select ? ? ', ['a', 'b'])).toMatchObject({ kind: 'syntax', offset: 9 })
  })

  test('no values of rows', async () => {
    const { session } = await openAt()
    for (const table of tables) await session.execute(table)

    const problem = await problemOf(session, 'insert into users values (?, ?, ?, ?)', [2, 1, 'a@b.c', 'X'])

    expect(JSON.stringify(problem)).not.toContain('a@b.c')
  })

  test('a statement after an error, with the way round', async () => {
    const { session } = await openAt()
    await session.execute('begin')
    await session.query('select nonsense').catch(() => undefined)

    expect(await problemOf(session, 'select 1')).toMatchObject({
      kind: 'other',
      remedy: expect.stringContaining('db.transaction()') as string,
    })
  })

  test('a lock that is not had in time', async () => {
    const { session, open } = await openTestSession({ lockTimeoutMs: 20 })
    await session.execute('create table t (n integer)')
    const other = await open()
    await other.execute('begin')
    await other.execute('lock table t')

    expect(await problemOf(session, 'select * from t')).toMatchObject({
      kind: 'locked',
      remedy: expect.stringContaining('migrations.lockTimeout') as string,
    })
    expect(await problemOf(session, 'select * from t for update nowait')).toMatchObject({ kind: 'locked' })
  })

  test('two transactions that wait for each other', async () => {
    const { session, open } = await openTestSession({ lockTimeoutMs: 0 })
    const other = await open({ lockTimeoutMs: 0 })
    await session.execute('create table t (n integer)')
    await session.execute('insert into t values (1), (2)')
    for (const one of [session, other]) await one.execute('begin')
    await session.execute('update t set n = n where n = 1')
    await other.execute('update t set n = n where n = 2')

    const both = await Promise.allSettled([
      session.execute('update t set n = n where n = 2'),
      other.execute('update t set n = n where n = 1'),
    ])

    const failed = both.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    expect(failed.map((error) => postgresDialect.explain(error).kind)).toEqual(['deadlock'])
  })

  test('a change that another transaction has made meanwhile', async () => {
    const { session, open } = await openTestSession()
    const other = await open()
    await session.execute('create table t (n integer)')
    await session.execute('insert into t values (1)')
    await session.execute('begin isolation level repeatable read')
    await session.query('select * from t')
    await other.execute('update t set n = 2')

    expect(await problemOf(session, 'update t set n = 3')).toMatchObject({ kind: 'deadlock' })
  })

  test('a statement that somebody cancelled', async () => {
    const { session, open } = await openTestSession()
    const other = await open()
    const running = problemOf(session, 'select pg_sleep(60)')
    const cancel = async () =>
      await other.query(
        "select pg_cancel_backend(pid) from pg_stat_activity where query = 'select pg_sleep(60)' and datname = current_database()",
      )

    while ((await cancel()).length === 0);

    expect(await running).toMatchObject({ kind: 'cancelled' })
  })

  test('a right that the user does not have', async () => {
    const { session, database } = await openTestSession()
    await session.execute('create table secrets (n integer)')
    await administer('drop role if exists tidemark_reader')
    await administer('create role tidemark_reader login')
    const { session: reader } = await openAt({ database, server: { username: 'tidemark_reader' } })

    const problem = await problemOf(reader, 'select * from secrets')

    await reader.close()
    await administer('drop role tidemark_reader')
    expect(problem).toMatchObject({ kind: 'denied', remedy: expect.stringContaining('"secrets"') as string })
  })

  test('other things that were thrown', () => {
    expect(postgresDialect.explain(new Error('odd'))).toEqual({
      kind: 'other',
      message: 'odd',
      remedy: undefined,
    })
    expect(postgresDialect.explain('odd')).toEqual({ kind: 'other', message: 'odd', remedy: undefined })
  })
})

describe('a name', () => {
  test.each([
    'plain',
    'Case',
    'two words',
    'quo"te',
    "quo'te",
    'back\\slash',
    'select',
    '😀',
    '?',
    '$1',
    'a.b',
    '%I',
    '--',
    '/*',
  ])('is kept whatever it has in it: %s', async (name) => {
    const { session, dialect } = await openAt()
    const quoted = dialect.quoteIdentifier(name)

    await session.execute(`create temp table ${quoted} (${quoted} text)`)
    await session.execute(`insert into ${quoted} (${quoted}) values (?)`, [name])

    expect(await session.query(`select * from ${quoted}`)).toEqual([{ [name]: name }])
  })

  test('with a NUL character is refused, and so is a literal', async () => {
    const { dialect } = await openAt()

    expect(() => dialect.quoteIdentifier('a\0b')).toThrow(expect.objectContaining({ code: 'TM_LITERAL' }))
    expect(() => dialect.literal('a\0b')).toThrow(expect.objectContaining({ code: 'TM_LITERAL' }))
    expect(() => dialect.literal(Number.NaN)).toThrow(expect.objectContaining({ code: 'TM_LITERAL' }))
  })

  test.each<[Value, string]>([
    [null, 'null'],
    [true, 'true'],
    [-5, '-5'],
    [2n ** 63n, '9223372036854775808'],
    [Infinity, "'Infinity'::float8"],
    ["it's", "'it''s'"],
    ['a\\b', "E'a\\\\b'"],
    [new Date('2025-03-05T10:20:30.120Z'), "'2025-03-05 10:20:30.120+00'"],
    [new Date('-000043-03-15T12:00:00Z'), "'0044-03-15 12:00:00+00 BC'"],
    [Buffer.from([1, 255]), "'\\x01ff'::bytea"],
  ])('is no literal, which %s is as %s', (value, expected) => {
    expect(postgresDialect.literal(value)).toBe(expected)
  })
})
