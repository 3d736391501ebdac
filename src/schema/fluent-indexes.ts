// The indexes that are asked for on a column itself: `table.string('email').unique()`.

import type { ColumnDefinition, ColumnIndex } from './column-definition.js'
import { IndexDefinition } from './index-definition.js'
import { fitName, indexName } from './names.js'
import type { IndexKind, Operation } from './operations.js'
import type { TableName } from './table-name.js'

/** Each of these serves the purpose of those after it, so that a column gets the first only, as in Laravel. */
const lookups: readonly IndexKind[] = ['primary', 'unique', 'index']
const others: readonly IndexKind[] = ['fulltext', 'spatial', 'vector']

/** What becomes of the indexes of one column. */
export function operationsOnIndexes(
  table: TableName,
  column: ColumnDefinition,
  maxBytes?: number,
): Operation[] {
  const operation = (kind: IndexKind) => indexOperation(table, column, kind, maxBytes)
  const dropped = lookups.filter((kind) => column.indexes.get(kind) === false)
  const lookup = lookups.filter((kind) => isAsked(column.indexes.get(kind))).slice(0, 1)
  return [...dropped, ...lookup, ...others].flatMap(operation)
}

/** A primary key over the one column that numbers its rows: the column is that already. */
export function isImpliedByAutoIncrement(
  operation: Operation,
  columns: readonly ColumnDefinition[],
): boolean {
  if (operation.kind !== 'addIndex' || operation.index.kind !== 'primary' || operation.index.isNamed)
    return false
  const [first, ...more] = operation.index.columns
  if (first === undefined || more.length > 0 || !('column' in first)) return false
  return columns.some((column) => column.name === first.column && column.column().autoIncrement === true)
}

function isAsked(index: ColumnIndex | undefined): boolean {
  return index !== undefined && index !== false
}

function indexOperation(
  table: TableName,
  column: ColumnDefinition,
  kind: IndexKind,
  maxBytes?: number,
): Operation[] {
  const asked = column.indexes.get(kind)
  if (asked === undefined) return []
  const actual = kind === 'index' && column.column().type === 'vector' ? 'vector' : kind
  if (asked !== false) {
    const name = asked === true ? undefined : asked
    return [
      new IndexDefinition(table, kind, { kind: actual, columns: column.name, name }, maxBytes).operation(),
    ]
  }
  const name = fitName(indexName(table, actual, [column.name]), maxBytes)
  return column.isChange ? [{ kind: 'dropIndex', table, indexKind: actual, name }] : []
}
