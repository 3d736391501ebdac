// Values as JSON keeps them, so that they come back as what they were: in the ledger's compiled `down` and in the journal.

import type { Value } from '../schema/expression.js'

/** What JSON lacks, by a key that says what it is. */
const kinds = ['bigint', 'number', 'date', 'bytes', 'object'] as const

type Wrapped = Readonly<Partial<Record<(typeof kinds)[number], unknown>>>

/** Any value that a row or a snapshot holds, as JSON text. */
export function toStoredText(value: unknown): string {
  return JSON.stringify(wrap(value)) ?? 'null'
}

export function fromStoredText(text: string): unknown {
  return unwrap(JSON.parse(text))
}

/** A bound value as something that JSON can hold. */
export function wrapValue(value: Value): unknown {
  return wrap(value)
}

export function unwrapValue(stored: unknown): Value {
  // It was made by wrapValue.
  return unwrap(stored) as Value
}

function wrap(value: unknown): unknown {
  if (typeof value === 'bigint') return { bigint: value.toString() }
  if (typeof value === 'number' && !isNumberOfJson(value)) return { number: textOf(value) }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return { date: Number.isNaN(value.getTime()) ? '' : value.toISOString() }
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(wrap)
  // What is undefined is not in JSON, where an object that loses it may look like one of ours.
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  const plain = Object.fromEntries(entries.map(([key, item]) => [key, wrap(item)] as const))
  return isWrapped(plain) ? { object: plain } : plain
}

function unwrap(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null) return stored
  if (Array.isArray(stored)) return stored.map(unwrap)
  if (isWrapped(stored)) {
    if (typeof stored.bigint === 'string') return BigInt(stored.bigint)
    if (typeof stored.number === 'string') return Number(stored.number)
    if (typeof stored.date === 'string') return new Date(stored.date)
    if (typeof stored.bytes === 'string') return Buffer.from(stored.bytes, 'base64')
    return unwrapEntries(stored.object)
  }
  return unwrapEntries(stored)
}

function isNumberOfJson(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

function textOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

function unwrapEntries(stored: unknown): unknown {
  return Object.fromEntries(Object.entries(stored ?? {}).map(([key, item]) => [key, unwrap(item)]))
}

/** An object of one key that is one of ours; one of the user's that looks so is wrapped itself. */
function isWrapped(stored: object): stored is Wrapped {
  const [key, ...others] = Object.keys(stored)
  return others.length === 0 && kinds.some((kind) => kind === key)
}
