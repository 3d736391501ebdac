// What no database has a value for, refused before a statement is sent. How a value is written is each dialect's own.

import type { Value } from '../schema/expression.js'
import { BindingError } from './errors.js'

/**
 * The types let nothing but values through; a caller without types may bring anything.
 *
 * @param position of the value among those of the statement, from 1
 * @throws BindingError for NaN, undefined, an invalid date and any other object
 */
export function assertBindable(value: unknown, position: number, sql: string): asserts value is Value {
  const refused = fault(value)
  if (refused !== undefined) throw new BindingError(position, ...refused, sql)
}

function fault(value: unknown): readonly [what: string, remedy: string] | undefined {
  if (value === undefined) return ['undefined', 'Use null for no value, or leave the condition out.']
  if (typeof value === 'number') {
    return Number.isNaN(value) ? ['NaN', 'Use null where there is no number.'] : undefined
  }
  return ['string', 'boolean', 'bigint'].includes(typeof value) ? undefined : objectFault(value)
}

function objectFault(value: unknown): readonly [what: string, remedy: string] | undefined {
  if (value === null || value instanceof Uint8Array) return undefined
  if (!(value instanceof Date)) return ['an object', 'Bind its text, for instance JSON.stringify(value).']
  return Number.isNaN(value.getTime()) ? ['an invalid date', 'Use null for no date.'] : undefined
}
