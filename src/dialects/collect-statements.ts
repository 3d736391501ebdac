// Puts the tokens of a script together to single statements. What ends a statement is for the dialect to say; what is
// left out (comments and white space around a statement, its semicolon) is the same everywhere.

import { UnterminatedSqlError } from './errors.js'
import { PlaceReader } from './place-reader.js'
import type { SqlFragment } from './sql-fragment.js'
import { type Token, isTrivia } from './sql-tokens.js'

/** As much of what is never closed as helps to find it. */
const shownLength = 1000

/** As many tokens as tell what kind of statement it is. */
const headLength = 24

/** The statement that is being read. Of its tokens only those are kept that tell where it ends. */
export interface OpenStatement {
  /** The first ones. None are white space or comments. */
  readonly head: readonly Token[]
  readonly beforeLast: Token | undefined
  readonly last: Token | undefined
  /** Where a token stands; they are to be asked for in their order. */
  placeOf(token: Token): Place
}

export interface Place {
  readonly line: number
  readonly column: number
}

export interface StatementRules {
  /** What a token is to the statement so far: part of it, its end, or something apart, of which no trace is kept. */
  readonly take: (token: Token, statement: OpenStatement) => 'part' | 'end' | 'apart'
  /** What stands in double quotes. */
  readonly doubleQuotes: 'quoted name' | 'string'
  /** What in the last statement is open, where the text ends, and has taken the semicolons behind it for its own. */
  readonly open: (statement: OpenStatement) => OpenThing | undefined
}

export interface OpenThing {
  readonly what: string
  readonly closing: string
}

/**
 * The statements that `tokens` make up, cut out of `sql`.
 *
 * @throws UnterminatedSqlError where a string, quoted name, comment or body is never closed
 */
export function collectStatements(
  sql: string,
  tokens: Iterable<Token>,
  { take, doubleQuotes, open }: StatementRules,
): SqlFragment[] {
  const places = new PlaceReader(sql)
  const fragments: SqlFragment[] = []
  const unterminated = ({ what, closing }: OpenThing, { offset }: Token): Error =>
    new UnterminatedSqlError(what, closing, {
      ...places.at(offset),
      sql: sql.slice(offset, offset + shownLength),
    })
  let statement = new Statement(places)
  const finish = () => {
    const fragment = statement.cutOutOf(sql)
    if (fragment !== undefined) fragments.push(fragment)
    statement = new Statement(places)
  }
  for (const token of tokens) {
    if (token.kind === 'unterminated') throw unterminated(unterminatedThing(token.text, doubleQuotes), token)
    if (isTrivia(token)) continue
    const role = take(token, statement)
    if (role === 'end') finish()
    else if (role === 'part') statement.add(token)
  }
  const [first] = statement.head
  const thing = first === undefined ? undefined : open(statement)
  if (first !== undefined && thing !== undefined) throw unterminated(thing, first)
  finish()
  return fragments
}

function unterminatedThing(text: string, doubleQuotes: StatementRules['doubleQuotes']): OpenThing {
  if (text.startsWith('/*')) return { what: 'comment', closing: '*/' }
  if (text.startsWith('[')) return { what: 'quoted name', closing: ']' }
  const [, closing = "'"] = /^(?:[a-z]&?)?(["'`]|\$[^$]*\$)/i.exec(text) ?? []
  if (closing === '"') return { what: doubleQuotes, closing }
  return { what: closing === '`' ? 'quoted name' : 'string', closing }
}

class Statement implements OpenStatement {
  readonly head: Token[] = []
  beforeLast: Token | undefined
  last: Token | undefined
  readonly #places: PlaceReader
  #end = 0

  constructor(places: PlaceReader) {
    this.#places = places
  }

  add(token: Token): void {
    if (this.head.length < headLength) this.head.push(token)
    this.beforeLast = this.last
    this.last = token
    if (token.text !== ';') this.#end = token.offset + token.text.length
  }

  placeOf(token: Token): Place {
    return this.#places.at(token.offset)
  }

  cutOutOf(sql: string): SqlFragment | undefined {
    const [first] = this.head
    if (first === undefined || this.#end <= first.offset) return undefined
    return { sql: sql.slice(first.offset, this.#end), ...this.placeOf(first) }
  }
}
