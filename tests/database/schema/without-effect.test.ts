// What the reference says to have no effect on the database under test: a table made with it is as one made without.

import { expect, inject, test } from 'vitest'
import { withoutEffect } from '../../../scripts/reference/without-effect.js'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { openSchema } from './open.js'

type Name = (typeof withoutEffect)[keyof typeof withoutEffect][number]

// A column with the modifier or without it, or the table itself.
const makers: Readonly<Record<Name, (table: Blueprint, isModified: boolean) => void>> = {
  after: (table, on) => void (on ? table.string('a').after('id') : table.string('a')),
  always: (table, on) => void (on ? table.integer('a').always() : table.integer('a')),
  charset: (table, on) => void (on ? table.string('a').charset('latin1') : table.string('a')),
  comment: (table, on) => void (on ? table.string('a').comment('a remark') : table.string('a')),
  engine: (table, on) => void (on && (table.engine = 'MyISAM')),
  first: (table, on) => void (on ? table.string('a').first() : table.string('a')),
  generatedAs: (table, on) => void (on ? table.integer('a').generatedAs() : table.integer('a')),
  innoDb: (table, on) => void (on && table.innoDb()),
  invisible: (table, on) => void (on ? table.string('a').invisible() : table.string('a')),
  native: (table, on) => void (on ? table.enum('a', ['b']).native('c') : table.enum('a', ['b'])),
  unsigned: (table, on) => void (on ? table.integer('a').unsigned() : table.integer('a')),
  useCurrentOnUpdate: (table, on) =>
    void (on ? table.timestamp('a').useCurrentOnUpdate() : table.timestamp('a')),
  using: (table, on) => void (on ? table.integer('a').using('a::integer') : table.integer('a')),
}

test.each<Name>(withoutEffect[inject('dialect')])('%s has no effect', async (name) => {
  const { schema, executor } = await openSchema()
  const make = async (isModified: boolean) => {
    await schema.create('things', (table) => {
      table.id()
      table.string('z').nullable()
      makers[name](table, isModified)
    })
    const made = await executor.catalogue.table({ schema: undefined, name: 'things' })
    await schema.drop('things')
    return made
  }

  const [plain, modified] = [await make(false), await make(true)]

  expect(plain?.columns.length).toBeGreaterThan(1)
  expect(modified).toEqual(plain)
})
