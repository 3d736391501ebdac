import { expect, test } from 'vitest'
import { Expression } from '../../../src/schema/expression.js'
import type { TableQuery } from '../../../src/query/table-query.js'
import { openDatabase } from '../../database/query/open.js'

type Describe = (query: TableQuery) => TableQuery

const now = new Date('2025-03-05T10:20:30.000Z')

test.each<[title: string, describe: Describe, sql: string, bindings: unknown[]]>([
  ['every column of a table', (q) => q, 'select * from "users"', []],
  [
    'columns with aliases, of a table, inside JSON and raw',
    (q) =>
      q
        .select('name', 'users.email as mail', 'meta->lang', new Expression('1'))
        .addSelect(['id'])
        .selectRaw('? + 1', [2]),
    'select "name", "users"."email" as "mail", "meta"->>\'$."lang"\' as "lang", 1, "id", ? + 1 from "users"',
    [2],
  ],
  ['distinct rows', (q) => q.select('name').distinct(), 'select distinct "name" from "users"', []],
  ['a hostile name', (q) => q.where('a"; drop', 1), 'select * from "users" where "a""; drop" = ?', [1]],
  ['a column of a schema', (q) => q.select('main.users.*'), 'select "main"."users".* from "users"', []],
  [
    'two conditions',
    (q) => q.where('a', 1).where('b', '>', 2),
    'select * from "users" where "a" = ? and "b" > ?',
    [1, 2],
  ],
  [
    'and that binds tighter than or',
    (q) => q.where('a', 1).orWhere('b', 2).where('c', 3),
    'select * from "users" where "a" = ? or "b" = ? and "c" = ?',
    [1, 2, 3],
  ],
  [
    'a nested callback in brackets',
    (q) => q.where('a', 1).where((n) => n.where('b', 2).orWhere('c', 3)),
    'select * from "users" where "a" = ? and ("b" = ? or "c" = ?)',
    [1, 2, 3],
  ],
  [
    'conditions as an object',
    (q) => q.where({ a: 1, b: null }).orWhere({ c: now }),
    'select * from "users" where ("a" = ? and "b" is null) or ("c" = ?)',
    [1, now],
  ],
  [
    'conditions as a list',
    (q) =>
      q.where([
        ['a', '>', 1],
        ['b', 2],
      ]),
    'select * from "users" where ("a" > ? and "b" = ?)',
    [1, 2],
  ],
  ['a callback that adds nothing', (q) => q.where(() => undefined), 'select * from "users"', []],
  [
    'null tests for null',
    (q) =>
      q.where('a', null).where('b', '=', null).where('c', '!=', null).orWhereNull('d').orWhereNotNull('e'),
    'select * from "users" where "a" is null and "b" is null and "c" is not null or "d" is null or "e" is not null',
    [],
  ],
  [
    'an operator in any spelling',
    (q) => q.where('a', ' NOT  Like ', 'x%'),
    'select * from "users" where "a" not like ?',
    ['x%'],
  ],
  [
    'negated conditions',
    (q) => q.whereNot('a', 1).orWhereNot((n) => n.where('b', 2).orWhere('c', 3)),
    'select * from "users" where not ("a" = ?) or not ("b" = ? or "c" = ?)',
    [1, 2, 3],
  ],
  [
    'lists',
    (q) => q.whereIn('a', [1, 2]).orWhereNotIn('b', ['x']).whereIn('c', []).whereNotIn('d', []),
    'select * from "users" where "a" in (?, ?) or "b" not in (?) and 0 = 1 and 1 = 1',
    [1, 2, 'x'],
  ],
  [
    'a list by a sub-query',
    (q) => q.whereIn('id', (s) => s.select('user_id').from('posts').where('likes', '>', 5)),
    'select * from "users" where "id" in (select "user_id" from "posts" where "likes" > ?)',
    [5],
  ],
  [
    'ranges',
    (q) => q.whereBetween('a', [1, 2]).orWhereNotBetween('b', [3, 4]),
    'select * from "users" where "a" between ? and ? or not ("b" between ? and ?)',
    [1, 2, 3, 4],
  ],
  [
    'columns compared',
    (q) => q.whereColumn('a', 'b').orWhereColumn('users.c', '>', 'd'),
    'select * from "users" where "a" = "b" or "users"."c" > "d"',
    [],
  ],
  [
    'raw conditions in brackets, question marks in strings aside',
    (q) => q.whereRaw("a = '?' or b = ?", [1]).where('c', 2),
    'select * from "users" where (a = \'?\' or b = ?) and "c" = ?',
    [1, 2],
  ],
  [
    'patterns',
    (q) => q.whereLike('a', 'x%').orWhereNotLike('b', '_y'),
    'select * from "users" where "a" like ? or "b" not like ?',
    ['x%', '_y'],
  ],
  [
    'rows of another table that exist or do not',
    (q) =>
      q
        .whereExists((s) =>
          s.select(new Expression('1')).from('posts').whereColumn('posts.user_id', 'users.id'),
        )
        .whereNotExists((s) => s.from('bans').where('active', true)),
    'select * from "users" where exists (select 1 from "posts" where "posts"."user_id" = "users"."id") ' +
      'and not exists (select * from "bans" where "active" = ?)',
    [true],
  ],
  [
    'joins',
    (q) =>
      q
        .join('posts as p', 'p.user_id', '=', 'users.id')
        .leftJoin('bans', 'bans.user_id', 'users.id')
        .join('likes', (j) =>
          j.on('likes.post_id', 'p.id').where('likes.kind', 'up').orOn('likes.user_id', 'users.id'),
        )
        .crossJoin('days'),
    'select * from "users" inner join "posts" as "p" on "p"."user_id" = "users"."id" ' +
      'left join "bans" on "bans"."user_id" = "users"."id" ' +
      'inner join "likes" on "likes"."post_id" = "p"."id" and "likes"."kind" = ? or "likes"."user_id" = "users"."id" ' +
      'cross join "days"',
    ['up'],
  ],
  [
    'groups',
    (q) =>
      q
        .select('role')
        .selectRaw('count(*) as n')
        .groupBy('role', 'team')
        .having('n', '>', 1)
        .orHavingRaw('max(age) > ?', [60]),
    'select "role", count(*) as n from "users" group by "role", "team" having "n" > ? or (max(age) > ?)',
    [1, 60],
  ],
  [
    'an order',
    (q) => q.orderBy('a').orderByDesc('b').orderByRaw('c is null').latest().oldest('d'),
    'select * from "users" order by "a" asc, "b" desc, c is null, "created_at" desc, "d" asc',
    [],
  ],
  ['a portion', (q) => q.limit(10).offset(20), 'select * from "users" limit ? offset ?', [10, 20]],
  ['everything after the first rows', (q) => q.skip(5), 'select * from "users" limit -1 offset ?', [5]],
  [
    'what a condition in code asks for',
    (q) =>
      q
        .when(true, (w) => w.where('a', 1))
        .when(
          0,
          (w) => w.where('b', 1),
          (w) => w.where('c', 1),
        ),
    'select * from "users" where "a" = ? and "c" = ?',
    [1, 1],
  ],
])('writes %s', async (_title, describe, sql, bindings) => {
  const { db } = await openDatabase()

  const query = describe(db.table('users'))

  expect(await query.toSql()).toBe(sql)
  expect(await query.getBindings()).toEqual(bindings)
})

