// Walks over the tokens of a statement that SQLite has accepted, past white space and comments. What lies between two
// tokens is cut out of the statement by offsets, so that nothing of its spelling is lost.

import { type Token, isTrivia, tokenize, unquote } from './tokens.js'

/** The statement is not of the shape that was expected. */
export class UnexpectedToken extends Error {}

/** The names of a list in brackets, and whether `AUTOINCREMENT` stands at its end. */
export interface ColumnList {
  readonly columns: readonly string[]
  readonly autoincrement: boolean
}

export class TokenReader {
  readonly sql: string
  readonly #tokens: readonly Token[]
  #position = 0

  constructor(sql: string) {
    this.sql = sql
    this.#tokens = tokenize(sql).filter((token) => !isTrivia(token))
  }

  /** Where the last token that was taken ends. */
  get end(): number {
    const last = this.#tokens[this.#position - 1]
    return last === undefined ? 0 : last.offset + last.text.length
  }

  /** Where the next token begins. */
  get start(): number {
    return this.#tokens[this.#position]?.offset ?? this.sql.length
  }

  /** The next token in capitals; empty at the end. A name in quotes keeps them, and so equals no keyword. */
  peek(ahead = 0): string {
    return this.#tokens[this.#position + ahead]?.text.toUpperCase() ?? ''
  }

  peekKind(): Token['kind'] | undefined {
    return this.#tokens[this.#position]?.kind
  }

  take(): Token {
    const token = this.#tokens[this.#position]
    if (token === undefined) throw new UnexpectedToken('the statement ends too early')
    this.#position += 1
    return token
  }

  /** Takes `words` where they come next, all of them or none. */
  accept(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.peek(ahead) === word)) return false
    this.#position += words.length
    return true
  }

  acceptOneOf(...words: readonly string[]): boolean {
    return words.some((word) => this.accept(word))
  }

  expect(word: string): void {
    if (!this.accept(word)) throw new UnexpectedToken(`${word} was expected at ${this.start}`)
  }

  takeName(): string {
    return unquote(this.take().text)
  }

  /** Takes `( … )` and gives what stands inside, without the white space and comments at its edges. */
  takeGroup(): string {
    this.expect('(')
    const start = this.start
    let end = start
    for (let depth = 1; depth > 0;) {
      const token = this.take()
      if (token.text === '(') depth += 1
      if (token.text === ')') depth -= 1
      if (depth > 0) end = this.end
    }
    return this.sql.slice(start, end)
  }

  /** Takes `(a, "b" COLLATE nocase DESC, …)` and gives the names alone. */
  takeColumnList(): ColumnList {
    this.expect('(')
    const columns: string[] = []
    let autoincrement = false
    for (let isAtName = true, depth = 1; depth > 0;) {
      const token = this.take()
      if (token.text === '(') depth += 1
      else if (token.text === ')') depth -= 1
      else if (token.text === ',' && depth === 1) isAtName = true
      else if (isAtName) {
        columns.push(unquote(token.text))
        isAtName = false
      } else autoincrement ||= token.text.toUpperCase() === 'AUTOINCREMENT'
    }
    return { columns, autoincrement }
  }
}
