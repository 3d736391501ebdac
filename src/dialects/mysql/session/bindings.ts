// Turns the values that callers give into those that mysql2 sends with a prepared statement.

import type { Value } from '../../../schema/expression.js'
import { assertBindable } from '../../bindings.js'
import { BindingError } from '../../errors.js'
import { dateText } from '../sql/literal.js'
import type { DriverValue, MysqlDriver } from './driver.js'

/**
 * The values as the driver takes them. Whole numbers are sent as integers: as the doubles that the driver would make of
 * them, they are not taken by LIMIT, and a JSON column keeps `1` as `1.0`.
 *
 * @throws BindingError for what the server has no value for
 */
export function bindValues(
  values: readonly Value[],
  sql: string,
  types: MysqlDriver['types'],
): DriverValue[] {
  const bindInteger = (value: bigint, position: number): DriverValue => {
    if (BigInt.asIntN(64, value) === value) return types.LONGLONG(value)
    if (BigInt.asUintN(64, value) === value) return types.LONGLONG.unsigned(value)
    throw new BindingError(position, `${value}, more than 64 bits hold`, 'Bind it as text.', sql)
  }
  const bindNumber = (value: number, position: number): DriverValue => {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return bindInteger(BigInt(value), position)
    if (Number.isFinite(value)) return value
    throw new BindingError(position, String(value), 'Use null where there is no number.', sql)
  }
  return values.map((value, index) => {
    const position = index + 1
    assertBindable(value, position, sql)
    if (typeof value === 'string' || value === null) return value
    if (typeof value === 'number') return bindNumber(value, position)
    if (typeof value === 'boolean') return types.LONGLONG(value ? 1n : 0n)
    if (typeof value === 'bigint') return bindInteger(value, position)
    if (value instanceof Date) return dateText(value)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  })
}
