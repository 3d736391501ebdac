// The check of an enum, as PostgreSQL writes it back.

import { quoteIdentifier } from '../sql/literal.js'

const value = String.raw`E?'(?:[^']|'')*'::[a-z ]+`
const list = String.raw`ANY \(\(?ARRAY\[${value}(?:, ${value})*\]\)?(?:::text\[\])?\)`
const comparison = new RegExp(String.raw`^\)?(?:::text)? = (?:${list}|${value})\)*$`)

/** Whether the condition only lists the values of the column: `((type)::text = ANY ((ARRAY['movie'::…])::text[]))`. */
export function isListCheck(condition: string, column: string): boolean {
  const bare = condition.replace(/^\(+/, '')
  const names = [quoteIdentifier(column), column]
  return names.some((name) => bare.startsWith(name) && comparison.test(bare.slice(name.length)))
}
