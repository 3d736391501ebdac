// The compiled `down` as the ledger keeps it: JSON, with the kinds of value that JSON lacks spelled out.

import type { Statement } from '../dialects/dialect.js'
import { unwrapValue, wrapValue } from './stored-value.js'

/** A `down` that was compiled when its migration was applied. */
export interface StoredDown {
  readonly statements: readonly Statement[]
  /**
   * The tables that a rebuild among the statements makes anew from how they were then, each with the hash of its
   * structure. Where a later migration has changed one, the statements would undo that too, and lose its data.
   */
  readonly standsOn: Readonly<Record<string, string>>
  /** `false` where they must not be one transaction. */
  readonly transaction: boolean
}

interface StoredStatement {
  readonly sql: string
  readonly bindings?: readonly unknown[]
  readonly note?: string
  readonly withoutForeignKeys?: boolean
  readonly restoresSetting?: boolean
}

interface StoredText {
  readonly statements: readonly StoredStatement[]
  readonly standsOn?: Readonly<Record<string, string>>
  readonly transaction?: boolean
}

export function writeDown({ statements, standsOn, transaction }: StoredDown): string {
  const text: StoredText = {
    statements: statements.map(storeStatement),
    ...(Object.keys(standsOn).length === 0 ? {} : { standsOn }),
    ...(transaction ? {} : { transaction }),
  }
  return JSON.stringify(text)
}

export function readDown(text: string): StoredDown {
  // The text was written by writeDown.
  const { statements, standsOn = {}, transaction = true } = JSON.parse(text) as StoredText
  return { statements: statements.map(restoreStatement), standsOn, transaction }
}

function storeStatement(statement: Statement): StoredStatement {
  const { sql, bindings, note, withoutForeignKeys, restoresSetting } = statement
  return {
    sql,
    ...(bindings.length === 0 ? {} : { bindings: bindings.map(wrapValue) }),
    ...(note === undefined ? {} : { note }),
    ...(withoutForeignKeys === true ? { withoutForeignKeys } : {}),
    ...(restoresSetting === true ? { restoresSetting } : {}),
  }
}

function restoreStatement(stored: StoredStatement): Statement {
  return { ...stored, bindings: (stored.bindings ?? []).map(unwrapValue) }
}
