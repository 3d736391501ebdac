// Every method of a blueprint that changes, renames or drops something, on a real database, and the way back.

import { expect, test } from 'vitest'
import { linesOf } from './expectations.js'
import { changedCases } from './changed-cases.js'
import { expectThings, openWithOthers, thingsOf } from './things.js'

test.each(Object.entries(changedCases))('%s, and back', async (_, changed) => {
  const opened = await openWithOthers()
  await opened.change(() => opened.schema.create('things', changed.has))
  const before = await thingsOf(opened)

  await opened.change(() => opened.schema.table('things', changed.change))
  await expectThings(opened, linesOf(changed))

  await opened.change(() => opened.schema.table('things', changed.undo))
  expect(await thingsOf(opened)).toEqual(before)
})

test('a table is renamed, and dropped where it is, by its own blueprint', async () => {
  const { schema, change } = await openWithOthers()

  await change(() => schema.table('users', (table) => table.rename('people')))
  expect([await schema.hasTable('users'), await schema.hasTable('people')]).toEqual([false, true])

  await change(() => schema.table('people', (table) => table.drop()))
  await change(() => schema.table('people', (table) => table.dropIfExists()))
  expect(await schema.hasTable('people')).toBe(false)
})

test('a temporary table is seen by its own session alone', async () => {
  const opened = await openWithOthers()
  const { schema, change, dialect } = opened

  await change(() =>
    schema.create('scratch', (table) => {
      table.temporary()
      table.id()
    }),
  )

  const other = dialect.catalogue(await opened.openAnother())
  expect(await schema.hasTable('scratch')).toBe(true)
  expect(await other.table({ schema: undefined, name: 'scratch' })).toBeUndefined()
})

test('an auto-incrementing column starts where it is told', async () => {
  const { schema, change, db } = await openWithOthers()

  await change(() =>
    schema.create('things', (table) => {
      table.id().startingValue(1000)
      table.string('c')
    }),
  )

  await db.table('things').insert({ c: 'first' })
  expect(await db.table('things').value('id')).toBe(1000)
})
