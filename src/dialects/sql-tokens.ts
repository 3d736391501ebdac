// What cutting SQL into tokens has in common on all databases: the kinds of token, quotes and comments. Each dialect has
// its own scanner over this (`sql/tokens.ts` in its folder), which follows the tokenizer of its server. None leaves
// anything out: the texts of all tokens, one after the other, are the input again. None judges: a token that the server
// would refuse is `unknown` or `unterminated`.

export type TokenKind =
  | 'space'
  | 'comment'
  /** A bare identifier or keyword. */
  | 'word'
  /** An identifier in quotes or brackets. */
  | 'quoted'
  | 'string'
  | 'number'
  | 'blob'
  | 'parameter'
  | 'operator'
  /** A quote, bracket or block comment that is never closed; it reaches to the end. */
  | 'unterminated'
  /** What belongs to the server's command-line client, a backslash and what follows. */
  | 'client'
  /** The signs around code that only some versions of a server read. */
  | 'conditional'
  /** The end of a statement, where scripts may say what that is. */
  | 'delimiter'
  | 'unknown'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Where it begins, in UTF-16 units from 0. */
  readonly offset: number
}

export interface Scanned {
  readonly kind: TokenKind
  readonly end: number
}

/** Finds the end of the token that begins at an offset. */
export type Scan = (sql: string, start: number) => Scanned

/** The kinds that are told by a sticky pattern, in the order in which they are tried. */
export type TokenPatterns = readonly (readonly [TokenKind, RegExp])[]

/** All tokens of `sql` one by one, white space and comments among them. */
export function* readTokens(sql: string, scan: Scan): Generator<Token, undefined> {
  let offset = 0
  while (offset < sql.length) {
    const { kind, end } = scan(sql, offset)
    yield { kind, text: sql.slice(offset, end), offset }
    offset = end
  }
}

/** Whether a token is white space or a comment. */
export function isTrivia(token: Token): boolean {
  return token.kind === 'space' || token.kind === 'comment'
}

export function scanPatterns(sql: string, start: number, patterns: TokenPatterns): Scanned {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    if (pattern.test(sql)) return { kind, end: pattern.lastIndex }
  }
  return { kind: 'unknown', end: start + 1 }
}

export function closed(kind: TokenKind, sql: string, end: number | undefined): Scanned {
  return end === undefined ? { kind: 'unterminated', end: sql.length } : { kind, end }
}

/** The end of a text whose opening quote is at `start`; a doubled quote stands for itself. */
export function endOfQuote(sql: string, start: number, quote: string): number | undefined {
  let end = sql.indexOf(quote, start + 1)
  while (end !== -1 && sql[end + 1] === quote) end = sql.indexOf(quote, end + 2)
  return end === -1 ? undefined : end + 1
}

/** The same where a backslash takes the next character with it. */
export function endOfEscapedQuote(sql: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < sql.length; at += 1) {
    const character = sql[at]
    if (character === '\\') at += 1
    else if (character === quote && sql[at + 1] === quote) at += 1
    else if (character === quote) return at + 1
  }
  return undefined
}

export function endAfter(sql: string, from: number, mark: string): number | undefined {
  const found = sql.indexOf(mark, from)
  return found === -1 ? undefined : found + mark.length
}
