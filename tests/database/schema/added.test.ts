// Every method of a blueprint that adds something, on a real database: made with the table and on one that exists, read
// back by the catalogue and by the database itself, and taken away again.

import { describe, expect, inject, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { TableSnapshot } from '../../../src/schema/snapshot.js'
import { addedCases } from './added-cases.js'
import { expectedOf, linesOf } from './expectations.js'
import { refusedCases } from './refused-cases.js'
import { expectThings, openWithOthers, thingsOf } from './things.js'

const all = Object.entries(addedCases)
const cases = all.filter(([, added]) => expectedOf(added) !== undefined)

const anchors = {
  sqlite: 'anchor integer not null',
  postgres: 'anchor integer not null',
  mysql: 'anchor int not null',
  mariadb: 'anchor int(11) not null',
} as const

function withAnchor(lines: readonly string[]): readonly string[] {
  return lines.some((line) => line.startsWith('anchor ')) ? lines : [anchors[inject('dialect')], ...lines]
}

const missing = all.flatMap(([name, added]) => {
  const type = added.missingType && expectedOf(added.missingType)
  return type === undefined ? [] : [{ name, type, add: added.add }]
})

test('what is not made is refused', () => {
  const refused = Object.entries(refusedCases).filter(([, { refusals }]) =>
    Array.isArray(expectedOf(refusals)),
  )
  const known = new Set([...[...cases, ...refused].map(([name]) => name), ...missing.map(({ name }) => name)])
  expect(all.map(([name]) => name).filter((name) => !known.has(name))).toEqual([])
})

test.runIf(missing.length > 0).each(missing)(
  '$name needs an extension with the type $type, and says so',
  async ({ type, add }) => {
    const { schema, change } = await openWithOthers()

    await expect(change(() => schema.create('things', add))).rejects.toMatchObject({
      message: expect.stringContaining(`type "${type}" does not exist`),
      remedy: expect.stringContaining('schema.ensureExtensionExists('),
    })
  },
)

describe.each(cases)('%s', (_, added) => {
  test('is made with the table', async () => {
    const opened = await openWithOthers()

    await opened.change(() =>
      opened.schema.create('things', (table) => {
        table.integer('anchor')
        added.add(table)
      }),
    )

    await expectThings(opened, withAnchor(linesOf(added)))
    await opened.change(() => opened.schema.drop('things'))
    expect(await opened.schema.hasTable('things')).toBe(false)
  })

  test.skipIf(added.onlyNew)('is added to a table that exists, and taken away', async () => {
    const opened = await openWithOthers()
    await opened.change(() => opened.schema.create('things', (table) => table.integer('anchor')))
    const before = await thingsOf(opened)

    await opened.change(() => opened.schema.table('things', added.add))
    await expectThings(opened, withAnchor(linesOf(added)))

    const after = await thingsOf(opened)
    await opened.change(() => opened.schema.table('things', (table) => takeAway(table, before, after)))
    expect(await thingsOf(opened)).toEqual(before)
  })
})

/** The drops of all that `after` has and `before` has not. */
function takeAway(table: Blueprint, before: TableSnapshot, after: TableSnapshot): void {
  const old = new Set(before.columns.map(({ name }) => name))
  const columns = after.columns.map(({ name }) => name).filter((name) => !old.has(name))
  const isOverOld = (over: readonly string[]) => over.every((name) => !columns.includes(name))
  for (const key of after.foreignKeys) table.dropForeign(key.name ?? key.columns)
  for (const { name, unique } of after.indexes) {
    if (unique) table.dropUnique(name)
    else table.dropIndex(name)
  }
  for (const { name } of after.checks) if (name !== undefined) table.dropCheck(name)
  if (after.primaryKey !== undefined && isOverOld(after.primaryKey.columns)) table.dropPrimary()
  // Those last that others are computed from.
  if (columns.length > 0) table.dropColumn(columns.toReversed())
  if (after.comment !== before.comment) table.comment(before.comment ?? '')
}
