// Cuts SQL into the tokens of SQLite's own tokenizer (https://www.sqlite.org/src/file/src/tokenize.c).

import {
  type Scanned,
  type Token,
  type TokenPatterns,
  closed,
  endAfter,
  endOfQuote,
  readTokens,
  scanPatterns,
} from '../../sql-tokens.js'

export { type Token, isTrivia } from '../../sql-tokens.js'

const patterns: TokenPatterns = [
  ['word', /[A-Za-z_\u0080-\uFEFE\uFF00-\uFFFF][\w$\u0080-\uFFFF]*/y],
  ['space', /[ \t\n\f\r]+|\uFEFF/y],
  ['number', /0[xX][\dA-Fa-f_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y],
  ['parameter', /\?\d*|[@:#$][\w$\u0080-\uFFFF]+/y],
  ['operator', /->>?|\|\||<[<>=]?|>[>=]?|==?|!=|[-+*/%&|~(),;.]/y],
]

/** All tokens of `sql`, white space and comments among them. */
export function tokenize(sql: string): Token[] {
  return [...readTokens(sql, scan)]
}

/** The name that a token stands for, without its quotes. SQLite takes a string for a name where only one can stand. */
export function unquote(text: string): string {
  const quote = text[0]
  if (quote === '[') return text.slice(1, -1)
  if (quote !== '"' && quote !== "'" && quote !== '`') return text
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}

export function scan(sql: string, start: number): Scanned {
  return scanQuoted(sql, start) ?? scanComment(sql, start) ?? scanPatterns(sql, start, patterns)
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
