// Cuts SQL into the tokens of PostgreSQL (https://www.postgresql.org/docs/current/sql-syntax-lexical.html), with `?` for
// values as every dialect of Tidemark has it. A backslash in a plain string stands for itself: the server's setting
// `standard_conforming_strings` is taken to be on, as it is unless somebody turned it off.

import {
  type Scanned,
  type Token,
  type TokenPatterns,
  closed,
  endAfter,
  endOfEscapedQuote,
  endOfQuote,
  readTokens,
  scanPatterns,
} from '../../sql-tokens.js'

/**
 * An operator is as long a run of these as there is, so that `@>-1` is one; for what is done with tokens here, one
 * character is enough, and a comment that begins inside of the run is seen.
 */
const patterns: TokenPatterns = [
  ['word', /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y],
  ['space', /[ \t\n\f\r\v]+/y],
  [
    'number',
    /0[xX][\dA-Fa-f_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y,
  ],
  ['operator', /\?\?|::|:=|=>|\.\.|[-+*/<>=~!@#%^&|`()[\],;:.]/y],
  ['parameter', /\?|\$\d+/y],
  ['client', /\\(?:[A-Za-z]+|[^\s\w]+)?/y],
]

const dollarQuote = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y

const blanks = /[ \t\n\r\f\v]+/y

const lineBreak = /[\n\r]/g

const commentMark = /\/\*|\*\//g

/** All tokens of `sql`, white space and comments among them, one by one. */
export function tokens(sql: string): Generator<Token, undefined> {
  return readTokens(sql, scan)
}

function scan(sql: string, start: number): Scanned {
  if (start === 0 && sql.startsWith('\uFEFF')) return { kind: 'space', end: 1 }
  return scanQuoted(sql, start) ?? scanComment(sql, start) ?? scanPatterns(sql, start, patterns)
}

function scanQuoted(sql: string, start: number): Scanned | undefined {
  switch (sql.charAt(start)) {
    case "'":
      return closed('string', sql, endOfQuote(sql, start, "'"))
    case '"':
      return closed('quoted', sql, endOfQuote(sql, start, '"'))
    case '$':
      return scanDollarQuote(sql, start)
    case 'e':
    case 'E':
      return sql[start + 1] === "'" ? closed('string', sql, endOfEscapeString(sql, start + 1)) : undefined
    case 'n':
    case 'N':
      return sql[start + 1] === "'" ? closed('string', sql, endOfQuote(sql, start + 1, "'")) : undefined
    case 'b':
    case 'B':
    case 'x':
    case 'X':
      return sql[start + 1] === "'" ? closed('blob', sql, endOfQuote(sql, start + 1, "'")) : undefined
    case 'u':
    case 'U':
      return scanUnicode(sql, start)
    default:
      return undefined
  }
}

/** `U&'…'` and `U&"…"`; a backslash in them takes no quote with it. */
function scanUnicode(sql: string, start: number): Scanned | undefined {
  if (sql[start + 1] !== '&') return undefined
  const quote = sql.charAt(start + 2)
  if (quote === "'") return closed('string', sql, endOfQuote(sql, start + 2, quote))
  return quote === '"' ? closed('quoted', sql, endOfQuote(sql, start + 2, quote)) : undefined
}

function scanDollarQuote(sql: string, start: number): Scanned | undefined {
  dollarQuote.lastIndex = start
  const mark = dollarQuote.exec(sql)?.[0]
  return mark === undefined ? undefined : closed('string', sql, endAfter(sql, start + mark.length, mark))
}

/** A string with backslashes goes on with backslashes in the parts that follow on further lines. */
function endOfEscapeString(sql: string, quote: number): number | undefined {
  let end = endOfEscapedQuote(sql, quote, "'")
  while (end !== undefined) {
    const next = nextPart(sql, end)
    if (next === undefined) return end
    end = endOfEscapedQuote(sql, next, "'")
  }
  return undefined
}

/** The quote of a further part; between the two are a line break, other white space and line comments alone. */
function nextPart(sql: string, end: number): number | undefined {
  let hasLineBreak = false
  let at = end
  for (;;) {
    blanks.lastIndex = at
    const space = blanks.exec(sql)?.[0]
    if (space !== undefined) {
      hasLineBreak ||= space.includes('\n') || space.includes('\r')
      at += space.length
    } else if (sql.startsWith('--', at)) at = endOfLine(sql, at)
    else return hasLineBreak && sql[at] === "'" ? at : undefined
  }
}

function scanComment(sql: string, start: number): Scanned | undefined {
  if (sql.startsWith('--', start)) return { kind: 'comment', end: endOfLine(sql, start) }
  return sql.startsWith('/*', start) ? closed('comment', sql, endOfBlockComment(sql, start)) : undefined
}

function endOfLine(sql: string, start: number): number {
  lineBreak.lastIndex = start
  return lineBreak.exec(sql)?.index ?? sql.length
}

/** Comments nest. */
function endOfBlockComment(sql: string, start: number): number | undefined {
  let depth = 0
  commentMark.lastIndex = start
  for (let mark = commentMark.exec(sql); mark !== null; mark = commentMark.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return commentMark.lastIndex
  }
  return undefined
}
