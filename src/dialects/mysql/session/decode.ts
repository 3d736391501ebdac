// What the values of a result are read as, by the types of its columns. The server sends them in two ways: as texts where a
// statement has no bindings, in binary where it has; both are read alike. docs/explanation/values.md has the table.

import type { Row } from '../../dialect.js'
import type { Field } from './driver.js'

/** The protocol's types: https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html */
const types = {
  tiny: 1,
  float: 4,
  double: 5,
  timestamp: 7,
  longlong: 8,
  time: 11,
  datetime: 12,
  bit: 16,
  vector: 242,
  json: 245,
  decimal: 246,
  blob: 252,
  geometry: 255,
} as const

const bytesCharset = 63
const unsignedFlag = 0x20

/** Makes what the driver read of a value what the caller gets; never called for NULL. */
type Decode = (value: unknown) => unknown

interface Decoded {
  readonly name: string
  readonly decode: Decode
}

/**
 * How the rows of one result are decoded. Also tells the driver to leave alone what it would read otherwise: it is asked
 * before it makes its reader for the rows.
 */
export function decoders(fields: readonly Field[], isBinary: boolean): readonly Decoded[] {
  // Of two columns of one name a row has the last.
  const byName = new Map(fields.map((field) => [field.name, field]))
  for (const field of fields) readPlainly(field, isBinary)
  return [...byName].flatMap(([name, field]) => {
    const decode = decoderOf(field, isBinary)
    return decode === undefined ? [] : [{ name, decode }]
  })
}

/** Decodes rows in place. */
export function decodeRows(rows: readonly Row[], decoders: readonly Decoded[]): void {
  for (const { name, decode } of decoders) {
    for (const row of rows) {
      const value = row[name]
      if (value !== null) row[name] = decode(value)
    }
  }
}

const originalTypes = new WeakMap<Field, number>()

/**
 * The driver takes a geometry apart, which loses its reference system, makes a list of a vector, and rounds decimal
 * fractions of 16 digits where they come as text. As bytes, and as the text of a decimal, they come whole.
 */
function readPlainly(field: Field, isBinary: boolean): void {
  const { columnType } = field
  originalTypes.set(field, columnType)
  if (columnType === types.geometry || columnType === types.vector) {
    field.columnType = types.blob
    field.characterSet = bytesCharset
  } else if (!isBinary && (columnType === types.float || columnType === types.double)) {
    field.columnType = types.decimal
  }
}

function decoderOf(field: Field, isBinary: boolean): Decode | undefined {
  if (field.extendedFormat === 'json') return parseJson
  switch (originalTypes.get(field) ?? 0) {
    case types.tiny:
      return field.columnLength === 1 && (field.flags & unsignedFlag) === 0 ? toBoolean : undefined
    case types.bit:
      return field.columnLength === 1 ? (value) => toBoolean(bitsToInteger(value)) : bitsToInteger
    case types.longlong:
      // The driver gives the text of an integer that a number would round.
      return (value) => (typeof value === 'string' ? BigInt(value) : value)
    case types.float:
      return isBinary ? (value) => roundAsText(Number(value), field.decimals) : Number
    case types.double:
      return isBinary ? undefined : Number
    case types.datetime:
    case types.timestamp:
      return toDate
    case types.time:
      return isBinary && field.decimals > 0 && field.decimals <= 6
        ? (value) => padFraction(String(value), field.decimals)
        : undefined
    case types.json:
      return parseJson
    case types.vector:
      return vectorText
    default:
      return undefined
  }
}

/** A `tinyint(1)` can hold other numbers too; they are left as they are. */
function toBoolean(value: unknown): unknown {
  return value === 0 ? false : value === 1 ? true : value
}

function bitsToInteger(value: unknown): unknown {
  if (!Buffer.isBuffer(value)) return value
  const integer = BigInt(`0x${value.toString('hex')}`)
  return integer <= Number.MAX_SAFE_INTEGER ? Number(integer) : integer
}

/** The session's zone is UTC. The zero date is no date, and null; one without a month or day stays a text. */
function toDate(value: unknown): unknown {
  const text = String(value)
  if (text.startsWith('0000-00-00')) return null
  const date = new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`)
  return Number.isNaN(date.getTime()) ? text : date
}

/** The binary protocol sends no zeros at the end of a fraction of a second. */
function padFraction(text: string, digits: number): string {
  const [seconds = '', fraction = ''] = text.split('.')
  return `${seconds}.${fraction.padEnd(digits, '0')}`
}

/**
 * A `float` as the server writes it: six digits, or as many behind the point as the column has.
 * https://dev.mysql.com/doc/refman/9.7/en/problems-with-float.html
 */
function roundAsText(value: number, decimals: number): number {
  if (decimals < 31) return Number(value.toFixed(decimals))
  const [, digits, exponent] = halfWay.exec(value.toExponential(20)) ?? []
  return Number(digits === undefined ? value.toPrecision(6) : `${digits}${exponent}`)
}

/** Half-way behind an even sixth digit: the server rounds to that digit, JavaScript away from it. */
const halfWay = /^(-?\d\.\d{4}[02468])50+(e.+)$/

function parseJson(value: unknown): unknown {
  try {
    return JSON.parse(String(value))
  } catch {
    // MariaDB marks the results of some functions as JSON that can be any text.
    return value
  }
}

/** As vectors are written: `[1,2.5]`. To the protocol those of MariaDB are bytes like others, and stay so. */
function vectorText(value: unknown): unknown {
  if (!Buffer.isBuffer(value)) return value
  const numbers = Array.from({ length: value.length / 4 }, (_, index) =>
    shortest(value.readFloatLE(index * 4)),
  )
  return `[${numbers.join(',')}]`
}

/** The number with the fewest digits that is the same of 32 bits. */
function shortest(value: number): number {
  const digits = [6, 7, 8].find((count) => Math.fround(Number(value.toPrecision(count))) === value)
  return Number(value.toPrecision(digits ?? 9))
}
