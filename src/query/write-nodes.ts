// Statements that write, as operation nodes.

import type {
  ColumnUpdateNode,
  InsertQueryNode,
  OnConflictNode,
  OperationNode,
  SelectQueryNode,
  UpdateQueryNode,
  ValueListNode,
  ValuesNode,
} from 'kysely'
import { misuseError } from './errors.js'
import { column, list, reference, selection, table, unqualified } from './nodes.js'
import { type Written, writtenNode } from './operands.js'

/** Columns and their values. */
export type RowValues = Readonly<Record<string, Written>>

/** As many `insert` statements as the rows need, each below `maxBindings` values. */
export function insertNodes(
  into: string,
  rows: readonly RowValues[],
  maxBindings: number,
  onConflict?: OnConflictNode,
): InsertQueryNode[] {
  const columns = sharedColumns(into, rows)
  const start = {
    kind: 'InsertQueryNode',
    into: table(into),
    ...(onConflict !== undefined && { onConflict }),
  } as const
  if (columns.length === 0) return rows.map(() => ({ ...start, defaultValues: true }))
  const portion = Math.max(1, Math.floor(maxBindings / columns.length))
  return portions(rows, portion).map((some) => ({
    ...start,
    columns: columns.map(column),
    values: valuesNode(some.map((row) => rowList(into, columns, row))),
  }))
}

/** `insert into … (columns) select …`. */
export function insertUsingNode(
  into: string,
  columns: readonly string[],
  query: SelectQueryNode,
): InsertQueryNode {
  return { kind: 'InsertQueryNode', into: table(into), columns: columns.map(column), values: query }
}

/** An insert that also gives one column of the row. */
export function returning(insert: InsertQueryNode, name: string): InsertQueryNode {
  return { ...insert, returning: { kind: 'ReturningNode', selections: [selection(column(name))] } }
}

export function updateNode(
  target: OperationNode,
  updates: readonly ColumnUpdateNode[],
  where: OperationNode | undefined,
): UpdateQueryNode {
  return {
    kind: 'UpdateQueryNode',
    table: target,
    updates,
    ...(where !== undefined && { where: { kind: 'WhereNode', where } }),
  }
}

/** `set "name" = …` for each of the values. */
export function assignments(values: RowValues, method: string): ColumnUpdateNode[] {
  return Object.entries(values).map(([name, operand]) => {
    if (name.includes('->')) throw jsonAssignmentError(name, method)
    return assignment(unqualified(name), writtenNode(operand, `${method}("${name}")`))
  })
}

export function assignment(name: string, to: OperationNode): ColumnUpdateNode {
  return { kind: 'ColumnUpdateNode', column: column(name), value: to }
}

/** What an insert does with a row that is there already; without updates it leaves it as it is. */
export function onConflict(columns: readonly string[], updates: readonly ColumnUpdateNode[]): OnConflictNode {
  return {
    kind: 'OnConflictNode',
    ...(columns.length > 0 && { columns: columns.map(column) }),
    ...(updates.length > 0 ? { updates } : { doNothing: true }),
  }
}

/** The value that an insert would have given a column, where the row was there already. */
export function proposed(name: string): OperationNode {
  return reference(`excluded.${name}`)
}

/** The columns of the first row, which every other row must have too. */
function sharedColumns(into: string, rows: readonly RowValues[]): string[] {
  const columns = Object.keys(rows[0] ?? {})
  for (const [index, row] of rows.entries()) {
    const odd =
      Object.keys(row).find((name) => !columns.includes(name)) ??
      columns.find((name) => !Object.hasOwn(row, name))
    if (odd !== undefined) throw unevenRowsError(into, index, odd, Object.hasOwn(row, odd))
  }
  return columns
}

function valuesNode(values: readonly ValueListNode[]): ValuesNode {
  return { kind: 'ValuesNode', values }
}

function rowList(into: string, columns: readonly string[], row: RowValues): ValueListNode {
  return list(columns.map((name) => writtenNode(row[name], `Column "${name}" of an insert into "${into}"`)))
}

function portions<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size)
  return starts.map((start) => items.slice(start, start + size))
}

function unevenRowsError(into: string, index: number, name: string, isExtra: boolean): Error {
  const fault = isExtra
    ? `has a column "${name}" that the first row does not have`
    : `has no column "${name}", as the first row has`
  return misuseError(
    `Row ${index + 1} of the insert into "${into}" ${fault}.`,
    'Give every row the same columns, with null where there is no value, or insert the rows in groups.',
  )
}

function jsonAssignmentError(name: string, method: string): Error {
  const [path = name, ...legs] = name.split('->')
  return misuseError(
    `${method}() cannot set "${name}", a place inside a JSON value.`,
    `Set the whole column by the database's own function: ${method}({ ${path}: db.raw("json_set(${path}, '$.${legs.join('.')}', …)") }).`,
  )
}
