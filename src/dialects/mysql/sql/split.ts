// Cuts a string of several statements into single ones. What the `mysql` client does with a script is done here: a line
// with DELIMITER says what ends a statement from there on. Without one, the bodies of routines, triggers and events are
// known by their blocks (compound.ts), so that a semicolon inside ends nothing.

import { type OpenStatement, type OpenThing, collectStatements } from '../../collect-statements.js'
import type { SqlFragment } from '../../sql-fragment.js'
import type { Token } from '../../sql-tokens.js'
import { isDelimiterCommand, readDelimiter, refuseClientCommand } from './client-commands.js'
import { Blocks, isCompound } from './compound.js'
import { ScriptTokens } from './tokens.js'

/**
 * The statements of `sql`, without what ends them and without the comments around them. A rest that holds only comments
 * is no statement.
 *
 * @throws UnterminatedSqlError where a string, quoted name, comment or body is never closed
 * @throws ClientCommandError for a command of the `mysql` client other than DELIMITER
 */
export function splitSql(sql: string): SqlFragment[] {
  const splitter = new Splitter(sql)
  return collectStatements(sql, splitter.tokens, {
    take: (token, statement) => splitter.take(token, statement),
    doubleQuotes: 'string',
    open: () => splitter.open(),
  })
}

class Splitter {
  readonly tokens: ScriptTokens
  readonly #sql: string
  #blocks = new Blocks()
  /** Told once, when the first semicolon comes. */
  #isCompound: boolean | undefined

  constructor(sql: string) {
    this.#sql = sql
    this.tokens = new ScriptTokens(sql)
  }

  take(token: Token, statement: OpenStatement): 'part' | 'end' | 'apart' {
    if (statement.last === undefined) {
      if (isDelimiterCommand(token)) return this.#setDelimiter(token, statement)
      this.#blocks = new Blocks()
      this.#isCompound = undefined
    }
    refuseClientCommand(token, statement)
    this.#blocks.take(token)
    return this.#ends(token, statement) ? 'end' : 'part'
  }

  /** A routine with semicolons whose blocks are not all closed; whoever sets a delimiter has said where it ends. */
  open(): OpenThing | undefined {
    if (this.#isCompound !== true || this.tokens.hasOwnDelimiter) return undefined
    // The last word is judged by what follows.
    this.#blocks.take({ kind: 'operator', text: ';', offset: 0 })
    if (!this.#blocks.isOpen) return undefined
    return {
      what: 'body of the routine',
      closing: 'the END of each of its blocks, or set a DELIMITER and write that behind it',
    }
  }

  #setDelimiter(token: Token, statement: OpenStatement): 'apart' {
    const { delimiter, end } = readDelimiter(this.#sql, token, statement)
    this.tokens.setDelimiter(delimiter, end)
    return 'apart'
  }

  #ends(token: Token, { head }: OpenStatement): boolean {
    if (token.kind === 'client') return token.text === '\\g' || token.text === '\\G'
    if (this.tokens.isInConditional) return false
    const isDelimiter = token.kind === 'delimiter'
    if (isDelimiter && token.text !== ';') return true
    if (token.text !== ';') return false
    this.#isCompound ??= isCompound(head)
    // Whoever sets a delimiter of their own says where routines end, and may still end plain statements by semicolons.
    return !this.#isCompound || (isDelimiter && !this.#blocks.isOpen)
  }
}
