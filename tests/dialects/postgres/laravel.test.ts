// What Laravel makes of a blueprint on PostgreSQL, where one statement that says the same would make something else; as the
// server itself tells it.

import { expect, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { openSchema } from '../../database/schema/open.js'

async function constraintsOf(fill: (table: Blueprint) => void) {
  const { schema, session } = await openSchema()
  await schema.create('things', fill)
  const rows = await session.query(
    `select conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
     where conrelid = 'things'::regclass and contype <> 'n' order by 1`,
  )
  return rows.map(({ line }) => line)
}

test('a unique constraint over the primary key is made beside it', async () => {
  expect(await constraintsOf((table) => table.increments('id').unique())).toEqual([
    'things_id_unique UNIQUE (id)',
    'things_pkey PRIMARY KEY (id)',
  ])
  expect(
    await constraintsOf((table) => {
      table.string('a')
      table.string('b')
      table.unique(['a', 'b'], 'both')
      table.primary(['a', 'b'])
    }),
  ).toEqual(['both UNIQUE (a, b)', 'things_pkey PRIMARY KEY (a, b)'])
})

test('two unique constraints over the same columns are both made', async () => {
  expect(
    await constraintsOf((table) => {
      table.string('a').unique()
      table.unique('a', 'again')
    }),
  ).toEqual(['again UNIQUE (a)', 'things_a_unique UNIQUE (a)'])
})
