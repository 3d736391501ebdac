import { ScriptTokens } from './tokens.js'

/** The offsets of the `?` that stand for values. */
export function placeholders(sql: string): number[] {
  if (!sql.includes('?')) return []
  return [...new ScriptTokens(sql)].filter(({ text }) => text === '?').map(({ offset }) => offset)
}
