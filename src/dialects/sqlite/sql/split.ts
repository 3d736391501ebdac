// Cuts a string of several statements into single ones. A semicolon inside a string, a comment, a quoted name or the
// body of a trigger ends nothing. The body of a trigger ends as SQLite's own shell sees it end: at `;`, then `END`,
// then `;` (https://www.sqlite.org/c3ref/complete.html), so that `CASE … END` inside needs no counting.

import { UnterminatedSqlError } from '../../errors.js'
import { PlaceReader } from '../../place-reader.js'
import type { SqlFragment } from '../../sql-fragment.js'
import { type Token, isTrivia, tokenize } from './tokens.js'

/**
 * The statements of `sql`, without their semicolons and without the comments around them. A rest that holds only
 * comments is no statement.
 *
 * @throws UnterminatedSqlError where a string, quoted name or comment is never closed
 */
export function splitSql(sql: string): SqlFragment[] {
  const places = new PlaceReader(sql)
  const fragments: SqlFragment[] = []
  let current: Token[] = []
  const finish = () => {
    const fragment = toFragment(sql, current, places)
    if (fragment !== undefined) fragments.push(fragment)
    current = []
  }
  for (const token of tokenize(sql)) {
    if (token.kind === 'unterminated') throw unterminated(token, places)
    if (isTrivia(token)) continue
    if (token.text === ';' && endsStatement(current)) finish()
    else current.push(token)
  }
  finish()
  return fragments
}

/** Whether a semicolon after `tokens` ends the statement, rather than a statement in a trigger's body. */
function endsStatement(tokens: readonly Token[]): boolean {
  if (!isTrigger(tokens)) return true
  const [beforeLast, last] = tokens.slice(-2)
  return last?.text.toUpperCase() === 'END' && beforeLast?.text === ';'
}

function isTrigger(tokens: readonly Token[]): boolean {
  const [create, second, third] = tokens.slice(0, 3).map((token) => token.text.toUpperCase())
  if (create !== 'CREATE') return false
  return second === 'TRIGGER' || ((second === 'TEMP' || second === 'TEMPORARY') && third === 'TRIGGER')
}

function toFragment(sql: string, tokens: readonly Token[], places: PlaceReader): SqlFragment | undefined {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first === undefined || last === undefined) return undefined
  return { sql: sql.slice(first.offset, last.offset + last.text.length), ...places.at(first.offset) }
}

function unterminated(token: Token, places: PlaceReader): UnterminatedSqlError {
  return new UnterminatedSqlError(token.text, places.at(token.offset))
}
