// How a database's own SQL is shown.

/** `(uuid())` is shown as `uuid()`, and `(a + b) * (c + d)` as it is. */
export function withoutParentheses(sql: string): string {
  if (!sql.startsWith('(') || !sql.endsWith(')')) return sql
  const inner = sql.slice(1, -1)
  const depths = Array.from(inner.replaceAll(/'[^']*'/g, ''), (sign) =>
    sign === '(' ? 1 : sign === ')' ? -1 : 0,
  )
  let depth = 0
  return depths.every((step) => (depth += step) >= 0) ? inner : sql
}
