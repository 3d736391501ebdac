import { describe, expect, test } from 'vitest'
import { openDatabase } from './open.js'
import { words } from './words.js'

async function users() {
  const opened = await openDatabase()
  await opened.db.exec(`
    create table users (${words.counter}, name varchar(50) unique, age integer default 18, team varchar(50));
    insert into users (name, age, team) values ('Ada', 36, 'a'), ('Grace', 85, 'b'), ('Linus', 55, 'b')`)
  return opened
}

describe('insert', () => {
  test('puts in one row, many or none', async () => {
    const { db, statements } = await users()

    await db.table('users').insert({ name: 'Edsger' })
    await db.table('users').insert([
      { name: 'Barbara', age: null },
      { age: 40, name: 'Donald' },
    ])
    const before = statements.length
    await db.table('users').insert([])

    expect(statements.length).toBe(before)
    expect(await db.table('users').where('id', '>', 3).get('name', 'age')).toEqual([
      { name: 'Edsger', age: 18 },
      { name: 'Barbara', age: null },
      { name: 'Donald', age: 40 },
    ])
  })

  test('takes expressions and rows of defaults alone', async () => {
    const { db } = await users()

    await db.table('users').insert({ name: db.raw("upper('ken')") })
    await db.table('users').insert([{}, {}])

    expect(await db.table('users').where('id', '>', 3).get('name', 'age')).toEqual([
      { name: 'KEN', age: 18 },
      { name: null, age: 18 },
      { name: null, age: 18 },
    ])
  })

  test('cuts many rows into several statements, all or none', async () => {
    const { db, statements } = await users()
    const rows = Array.from({ length: 20_000 }, (_, index) => ({
      name: `user ${index}`,
      age: index,
      team: 'x',
    }))

    await db.table('users').insert(rows)

    expect(statements.filter(({ sql }) => sql.startsWith(words.sql('insert into "users"')))).toHaveLength(
      Math.ceil(20_000 / Math.floor(words.maxBindings / 3)),
    )
    expect(await db.table('users').count()).toBe(20_003)

    const last = [
      ...rows.map((row) => ({ ...row, name: `again ${row.name}` })),
      { name: 'Ada', age: 1, team: 'x' },
    ]
    await expect(db.table('users').insert(last)).rejects.toMatchObject({ code: 'TM_UNIQUE_VIOLATION' })
    expect(await db.table('users').count()).toBe(20_003)
  })

  test('refuses rows with different columns, and undefined', async () => {
    const { db } = await users()

    await expect(db.table('users').insert([{ name: 'x', age: 1 }, { name: 'y' }])).rejects.toMatchObject({
      message: 'Row 2 of the insert into "users" has no column "age", as the first row has.',
    })
    await expect(db.table('users').insert([{ name: 'x' }, { name: 'y', age: 1 }])).rejects.toMatchObject({
      message: 'Row 2 of the insert into "users" has a column "age" that the first row does not have.',
    })
    await expect(db.table('users').insert({ name: 'x', age: undefined as never })).rejects.toMatchObject({
      code: 'TM_UNDEFINED_VALUE',
      message: /Column "age" of an insert into "users"/,
    })
    expect(await db.table('users').count()).toBe(3)
  })

  test('gives the id of the row', async () => {
    const { db } = await users()

    expect(await db.table('users').insertGetId({ name: 'Edsger' })).toBe(4)
    expect(await db.table('users').insertGetId({ id: 90, name: 'Barbara' })).toBe(90)
  })

  test('leaves out rows that are there already, where told so', async () => {
    const { db } = await users()

    const inserted = await db.table('users').insertOrIgnore([{ name: 'Ada' }, { name: 'Edsger' }])

    expect(inserted).toBe(1)
    expect(await db.table('users').orderBy('id').pluck('name')).toEqual(['Ada', 'Grace', 'Linus', 'Edsger'])
  })

  test('takes rows of a query', async () => {
    const { db } = await users()
    await db.exec('create table archive (id integer, label varchar(50))')

    const copied = await db
      .table('archive')
      .insertUsing(['id', 'label'], (query) => query.select('id', 'name').from('users').where('age', '>', 50))

    expect(copied).toBe(2)
    expect(await db.table('archive').pluck('label', 'id')).toEqual({ 2: 'Grace', 3: 'Linus' })
  })
})

describe('upsert', () => {
  test('changes rows that are there and puts in the others', async () => {
    const { db } = await users()

    await db.table('users').upsert(
      [
        { name: 'Ada', age: 37, team: 'z' },
        { name: 'Edsger', age: 72, team: 'z' },
      ],
      'name',
    )

    expect(await db.table('users').pluck('age', 'name')).toEqual({
      Ada: 37,
      Grace: 85,
      Linus: 55,
      Edsger: 72,
    })
  })

  test('changes only the columns that are named, or as they are given', async () => {
    const { db } = await users()

    await db.table('users').upsert({ name: 'Ada', age: 1, team: 'z' }, ['name'], ['age'])
    await db
      .table('users')
      .upsert({ name: 'Grace', age: 1, team: 'z' }, ['name'], { age: db.raw(words.sql('"users"."age" + 1')) })
    await db.table('users').upsert({ name: 'Linus' }, 'name')

    expect(await db.table('users').orderBy('id').get('age', 'team')).toEqual([
      { age: 1, team: 'a' },
      { age: 86, team: 'b' },
      { age: 55, team: 'b' },
    ])
  })
})

