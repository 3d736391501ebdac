import { describe, expect, test } from 'vitest'
import { openDatabase } from './open.js'
import { words } from './words.js'

async function orders() {
  const opened = await openDatabase()
  await opened.db.exec(`
    create table customers (id integer primary key, name varchar(50));
    create table orders (id integer primary key, customer_id integer, total integer, status varchar(20), meta ${words.json});
    insert into customers values (1, 'Ada'), (2, 'Grace'), (3, 'Linus');
    insert into orders values
      (1, 1, 10, 'open', '{"lang":"en","tags":["a","b"]}'),
      (2, 1, 30, 'paid', '{"lang":"de"}'),
      (3, 2, 20, 'paid', null),
      (4, null, null, 'open', null)`)
  return opened
}

describe('rows', () => {
  test('come whole, or with the columns that were asked for', async () => {
    const { db } = await orders()

    expect(await db.table('customers').get()).toEqual([
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Grace' },
      { id: 3, name: 'Linus' },
    ])
    expect(await db.table('customers').where('id', 2).get('name')).toEqual([{ name: 'Grace' }])
    expect(await db.table('customers').select('name as n').get('id')).toEqual([
      { n: 'Ada' },
      { n: 'Grace' },
      { n: 'Linus' },
    ])
  })

  test('come from joined tables, sub-queries and aliases', async () => {
    const { db } = await orders()

    const rows = await db
      .table('orders as o')
      .join('customers as c', 'c.id', 'o.customer_id')
      .whereIn('c.id', (query) => query.select('customer_id').from('orders').where('status', 'paid'))
      .orderByDesc('o.total')
      .get('c.name', 'o.total')

    expect(rows).toEqual([
      { name: 'Ada', total: 30 },
      { name: 'Grace', total: 20 },
      { name: 'Ada', total: 10 },
    ])
  })

  test('of a left join have nulls where there is none', async () => {
    const { db } = await orders()

    const rows = await db
      .table('customers')
      .leftJoin('orders', (join) =>
        join.on('orders.customer_id', 'customers.id').where('orders.status', 'paid'),
      )
      .orderBy('customers.id')
      .get('customers.name', 'orders.id')

    expect(rows).toEqual([
      { name: 'Ada', id: 2 },
      { name: 'Grace', id: 3 },
      { name: 'Linus', id: null },
    ])
  })

  test('that exist in another table, or do not', async () => {
    const { db } = await orders()

    const ordering = db
      .table('customers')
      .whereExists((query) =>
        query.select(db.raw('1')).from('orders').whereColumn('orders.customer_id', 'customers.id'),
      )
    const others = db
      .table('customers')
      .whereNotExists(db.table('orders').whereColumn('orders.customer_id', 'customers.id'))

    expect(await ordering.pluck('name')).toEqual(['Ada', 'Grace'])
    expect(await others.pluck('name')).toEqual(['Linus'])
  })

  test('are grouped', async () => {
    const { db } = await orders()

    const rows = await db
      .table('orders')
      .select('status', db.raw('count(*) as n'))
      .groupBy('status')
      .having(db.raw('count(*)'), '>', 1)
      .orderBy('status')
      .get()

    expect(rows).toEqual([
      { status: 'open', n: 2 },
      { status: 'paid', n: 2 },
    ])
  })

  test('are found inside JSON', async () => {
    const { db } = await orders()

    expect(await db.table('orders').where('meta->lang', 'de').pluck('id')).toEqual([2])
    expect(await db.table('orders').where('id', 1).value('meta->tags[1]')).toBe('b')
    expect(await db.table('orders').where('id', 1).get('meta->lang')).toEqual([{ lang: 'en' }])
  })

  test('are matched by a pattern in any case', async () => {
    const { db } = await orders()

    expect(await db.table('customers').whereLike('name', 'a%').pluck('name')).toEqual(['Ada'])
    expect(await db.table('customers').whereNotLike('name', '%A%').pluck('name')).toEqual(['Linus'])
  })
})

