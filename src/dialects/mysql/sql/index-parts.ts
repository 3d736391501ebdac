// What stands between the brackets of an index. The user's own SQL may be a column with a length, `name(10)`, a column
// with a direction, `name desc`, or an expression, which MySQL wants in brackets of its own, `(lower(name))`.

import type { Index, IndexColumn } from '../../../schema/operations.js'
import { isTrivia, type Token } from '../../sql-tokens.js'
import { quoteIdentifier } from './literal.js'
import { isBracketed } from './expressions.js'
import { ScriptTokens } from './tokens.js'

/** Whether a part of the index is neither a column nor the leading characters of one. */
export function hasExpression(index: Pick<Index, 'columns'>): boolean {
  return index.columns.some(
    (part) => 'expression' in part && splitParts(part.expression).some((item) => !isColumn(item)),
  )
}

export function indexPartsSql(columns: readonly IndexColumn[]): string {
  return columns.map(partSql).join(', ')
}

function partSql(part: IndexColumn): string {
  if ('column' in part) return quoteIdentifier(part.column)
  return splitParts(part.expression).map(writtenPart).join(', ')
}

function writtenPart(item: string): string {
  if (isColumn(item)) return item
  const { expression, direction } = withoutDirection(item)
  return isBracketed(expression) ? item : `(${expression})${direction}`
}

const columnPattern = /^(?:`(?:[^`]|``)+`|[\w$\u0080-\uFFFF]+)\s*(?:\(\s*\d+\s*\))?\s*(?:asc|desc)?$/i

function isColumn(item: string): boolean {
  return columnPattern.test(item)
}

function withoutDirection(item: string): { readonly expression: string; readonly direction: string } {
  const direction = /\s+(?:asc|desc)$/i.exec(item)?.[0] ?? ''
  return { expression: item.slice(0, item.length - direction.length), direction }
}

/** The parts of a list, which a comma outside brackets divides. */
function splitParts(sql: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (const token of new ScriptTokens(sql)) {
    depth += depthChange(token)
    if (depth !== 0 || token.text !== ',') continue
    parts.push(sql.slice(start, token.offset))
    start = token.offset + 1
  }
  return [...parts, sql.slice(start)].map((part) => part.trim())
}

function depthChange(token: Token): number {
  if (isTrivia(token) || token.kind !== 'operator') return 0
  return token.text === '(' ? 1 : token.text === ')' ? -1 : 0
}
