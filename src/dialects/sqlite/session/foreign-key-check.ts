// Reads which rows break a foreign key, and tells those that a change has broken from those that were broken before.

import type { Handle } from './handle.js'
import { type Orphans } from '../errors.js'
import { quoteIdentifier } from '../sql/literal.js'

interface Violation {
  readonly schema: string
  readonly table: string
  /** Undefined in a table without rowids. */
  readonly rowid: number | bigint | undefined
  readonly parent: string
}

/** How many times each violation is there; in a table without rowids several look alike. */
export type Violations = ReadonlyMap<string, { readonly violation: Violation; readonly count: number }>

export function readViolations(handle: Handle): Violations {
  const found = new Map<string, { violation: Violation; count: number }>()
  for (const violation of schemaNames(handle).flatMap((schema) => readSchema(handle, schema))) {
    const key = JSON.stringify([violation.schema, violation.table, String(violation.rowid), violation.parent])
    found.set(key, { violation, count: (found.get(key)?.count ?? 0) + 1 })
  }
  return found
}

/** What is broken now and was not before, by table. */
export function newOrphans(before: Violations, now: Violations): readonly Orphans[] {
  const byKey = new Map<string, Orphans>()
  for (const [key, { violation, count }] of now) {
    const added = count - (before.get(key)?.count ?? 0)
    if (added <= 0) continue
    const { schema, table, parent } = violation
    const group = JSON.stringify([schema, table, parent])
    const rows = (byKey.get(group)?.rows ?? 0) + added
    byKey.set(group, { table, parent, rows, query: checkQuery(schema, table) })
  }
  return [...byKey.values()]
}

function schemaNames(handle: Handle): readonly string[] {
  return handle.query('PRAGMA database_list').map((row) => String(row['name']))
}

function readSchema(handle: Handle, schema: string): readonly Violation[] {
  try {
    return readRows(handle, schema, `PRAGMA ${quoteIdentifier(schema)}.foreign_key_check`)
  } catch {
    return readTableByTable(handle, schema)
  }
}

/**
 * The check fails as a whole where one foreign key points to columns that no unique index covers. SQLite lets such a
 * key be until rows are written, and so the table that has it is passed over here.
 */
function readTableByTable(handle: Handle, schema: string): readonly Violation[] {
  return tableNames(handle, schema).flatMap((table) => {
    try {
      return readRows(handle, schema, checkQuery(schema, table))
    } catch {
      return []
    }
  })
}

function tableNames(handle: Handle, schema: string): readonly string[] {
  const catalogue = `${quoteIdentifier(schema)}.sqlite_schema`
  return handle.query(`SELECT name FROM ${catalogue} WHERE type = 'table'`).map((row) => String(row['name']))
}

function checkQuery(schema: string, table: string): string {
  return `PRAGMA ${quoteIdentifier(schema)}.foreign_key_check(${quoteIdentifier(table)})`
}

function readRows(handle: Handle, schema: string, sql: string): readonly Violation[] {
  return handle.query(sql).map((row) => {
    const rowid = row['rowid']
    const isInteger = typeof rowid === 'number' || typeof rowid === 'bigint'
    return {
      schema,
      table: String(row['table']),
      rowid: isInteger ? rowid : undefined,
      parent: String(row['parent']),
    }
  })
}
