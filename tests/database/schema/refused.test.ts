// Everything that the dialect under test cannot do is refused by name, with a way round, and leaves the table as it was.

import { expect, test } from 'vitest'
import { UnsupportedError } from '../../../src/dialects/errors.js'
import { expectedOf } from './expectations.js'
import { refusedCases } from './refused-cases.js'
import { openWithOthers, thingsOf } from './things.js'

const cases = Object.entries(refusedCases).flatMap(([name, { ask, refusals }]) => {
  const refusal = expectedOf(refusals)
  return refusal === undefined || refusal === 'made' ? [] : [{ name, ask, refusal }]
})

test.each(cases)('$name is refused', async ({ ask, refusal: [message, remedy] }) => {
  const opened = await openWithOthers()
  await opened.change(() => opened.schema.create('things', (table) => table.integer('c')))
  const before = await thingsOf(opened)

  const asked = opened.change(() =>
    opened.schema.table('things', (table) => {
      table.string('added_first')
      ask(table)
    }),
  )

  await expect(asked).rejects.toThrow(UnsupportedError)
  await expect(asked).rejects.toMatchObject({ message, remedy: expect.stringMatching(remedy) })
  expect(await thingsOf(opened)).toEqual(before)
})

test.each(cases)('$name is refused on a new table', async ({ ask, refusal: [message] }) => {
  const opened = await openWithOthers()

  const asked = opened.change(() =>
    opened.schema.create('things', (table) => {
      table.integer('c')
      ask(table)
    }),
  )

  await expect(asked).rejects.toMatchObject({ code: 'TM_UNSUPPORTED', message })
  expect(await opened.schema.hasTable('things')).toBe(false)
})