describe('update', () => {
  test('changes the rows of the query and says how many', async () => {
    const { db } = await users()

    const changed = await db
      .table('users')
      .where('team', 'b')
      .update({ age: 1, 'users.team': db.raw(words.appended('team', "'!'")) })

    expect(changed).toBe(2)
    expect(await db.table('users').orderBy('id').get('age', 'team')).toEqual([
      { age: 36, team: 'a' },
      { age: 1, team: 'b!' },
      { age: 1, team: 'b!' },
    ])
  })

  test('takes a sub-query as a value', async () => {
    const { db } = await users()

    await db
      .table('users')
      .where('id', 1)
      .update({ age: db.table('users as o').selectRaw('max(o.age)') })

    expect(await db.table('users').where('id', 1).value('age')).toBe(85)
  })

  test('keeps to joins, orders and limits', async () => {
    const { db } = await users()
    await db.exec(
      "create table teams (name varchar(50), open integer); insert into teams values ('a', 0), ('b', 1)",
    )

    const joined = await db
      .table('users')
      .join('teams', 'teams.name', 'users.team')
      .where('teams.open', 1)
      .update({ age: 0 })
    const limited = await db.table('users').orderByDesc('id').limit(1).update({ age: 7 })

    expect([joined, limited]).toEqual([2, 1])
    expect(await db.table('users').orderBy('id').pluck('age')).toEqual([36, 0, 7])
  })

  test('does nothing without values', async () => {
    const { db } = await users()

    expect(await db.table('users').update({})).toBe(0)
  })

  test('refuses undefined, places inside JSON, and clauses that it could only ignore', async () => {
    const { db } = await users()

    await expect(db.table('users').update({ age: undefined as never })).rejects.toMatchObject({
      message: /update\("age"\) was given undefined/,
    })
    await expect(db.table('users').update({ 'team->x': 1 })).rejects.toMatchObject({
      remedy: /json_set\(team, '\$\.x', …\)/,
    })
    await expect(db.table('users').groupBy('team').update({ age: 1 })).rejects.toMatchObject({
      message: 'update() takes no groupBy or having.',
    })
    await expect(db.query().update({ age: 1 })).rejects.toMatchObject({ message: 'The query has no table.' })
    expect(await db.table('users').sum('age')).toBe(176)
  })

  test('adds to a number and takes from it', async () => {
    const { db } = await users()

    expect(await db.table('users').where('id', 1).increment('age')).toBe(1)
    expect(await db.table('users').where('id', 1).increment('age', 10, { team: 'c' })).toBe(1)
    expect(await db.table('users').where('id', 1).decrement('age', 2)).toBe(1)
    await expect(db.table('users').increment('age', Number.NaN)).rejects.toMatchObject({
      code: 'TM_INVALID_VALUE',
    })

    expect(await db.table('users').find(1)).toEqual({ id: 1, name: 'Ada', age: 45, team: 'c' })
  })

  test('of a row, or its insertion where there is none', async () => {
    const { db } = await users()

    expect(await db.table('users').updateOrInsert({ name: 'Ada' }, { age: 1 })).toBe(true)
    expect(await db.table('users').updateOrInsert({ name: 'Edsger', team: null }, { age: 72 })).toBe(true)
    expect(await db.table('users').updateOrInsert({ name: 'Ada' })).toBe(true)

    expect(await db.table('users').pluck('age', 'name')).toEqual({ Ada: 1, Grace: 85, Linus: 55, Edsger: 72 })
  })
})

test('updateOrInsert changes one row, where several have the attributes', async () => {
  const { db } = await users()

  await db.table('users').orderBy('id').updateOrInsert({ team: 'b' }, { age: 0 })

  expect(await db.table('users').orderBy('id').pluck('age')).toEqual([36, 0, 55])
})

describe('delete', () => {
  test('takes out the rows of the query and says how many', async () => {
    const { db } = await users()

    expect(await db.table('users').where('team', 'b').delete()).toBe(2)
    expect(await db.table('users').pluck('id')).toEqual([1])
  })

  test('takes out the row with an id, never all for undefined', async () => {
    const { db } = await users()

    await expect(db.table('users').delete(undefined as never)).rejects.toMatchObject({
      code: 'TM_UNDEFINED_VALUE',
    })
    expect(await db.table('users').delete(2)).toBe(1)
    expect(await db.table('users').pluck('id')).toEqual([1, 3])
  })

  test('keeps to joins and limits', async () => {
    const { db } = await users()
    await db.exec("create table teams (name varchar(50)); insert into teams values ('b')")

    const deleted = await db
      .table('users as u')
      .join('teams as t', 't.name', 'u.team')
      .orderBy('u.id')
      .limit(1)
      .delete()

    expect(deleted).toBe(1)
    expect(await db.table('users').pluck('id')).toEqual([1, 3])
  })
})

test('truncate empties a table, and refuses a condition', async () => {
  const { db } = await users()

  await expect(db.table('users').where('id', 1).truncate()).rejects.toMatchObject({
    message: 'truncate() takes no where.',
  })
  expect(await db.table('users').count()).toBe(3)

  await db.table('users').truncate()
  expect(await db.table('users').count()).toBe(0)
})

test('a real data migration: orders of customers that are gone lose them', async () => {
  const { db } = await openDatabase()
  await db.exec(`
    create table customers (id integer primary key);
    create table orders (id integer primary key, customer_id integer);
    insert into customers values (1);
    insert into orders values (1, 1), (2, 7), (3, null)`)

  const changed = await db
    .table('orders')
    .whereNotNull('customer_id')
    .whereNotExists((query) =>
      query.select(db.raw('1')).from('customers').whereColumn('customers.id', 'orders.customer_id'),
    )
    .update({ customer_id: null })

  expect(changed).toBe(1)
  expect(await db.table('orders').pluck('customer_id', 'id')).toEqual({ 1: 1, 2: null, 3: null })
})
