// A statement as a person reads it: each value written where it is bound. Never run: what runs is bound.

import type { Dialect, Statement } from './dialect.js'

/** Strings, quoted names and comments, in which a question mark is none of ours; and the question mark. */
const part = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g

export function inlineBindings(dialect: Dialect, { sql, bindings }: Statement): string {
  let next = 0
  return sql.replaceAll(part, (text) => {
    if (text !== '?' || next >= bindings.length) return text
    const value = bindings[next] ?? null
    next += 1
    return dialect.literal(value)
  })
}
