// What Laravel's statements, one after the other, make of a blueprint, where one statement that says the same is refused.

import { expect, test } from 'vitest'
import { openStructure } from './structure.js'

test('a table that exists is given a key and what references it', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('things', (table) => table.integer('anchor'))

  await schema.table('things', (table) => {
    table.id()
    table.foreignId('parent_id').nullable().constrained('things').cascadeOnDelete()
  })

  expect((await snapshotOf('things')).foreignKeys).toMatchObject([
    { columns: ['parent_id'], foreignTable: { name: 'things' }, foreignColumns: ['id'], onDelete: 'cascade' },
  ])
})

test('a column is made unique and referenced from its own table', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('things', (table) => {
    table.string('code', 20)
    table.string('parent_code', 20).nullable()
  })

  await schema.table('things', (table) => {
    table.unique('code')
    table.foreign('parent_code').references('code').on('things')
  })

  expect((await snapshotOf('things')).foreignKeys).toMatchObject([{ foreignColumns: ['code'] }])
})
