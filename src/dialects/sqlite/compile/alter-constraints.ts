// Foreign keys and checks added and dropped. Both stand in the table's statement, so each of these is a rebuild.

import { foreignKeyName } from '../../../schema/names.js'
import type { AddCheck, AddForeignKey, DropCheck, DropForeignKey } from '../../../schema/operations.js'
import { alreadyExists, noSuch } from '../../structure-errors.js'
import type { Change } from './alter-change.js'
import { checkSql, foreignKeySql } from './compile-constraint.js'
import type {
  ColumnConstraintSource,
  ColumnSource,
  TableConstraintSource,
} from '../create-table/create-table.js'
import { appendConstraint, withoutColumnConstraints, withoutConstraints } from '../create-table/edit-table.js'
import { sameName } from '../sql/names.js'
import { parseConstraintSql } from '../create-table/parse-column-sql.js'
import { requireColumn } from './table-lookup.js'
import { type TableState, tableNameOf } from './table-state.js'

const noAlterTable = 'ALTER TABLE cannot change keys and checks'

export const addForeignKey: Change<AddForeignKey> = {
  apply(table, { foreignKey }) {
    for (const name of foreignKey.columns) requireColumn(table, name)
    return withConstraint(table, foreignKeySql(tableNameOf(table), foreignKey))
  },
  rebuildReason: () => noAlterTable,
  native: () => [],
}

export const dropForeignKey: Change<DropForeignKey> = {
  apply(table, operation) {
    const isDropped = (columns: readonly string[], name: string | undefined): boolean =>
      isMeant(table, operation, columns, name)
    const dropped = droppedKeys(table, isDropped)
    if (dropped === undefined) throw noSuch('foreign key', operation.name, keyNames(table), table.name)
    return dropped
  },
  rebuildReason: () => noAlterTable,
  native: () => [],
}

export const addCheck: Change<AddCheck> = {
  apply(table, { check }) {
    if (!checkNames(table).some((name) => sameName(name, check.name)))
      return withConstraint(table, checkSql(check))
    throw alreadyExists(
      'check',
      check.name,
      `Give it another name, or first table.dropCheck('${check.name}').`,
      table.name,
    )
  },
  rebuildReason: () => noAlterTable,
  native: () => [],
}

export const dropCheck: Change<DropCheck> = {
  apply(table, { name }) {
    const isDropped = (item: TableConstraintSource | ColumnConstraintSource): boolean =>
      item.kind === 'check' && item.constraintName !== undefined && sameName(item.constraintName, name)
    const dropped = droppedConstraints(table, isDropped, (_, item) => isDropped(item))
    if (dropped === undefined) throw noSuch('check', name, checkNames(table), table.name)
    return dropped
  },
  rebuildReason: () => noAlterTable,
  native: () => [],
}

function withConstraint(table: TableState, sql: string): TableState {
  return { ...table, source: appendConstraint(table.source, parseConstraintSql(sql)) }
}

/** A key is meant by its columns, by its own name, or by the name that the convention would give it. */
function isMeant(
  table: TableState,
  { name, columns }: DropForeignKey,
  keyColumns: readonly string[],
  keyName: string | undefined,
): boolean {
  if (keyName !== undefined && sameName(keyName, name)) return true
  if (columns !== undefined)
    return (
      columns.length === keyColumns.length &&
      columns.every((column, at) => sameName(column, keyColumns[at] ?? ''))
    )
  return keyName === undefined && sameName(foreignKeyName(tableNameOf(table), keyColumns), name)
}

function droppedKeys(
  table: TableState,
  isDropped: (columns: readonly string[], name: string | undefined) => boolean,
): TableState | undefined {
  return droppedConstraints(
    table,
    (item) => item.kind === 'foreignKey' && isDropped(item.columns, item.constraintName),
    (column, item) => item.kind === 'references' && isDropped([column.name], item.constraintName),
  )
}

/** The table without the constraints that are meant; undefined where none is. */
function droppedConstraints(
  table: TableState,
  isDropped: (constraint: TableConstraintSource) => boolean,
  isDroppedOf: (column: ColumnSource, constraint: ColumnConstraintSource) => boolean,
): TableState | undefined {
  const columns = table.source.columns.filter((column) =>
    column.constraints.some((item) => isDroppedOf(column, item)),
  )
  if (columns.length === 0 && !table.source.constraints.some(isDropped)) return undefined
  const source = columns.reduce(
    (edited, column) => withoutColumnConstraints(edited, column, (item) => isDroppedOf(column, item)),
    withoutConstraints(table.source, isDropped),
  )
  return { ...table, source }
}

function keyNames(table: TableState): readonly string[] {
  const name = (columns: readonly string[], given: string | undefined): string =>
    given ?? foreignKeyName(tableNameOf(table), columns)
  return [
    ...table.source.columns.flatMap((column) =>
      column.constraints.flatMap((item) =>
        item.kind === 'references' ? [name([column.name], item.constraintName)] : [],
      ),
    ),
    ...table.source.constraints.flatMap((item) =>
      item.kind === 'foreignKey' ? [name(item.columns, item.constraintName)] : [],
    ),
  ]
}

function checkNames({ source }: TableState): readonly string[] {
  return [...source.columns.flatMap((column) => column.constraints), ...source.constraints].flatMap((item) =>
    item.kind === 'check' && item.constraintName !== undefined ? [item.constraintName] : [],
  )
}