describe('one row', () => {
  test('is the first, or null', async () => {
    const { db } = await orders()

    expect(await db.table('customers').orderByDesc('id').first()).toEqual({ id: 3, name: 'Linus' })
    expect(await db.table('customers').where('id', 9).first()).toBeNull()
  })

  test('is found by its key', async () => {
    const { db } = await orders()

    expect(await db.table('customers').find(2)).toEqual({ id: 2, name: 'Grace' })
    expect(await db.table('customers').find('Ada', 'name')).toEqual({ id: 1, name: 'Ada' })
    expect(await db.table('customers').find(9)).toBeNull()
  })

  test('is not found by undefined', async () => {
    const { db } = await orders()

    await expect(db.table('customers').find(undefined as never)).rejects.toMatchObject({
      code: 'TM_UNDEFINED_VALUE',
    })
  })

  test('gives one value', async () => {
    const { db } = await orders()

    expect(await db.table('customers').where('id', 2).value('customers.name')).toBe('Grace')
    expect(await db.table('customers').where('id', 9).value('name')).toBeNull()
  })
})

describe('pluck', () => {
  test('gives a list, or an object by a key', async () => {
    const { db } = await orders()

    expect(await db.table('customers').pluck('name')).toEqual(['Ada', 'Grace', 'Linus'])
    expect(await db.table('customers').pluck('name', 'id')).toEqual({ 1: 'Ada', 2: 'Grace', 3: 'Linus' })
    expect(await db.table('customers').limit(1).pluck(db.raw('upper(name)'))).toEqual(['ADA'])
  })

  test('reads what was selected by its name', async () => {
    const { db } = await orders()

    const counts = await db
      .table('orders')
      .select('status')
      .selectRaw('count(*) as n')
      .groupBy('status')
      .pluck('n', 'status')

    expect(counts).toEqual({ open: 2, paid: 2 })
  })
})

test('a column that was not selected is not plucked as nothing', async () => {
  const { db } = await orders()

  await expect(db.table('orders').select('id').pluck('status')).rejects.toMatchObject({
    code: 'TM_QUERY_MISUSE',
    message: 'The query selects id, and was then asked for "status".',
  })
})

test('a row is found by its key among those that any of the conditions choose', async () => {
  const { db } = await orders()
  const query = db.table('orders').where('status', 'paid').orWhere('total', 10)

  expect(await query.find(1)).toMatchObject({ id: 1 })
  expect(await query.find(2)).toMatchObject({ id: 2 })
  expect(await query.find(4)).toBeNull()
})

describe('aggregates', () => {
  test('are over the rows of the query', async () => {
    const { db } = await orders()
    const query = db.table('orders').orderBy('id')

    expect(await query.count()).toBe(4)
    expect(await query.count('total')).toBe(3)
    expect(await query.min('total')).toBe(10)
    expect(await query.max('orders.total')).toBe(30)
    expect(await query.sum('total')).toBe(60)
    expect(await query.avg('total')).toBe(20)
  })

  test('of nothing are 0 or null', async () => {
    const { db } = await orders()
    const none = db.table('orders').where('id', 9)

    expect([await none.count(), await none.sum('total')]).toEqual([0, 0])
    expect([await none.min('total'), await none.max('total'), await none.avg('total')]).toEqual([
      null,
      null,
      null,
    ])
  })

  test('count what get() gives, where that is grouped, cut or distinct', async () => {
    const { db } = await orders()

    expect(await db.table('orders').limit(3).count()).toBe(3)
    expect(await db.table('orders').offset(3).count()).toBe(1)
    expect(await db.table('orders').select('status').distinct().count()).toBe(2)
    expect(await db.table('orders').distinct().count('status')).toBe(2)
    expect(await db.table('orders').select('customer_id').groupBy('customer_id').count()).toBe(3)
    expect(await db.table('orders').orderBy('id').limit(2).sum('orders.total')).toBe(40)
  })

  test('say whether there is any row', async () => {
    const { db } = await orders()

    expect(await db.table('orders').where('total', '>', 20).exists()).toBe(true)
    expect(await db.table('orders').where('total', '>', 90).exists()).toBe(false)
    expect(await db.table('orders').where('total', '>', 90).doesntExist()).toBe(true)
    expect(await db.table('orders').limit(0).exists()).toBe(false)
  })
})

