// The table `things`, which the cases make and change, and what is expected of it.

import { expect, inject } from 'vitest'
import type { TableSnapshot } from '../../../src/schema/snapshot.js'
import { factsOf, readFacts } from './facts.js'
import { type OpenedSchema, openSchema } from './open.js'
import { summaryOf } from './summary.js'

/** A database with two tables to reference. */
export async function openWithOthers(): Promise<OpenedSchema> {
  const opened = await openSchema()
  await opened.change(async () => {
    await opened.schema.create('users', (table) => table.id())
    await opened.schema.create('sessions', (table) => table.uuid().primary())
  })
  return opened
}

export async function thingsOf({ executor }: OpenedSchema): Promise<TableSnapshot> {
  const found = await executor.catalogue.table({ schema: undefined, name: 'things' })
  if (found === undefined) throw new Error('There is no table things.')
  return found
}

/** Expects the lines of summary.ts, and that the catalogue and the database itself say the same. */
export async function expectThings(opened: OpenedSchema, lines: readonly string[]): Promise<void> {
  const facts = readFacts[inject('dialect')]
  if (facts === undefined) throw new Error('facts.ts cannot read this dialect yet.')
  const things = await thingsOf(opened)
  expect(summaryOf(things)).toEqual(lines)
  expect(factsOf(things)).toEqual(await facts(opened.session, 'things'))
}
