// Columns added, changed, renamed and dropped: what each does to a table's state, and whether ALTER TABLE can do it.

import { SchemaError } from '../../../schema/errors.js'
import type {
  AddColumn,
  ChangeColumn,
  Column,
  DropColumns,
  RenameColumn,
} from '../../../schema/operations.js'
import { alreadyExists } from '../../structure-errors.js'
import type { Change } from './alter-change.js'
import { refuseColumnsInUse, withoutDependents } from './alter-dependents.js'
import { changedColumn } from './change-column.js'
import { columnSql } from './column-sql.js'
import type { ColumnSource, CreateTableSource } from '../create-table/create-table.js'
import {
  appendColumn,
  findColumn,
  replaceColumn,
  withoutColumn,
  withoutColumnConstraints,
  withoutConstraints,
} from '../create-table/edit-table.js'
import { quoteIdentifier } from '../sql/literal.js'
import { foldName, quoteTable, sameName } from '../sql/names.js'
import { parseColumnSql } from '../create-table/parse-column-sql.js'
import { refuseSecondPrimaryKey, requireColumn } from './table-lookup.js'
import { type TableState, tableNameOf } from './table-state.js'

export const addColumn: Change<AddColumn> = {
  apply(table, { column }) {
    if (findColumn(table.source, column.name) !== undefined) throw columnExists(table, column.name)
    if (column.autoIncrement === true) refuseSecondPrimaryKey(table)
    return { ...table, source: appendColumn(table.source, parseColumnSql(definition(table, column))) }
  },
  rebuildReason: (_, { column }) => reasonAgainstAdding(column),
  native: (table, { column }) => [
    `alter table ${quoteTable(tableNameOf(table))} add column ${definition(table, column)}`,
  ],
}

export const changeColumn: Change<ChangeColumn> = {
  apply(table, { column, exact }) {
    const old = requireColumn(table, column.name)
    const isCounted = column.autoIncrement === true
    const source = isCounted ? withoutOwnKey(table.source, old) : table.source
    if (isCounted) refuseSecondPrimaryKey({ ...table, source })
    return {
      ...table,
      source: replaceColumn(
        source,
        old.name,
        changedColumn(old, parseColumnSql(definition(table, column)), column, exact),
      ),
    }
  },
  rebuildReason: () => 'ALTER TABLE cannot change a column',
  native: () => [],
}

export const renameColumn: Change<RenameColumn> = {
  apply(table, { from, to }) {
    const old = requireColumn(table, from)
    const other = findColumn(table.source, to)
    if (other !== undefined && other !== old) throw columnExists(table, to)
    return renamed(table, old.name, to)
  },
  rebuildReason: () => undefined,
  native: (table, { from, to }) => [
    `alter table ${quoteTable(tableNameOf(table))} rename column ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`,
  ],
}

export const dropColumns: Change<DropColumns> = {
  apply(table, { columns }) {
    const dropped = columns.map((name) => requireColumn(table, name).name)
    refuseColumnsInUse(table, dropped)
    if (dropped.length === table.source.columns.length) throw noColumnLeft(table)
    const freed = withoutDependents(table, dropped)
    const origins = new Map(freed.origins)
    for (const name of dropped) origins.delete(foldName(name))
    return { ...freed, origins, source: dropped.reduce(withoutColumn, freed.source) }
  },
  rebuildReason(table, { columns }) {
    const freed = withoutDependents(table, columns)
    if (freed.source.constraints.length < table.source.constraints.length) return 'a key goes with the column'
    return columns.map((name) => reasonAgainstDropping(table, name)).find((reason) => reason !== undefined)
  },
  native(table, { columns }) {
    const kept = new Set(withoutDependents(table, columns).indexes.map(({ name }) => name))
    const indexes = table.indexes.filter(({ name }) => !kept.has(name))
    return [
      ...indexes.map(({ name }) => `drop index ${quoteTable({ ...tableNameOf(table), name })}`),
      ...columns.map(
        (name) => `alter table ${quoteTable(tableNameOf(table))} drop column ${quoteIdentifier(name)}`,
      ),
    ]
  },
}

function definition({ source }: TableState, column: Column): string {
  return columnSql(column, source.isStrict)
}

/**
 * ADD COLUMN takes no key, and only a default that is the same for every row
 * (https://www.sqlite.org/lang_altertable.html#altertabaddcol).
 */
function reasonAgainstAdding(column: Column): string | undefined {
  const { constraints } = parseColumnSql(columnSql(column))
  if (constraints.some(({ kind }) => kind === 'primaryKey' || kind === 'unique'))
    return 'ADD COLUMN takes no key'
  if (constraints.some((constraint) => constraint.kind === 'generated' && constraint.stored))
    return 'ADD COLUMN takes no stored column'
  const isVarying = constraints.some(
    (constraint) => constraint.kind === 'default' && /^(?:\(|current_)/i.test(constraint.expression),
  )
  if (isVarying) return 'ADD COLUMN takes no default that varies'
  const isReference = constraints.some(({ kind }) => kind === 'references')
  return isReference ? 'ADD COLUMN takes no reference with a default' : undefined
}

/** DROP COLUMN refuses keys, and cuts the statement without looking at comments. */
function reasonAgainstDropping(table: TableState, name: string): string | undefined {
  const column = findColumn(table.source, name)
  if (column?.constraints.some(({ kind }) => kind === 'primaryKey' || kind === 'unique') === true)
    return 'DROP COLUMN takes no key'
  return hasComments(table.source) ? 'DROP COLUMN may cut a comment' : undefined
}

function hasComments(source: CreateTableSource): boolean {
  const trivia = [...source.columns, ...source.constraints].flatMap((item) => [
    item.leading,
    item.beforeComma,
    item.afterComma,
  ])
  return [...trivia, source.beforeClose].some((text) => text.trim() !== '')
}

/** The table without a primary key over `column` alone, which the column is about to carry anew. */
function withoutOwnKey(source: CreateTableSource, column: ColumnSource): CreateTableSource {
  return withoutConstraints(
    withoutColumnConstraints(source, column, ({ kind }) => kind === 'primaryKey'),
    (constraint) =>
      constraint.kind === 'primaryKey' &&
      constraint.columns.length === 1 &&
      constraint.columns.every((name) => sameName(name, column.name)),
  )
}

/**
 * The state after a rename, good enough to check later operations against: expressions keep the old name, because
 * SQLite itself rewrites them.
 */
function renamed(table: TableState, from: string, to: string): TableState {
  const rename = (name: string): string => (sameName(name, from) ? to : name)
  const { source } = table
  return {
    ...table,
    source: {
      ...source,
      columns: source.columns.map((column) => ({ ...column, name: rename(column.name) })),
      constraints: source.constraints.map((constraint) =>
        'columns' in constraint ? { ...constraint, columns: constraint.columns.map(rename) } : constraint,
      ),
    },
    indexes: table.indexes.map((index) => ({
      ...index,
      items: index.items.map((item) => ({
        ...item,
        column: item.column === undefined ? undefined : rename(item.column),
      })),
    })),
  }
}

function columnExists(table: TableState, name: string): SchemaError {
  return alreadyExists('column', name, `To change it, end its definition with .change().`, table.name)
}

function noColumnLeft(table: TableState): SchemaError {
  return new SchemaError({
    code: 'TM_NO_COLUMN_LEFT',
    message: `Table "${table.name}" would have no column left.`,
    remedy: `Drop the table instead: schema.drop('${table.name}').`,
    details: { table: table.name },
  })
}
