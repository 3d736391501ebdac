// Puts a parsed CREATE TABLE together again. What was only parsed comes out as it was, byte for byte. Where items were
// taken out or moved, it sees to the commas, and that no `--` comment swallows what comes after it.

import type { ColumnSource, CreateTableSource, TableConstraintSource } from './create-table.js'
import { quoteIdentifier } from '../sql/literal.js'
import { tokenize } from '../sql/tokens.js'

/** The statement; with `name`, for a table of that name. */
export function printCreateTable(
  source: CreateTableSource,
  options: { readonly name?: string } = {},
): string {
  const nameText = options.name === undefined ? source.nameText : quoteIdentifier(options.name)
  return join([
    source.head,
    nameText,
    source.beforeBody,
    '(',
    ...printItems(source),
    source.beforeClose,
    ')',
    source.tail,
  ])
}

function printItems(source: CreateTableSource): string[] {
  const items = [...source.columns, ...source.constraints]
  return items.flatMap((item, index) => {
    const next = items[index + 1]
    const hasComma = next !== undefined && !(isJoined(next) && isConstraint(item))
    return [item.leading, ...printItem(item), item.beforeComma, hasComma ? ',' : '', item.afterComma]
  })
}

function printItem(item: ColumnSource | TableConstraintSource): string[] {
  if (isConstraint(item)) return [item.text]
  return [item.nameText, item.typeText, ...item.constraints.map((constraint) => constraint.text)]
}

function isConstraint(item: ColumnSource | TableConstraintSource): item is TableConstraintSource {
  return 'isJoined' in item
}

function isJoined(item: ColumnSource | TableConstraintSource): boolean {
  return isConstraint(item) && item.isJoined
}

/** Joins pieces; one that ends in a line comment, and is not followed by the end of its line, gets one. */
function join(pieces: readonly string[]): string {
  let joined = ''
  let isCommentOpen = false
  for (const piece of pieces) {
    if (piece === '') continue
    if (isCommentOpen && !piece.startsWith('\n')) joined += '\n'
    joined += piece
    isCommentOpen = endsInLineComment(piece)
  }
  return joined
}

function endsInLineComment(piece: string): boolean {
  return piece.includes('--') && tokenize(piece).at(-1)?.text.startsWith('--') === true
}
