// Finds a statement that writes random values, by itself or through a default or a trigger: run again it would write
// others, and what the caller has read of the first ones, and written elsewhere, would be wrong. Told by names alone, so
// a statement may be found that only mentions such a table.

import { isIdentifier } from '../sql/mentions.js'
import { foldName } from '../sql/names.js'
import { quoteIdentifier } from '../sql/literal.js'
import { tokenize, unquote } from '../sql/tokens.js'
import type { Handle } from './handle.js'

/** The first of the statements that may write random values. */
export function findRandom(handle: Handle, statements: readonly string[]): string | undefined {
  const names = randomNames(handle)
  return statements.find((sql) => {
    if (handle.kindOf(sql) === 'other') return isRandom(sql) && makesRows(sql)
    return isRandom(sql) || namesAny(sql, names)
  })
}

function isRandom(sql: string): boolean {
  return /\brandom(?:blob)?\s*\(/i.test(sql)
}

/** A default is only written down by CREATE TABLE; a query is run. */
function makesRows(sql: string): boolean {
  return /\bas\s+(?:select|with|values)\b/i.test(sql)
}

/** The tables and views that have random values in a default, a query or a trigger, or in what a trigger writes to. */
function randomNames(handle: Handle): ReadonlySet<string> {
  const objects = handle.query('PRAGMA database_list').flatMap((row) => {
    const schema = quoteIdentifier(String(row['name']))
    return handle.query(`SELECT type, tbl_name, sql FROM ${schema}.sqlite_schema WHERE sql IS NOT NULL`)
  })
  const names = new Set<string>()
  for (let size = -1; size < names.size;) {
    size = names.size
    for (const object of objects) {
      const sql = String(object['sql'])
      const isReached = object['type'] === 'trigger' && namesAny(sql, names)
      if (isReached || isRandom(sql)) names.add(foldName(String(object['tbl_name'])))
    }
  }
  return names
}

/** Also in `insert into tokens (value)`, where a name stands before a bracket. */
function namesAny(sql: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
  return tokenize(sql).some((token) => isIdentifier(token) && names.has(foldName(unquote(token.text))))
}
