// What an operation names in a table: found, or refused with the nearest name.

import { alreadyExists, noSuch } from '../../structure-errors.js'
import type { ColumnSource } from '../create-table/create-table.js'
import { findColumn } from '../create-table/edit-table.js'
import type { TableState } from './table-state.js'

/** The column of that name. */
export function requireColumn(table: TableState, name: string): ColumnSource {
  const column = findColumn(table.source, name)
  if (column !== undefined) return column
  const known = table.source.columns.map((other) => other.name)
  throw noSuch('column', name, known, table.name)
}

/** The columns of the primary key, wherever it is written; empty where there is none. */
export function primaryKeyColumns({ source }: Pick<TableState, 'source'>): readonly string[] {
  const constraint = source.constraints.find((item) => item.kind === 'primaryKey')
  if (constraint?.kind === 'primaryKey') return constraint.columns
  return source.columns
    .filter((column) => column.constraints.some(({ kind }) => kind === 'primaryKey'))
    .map((column) => column.name)
}

/** Throws a `SchemaError` where the table has a primary key, because it can have only one. */
export function refuseSecondPrimaryKey(table: TableState): void {
  const existing = primaryKeyColumns(table)
  if (existing.length === 0) return
  throw alreadyExists('primary key', existing.join(', '), 'First drop it: table.dropPrimary().', table.name)
}
