// A statement as a person reads it: each value written where it is bound. Never run: what runs is bound.

import type { Dialect, Statement } from './dialect.js'

export function inlineBindings(dialect: Dialect, { sql, bindings }: Statement): string {
  return dialect.fillPlaceholders(sql, (index) => {
    const value = bindings[index]
    return value === undefined ? '?' : dialect.literal(value)
  })
}

/** The SQL with `write(0)`, `write(1)`, … in the place of the single characters at `offsets`. */
export function fillAt(sql: string, offsets: readonly number[], write: (index: number) => string): string {
  const parts = offsets.map(
    (offset, index) => sql.slice((offsets[index - 1] ?? -1) + 1, offset) + write(index),
  )
  return parts.join('') + sql.slice((offsets.at(-1) ?? -1) + 1)
}
