// A column of each kind, with any value that it can hold on every database, and what the value is read as.

import * as fc from 'fast-check'
import { inject } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { Value } from '../../../src/schema/expression.js'

export interface RoundTrip {
  readonly written: Value
  readonly read: unknown
}

export interface ColumnCase {
  readonly add: (table: Blueprint) => unknown
  readonly values: fc.Arbitrary<RoundTrip>
}

const isSqlite = inject('dialect') === 'sqlite'

/** A column whose values are read as they were written. */
function same(add: ColumnCase['add'], values: fc.Arbitrary<Value>): ColumnCase {
  return { add, values: values.map((value) => ({ written: value, read: value })) }
}

const integer = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })

const big = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

/** A number where a number holds it. */
function narrow(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** As many digits as the column has; SQLite keeps 15, and no zeros at the end. */
function decimal(digits: number, places: number): fc.Arbitrary<RoundTrip> {
  const limit = 10n ** BigInt(digits) - 1n
  return fc.bigInt({ min: -limit, max: limit }).map((scaled) => {
    const text = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, '0')
    const sign = scaled < 0n ? '-' : ''
    const written = `${sign}${text.slice(0, -places)}.${text.slice(-places)}`
    return { written, read: isSqlite ? written.replace(/\.?0+$/, '') : written }
  })
}

/** Negative zero is no value of SQL. */
const double = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (Object.is(value, -0) ? 0 : value))

const moment = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true })

const day = moment('1000-01-01T00:00:00Z', '9999-12-31T00:00:00Z').map((date) =>
  date.toISOString().slice(0, 10),
)
const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'))
const time = fc.tuple(two(23), two(59), two(59)).map((parts) => parts.join(':'))

/** PostgreSQL has no character NUL; half of a surrogate pair is no text. */
const text = fc.string({ unit: 'grapheme', maxLength: 200 }).map((value) => value.replaceAll('\0', ''))

/** MariaDB knows the versions that there are. */
const uuid = fc.uuid({ version: [1, 4, 7] })

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => ({ written: array, read: Buffer.from(array) }))

export const columnCases: Readonly<Record<string, ColumnCase>> = {
  smallInteger: same((table) => table.smallInteger('c'), integer(16)),
  integer: same((table) => table.integer('c'), integer(32)),
  bigInteger: {
    add: (table) => table.bigInteger('c'),
    values: big.map((value) => ({ written: value, read: narrow(value) })),
  },
  'decimal of 15 digits': { add: (table) => table.decimal('c', 15, 4), values: decimal(15, 4) },
  double: same((table) => table.double('c'), double),
  boolean: same((table) => table.boolean('c'), fc.boolean()),
  string: same((table) => table.string('c'), text),
  text: same((table) => table.text('c'), text),
  binary: { add: (table) => table.binary('c'), values: bytes },
  uuid: same((table) => table.uuid('c'), uuid),
  date: same((table) => table.date('c'), day),
  time: same((table) => table.time('c'), time),
  // A range that all databases have: MySQL's timestamps end in 2038, and its moments begin in the year 1000.
  dateTime: same(
    (table) => table.dateTime('c', 3),
    moment('1000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'),
  ),
  dateTimeTz: same(
    (table) => table.dateTimeTz('c', 3),
    moment('1000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'),
  ),
  timestamp: same(
    (table) => table.timestamp('c', 3),
    moment('1970-01-01T00:00:01Z', '2038-01-19T03:14:07.999Z'),
  ),
  timestampTz: same(
    (table) => table.timestampTz('c', 3),
    moment('1970-01-01T00:00:01Z', '2038-01-19T03:14:07.999Z'),
  ),
  ...(!isSqlite && {
    'decimal of 30 digits': {
      add: (table: Blueprint) => table.decimal('c', 30, 10),
      values: decimal(30, 10),
    },
  }),
}
