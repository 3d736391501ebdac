// Cuts SQL into the tokens of MySQL and MariaDB (https://dev.mysql.com/doc/refman/9.7/en/language-structure.html), and
// their scripts at the delimiter that the script has set. The session's `sql_mode` has neither ANSI_QUOTES nor
// NO_BACKSLASH_ESCAPES: `"…"` is a string, and a backslash takes the next character with it.

import {
  type Scanned,
  type Token,
  type TokenPatterns,
  closed,
  endAfter,
  endOfEscapedQuote,
  endOfQuote,
  isTrivia,
  scanPatterns,
} from '../../sql-tokens.js'

const patterns: TokenPatterns = [
  [
    'number',
    /(?:0x[\dA-Fa-f]+|0b[01]+|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w$\u0080-\uFFFF])/y,
  ],
  ['word', /[\w$\u0080-\uFFFF]+/y],
  ['space', /[ \t\n\v\f\r]+/y],
  ['parameter', /\?/y],
  ['client', /\\[^\s]/y],
  ['operator', /<=>|->>?|<[<>=]?|>[>=]?|!=|:=|&&|\|\||\.\.|[-+*/%&|^~!=@(){}[\],;:.]/y],
]

/** `--` begins a comment only before white space, a control character or the end. */
const lineComment = /(?:#|--(?=[\0-\x20\x7F]|$))[^\n]*/y

/** `/*!50003` and MariaDB's `/*M!`: what follows is code for those who are meant. MySQL skips what is for MariaDB. */
const conditionalStart = /\/\*M?!\d{0,6}/y

const dollarQuote = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y

/** Kinds in which a delimiter ends nothing. */
const closedKinds: ReadonlySet<string> = new Set(['string', 'blob', 'quoted', 'comment', 'unterminated'])

/** The tokens of one script. */
export class ScriptTokens implements Iterable<Token> {
  readonly #sql: string
  #delimiter = ';'
  /** Where the delimiter is found next, in code or not; kept, so that the script is searched once. */
  #nextDelimiter = -1
  #skipTo = 0
  #conditionalSince: number | undefined
  /** The last tokens but white space and comments, the latest first. */
  #previous: readonly [string, string, string] = ['', '', '']

  constructor(sql: string) {
    this.#sql = sql
  }

  /** Whether the last token lies between the signs around code for some versions. */
  get isInConditional(): boolean {
    return this.#conditionalSince !== undefined
  }

  /** Whether the script has said what ends its statements. */
  get hasOwnDelimiter(): boolean {
    return this.#delimiter !== ';'
  }

  /** From here on statements end at `delimiter`; reading goes on at `offset`. */
  setDelimiter(delimiter: string, offset: number): void {
    this.#delimiter = delimiter
    this.#nextDelimiter = -1
    this.#skipTo = offset
  }

  *[Symbol.iterator](): Generator<Token, undefined> {
    let offset = 0
    while (offset < this.#sql.length) {
      const { kind, end } = this.#scan(offset)
      const token = { kind, text: this.#sql.slice(offset, end), offset }
      yield token
      if (!isTrivia(token)) this.#previous = [token.text, this.#previous[0], this.#previous[1]]
      offset = Math.max(end, this.#skipTo)
    }
    const since = this.#conditionalSince
    if (since !== undefined) yield { kind: 'unterminated', text: this.#sql.slice(since), offset: since }
  }

  #scan(start: number): Scanned {
    const delimiterAt = this.#findDelimiter(start)
    if (delimiterAt === start) return { kind: 'delimiter', end: start + this.#delimiter.length }
    const scanned = this.#scanConditional(start) ?? this.#scanDollarQuote(start) ?? scan(this.#sql, start)
    return scanned.end <= delimiterAt || closedKinds.has(scanned.kind)
      ? scanned
      : { kind: scanned.kind, end: delimiterAt }
  }

  #findDelimiter(start: number): number {
    if (this.#nextDelimiter < start) {
      const found = this.#sql.indexOf(this.#delimiter, start)
      this.#nextDelimiter = found === -1 ? Infinity : found
    }
    return this.#nextDelimiter
  }

  #scanConditional(start: number): Scanned | undefined {
    if (this.#conditionalSince !== undefined && this.#sql.startsWith('*/', start)) {
      this.#conditionalSince = undefined
      return { kind: 'conditional', end: start + 2 }
    }
    conditionalStart.lastIndex = start
    if (!conditionalStart.test(this.#sql)) return undefined
    this.#conditionalSince ??= start
    return { kind: 'conditional', end: conditionalStart.lastIndex }
  }

  /** `LANGUAGE JAVASCRIPT AS $$…$$`, the text of a routine in MySQL 9; elsewhere a dollar is part of a name. */
  #scanDollarQuote(start: number): Scanned | undefined {
    if (this.#sql[start] !== '$') return undefined
    const [as, , language] = this.#previous.map((text) => text.toUpperCase())
    if (as !== 'AS' || language !== 'LANGUAGE') return undefined
    dollarQuote.lastIndex = start
    const mark = dollarQuote.exec(this.#sql)?.[0]
    if (mark === undefined) return undefined
    return closed('string', this.#sql, endAfter(this.#sql, start + mark.length, mark))
  }
}

function scan(sql: string, start: number): Scanned {
  if (start === 0 && sql.startsWith('\uFEFF')) return { kind: 'space', end: 1 }
  return scanQuoted(sql, start) ?? scanComment(sql, start) ?? scanPatterns(sql, start, patterns)
}

function scanQuoted(sql: string, start: number): Scanned | undefined {
  const quote = sql.charAt(start)
  switch (quote) {
    case "'":
    case '"':
      return closed('string', sql, endOfEscapedQuote(sql, start, quote))
    case '`':
      return closed('quoted', sql, endOfQuote(sql, start, quote))
    case 'n':
    case 'N':
      return sql[start + 1] === "'"
        ? closed('string', sql, endOfEscapedQuote(sql, start + 1, "'"))
        : undefined
    case 'b':
    case 'B':
    case 'x':
    case 'X':
      return sql[start + 1] === "'" ? closed('blob', sql, endAfter(sql, start + 2, "'")) : undefined
    default:
      return undefined
  }
}

function scanComment(sql: string, start: number): Scanned | undefined {
  lineComment.lastIndex = start
  if (lineComment.test(sql)) return { kind: 'comment', end: lineComment.lastIndex }
  return sql.startsWith('/*', start) ? closed('comment', sql, endAfter(sql, start + 2, '*/')) : undefined
}
