// Names and values as SQL text.

import type { Value } from '../../../schema/expression.js'
import { LiteralError } from '../../errors.js'

/** A name in double quotes. PostgreSQL has no way to write a NUL character. */
export function quoteIdentifier(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`
}

/** A value as SQL, for text that is shown and for places that take no bound value. */
export function literal(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quoteString(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof Date) return quoteString(dateText(value))
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'::bytea`
  return numberText(value)
}

/** `E''` where there is a backslash: it means the same whatever `standard_conforming_strings` says. */
export function quoteString(text: string): string {
  const doubled = withoutNul(text).replaceAll("'", "''")
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}

/**
 * A moment in UTC, `2025-03-05 10:20:30+00`, with `.123` where it has milliseconds; with its zone, so that it is the same
 * moment whatever the zone of the session. A column without a zone pays no heed to it, and holds UTC.
 *
 * @throws RangeError for a date that is none
 */
export function dateText(date: Date): string {
  // The year, which ISO writes with a sign where it has more than four digits or is none of our era, apart.
  const rest = date
    .toISOString()
    .replace(/^[+-]?\d+/, '')
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, '')
  const year = date.getUTCFullYear()
  // The year before 1 is 1 BC, which ISO calls 0.
  return year > 0 ? `${paddedYear(year)}${rest}+00` : `${paddedYear(1 - year)}${rest}+00 BC`
}

function paddedYear(year: number): string {
  return String(year).padStart(4, '0')
}

function withoutNul(text: string): string {
  if (!text.includes('\0')) return text
  throw new LiteralError('PostgreSQL', 'a NUL character', `Take it out of ${JSON.stringify(text)}.`)
}

function numberText(value: number | bigint): string {
  if (Number.isNaN(value)) throw new LiteralError('PostgreSQL', 'NaN', 'Use null where there is no number.')
  if (value === Infinity || value === -Infinity) return `'${value}'::float8`
  return String(value)
}
