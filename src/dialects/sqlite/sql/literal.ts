// Names and values as SQL text. SQLite's text ends at a NUL character when it is parsed, so one in a name or a literal
// is refused rather than cut off.

import type { Value } from '../../../schema/expression.js'
import { LiteralError } from '../../errors.js'

/** A name in double quotes. */
export function quoteIdentifier(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`
}

/** A value as SQL, for text that is shown and for places that take no bound value. */
export function literal(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quoteString(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Date) return quoteString(dateText(value))
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`
  return numberText(value)
}

/**
 * A moment as SQLite's own functions write it, in UTC: `2025-03-05 10:20:30`, with `.123` where it has milliseconds.
 *
 * @throws RangeError for a date that is none
 */
export function dateText(date: Date): string {
  const text = date.toISOString().replace('T', ' ').slice(0, -1)
  return text.endsWith('.000') ? text.slice(0, -4) : text
}

function quoteString(text: string): string {
  return `'${withoutNul(text).replaceAll("'", "''")}'`
}

function withoutNul(text: string): string {
  if (!text.includes('\0')) return text
  throw new LiteralError(
    'SQLite',
    'a NUL character',
    `Take it out of ${JSON.stringify(text)}, or bind the value.`,
  )
}

function numberText(value: number | bigint): string {
  if (Number.isNaN(value)) throw new LiteralError('SQLite', 'NaN', 'Use null where there is no number.')
  if (value === Infinity) return '9e999'
  if (value === -Infinity) return '-9e999'
  return String(value)
}
