import { describe, expect, test } from 'vitest'
import { Expression } from '../../../src/schema/expression.js'
import type { TableQuery } from '../../../src/query/table-query.js'
import { openDatabase } from '../../database/query/open.js'
import { isMariadb } from './open.js'

type Describe = (query: TableQuery) => TableQuery

/** The text at a path in a JSON column. */
const jsonText = (column: string, path: string) =>
  isMariadb
    ? `json_unquote(nullif(json_extract(${column}, '${path}'), 'null'))`
    : `json_unquote(nullif(json_extract(${column}, '${path}'), cast('null' as json)))`

test.each<[title: string, describe: Describe, sql: string, bindings: unknown[]]>([
  ['every column of a table', (q) => q, 'select * from `users`', []],
  ['a hostile name', (q) => q.where('a`; drop', 1), 'select * from `users` where `a``; drop` = ?', [1]],
  [
    'a column of another database',
    (q) => q.select('shop.users.*'),
    'select `shop`.`users`.* from `users`',
    [],
  ],
  [
    'places inside JSON',
    (q) => q.select('meta->lang').where('meta->tags[0]', 'x').where('meta->it\'s "q"', '>', 1),
    `select ${jsonText('`meta`', '$."lang"')} as \`lang\` from \`users\` ` +
      `where ${jsonText('`meta`', '$."tags"[0]')} = ? and ${jsonText('`meta`', String.raw`$."it''s \\"q\\""`)} > ?`,
    ['x', 1],
  ],
  [
    'a truth inside JSON',
    (q) => q.where('meta->ok', true).where('meta->no', '!=', false).where('ok', true),
    `select * from \`users\` where ${jsonText('`meta`', '$."ok"')} = ? and ${jsonText('`meta`', '$."no"')} != ? and \`ok\` = ?`,
    ['true', 'false', true],
  ],
  [
    'patterns that tell no case, and others',
    (q) => q.where('a', 'like', 'x%').where('b', 'ilike', 'y%').where('c->d', 'not ilike', 'z'),
    `select * from \`users\` where \`a\` like ? and \`b\` like ? and lower(${jsonText('`c`', '$."d"')}) not like lower(?)`,
    ['x%', 'y%', 'z'],
  ],
  [
    'comparisons that take null for a value',
    (q) =>
      q
        .where('a', 'is distinct from', 1)
        .where('b', 'is not distinct from', 2)
        .where('c', 'is', 3)
        .where('d', 'is not', 4)
        .where('e', 'is', null),
    'select * from `users` where (not (`a` <=> ?)) and (`b` <=> ?) and (`c` <=> ?) and (not (`d` <=> ?)) and `e` is null',
    [1, 2, 3, 4],
  ],
  ['a portion', (q) => q.limit(10).offset(20), 'select * from `users` limit ? offset ?', [10, 20]],
  [
    'everything after the first rows',
    (q) => q.skip(5),
    'select * from `users` limit 18446744073709551615 offset ?',
    [5],
  ],
  [
    'a list by a sub-query with a limit',
    (q) => q.whereIn('id', (s) => s.select('user_id').from('posts').orderBy('id').limit(2)),
    'select * from `users` where `id` in (select * from (select `user_id` from `posts` order by `id` asc limit ?) as `chosen_rows`)',
    [2],
  ],
  [
    'a list by a sub-query without one',
    (q) => q.whereIn('id', (s) => s.select('user_id').from('posts')),
    'select * from `users` where `id` in (select `user_id` from `posts`)',
    [],
  ],
])('writes %s', async (_title, describe, sql, bindings) => {
  const { db } = await openDatabase()

  const query = describe(db.table('users'))

  expect(await query.toSql()).toBe(sql)
  expect(await query.getBindings()).toEqual(bindings)
})

async function users() {
  const opened = await openDatabase()
  await opened.db.exec(
    'create table users (id integer auto_increment primary key, name varchar(20) unique, age integer default 18, meta json);' +
      "insert into users (name, age) values ('Ada', 36), ('Grace', 85), ('Linus', 55)",
  )
  return opened
}

describe('a query of JSON', () => {
  test('finds values of each kind, and null as nothing', async () => {
    const { db } = await users()
    const meta = JSON.stringify({ text: 'a"b', number: 5, yes: true, no: false, nothing: null, list: [1, 2] })
    await db.table('users').where('name', 'Ada').update({ meta })
    const count = (path: string, operator: string, value: string | number | boolean) =>
      db.table('users').where(`meta->${path}`, operator, value).count()

    expect(await count('text', '=', 'a"b')).toBe(1)
    expect(await count('number', '=', 5)).toBe(1)
    expect(await count('number', '>', 4)).toBe(1)
    expect(await count('yes', '=', true)).toBe(1)
    expect(await count('no', '=', false)).toBe(1)
    expect(await count('no', '=', true)).toBe(0)
    expect(await count('list[1]', '=', 2)).toBe(1)
    expect(await db.table('users').whereNull('meta->nothing').count()).toBe(3)
    expect(
      await db.table('users').where('name', 'Ada').select('meta->nothing', 'meta->text').first(),
    ).toEqual({
      nothing: null,
      text: 'a"b',
    })
  })
})

