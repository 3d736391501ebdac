// What the values of a result are read as, by the types that the tables declare for their columns, so that a row looks
// as it does on the other databases. An expression has no declared type, and is read as SQLite keeps it. What a value
// does not show (a text that is no moment in a column for moments) stays as it is: SQLite lets any value in.

import type { Row } from '../../dialect.js'
import type { ResultColumn } from './driver.js'

/** Makes what the driver read of a value what the caller gets. */
type Decode = (value: unknown) => unknown

interface Decoder {
  readonly name: string
  readonly decode: Decode
}

/** Undefined where every value is to be read as it comes. */
export type RowDecoder = ((rows: readonly Row[]) => void) | undefined

/** How the rows of a result with these columns are decoded, in place. */
export function rowDecoder(columns: readonly ResultColumn[]): RowDecoder {
  // Of two columns of one name a row has the last.
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  const decoders = [...types].flatMap(([name, type]): Decoder[] => {
    const decode = type === null ? undefined : decodeOf(type)
    return decode === undefined ? [] : [{ name, decode }]
  })
  return decoders.length === 0 ? undefined : (rows) => decodeRows(rows, decoders)
}

function decodeRows(rows: readonly Row[], decoders: readonly Decoder[]): void {
  for (const { name, decode } of decoders) {
    for (const row of rows) {
      // A driver may not have seen yet that a column is new.
      if (name in row) row[name] = decode(row[name])
    }
  }
}

/** By the word of the type, without what is in brackets after it. */
const decodes: ReadonlyMap<string, Decode> = new Map([
  ['boolean', toBoolean],
  ['bool', toBoolean],
  ['datetime', toDate],
  ['timestamp', toDate],
  ['timestamptz', toDate],
  ['timestamp with time zone', toDate],
  ['timestamp without time zone', toDate],
  ['numeric', toDigits],
  ['decimal', toDigits],
  ['json', parseJson],
  ['jsonb', parseJson],
])

function decodeOf(declared: string): Decode | undefined {
  const type = declared.toLowerCase()
  if (/^tinyint\s*\(\s*1\s*\)$/.test(type)) return toBoolean
  return decodes.get(type.replace(/\s*\([^)]*\)/, '').trim())
}

/** A `tinyint(1)` can hold other numbers too; they are left as they are. */
function toBoolean(value: unknown): unknown {
  return value === 0 ? false : value === 1 ? true : value
}

const moment =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(?:[zZ]|([+-]\d\d):?(\d\d)|([+-]\d\d))?)?$/

/** In UTC, as Tidemark and CURRENT_TIMESTAMP write it, unless the text has a zone. More than milliseconds are cut off. */
function toDate(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', ...zone] =
    moment.exec(value) ?? []
  const date = `${year}-${month}-${day}`
  const time = `${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`
  const local = new Date(`${date}T${time}Z`)
  // What is no day of the calendar would become one of the next month.
  if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(`${date}T${time}`)) return value
  return new Date(local.getTime() - offsetMs(zone))
}

function offsetMs([hoursOfTwo, minutes = '0', hoursAlone]: readonly (string | undefined)[]): number {
  const hours = hoursOfTwo ?? hoursAlone ?? '0'
  const sign = hours.startsWith('-') ? -1 : 1
  return (Number(hours) * 60 + sign * Number(minutes)) * 60_000
}

/** The digits of a number, without an exponent. SQLite keeps a fraction in binary, of about 15 digits. */
function toDigits(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'number' || !Number.isFinite(value)) return value
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  if (exponent === undefined) return String(value)
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.padEnd(point, '0')}`
}

function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
