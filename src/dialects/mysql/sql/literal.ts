// Names and values as SQL text, for statements that are shown and for places that take no bound value.

import type { Value } from '../../../schema/expression.js'
import { LiteralError } from '../../errors.js'

const label = 'MySQL'

/** A name in backticks. @throws LiteralError where it has a NUL character, which no name may have */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0'))
    throw new LiteralError(label, 'a name with a NUL character', `Take it out of ${JSON.stringify(name)}.`)
  return `\`${name.replaceAll('`', '``')}\``
}

export function literal(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quoteString(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Date) return quoteString(dateText(value))
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`
  return numberText(value)
}

/**
 * A moment in UTC, which is the session's zone: `2025-03-05 10:20:30`, with `.123` where it has milliseconds.
 *
 * @throws RangeError for a date that is none
 */
export function dateText(date: Date): string {
  const text = date.toISOString().replace('T', ' ').slice(0, -1)
  return text.endsWith('.000') ? text.slice(0, -4) : text
}

/**
 * A string where the grammar takes nothing else: a comment, a label of an enum. For the session's own `sql_mode`, in which
 * a backslash takes the next character with it.
 */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll('\0', '\\0').replaceAll("'", "''")}'`
}

/**
 * A backslash is a sign of its own or not, depending on `sql_mode` (NO_BACKSLASH_ESCAPES). The session has set that, but
 * what is shown may be run elsewhere: a string with a backslash or a NUL is written by its bytes, which mean the same everywhere.
 */
function quoteString(text: string): string {
  return text.includes('\\') || text.includes('\0')
    ? `_utf8mb4 x'${Buffer.from(text).toString('hex')}'`
    : quoteText(text)
}

function numberText(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new LiteralError(label, String(value), 'Use null where there is no number.')
  return String(value)
}
