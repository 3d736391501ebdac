import { tokenize } from './tokens.js'

/** The offsets of the `?` that stand for values. */
export function placeholders(sql: string): number[] {
  if (!sql.includes('?')) return []
  return tokenize(sql)
    .filter(({ kind, text }) => kind === 'parameter' && text === '?')
    .map(({ offset }) => offset)
}
