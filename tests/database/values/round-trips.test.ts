// What is written comes back, for any value of each kind of column: through db.table, in a result without bindings and in
// one with them, and as a condition.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnCases } from './columns.js'
import { openTable } from './open.js'

test.each(Object.entries(columnCases))(
  'any value of a column of type %s comes back',
  async (_, { add, values }) => {
    const db = await openTable((table) => {
      table.integer('id').primary()
      add(table)
    })
    const things = () => db.table('things')

    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 20 }), async (rows) => {
        const read = rows.map((row) => row.read)
        await things().delete()
        await things().insert(rows.map(({ written }, id) => ({ id, c: written })))

        expect(await things().orderBy('id').pluck('c')).toEqual(read)
        expect(await things().where('id', '>=', 0).orderBy('id').pluck('c')).toEqual(read)
      }),
      { numRuns: 25 },
    )
  },
)

test.each(Object.entries(columnCases))('null of a column of type %s comes back', async (_, { add }) => {
  const db = await openTable((table) => {
    table.integer('id').primary()
    // Every case adds one column, and gives it back.
    const column = add(table) as { nullable: () => void }
    column.nullable()
  })

  await db.table('things').insert({ id: 1, c: null })

  expect(await db.table('things').where('id', 1).value('c')).toBeNull()
})

test.each(['dateTime', 'dateTimeTz', 'timestamp', 'timestampTz'] as const)(
  'a moment finds its row by a column of type %s',
  async (type) => {
    const db = await openTable((table) => {
      table[type]('c', 3)
    })
    const moment = new Date('2025-03-09T02:30:00.250Z')
    await db.table('things').insert([{ c: moment }, { c: new Date(moment.getTime() + 1) }])

    expect(await db.table('things').where('c', moment).pluck('c')).toEqual([moment])
    expect(await db.table('things').where('c', '>', moment).count()).toBe(1)
  },
)
