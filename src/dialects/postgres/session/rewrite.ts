// From the SQL of the contract, in which values stand as `?`, to PostgreSQL's own `$1`, and from a place in the latter
// back to the former.

import { fillPlaceholders } from '../sql/placeholders.js'
import { tokens } from '../sql/tokens.js'

const maxKept = 500
const kept = new Map<string, string>()

/** Without bindings a `?` is the operator of that name; `??` is it in any case. */
export function serverSql(sql: string, hasBindings: boolean): string {
  if (!sql.includes('?')) return sql
  if (!hasBindings) return fillPlaceholders(sql, () => '?')
  const found = kept.get(sql)
  if (found !== undefined) return found
  const text = fillPlaceholders(sql, (index) => `$${index + 1}`)
  if (kept.size >= maxKept) kept.clear()
  kept.set(sql, text)
  return text
}

/**
 * Where the server's `position` is in the caller's SQL, as an offset in UTF-16 units. The server counts characters from 1,
 * in the SQL that it was sent.
 */
export function offsetOf(sql: string, hasBindings: boolean, position: number): number {
  const sent = serverSql(sql, hasBindings)
  const offset = Array.from(sent)
    .slice(0, position - 1)
    .join('').length
  if (sent === sql) return offset
  let sentLength = 0
  let index = 0
  for (const token of tokens(sql)) {
    const written = sentText(token.text, index, hasBindings)
    if (token.text === '?') index += 1
    if (sentLength + written.length > offset)
      return token.offset + Math.min(offset - sentLength, token.text.length)
    sentLength += written.length
  }
  return sql.length
}

function sentText(text: string, index: number, hasBindings: boolean): string {
  if (text === '??') return '?'
  return text === '?' && hasBindings ? `$${index + 1}` : text
}
