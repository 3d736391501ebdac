// Cuts SQL into the tokens of SQLite's own tokenizer (https://www.sqlite.org/src/file/src/tokenize.c). Nothing is left
// out: the texts of all tokens, one after the other, are the input again. It judges nothing; a token that SQLite would
// refuse is `unknown` or `unterminated`.

export type TokenKind =
  | 'space'
  | 'comment'
  /** A bare identifier or keyword. */
  | 'word'
  /** An identifier in `"…"`, backticks or `[…]`. */
  | 'quoted'
  | 'string'
  | 'number'
  | 'blob'
  | 'parameter'
  | 'operator'
  /** A quote, bracket or block comment that is never closed; it reaches to the end. */
  | 'unterminated'
  | 'unknown'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Where it begins, in UTF-16 units from 0. */
  readonly offset: number
}

interface Scanned {
  readonly kind: TokenKind
  readonly end: number
}

/** The kinds that are told by a pattern, in the order in which they are tried. */
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', /[A-Za-z_\u0080-\uFEFE\uFF00-\uFFFF][\w$\u0080-\uFFFF]*/y],
  ['space', /[ \t\n\f\r]+|\uFEFF/y],
  ['number', /0[xX][\dA-Fa-f_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y],
  ['parameter', /\?\d*|[@:#$][\w$\u0080-\uFFFF]+/y],
  ['operator', /->>?|\|\||<[<>=]?|>[>=]?|==?|!=|[-+*/%&|~(),;.]/y],
]

/** All tokens of `sql`, white space and comments among them. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  let offset = 0
  while (offset < sql.length) {
    const { kind, end } = scan(sql, offset)
    tokens.push({ kind, text: sql.slice(offset, end), offset })
    offset = end
  }
  return tokens
}

/** Whether a token is white space or a comment. */
export function isTrivia(token: Token): boolean {
  return token.kind === 'space' || token.kind === 'comment'
}

/** The name that a token stands for, without its quotes. SQLite takes a string for a name where only one can stand. */
export function unquote(text: string): string {
  const quote = text[0]
  if (quote === '[') return text.slice(1, -1)
  if (quote !== '"' && quote !== "'" && quote !== '`') return text
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}

function scan(sql: string, start: number): Scanned {
  return scanQuoted(sql, start) ?? scanComment(sql, start) ?? scanPattern(sql, start)
}

function scanQuoted(sql: string, start: number): Scanned | undefined {
  switch (sql.charAt(start)) {
    case "'":
      return closed('string', sql, endOfQuote(sql, start, "'"))
    case '"':
    case '`':
      return closed('quoted', sql, endOfQuote(sql, start, sql.charAt(start)))
    case '[':
      return closed('quoted', sql, endAfter(sql, start + 1, ']'))
    case 'x':
    case 'X':
      return sql[start + 1] === "'" ? closed('blob', sql, endAfter(sql, start + 2, "'")) : undefined
    default:
      return undefined
  }
}

function scanComment(sql: string, start: number): Scanned | undefined {
  if (sql.startsWith('--', start)) {
    const lineEnd = sql.indexOf('\n', start)
    return { kind: 'comment', end: lineEnd === -1 ? sql.length : lineEnd }
  }
  return sql.startsWith('/*', start) ? closed('comment', sql, endAfter(sql, start + 2, '*/')) : undefined
}

function scanPattern(sql: string, start: number): Scanned {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    if (pattern.test(sql)) return { kind, end: pattern.lastIndex }
  }
  return { kind: 'unknown', end: start + 1 }
}

function closed(kind: TokenKind, sql: string, end: number | undefined): Scanned {
  return end === undefined ? { kind: 'unterminated', end: sql.length } : { kind, end }
}

/** The end of a text in quotes; a doubled quote stands for itself. */
function endOfQuote(sql: string, start: number, quote: string): number | undefined {
  let end = sql.indexOf(quote, start + 1)
  while (end !== -1 && sql[end + 1] === quote) end = sql.indexOf(quote, end + 2)
  return end === -1 ? undefined : end + 1
}

function endAfter(sql: string, from: number, mark: string): number | undefined {
  const found = sql.indexOf(mark, from)
  return found === -1 ? undefined : found + mark.length
}