describe('an insert', () => {
  test('of defaults alone', async () => {
    const { db, statements } = await users()

    expect(await db.table('users').insertGetId({})).toBe(4)
    expect(statements.at(-1)?.sql).toBe('insert into `users` () values ()')
  })

  test('that leaves out duplicates lets no other error pass', async () => {
    const { db, statements } = await users()

    expect(
      await db.table('users').insertOrIgnore([{ name: 'Ada' }, { name: 'Edsger' }, { name: 'Ada' }]),
    ).toBe(1)
    expect(await db.table('users').insertOrIgnore({ name: 'Ada' })).toBe(0)
    expect(statements.at(-1)?.sql).toBe(
      'insert into `users` (`name`) values (?) on duplicate key update `name` = `name`',
    )
    await expect(
      db.table('users').insertOrIgnore({ name: 'longer than twenty characters' }),
    ).rejects.toMatchObject({
      code: 'TM_OUT_OF_RANGE',
    })
    expect(await db.table('users').where('name', 'Ada').value('age')).toBe(36)
  })

  test('that updates names the row it would have put in', async () => {
    const { db, statements } = await users()

    await db.table('users').upsert({ name: 'Ada', age: 37 }, 'name')

    expect(statements.at(-1)?.sql).toBe(
      isMariadb
        ? 'insert into `users` (`name`, `age`) values (?, ?) on duplicate key update `age` = values(`age`)'
        : 'insert into `users` (`name`, `age`) values (?, ?) as `excluded` on duplicate key update `age` = `excluded`.`age`',
    )
    expect(await db.table('users').where('name', 'Ada').value('age')).toBe(37)
  })

  test('that updates by an expression leaves bare names to it', async () => {
    const { db } = await users()

    await db.table('users').upsert({ name: 'Ada', age: 0 }, 'name', { age: new Expression('age + 1') })

    expect(await db.table('users').where('name', 'Ada').value('age')).toBe(37)
  })

  test('says how many rows were put in or changed', async () => {
    const { db } = await users()

    expect(
      await db.table('users').upsert(
        [
          { name: 'Ada', age: 1 },
          { name: 'Edsger', age: 2 },
          { name: 'Grace', age: 3 },
        ],
        'name',
      ),
    ).toBe(3)
  })
})

describe('a write that reads the table it changes', () => {
  test('by a value, a list or a limit', async () => {
    const { db, statements } = await users()

    await db
      .table('users')
      .where('id', 1)
      .update({ age: db.table('users as o').selectRaw('max(o.age)') })
    await db
      .table('users')
      .whereIn('id', (query) => query.select('id').from('users').where('age', 55))
      .update({ age: 56 })
    await db.table('users').orderByDesc('id').limit(1).delete()

    expect(await db.table('users').orderBy('id').pluck('age')).toEqual([85, 85])
    expect(statements.map(({ sql }) => sql)).toContain(
      'delete from `users` where `users`.`id` in ' +
        '(select * from (select `users`.`id` from `users` order by `id` desc limit ?) as `chosen_rows`)',
    )
  })

  test('for each row anew is left to the server', async () => {
    const { db } = await users()
    const older = db
      .table('users')
      .whereExists((query) => query.selectRaw('1').from('users as o').whereColumn('o.age', '>', 'users.age'))

    if (isMariadb) expect(await older.delete()).toBe(2)
    else {
      await expect(older.delete()).rejects.toMatchObject({
        message: expect.stringContaining("You can't specify target table 'users'") as string,
        remedy: expect.stringContaining('pluck()') as string,
      })
    }
  })
})

describe('a delete', () => {
  test('of a table under another name', async () => {
    const { db, statements } = await users()

    expect(await db.table('users as u').where('u.age', '>', 50).delete()).toBe(2)
    expect(await db.table('users as u').delete()).toBe(1)
    expect(statements.at(-1)?.sql).toBe('delete `u` from `users` as `u`')
  })
})

describe('rows are told apart', () => {
  test.each([
    [
      'by the primary key',
      'a integer, b integer, v integer, primary key (a, b), unique (v)',
      '`t`.`a`, `t`.`b`',
    ],
    [
      'by a unique key without nulls',
      'a integer, b integer not null, v integer, unique (a), unique (b)',
      '`t`.`b`',
    ],
  ])('%s', async (_title, columns, locator) => {
    const { db, statements } = await openDatabase()
    await db.exec(`create table t (${columns}); insert into t values (1, 1, 1), (2, 2, 2)`)

    expect(await db.table('t').orderBy('v').limit(1).update({ v: 30 })).toBe(1)
    expect(statements.at(-1)?.sql).toContain(`(select ${locator} from`)
    expect(await db.table('t').orderBy('a').pluck('v')).toEqual([30, 2])
  })

  test.each([
    ['a table without keys', 'a integer, v integer'],
    ['a key that may be null', 'a integer unique, v integer'],
    ['a key of the first characters', 'a varchar(20) not null, v integer, unique (a(2))'],
  ])('not by %s', async (_title, columns) => {
    const { db } = await openDatabase()
    await db.exec(`create table t (${columns})`)

    await expect(db.table('t').limit(1).update({ v: 1 })).rejects.toMatchObject({
      message: expect.stringContaining('cannot be told apart') as string,
    })
  })
})

describe('truncate', () => {
  test('starts the counter anew', async () => {
    const { db } = await users()

    await db.table('users').truncate()

    expect(await db.table('users').insertGetId({})).toBe(1)
  })

  test('is refused inside a transaction, which it would commit', async () => {
    const { db } = await users()

    await expect(db.transaction(() => db.table('users').truncate())).rejects.toMatchObject({
      code: 'TM_IMPLICIT_COMMIT',
    })
    expect(await db.table('users').count()).toBe(3)
  })
})

test('refuses more values than one statement takes', async () => {
  const { db } = await openDatabase()
  const query = db.table('users').whereIn(
    'id',
    Array.from({ length: 65_536 }, (_, index) => index),
  )

  await expect(query.get()).rejects.toMatchObject({
    code: 'TM_TOO_MANY_BINDINGS',
    message: 'The query binds 65536 values; this database takes 65535 in one statement.',
  })
})
