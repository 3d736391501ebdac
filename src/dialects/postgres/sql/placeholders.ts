import { tokens } from './tokens.js'

/**
 * The offsets of the `?` that stand for values. PostgreSQL has operators of that sign; each `?` of theirs is written
 * twice, as in Laravel: `data ?? 'key'`, `data ??| array['a', 'b']`, `data ??& …`, `data @?? '$.a'`.
 */
export function placeholders(sql: string): number[] {
  if (!sql.includes('?')) return []
  return [...tokens(sql)].filter(({ text }) => text === '?').map(({ offset }) => offset)
}

/** The SQL as the server gets it: with `write` in the place of each placeholder, and `?` where `??` stands for it. */
export function fillPlaceholders(sql: string, write: (index: number) => string): string {
  if (!sql.includes('?')) return sql
  let index = 0
  let filled = ''
  for (const { kind, text } of tokens(sql)) {
    if (text === '?') {
      filled += write(index)
      index += 1
    } else filled += kind === 'operator' && text === '??' ? '?' : text
  }
  return filled
}
