// What kind of expression a piece of SQL is.

import { isTrivia } from '../../sql-tokens.js'
import { ScriptTokens } from './tokens.js'

/** Whether the first bracket of an expression is closed by its last token, `(a + b)` but not `(a) + (b)`. */
export function isBracketed(sql: string): boolean {
  let depth = 0
  let isFirst = true
  let isClosed = false
  for (const token of new ScriptTokens(sql)) {
    if (isTrivia(token)) continue
    if (isClosed || (isFirst && token.text !== '(')) return false
    isFirst = false
    if (token.kind === 'operator') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0
    isClosed = depth === 0
  }
  return isClosed
}

/** The expression in brackets, which it may have already. */
export function inBrackets(sql: string): string {
  return isBracketed(sql) ? sql.trim() : `(${sql.trim()})`
}

/** The expression without brackets that stand around the whole. */
export function withoutBrackets(sql: string): string {
  return isBracketed(sql) ? withoutBrackets(sql.trim().slice(1, -1)) : sql.trim()
}

/** Whether it is one string, number or run of bytes. */
export function isLiteral(sql: string): boolean {
  const tokens = [...new ScriptTokens(sql)].filter((token) => !isTrivia(token))
  const [first, second] = tokens
  if (tokens.length === 2 && first?.text === '-') return second?.kind === 'number'
  return tokens.length === 1 && first !== undefined && literalKinds.has(first.kind)
}

const literalKinds: ReadonlySet<string> = new Set(['string', 'number', 'blob'])

export function isCurrentMoment(sql: string): boolean {
  return /^current_timestamp(?:\(\d*\))?$/i.test(sql)
}
