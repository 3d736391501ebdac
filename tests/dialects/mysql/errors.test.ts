// What the servers say, each error provoked on them, and what is told of it.

import { describe, expect, test } from 'vitest'
import type { DatabaseProblem } from '../../../src/dialects/dialect.js'
import { isMariadb, openWorkbench, serverOptions } from './open.js'

const tables = [
  'create table users (id integer primary key, email varchar(10) not null unique, age integer check (age > 0), ' +
    'tiny tinyint, at datetime, doc json)',
  'create table posts (id integer primary key, user_id integer not null, ' +
    'constraint posts_user_id_foreign foreign key (user_id) references users (id))',
  "insert into users (id, email) values (1, 'a')",
  'insert into posts values (1, 1)',
]

async function problemOf(...statements: readonly string[]): Promise<DatabaseProblem> {
  const { session, dialect } = await openWorkbench()
  for (const sql of tables) await session.execute(sql)
  for (const sql of statements.slice(0, -1)) await session.execute(sql)
  const error: unknown = await session.query(statements.at(-1) ?? '').then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error === undefined) throw new Error(`It ran: ${statements.at(-1)}`)
  return dialect.explain(error)
}

type Expected = Partial<Omit<DatabaseProblem, 'remedy'>>

test.each<[title: string, sql: string | readonly string[], expected: Expected, remedy: RegExp]>([
  ['a word that is none', 'selec 1', { kind: 'syntax', offset: 0 }, /Correct the statement/],
  ['a word that is none, later on', 'select 1 frm users', { kind: 'syntax' }, /Correct the statement/],
  ['an end that comes too soon', 'select * from users where', { kind: 'syntax', offset: 25 }, /Correct/],
  [
    'a table that is not there',
    'select * from nope',
    { kind: 'no-such-table', table: 'nope' },
    /schema\.create\('nope'/,
  ],
  [
    'a dropped table that is not there',
    'drop table nope',
    { kind: 'no-such-table', table: 'nope' },
    /"nope"/,
  ],
  [
    'a column that is not there',
    'select nope from users',
    { kind: 'no-such-column', column: 'nope' },
    /"nope"/,
  ],
  [
    'a column of a table that is not there',
    'select users.nope from users',
    { kind: 'no-such-column', column: 'nope' },
    /"nope"/,
  ],
  ['a table twice', 'create table users (id integer)', { kind: 'already-exists' }, /users/],
  [
    'a column twice',
    'alter table users add email integer',
    { kind: 'already-exists', column: 'email' },
    /"email" once/,
  ],
  ['a key twice', 'alter table users add index email (age)', { kind: 'already-exists' }, /email/],
  [
    'a foreign key twice',
    'create table other (user_id integer, constraint posts_user_id_foreign foreign key (user_id) references users (id))',
    { kind: 'already-exists' },
    /another name/,
  ],
  [
    'a second primary key',
    'alter table users add primary key (age)',
    { kind: 'already-exists' },
    /one primary key/,
  ],
  ['a database twice', 'create database test', { kind: 'already-exists' }, /test/],
  [
    'a key that two rows would have',
    "insert into users (id, email) values (2, 'a')",
    { kind: 'unique', constraint: 'email', ...(isMariadb ? {} : { table: 'users' }) },
    /is there already/,
  ],
  [
    'null where none may be',
    'insert into users (id, email) values (2, null)',
    { kind: 'not-null', column: 'email' },
    /nullable\(\)/,
  ],
  [
    'no value where one must be',
    'insert into users (id) values (2)',
    { kind: 'not-null', column: 'email' },
    /default/,
  ],
  [
    'a row that points to nothing',
    'insert into posts values (2, 9)',
    { kind: 'foreign-key', table: 'posts', constraint: 'posts_user_id_foreign' },
    /pointed to first/,
  ],
  [
    'a row that is pointed to',
    'delete from users',
    { kind: 'foreign-key', table: 'posts', constraint: 'posts_user_id_foreign' },
    /point to it first/,
  ],
  [
    'a foreign key between types that differ',
    'create table other (user_id bigint, foreign key (user_id) references users (id))',
    { kind: 'foreign-key' },
    /same type/,
  ],
  [
    'a foreign key to no table',
    'create table other (x integer, foreign key (x) references nope (id))',
    isMariadb ? { kind: 'foreign-key' } : { kind: 'no-such-table', table: 'nope' },
    /nope|primary key or a unique index/,
  ],
  ['a table that a foreign key points to', 'drop table users', { kind: 'foreign-key' }, /./],
  [
    'a truncated table that a foreign key points to',
    'truncate table users',
    { kind: 'foreign-key' },
    /dropForeign/,
  ],
  [
    'a key that a foreign key needs',
    'alter table posts drop index posts_user_id_foreign',
    { kind: 'foreign-key' },
    /dropForeign/,
  ],
  [
    'a value that a check refuses',
    "insert into users (id, email, age) values (2, 'b', -1)",
    isMariadb
      ? { kind: 'check', table: 'users', constraint: 'age' }
      : { kind: 'check', constraint: 'users_chk_1' },
    /check allows/,
  ],
  [
    'a number that is too large',
    "insert into users (id, email, tiny) values (2, 'b', 1000)",
    { kind: 'out-of-range', column: 'tiny' },
    /column holds/,
  ],
  [
    'a text that is too long',
    "insert into users (id, email) values (2, 'longer than ten')",
    { kind: 'out-of-range', column: 'email' },
    /column holds/,
  ],
  [
    'a text that is no number',
    "insert into users (id, email, tiny) values (2, 'b', 'MARKED')",
    { kind: 'out-of-range', column: 'tiny' },
    /column holds/,
  ],
  [
    'a text that is no moment',
    "insert into users (id, email, at) values (2, 'b', 'MARKED')",
    { kind: 'out-of-range', column: 'at' },
    /column holds/,
  ],
  [
    'a text that is no JSON',
    "insert into users (id, email, doc) values (2, 'b', '{')",
    isMariadb ? { kind: 'check' } : { kind: 'out-of-range' },
    /./,
  ],
  ['nulls where a column would allow none', ['alter table users modify age integer not null'], {}, /./],
  [
    'a statement that may not write',
    ['set session transaction read only', 'delete from posts'],
    { kind: 'read-only' },
    /primary/,
  ],
  ['a column or key that is not there', 'alter table users drop index nope', { kind: 'other' }, /"nope"/],
])('%s', async (_title, sql, expected, remedy) => {
  const problem = await problemOf(...(typeof sql === 'string' ? [sql] : sql))

  expect(problem).toMatchObject(expected)
  expect(problem.remedy).toMatch(remedy)
  expect(problem.message).not.toContain('MARKED')
})

describe('a syntax error', () => {
  test('is found on the line where it is', async () => {
    const sql = "select 1,\n  'frm users',\n  2 frm users\nwhere 1"

    expect(await problemOf(sql)).toMatchObject({ kind: 'syntax', offset: sql.lastIndexOf('users') })
  })

  test('in a statement with bindings is found too', async () => {
    const { session, dialect } = await openWorkbench()
    const error: unknown = await session.query('select ? frm users', [1]).catch((thrown: unknown) => thrown)

    expect(dialect.explain(error)).toMatchObject({ kind: 'syntax', offset: 13 })
  })
})

test('a right that is missing', async () => {
  const { session, dialect, options, openAnother } = await openWorkbench()
  const user = `tidemark_poor_${process.pid}`
  await session.execute('create table t (id integer)')
  await session.execute(`create user ${user}`)
  try {
    await session.execute(`grant select on \`${options.database}\`.* to ${user}`)
    const { session: poor } = await openAnother({ server: { ...serverOptions(), username: user } })
    for (const sql of [
      'insert into t values (1)',
      'drop table t',
      'create database tidemark_denied',
      'create user x',
    ]) {
      const error: unknown = await poor.execute(sql).catch((thrown: unknown) => thrown)
      expect(dialect.explain(error)).toMatchObject({
        kind: 'denied',
        remedy: expect.stringContaining('Grant') as string,
      })
    }
  } finally {
    await session.execute(`drop user ${user}`)
  }
})

test('a statement that somebody stops', async () => {
  const { session, dialect, openAnother } = await openWorkbench()
  const { session: busy } = await openAnother()
  const [row] = await busy.query('select connection_id() as id')
  const failure: Promise<unknown> = busy
    .query(
      'select count(*) from information_schema.collations a, information_schema.collations b, ' +
        'information_schema.collations c, information_schema.collations d',
    )
    .catch((thrown: unknown) => thrown)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await session.execute(`kill query ${String(row?.['id'])}`)

  expect(dialect.explain(await failure)).toMatchObject({ kind: 'cancelled' })
  expect(await busy.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('an error of nobody knows whom is told in its own words', async () => {
  const { dialect } = await openWorkbench()

  expect(dialect.explain(new Error('what'))).toEqual({ kind: 'other', message: 'what', remedy: undefined })
  expect(dialect.explain('what')).toMatchObject({ kind: 'other', message: 'what' })
})