describe('portions', () => {
  async function numbers() {
    const opened = await openDatabase()
    await opened.db.exec('create table n (id integer primary key, v integer)')
    await opened.db.table('n').insert(Array.from({ length: 7 }, (_, index) => ({ id: index + 1, v: 0 })))
    return opened
  }

  test('come in order, each with its number', async () => {
    const { db } = await numbers()
    const seen: unknown[] = []

    const ended = await db
      .table('n')
      .orderBy('id')
      .chunk(3, async (rows, page) => {
        seen.push([page, rows.map(({ id }) => id)])
      })

    expect(ended).toBe(true)
    expect(seen).toEqual([
      [1, [1, 2, 3]],
      [2, [4, 5, 6]],
      [3, [7]],
    ])
  })

  test('keep to limit and offset', async () => {
    const { db } = await numbers()
    const seen: unknown[] = []

    await db
      .table('n')
      .orderBy('id')
      .offset(1)
      .limit(4)
      .chunk(3, (rows) => void seen.push(rows.map(({ id }) => id)))

    expect(seen).toEqual([[2, 3, 4], [5]])
  })

  test('end where the callback says false', async () => {
    const { db } = await numbers()
    const seen: unknown[] = []

    const ended = await db
      .table('n')
      .orderBy('id')
      .chunk(3, (rows) => {
        seen.push(rows.length)
        return false
      })

    expect([ended, seen]).toEqual([false, [3]])
  })

  test('by id leave out nothing while the rows change under way', async () => {
    const { db } = await numbers()

    await db
      .table('n')
      .where('v', 0)
      .orWhere('v', 5)
      .chunkById(3, async (rows) => {
        await db
          .table('n')
          .whereIn(
            'id',
            rows.map((row) => row['id'] as number),
          )
          .update({ v: 1 })
      })

    expect(await db.table('n').where('v', 1).count()).toBe(7)
  })

  test('are taken apart into single rows', async () => {
    const { db } = await numbers()
    const seen: unknown[] = []

    await db
      .table('n')
      .orderByDesc('id')
      .each((row, index) => void seen.push([index, row['id']]), 2)

    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((id, index) => [index, id]))
  })

  test('refuse what could leave rows out', async () => {
    const { db } = await numbers()
    const ignore = () => undefined

    await expect(db.table('n').chunk(3, ignore)).rejects.toMatchObject({
      code: 'TM_QUERY_MISUSE',
      message: /without an order/,
    })
    await expect(db.table('n').orderBy('v').chunkById(3, ignore)).rejects.toMatchObject({
      message: /orderBy\(\)/,
    })
    await expect(db.table('n').select('v').chunkById(3, ignore)).rejects.toMatchObject({
      message: /the rows have no "id"/,
    })
    await expect(db.table('n').orderBy('id').chunk(0, ignore)).rejects.toMatchObject({
      message: /given was 0/,
    })
  })
})

describe('a query', () => {
  test('is left as it was by reading, and by its clone', async () => {
    const { db } = await orders()
    const query = db.table('orders').where('status', 'paid')

    query.clone().where('id', 3).orderBy('id').limit(1)
    await query.first()
    await query.count()

    expect(await query.toSql()).toBe(words.sql('select * from "orders" where "status" = ?'))
  })

  test('names the nearest column where there is no such one', async () => {
    const { db } = await orders()

    await expect(db.table('orders').where('totl', 1).get()).rejects.toMatchObject({
      code: 'TM_SQL_NO_SUCH_COLUMN',
      message: expect.stringContaining('Did you mean "total"?'),
      place: { sql: words.sql('select * from "orders" where "totl" = ?') },
    })
  })

  test('refuses directions and portions that are none', async () => {
    const { db } = await orders()

    expect(() => db.table('orders').orderBy('id', 'up' as never)).toThrow(/"up" is no direction/)
    expect(() => db.table('orders').limit(-1)).toThrow(/limit\(\) takes a whole number/)
    expect(() => db.table('orders').offset(1.5)).toThrow(/offset\(\) takes a whole number/)
  })

  test('begins without a table', async () => {
    const { db } = await orders()

    expect(await db.query().from('customers').count()).toBe(3)
    expect(await db.query().selectRaw('? + 1 as two', [1]).first()).toEqual({ two: 2 })
  })
})
