// Which values may be bound to a statement. What JavaScript would turn into NULL or into text without a word (undefined,
// NaN, an object) is refused here.

import type { Value } from '../schema/expression.js'
import { invalidValueError, undefinedValueError } from './errors.js'

/** The value, when it can be bound. `subject` names for the error what it was given to. */
export function bindable(value: unknown, subject: string): Value {
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value
  if (typeof value === 'object') return bindableObject(value, subject)
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  if (value === undefined) throw undefinedValueError(subject)
  throw invalidValueError(
    subject,
    typeof value === 'number' ? 'NaN' : `a ${typeof value}`,
    'Give the value itself, or null.',
  )
}

/** The same for a list of bindings, each named by its position. */
export function bindableList(values: readonly unknown[], subject: string): Value[] {
  return values.map((value, index) => bindable(value, `Binding ${index + 1} of ${subject}`))
}

function bindableObject(value: object | null, subject: string): Value {
  if (value === null || value instanceof Uint8Array) return value
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime()))
      throw invalidValueError(subject, 'an invalid Date', 'Give a valid Date, or null.')
    return value
  }
  const remedy = 'For a list of values use whereIn(); for a JSON column write JSON.stringify(value).'
  throw invalidValueError(subject, Array.isArray(value) ? 'an array' : 'an object', remedy)
}
