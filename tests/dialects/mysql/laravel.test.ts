// What Laravel's statements, one after the other, make of a blueprint, where one statement that says the same is refused.

import { expect, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { openStructure } from './structure.js'

/** The names of the columns of `things` after a change, in order, and of its indexes. */
async function changed(has: (table: Blueprint) => void, change: (table: Blueprint) => void) {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('users', (table) => table.id())
  await schema.create('things', has)
  await schema.table('things', change)
  const { columns, indexes } = await snapshotOf('things')
  return [...columns.map(({ name }) => name), ...indexes.map(({ name }) => `index ${name}`)]
}

function folder(table: Blueprint): void {
  table.integer('id')
  table.string('folder')
  table.string('last')
}

test('a column is placed after one that is then renamed, dropped or changed', async () => {
  const after = (then: (table: Blueprint) => void) =>
    changed(folder, (table) => {
      table.string('new').after('folder')
      then(table)
    })

  expect(await after((table) => table.renameColumn('folder', 'file'))).toEqual(['id', 'file', 'new', 'last'])
  expect(await after((table) => table.dropColumn('folder'))).toEqual(['id', 'new', 'last'])
  expect(await after((table) => table.text('folder').change())).toEqual(['id', 'folder', 'new', 'last'])
})

test('a column is moved after one that is then dropped', async () => {
  const columns = await changed(folder, (table) => {
    table.string('last').after('id').change()
    table.dropColumn('id')
  })

  expect(columns).toEqual(['last', 'folder'])
})

test('a column that takes the place of a dropped one has none of its indexes', async () => {
  const columns = await changed(
    (table) => {
      table.integer('id')
      table.foreignId('user_id').constrained()
    },
    (table) => {
      table.dropForeign(['user_id'])
      table.dropColumn('user_id')
      table.foreignUuid('user_id').nullable()
    },
  )

  expect(columns).toEqual(['id', 'user_id'])
})

test('an index is renamed, and goes with its column', async () => {
  const columns = await changed(
    (table) => {
      table.string('a').unique('old')
      table.string('b')
    },
    (table) => {
      table.renameIndex('old', 'new')
      table.dropColumn('a')
    },
  )

  expect(columns).toEqual(['b'])
})

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
