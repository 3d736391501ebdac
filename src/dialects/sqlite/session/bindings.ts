// Turns the values that callers give into those that SQLite stores.

import type { Value } from '../../../schema/expression.js'
import { assertBindable } from '../../bindings.js'
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
  assertBindable(value, position, sql)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'bigint') return bindInteger(value, position, sql)
  return value instanceof Date ? dateText(value) : value
}

function bindInteger(value: bigint, position: number, sql: string): bigint {
  if (BigInt.asIntN(64, value) === value) return value
  throw new BindingError(position, `${value}, more than 64 bits hold`, 'Bind it as text.', sql)
}
