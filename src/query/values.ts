// Which values may be bound to a statement. What JavaScript would turn into NULL or into text without a word (undefined,
// NaN, an object in a condition) is refused here. What is written may be an object or a list, and becomes JSON.

import type { Value } from '../schema/expression.js'
import { invalidValueError, undefinedValueError } from './errors.js'

/** What JSON can hold. A Date becomes its ISO text, and a member that is undefined is left out. */
export type Json = string | number | boolean | null | Date | JsonContainer
export type JsonContainer = readonly Json[] | { readonly [name: string]: Json | undefined }

/** The same for a value that is written: a plain object or a list as its JSON text, whatever the column's type. */
export function writable(value: unknown, subject: string): Value {
  return isJsonContainer(value) ? jsonText(value, subject) : bindable(value, subject)
}

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

function isJsonContainer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}

/** Refuses what JSON.stringify would turn into null or leave out without a word. */
function jsonText(container: unknown, subject: string): string {
  const refuse = (given: string): never => {
    throw invalidValueError(subject, given, 'Give what JSON can hold, or the text of the JSON itself.')
  }
  try {
    return JSON.stringify(container, function (this: object, name, value: unknown) {
      // `value` is what toJSON has made of it.
      const original: unknown = Reflect.get(this, name)
      const fault = jsonFault(original, Array.isArray(this))
      return fault === undefined ? value : refuse(`${fault} at "${name}" of a value for JSON`)
    })
  } catch (error) {
    if (error instanceof TypeError) return refuse('an object that holds itself')
    throw error
  }
}

function jsonFault(value: unknown, isInList: boolean): string | undefined {
  if (typeof value === 'object') return objectFault(value)
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value)
  if (value === undefined) return isInList ? 'undefined' : undefined
  return typeof value === 'string' || typeof value === 'boolean' ? undefined : `a ${typeof value}`
}

function objectFault(value: object | null): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : undefined
  return value === null || isJsonContainer(value) ? undefined : `a ${value.constructor.name}`
}
