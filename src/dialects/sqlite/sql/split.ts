// Cuts a string of several statements into single ones. A semicolon inside a string, a comment, a quoted name or the
// body of a trigger ends nothing. The body of a trigger ends as SQLite's own shell sees it end: at `;`, then `END`,
// then `;` (https://www.sqlite.org/c3ref/complete.html), so that `CASE … END` inside needs no counting.

import { type OpenStatement, collectStatements } from '../../collect-statements.js'
import type { SqlFragment } from '../../sql-fragment.js'
import { readTokens } from '../../sql-tokens.js'
import { scan } from './tokens.js'

/**
 * The statements of `sql`, without their semicolons and without the comments around them. A rest that holds only
 * comments is no statement.
 *
 * @throws UnterminatedSqlError where a string, quoted name, comment or body is never closed
 */
export function splitSql(sql: string): SqlFragment[] {
  // The semicolons of the trigger that is being read.
  let inside = 0
  return collectStatements(sql, readTokens(sql, scan), {
    take: (token, statement) => {
      if (statement.last === undefined) inside = 0
      if (token.text !== ';') return 'part'
      if (endsStatement(statement)) return 'end'
      inside += 1
      return 'part'
    },
    doubleQuotes: 'quoted name',
    open: (statement) =>
      inside > 0 && !endsStatement(statement)
        ? { what: 'body of the trigger', closing: 'END; after a statement that ends in a semicolon' }
        : undefined,
  })
}

/** Whether a semicolon ends the statement, rather than a statement in a trigger's body. */
function endsStatement(statement: OpenStatement): boolean {
  if (!isTrigger(statement)) return true
  return statement.last?.text.toUpperCase() === 'END' && statement.beforeLast?.text === ';'
}

function isTrigger({ head }: OpenStatement): boolean {
  const [create, second, third] = head.slice(0, 3).map((token) => token.text.toUpperCase())
  if (create !== 'CREATE') return false
  return second === 'TRIGGER' || ((second === 'TEMP' || second === 'TEMPORARY') && third === 'TRIGGER')
}
