import { expect, test } from 'vitest'
import { Expression } from '../../../src/schema/expression.js'
import { LiveExecutor } from '../../../src/connection/live-executor.js'
import { Database } from '../../../src/query/database.js'
import type { TableQuery } from '../../../src/query/table-query.js'
import { openDatabase } from '../../database/query/open.js'

type Describe = (query: TableQuery) => TableQuery

test.each<[title: string, describe: Describe, sql: string, bindings: unknown[]]>([
  ['a hostile name', (q) => q.where('a"; drop', 1), 'select * from "users" where "a""; drop" = ?', [1]],
  [
    'a name with a question mark, which is no value',
    (q) => q.where('wh?y', 1),
    'select * from "users" where "wh?y" = ?',
    [1],
  ],
  [
    'patterns as of texts',
    (q) => q.whereLike('id', '1%').orWhereNotLike('b', '_y').where('c', 'like', 'z'),
    'select * from "users" where "id"::text ilike ? or "b"::text not ilike ? and "c"::text like ?',
    ['1%', '_y', 'z'],
  ],
  [
    'places in JSON as a chain of operators',
    (q) => q.select("meta->it's->tags[0] as tag").where('meta->lang', 'de'),
    `select "meta"->'it''s'->'tags'->>0 as "tag" from "users" where "meta"->>'lang' = ?`,
    ['de'],
  ],
  [
    'an operator of that sign in raw SQL',
    (q) => q.whereRaw("meta ?? 'k' and a = ?", [1]).whereRaw("b = '?'"),
    "select * from \"users\" where (meta ?? 'k' and a = ?) and (b = '?')",
    [1],
  ],
  [
    'comparisons that take null for a value',
    (q) => q.where('a', 'is', 5).where('b', 'is not', 'x').where('c', 'is', null),
    'select * from "users" where "a" is not distinct from ? and "b" is distinct from ? and "c" is null',
    [5, 'x'],
  ],
  ['everything after the first rows', (q) => q.skip(5), 'select * from "users" offset ?', [5]],
  [
    'raw columns',
    (q) => q.select(new Expression('count(*) filter (where a)')),
    'select count(*) filter (where a) from "users"',
    [],
  ],
])('writes %s', async (_title, describe, sql, bindings) => {
  const { db } = await openDatabase()

  const query = describe(db.table('users'))

  expect(await query.toSql()).toBe(sql)
  expect(await query.getBindings()).toEqual(bindings)
})

test('reads what it wrote with operators of a question mark', async () => {
  const { db } = await openDatabase()
  await db.exec('create table t (id integer, meta jsonb, "wh?y" text)')
  await db.table('t').insert([
    { id: 1, meta: '{"k": {"tags": ["a", "b"]}}', 'wh?y': '?' },
    { id: 2, meta: '{"l": 1}', 'wh?y': null },
  ])

  expect(await db.table('t').whereRaw('meta ?? ?', ['k']).pluck('id')).toEqual([1])
  expect(await db.table('t').whereRaw("meta ??| array['l', 'm'] and id > ?", [0]).pluck('id')).toEqual([2])
  expect(await db.table('t').where('wh?y', '?').pluck('id')).toEqual([1])
  expect(await db.table('t').where('meta->k->tags[1]', 'b').pluck('id')).toEqual([1])
  expect(await db.table('t').where('wh?y', 'is not', '?').pluck('id')).toEqual([2])
})

test('tells rows of partitions and of inheriting tables apart', async () => {
  const { db, statements } = await openDatabase()
  await db.exec(`
    create table parts (at integer, v integer) partition by range (at);
    create table part_1 partition of parts for values from (0) to (10);
    create table part_2 partition of parts for values from (10) to (20);
    create table parents (v integer);
    create table heirs (more text) inherits (parents);
    insert into parts values (1, 1), (11, 2), (2, 3), (12, 4);
    insert into parents values (1); insert into heirs values (2, 'x')`)

  const changed = await db.table('parts').orderByDesc('v').limit(1).update({ v: 40 })
  const deleted = await db.table('parents as p').orderBy('v').limit(1).delete()

  expect([changed, deleted]).toEqual([1, 1])
  expect(await db.table('parts').orderBy('v').pluck('v')).toEqual([1, 2, 3, 40])
  expect(await db.table('parents').pluck('v')).toEqual([2])
  expect(statements.map(({ sql }) => sql)).toContain(
    'update "parts" set "v" = ? where ("parts"."tableoid", "parts"."ctid") in ' +
      '(select "parts"."tableoid", "parts"."ctid" from "parts" order by "v" desc limit ?)',
  )
})

test('gives the row that is taken to one of two workers', async () => {
  const { db, openAnother, dialect } = await openDatabase()
  await db.exec(
    'create table jobs (id integer primary key, worker integer); insert into jobs values (1, null), (2, null)',
  )
  const session = await openAnother()
  await session.limitLockWait(10_000)
  const names = { connectionName: 'main', databaseName: 'main', tablePrefix: '' }
  const rival = new Database(new LiveExecutor(dialect, session), names)
  const take = async (worker: number, on: Database) =>
    await on.table('jobs').whereNull('worker').orderBy('id').limit(1).update({ worker })

  const both = await db.transaction(async () => {
    const first = await take(1, db)
    const second = take(2, rival)
    await db.select('select pg_sleep(0.2)')
    // Not awaited inside: it waits for this transaction to end.
    return { first, second }
  })

  expect([both.first, await both.second]).toEqual([1, 0])
  expect(await db.table('jobs').orderBy('id').pluck('worker')).toEqual([1, null])
})

test('starts the counters of an emptied table anew, and empties no other', async () => {
  const { db } = await openDatabase()
  await db.exec(`
    create table t (id bigint generated by default as identity primary key, n serial);
    create table c (t bigint references t);
    create table alone (id bigserial primary key);
    insert into t default values; insert into t default values; insert into c values (2);
    insert into alone default values`)

  await db.table('alone').truncate()

  expect(await db.table('alone').insertGetId({})).toBe(1)
  await expect(db.table('t').truncate()).rejects.toMatchObject({
    message: expect.stringContaining(
      'cannot truncate a table referenced in a foreign key constraint',
    ) as string,
    remedy: expect.stringContaining('"c"') as string,
  })
  expect(await db.table('c').count()).toBe(1)
})

test('gives the id of a row whatever its column is called, in a schema and in a transaction too', async () => {
  const { db } = await openDatabase()
  await db.exec(`
    create schema app;
    create table app.users ("User Id" bigint generated always as identity (start 9007199254740993) primary key, name text)`)

  const [first, second] = await db.transaction(async () => [
    await db.table('app.users').insertGetId({ name: 'Ada' }, 'User Id'),
    await db.table('app.users').insertGetId({ name: 'Grace' }, 'User Id'),
  ])

  expect([first, second]).toEqual([9_007_199_254_740_993n, 9_007_199_254_740_994n])
})

test('refuses more values than one statement takes', async () => {
  const { db } = await openDatabase()
  const ids = Array.from({ length: 65_536 }, (_, index) => index)
  await db.exec('create table users (id integer)')

  await expect(db.table('users').whereIn('id', ids).get()).rejects.toMatchObject({
    code: 'TM_TOO_MANY_BINDINGS',
  })
  expect(await db.table('users').whereIn('id', ids.slice(1)).get()).toEqual([])
})
