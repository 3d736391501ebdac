// Turns the values that callers give into what PostgreSQL is sent. They go without a type, as text, so that the server
// takes each for what its place in the statement asks for: a text becomes json, a number numeric, digit by digit.

import type { Value } from '../../../schema/expression.js'
import { assertBindable } from '../../bindings.js'
import { BindingError } from '../../errors.js'
import { dateText } from '../sql/literal.js'

/** Bytes are sent as they are, everything else as text. */
export type SentValue = string | Buffer | null

/** @throws BindingError for what PostgreSQL has no value for */
export function sentValues(values: readonly Value[], sql: string): SentValue[] {
  return values.map((value, index) => sentValue(value, index + 1, sql))
}

function sentValue(value: Value, position: number, sql: string): SentValue {
  assertBindable(value, position, sql)
  if (value === null) return null
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (value instanceof Date) return dateText(value)
  // Boolean columns take digits, and the columns of integers that hold a yes or no elsewhere take nothing else.
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' ? withoutNul(value, position, sql) : String(value)
}

function withoutNul(text: string, position: number, sql: string): string {
  if (!text.includes('\0')) return text
  throw new BindingError(
    position,
    'a text with a NUL character, which PostgreSQL does not store',
    'Take the character out, or bind bytes to a column of type binary().',
    sql,
  )
}