test('refuses more values than one statement takes', async () => {
  const { db } = await openDatabase()
  const query = db.table('users').whereIn(
    'id',
    Array.from({ length: 32_767 }, (_, index) => index),
  )

  await expect(query.get()).rejects.toMatchObject({
    code: 'TM_TOO_MANY_BINDINGS',
    message: 'The query binds 32767 values; this database takes 32766 in one statement.',
  })
})

test('tells rows apart by the rowid under a name that no column took', async () => {
  const { db, statements } = await openDatabase()
  await db.exec('create table t (rowid text, v integer); insert into t values (1, 1), (1, 2), (null, 3)')

  const changed = await db.table('t').orderByDesc('v').limit(1).update({ v: 30 })

  expect(changed).toBe(1)
  expect(await db.table('t').orderBy('v').pluck('v')).toEqual([1, 2, 30])
  expect(statements.map(({ sql }) => sql)).toContain(
    'update "t" set "v" = ? where "t"."_rowid_" in (select "t"."_rowid_" from "t" order by "v" desc limit ?)',
  )
})

test('tells rows without a rowid apart by their primary key', async () => {
  const { db, statements } = await openDatabase()
  await db.exec('create table t (a integer, b integer, v integer, primary key (a, b)) without rowid')
  await db.exec('insert into t values (1, 1, 1), (1, 2, 2), (2, 1, 3)')

  const deleted = await db.table('t as x').orderBy('v').limit(2).delete()

  expect(deleted).toBe(2)
  expect(await db.table('t').pluck('v')).toEqual([3])
  expect(statements.map(({ sql }) => sql)).toContain(
    'delete from "t" as "x" where ("x"."a", "x"."b") in (select "x"."a", "x"."b" from "t" as "x" order by "v" asc limit ?)',
  )
})

test('starts the counter of an emptied table anew', async () => {
  const { db } = await openDatabase()
  await db.exec('create table t (id integer primary key autoincrement); insert into t values (41)')

  await db.table('t').truncate()

  expect(await db.table('t').insertGetId({})).toBe(1)
})

test('empties a table that has no counter', async () => {
  const { db } = await openDatabase()
  await db.exec('create table t (id integer primary key); insert into t values (41)')

  await db.table('t').truncate()

  expect(await db.table('t').count()).toBe(0)
})
