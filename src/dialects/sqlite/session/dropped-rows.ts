// Tells whether DROP TABLE would reach rows of other tables. With foreign keys enforced SQLite deletes a table's rows
// before it drops it, which fires ON DELETE CASCADE in the tables that reference it
// (https://www.sqlite.org/foreignkeys.html#fk_schemacommands). Other databases refuse to drop such a table.
//
// Looked at right before the statement runs: a stored `down` was compiled when other tables may not have been there yet.
// SQLite keeps in memory which tables are referenced, so asking it for the program of the statement costs the same
// however many tables there are; foreign keys are read only where that program touches some.

import { quoteIdentifier } from '../sql/literal.js'
import { isTrivia, tokenize, unquote } from '../sql/tokens.js'
import type { Handle } from './handle.js'
import { isBusy } from './result-code.js'

/** Whether `sql` drops a table that is referenced, while foreign keys are enforced. */
export function dropsReferencedTable(handle: Handle, sql: string): boolean {
  if (!/^drop\s+table\b/i.test(sql) || !deletesRows(handle, sql)) return false
  const name = tableName(sql)
  return handle.query('PRAGMA database_list').some((row) => isReferenced(handle, String(row['name']), name))
}

/** The program of a DROP TABLE counts broken keys only where it deletes the rows first. */
function deletesRows(handle: Handle, sql: string): boolean {
  try {
    return handle.query(`EXPLAIN ${sql}`).some((row) => row['opcode'] === 'FkIfZero')
  } catch (error) {
    if (isBusy(error)) throw error
    // There is no such table; the statement itself says so better.
    return false
  }
}

/** By another table, or by itself: its actions then stop the drop (RESTRICT), or go deeper than SQLite lets them. */
function isReferenced(handle: Handle, schema: string, name: string): boolean {
  const rows = handle.query(
    `SELECT 1 FROM ${quoteIdentifier(schema)}.sqlite_schema child JOIN pragma_foreign_key_list(child.name, ?) key ` +
      `WHERE child.type = 'table' AND key."table" = ? COLLATE NOCASE LIMIT 1`,
    [schema, name],
  )
  return rows.length > 0
}

/** The last word of the statement. */
function tableName(sql: string): string {
  const words = tokenize(sql).filter((token) => !isTrivia(token) && token.text !== ';')
  return unquote(words.at(-1)?.text ?? '')
}
