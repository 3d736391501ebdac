// Indexes and primary keys added, dropped and renamed. A unique key may be an index of its own or stand in the table's
// statement, as other tools write it; both are found by their name or by the conventional one.

import type { AddIndex, DropIndex, RenameIndex } from '../../../schema/operations.js'
import { indexName } from '../../../schema/names.js'
import { alreadyExists, noSuch } from '../../structure-errors.js'
import type { Change } from './alter-change.js'
import { createIndexSql, primaryKeySql } from './compile-constraint.js'
import type { ColumnConstraintSource, TableConstraintSource } from '../create-table/create-table.js'
import { appendConstraint, withoutColumnConstraints, withoutConstraints } from '../create-table/edit-table.js'
import { quoteTable, sameName } from '../sql/names.js'
import { parseConstraintSql } from '../create-table/parse-column-sql.js'
import { inSchema, withName } from '../create-table/stored-sql.js'
import { primaryKeyColumns, refuseSecondPrimaryKey, requireColumn } from './table-lookup.js'
import { type StoredIndex, type TableState, storedIndex, tableNameOf } from './table-state.js'

export const addIndex: Change<AddIndex> = {
  apply(table, { index }) {
    const columns = index.columns.flatMap((item) => ('column' in item ? [item.column] : []))
    for (const name of columns) requireColumn(table, name)
    if (index.kind === 'primary') return withPrimaryKey(table, columns)
    if (findIndex(table, index.name) !== undefined) throw indexExists(table, index.name)
    const sql = createIndexSql({ schema: undefined, name: table.name }, index)
    return { ...table, indexes: [...table.indexes, storedIndex(index.name, sql)] }
  },
  rebuildReason: (_, { index }) =>
    index.kind === 'primary' ? 'ALTER TABLE cannot add a primary key' : undefined,
  native: (table, { index }) => [createIndexSql(tableNameOf(table), index)],
}

export const dropIndex: Change<DropIndex> = {
  apply(table, operation) {
    if (operation.indexKind === 'primary') return withoutPrimaryKey(table)
    const index = findIndex(table, operation.name)
    if (index === undefined) return withoutUniqueKey(table, operation.name)
    return { ...table, indexes: table.indexes.filter((other) => other !== index) }
  },
  rebuildReason(table, { indexKind, name }) {
    if (indexKind === 'primary') return 'ALTER TABLE cannot drop a primary key'
    return findIndex(table, name) === undefined ? 'ALTER TABLE cannot drop a unique key' : undefined
  },
  native: (table, { name }) => [dropIndexSql(table, name)],
}

export const renameIndex: Change<RenameIndex> = {
  apply(table, { from, to }) {
    const index = requireIndex(table, from)
    if (findIndex(table, to) !== undefined) throw indexExists(table, to)
    const renamed = storedIndex(to, withName(index.sql, to))
    return { ...table, indexes: table.indexes.map((other) => (other === index ? renamed : other)) }
  },
  rebuildReason: () => undefined,
  native(table, { from, to }) {
    const { sql } = requireIndex(table, from)
    return [dropIndexSql(table, from), inSchema(withName(sql, to), table.qualifier)]
  },
}

function dropIndexSql(table: TableState, name: string): string {
  return `drop index ${quoteTable({ schema: table.qualifier, name })}`
}

function findIndex(table: TableState, name: string): StoredIndex | undefined {
  return table.indexes.find((index) => sameName(index.name, name))
}

function requireIndex(table: TableState, name: string): StoredIndex {
  const index = findIndex(table, name)
  if (index === undefined) throw noSuch('index', name, indexNames(table), table.name)
  return index
}

function indexNames(table: TableState): readonly string[] {
  return table.indexes.map(({ name }) => name)
}

function indexExists(table: TableState, name: string): Error {
  return alreadyExists(
    'index',
    name,
    `Give the index another name, or first table.dropIndex('${name}').`,
    table.name,
  )
}

function withPrimaryKey(table: TableState, columns: readonly string[]): TableState {
  refuseSecondPrimaryKey(table)
  return { ...table, source: appendConstraint(table.source, parseConstraintSql(primaryKeySql(columns))) }
}

function withoutPrimaryKey(table: TableState): TableState {
  if (primaryKeyColumns(table).length === 0)
    throw noSuch('primary key', `${table.name}_primary`, [], table.name)
  const isPrimaryKey = ({ kind }: TableConstraintSource | ColumnConstraintSource): boolean =>
    kind === 'primaryKey'
  const source = table.source.columns.reduce(
    (edited, column) => withoutColumnConstraints(edited, column, isPrimaryKey),
    withoutConstraints(table.source, isPrimaryKey),
  )
  return { ...table, source }
}

/** A unique key in the table's statement: known by its own name or by the conventional one. */
function withoutUniqueKey(table: TableState, name: string): TableState {
  const isCalled = (key: { constraintName: string | undefined }, columns: readonly string[]): boolean =>
    sameName(key.constraintName ?? indexName(tableNameOf(table), 'unique', columns), name)
  const isUnique = (item: TableConstraintSource): boolean =>
    item.kind === 'unique' && isCalled(item, item.columns)
  if (table.source.constraints.some(isUnique))
    return { ...table, source: withoutConstraints(table.source, isUnique) }
  const column = table.source.columns.find(({ name: column, constraints }) =>
    constraints.some((item) => item.kind === 'unique' && isCalled(item, [column])),
  )
  if (column === undefined) throw noSuch('index', name, indexNames(table), table.name)
  return { ...table, source: withoutColumnConstraints(table.source, column, ({ kind }) => kind === 'unique') }
}
