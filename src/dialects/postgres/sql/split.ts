// Cuts a string of several statements into single ones. A semicolon ends nothing inside a string of any kind, a comment,
// a quoted name, the body of a function in SQL (`BEGIN ATOMIC … END`, from PostgreSQL 14 on) and the list of actions of a
// rule. What only psql understands is refused, where a server would answer with a syntax error further down.

import { type OpenStatement, collectStatements } from '../../collect-statements.js'
import type { SqlFragment } from '../../sql-fragment.js'
import type { Token } from '../../sql-tokens.js'
import { assertNoCopyFromStdin, refuseClientCommand } from './client-commands.js'
import { tokens } from './tokens.js'

/**
 * The statements of `sql`, without their semicolons and without the comments around them. A rest that holds only
 * comments is no statement.
 *
 * @throws UnterminatedSqlError where a string, quoted name, comment or body is never closed
 * @throws ClientCommandError for a command of psql, and for COPY from the client's input
 */
export function splitSql(sql: string): SqlFragment[] {
  let depth = 0
  return collectStatements(sql, tokens(sql), {
    take: (token, statement) => {
      if (statement.last === undefined) depth = 0
      if (token.kind === 'client') refuseClientCommand(token, statement)
      assertNoCopyFromStdin(token, statement)
      if (token.text === ';' && depth === 0) return 'end'
      depth = Math.max(0, depth + step(token, statement, depth))
      return 'part'
    },
    doubleQuotes: 'quoted name',
    open: (statement) => {
      if (depth === 0) return undefined
      return kindOf(statement) === 'rule'
        ? { what: 'list of actions of the rule', closing: ')' }
        : { what: 'body of the routine', closing: 'END; for its BEGIN ATOMIC' }
    },
  })
}

/** How much deeper a token leads into what a semicolon does not end. */
function step(token: Token, statement: OpenStatement, depth: number): number {
  const kind = kindOf(statement)
  if (kind === 'rule') return token.text === '(' ? 1 : token.text === ')' ? -1 : 0
  if (kind !== 'routine' || token.kind !== 'word') return 0
  const previous = statement.last?.text.toUpperCase()
  const word = token.text.toUpperCase()
  if (depth === 0) return word === 'ATOMIC' && previous === 'BEGIN' ? 1 : 0
  // After a dot or AS, reserved words are names.
  if (previous === '.' || previous === 'AS') return 0
  return word === 'CASE' ? 1 : word === 'END' ? -1 : 0
}

function kindOf({ head }: OpenStatement): 'routine' | 'rule' | undefined {
  const [create, second, , fourth] = head.slice(0, 4).map((token) => token.text.toUpperCase())
  if (create !== 'CREATE') return undefined
  const thing = second === 'OR' ? fourth : second
  if (thing === 'FUNCTION' || thing === 'PROCEDURE') return 'routine'
  return thing === 'RULE' ? 'rule' : undefined
}
