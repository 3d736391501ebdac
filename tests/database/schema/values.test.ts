// Each row of the table of column types, with a value written and read back. The record is typed by the table: a type
// without an entry does not compile.

import { expect, inject, test } from 'vitest'
import { UnsupportedError } from '../../../src/dialects/errors.js'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { ColumnTypeName } from '../../../src/schema/column-types.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import type { Value } from '../../../src/schema/expression.js'
import { openSchema } from './open.js'

interface TypeSample {
  readonly add: (table: Blueprint) => void
  /** What is written into the column `c`. */
  readonly write: Value | Date
  /** What is then read, or that the type is refused. */
  readonly read: Partial<Readonly<Record<DialectName, Value | { readonly refused: true }>>>
}

const moment = new Date(Date.UTC(2025, 2, 5, 10, 20, 30))
const refused = { refused: true } as const
const sample = (
  add: (table: Blueprint) => void,
  write: TypeSample['write'],
  read: TypeSample['read'],
): TypeSample => ({
  add,
  write,
  read,
})

const samples: Readonly<Record<ColumnTypeName, TypeSample>> = {
  char: sample((t) => t.char('c', 2), 'de', { sqlite: 'de' }),
  string: sample((t) => t.string('c'), 'naïve ☂', { sqlite: 'naïve ☂' }),
  tinyText: sample((t) => t.tinyText('c'), '', { sqlite: '' }),
  text: sample((t) => t.text('c'), "a\nb'c", { sqlite: "a\nb'c" }),
  mediumText: sample((t) => t.mediumText('c'), '007', { sqlite: '007' }),
  longText: sample((t) => t.longText('c'), 'x'.repeat(70_000), { sqlite: 'x'.repeat(70_000) }),
  integer: sample((t) => t.integer('c'), -2_147_483_648, { sqlite: -2_147_483_648 }),
  tinyInteger: sample((t) => t.tinyInteger('c'), 127, { sqlite: 127 }),
  smallInteger: sample((t) => t.smallInteger('c'), -32_768, { sqlite: -32_768 }),
  mediumInteger: sample((t) => t.mediumInteger('c'), 8_388_607, { sqlite: 8_388_607 }),
  bigInteger: sample((t) => t.bigInteger('c'), 9_223_372_036_854_775_807n, {
    sqlite: 9_223_372_036_854_775_807n,
  }),
  float: sample((t) => t.float('c'), 0.5, { sqlite: 0.5 }),
  double: sample((t) => t.double('c'), 1e-300, { sqlite: 1e-300 }),
  decimal: sample((t) => t.decimal('c', 10, 2), 12.25, { sqlite: 12.25 }),
  boolean: sample((t) => t.boolean('c'), true, { sqlite: 1 }),
  enum: sample((t) => t.enum('c', ['movie', 'episode']), 'episode', { sqlite: 'episode' }),
  set: sample((t) => t.set('c', ['a', 'b']), 'a', { sqlite: refused }),
  json: sample((t) => t.json('c'), '{"a":[1,null]}', { sqlite: '{"a":[1,null]}' }),
  jsonb: sample((t) => t.jsonb('c'), '[true]', { sqlite: '[true]' }),
  date: sample((t) => t.date('c'), '2025-03-05', { sqlite: '2025-03-05' }),
  dateTime: sample((t) => t.dateTime('c'), moment, { sqlite: '2025-03-05 10:20:30' }),
  dateTimeTz: sample((t) => t.dateTimeTz('c'), moment, { sqlite: '2025-03-05 10:20:30' }),
  time: sample((t) => t.time('c'), '10:20:30', { sqlite: '10:20:30' }),
  timeTz: sample((t) => t.timeTz('c'), '10:20:30+02', { sqlite: '10:20:30+02' }),
  timestamp: sample((t) => t.timestamp('c'), moment, { sqlite: '2025-03-05 10:20:30' }),
  timestampTz: sample((t) => t.timestampTz('c'), moment, { sqlite: '2025-03-05 10:20:30' }),
  year: sample((t) => t.year('c'), 2025, { sqlite: 2025 }),
  binary: sample((t) => t.binary('c'), Uint8Array.of(0, 255, 10), { sqlite: Uint8Array.of(0, 255, 10) }),
  uuid: sample((t) => t.uuid('c'), '0195-uuid', { sqlite: '0195-uuid' }),
  ulid: sample((t) => t.ulid('c'), '01ARZ3NDEKTSV4RRFFQ69G5FAV', { sqlite: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }),
  ipAddress: sample((t) => t.ipAddress('c'), '::1', { sqlite: '::1' }),
  macAddress: sample((t) => t.macAddress('c'), '00:00:5e:00:53:af', { sqlite: '00:00:5e:00:53:af' }),
  geometry: sample((t) => t.geometry('c', 'point'), 'POINT(1 2)', { sqlite: 'POINT(1 2)' }),
  geography: sample((t) => t.geography('c', 'point'), 'POINT(1 2)', { sqlite: 'POINT(1 2)' }),
  vector: sample((t) => t.vector('c', 3), '[1,2,3]', { sqlite: refused }),
  tsvector: sample((t) => t.tsvector('c'), 'a', { sqlite: refused }),
  computed: sample((t) => t.computed('c', '1 + 1'), 2, { sqlite: refused }),
  rawColumn: sample((t) => t.rawColumn('c', 'varchar(3)'), 'abc', { sqlite: 'abc' }),
}

test.each(Object.entries(samples))(
  'a column of type %s gives back what was written',
  async (_, { add, write, read }) => {
    const { schema, db } = await openSchema()
    const expected = read[inject('dialect')]
    const created = schema.create('things', add)

    if (expected === refused) {
      await expect(created).rejects.toThrow(UnsupportedError)
      return
    }
    await created
    await db.table('things').insert({ c: write })
    const value = await db.table('things').value('c')
    expect(value instanceof Uint8Array ? Uint8Array.from(value) : value).toEqual(expected)
  },
)
