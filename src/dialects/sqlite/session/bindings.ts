// Turns the values that callers give into those that SQLite stores.

import type { Value } from '../../../schema/expression.js'
import { BindingError } from '../../errors.js'
import type { BoundValue } from './driver.js'
import { dateText } from '../sql/literal.js'

/**
 * The values as a driver takes them. Whole numbers are bound as integers: both drivers would bind `1` as `1.0`, which a
 * text column then keeps as '1.0'.
 *
 * @throws BindingError for what SQLite has no value for
 */
export function bindValues(values: readonly Value[], sql: string): BoundValue[] {
  return values.map((value, index) => bindValue(value, index + 1, sql))
}

function bindValue(value: Value, position: number, sql: string): BoundValue {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return bindNumber(value, position, sql)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'bigint') return bindInteger(value, position, sql)
  return bindObject(value, position, sql)
}

function bindNumber(value: number, position: number, sql: string): number | bigint {
  if (Number.isNaN(value)) throw new BindingError(position, 'NaN', 'Use null where there is no number.', sql)
  return Number.isSafeInteger(value) ? BigInt(value) : value
}

function bindInteger(value: bigint, position: number, sql: string): bigint {
  if (BigInt.asIntN(64, value) === value) return value
  throw new BindingError(position, `${value}, more than 64 bits hold`, 'Bind it as text.', sql)
}

/** The types let nothing but a date, bytes and null through; a caller without types may bring anything. */
function bindObject(value: unknown, position: number, sql: string): BoundValue {
  if (value === null || value instanceof Uint8Array) return value
  if (value === undefined) {
    throw new BindingError(position, 'undefined', 'Use null for no value, or leave the condition out.', sql)
  }
  if (!(value instanceof Date)) {
    throw new BindingError(position, 'an object', 'Bind its text, for instance JSON.stringify(value).', sql)
  }
  if (Number.isNaN(value.getTime()))
    throw new BindingError(position, 'an invalid date', 'Use null for no date.', sql)
  return dateText(value)
}
