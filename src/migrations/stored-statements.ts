// Statements as the ledger keeps them: JSON, with the kinds of value that JSON lacks spelled out.

import type { Statement } from '../dialects/dialect.js'
import type { Value } from '../schema/expression.js'

type StoredValue =
  string | number | boolean | null | { readonly [kind in 'bigint' | 'date' | 'bytes']?: string }

interface StoredStatement {
  readonly sql: string
  readonly bindings?: readonly StoredValue[]
  readonly note?: string
  readonly withoutForeignKeys?: boolean
  readonly restoresSetting?: boolean
}

export function writeStatements(statements: readonly Statement[]): string {
  return JSON.stringify(
    statements.map(({ sql, bindings, note, withoutForeignKeys, restoresSetting }): StoredStatement => ({
      sql,
      ...(bindings.length === 0 ? {} : { bindings: bindings.map(storeValue) }),
      ...(note === undefined ? {} : { note }),
      ...(withoutForeignKeys === true ? { withoutForeignKeys } : {}),
      ...(restoresSetting === true ? { restoresSetting } : {}),
    })),
  )
}

export function readStatements(text: string): readonly Statement[] {
  // The text was written by writeStatements.
  const stored = JSON.parse(text) as readonly StoredStatement[]
  return stored.map((statement) => ({ ...statement, bindings: (statement.bindings ?? []).map(restoreValue) }))
}

function storeValue(value: Value): StoredValue {
  if (typeof value === 'bigint') return { bigint: value.toString() }
  if (value instanceof Date) return { date: value.toISOString() }
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  return value
}

function restoreValue(value: StoredValue): Value {
  if (typeof value !== 'object' || value === null) return value
  if (value.bigint !== undefined) return BigInt(value.bigint)
  if (value.date !== undefined) return new Date(value.date)
  return Buffer.from(value.bytes ?? '', 'base64')
}
