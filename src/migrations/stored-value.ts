// Values as JSON keeps them, so that they come back as what they were: in the ledger's compiled `down` and in the journal.

import type { Value } from '../schema/expression.js'

/** What JSON lacks, by a key that says what it is. */
const kinds = ['bigint', 'date', 'bytes', 'object'] as const

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
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return { date: value.toISOString() }
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(wrap)
  const entries = Object.entries(value).map(([key, item]) => [key, wrap(item)] as const)
  const plain = Object.fromEntries(entries)
  return isWrapped(plain) ? { object: plain } : plain
}

function unwrap(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null) return stored
  if (Array.isArray(stored)) return stored.map(unwrap)
  if (isWrapped(stored)) {
    if (typeof stored.bigint === 'string') return BigInt(stored.bigint)
    if (typeof stored.date === 'string') return new Date(stored.date)
    if (typeof stored.bytes === 'string') return Buffer.from(stored.bytes, 'base64')
    return unwrapEntries(stored.object)
  }
  return unwrapEntries(stored)
}

function unwrapEntries(stored: unknown): unknown {
  return Object.fromEntries(Object.entries(stored ?? {}).map(([key, item]) => [key, unwrap(item)]))
}

/** An object of one key that is one of ours; one of the user's that looks so is wrapped itself. */
function isWrapped(stored: object): stored is Wrapped {
  const [key, ...others] = Object.keys(stored)
  return others.length === 0 && kinds.some((kind) => kind === key)
}
