// A table's snapshot as lines that a person can write and read: one for each column, key, index and check.

import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  TableSnapshot,
} from '../../../src/schema/snapshot.js'
import { formatTableName } from '../../../src/schema/table-name.js'

export function summaryOf(table: TableSnapshot): readonly string[] {
  return [
    ...table.columns.map((column) => columnLine(column, table)),
    ...(table.primaryKey === undefined ? [] : [`primary (${table.primaryKey.columns.join(', ')})`]),
    ...table.indexes.map(indexLine),
    ...table.foreignKeys.map(foreignKeyLine),
    ...table.checks.map(checkLine),
    ...(table.comment === undefined ? [] : [`comment ${table.comment}`]),
  ]
}

/** A collation is said where it is not the table's. */
function columnLine(column: ColumnSnapshot, table: TableSnapshot): string {
  const { generated } = column
  return words(
    column.name,
    column.type,
    !column.nullable && 'not null',
    column.default !== undefined && `default ${column.default}`,
    column.onUpdate !== undefined && `on update ${column.onUpdate}`,
    column.collation !== undefined && column.collation !== table.collation && `collate ${column.collation}`,
    column.autoIncrement && 'autoincrement',
    column.identity !== undefined && `identity ${column.identity}`,
    generated !== undefined && `${generated.stored ? 'stored' : 'virtual'} as (${generated.expression})`,
    column.invisible && 'invisible',
    column.comment !== undefined && `comment ${column.comment}`,
  )
}

function indexLine(index: IndexSnapshot): string {
  const { name, columns, unique, where, method, include } = index
  const parts = columns.map(({ column, expression, descending, length, operatorClass, nulls }) =>
    words(
      `${column ?? expression}${length === undefined ? '' : `(${length})`}`,
      operatorClass,
      descending && 'desc',
      nulls !== undefined && `nulls ${nulls}`,
    ),
  )
  return words(
    unique && 'unique',
    `index ${name} (${parts.join(', ')})`,
    method !== undefined && method !== 'btree' && `using ${method}`,
    include.length > 0 && `include (${include.join(', ')})`,
    index.nullsNotDistinct && 'nulls not distinct',
    where !== undefined && `where ${where}`,
    index.deferral,
  )
}

function foreignKeyLine(key: ForeignKeySnapshot): string {
  return words(
    'foreign',
    key.name,
    `(${key.columns.join(', ')}) to ${formatTableName(key.foreignTable)} (${key.foreignColumns.join(', ')})`,
    key.onDelete.toLowerCase() !== 'no action' && `on delete ${key.onDelete.toLowerCase()}`,
    key.onUpdate.toLowerCase() !== 'no action' && `on update ${key.onUpdate.toLowerCase()}`,
    key.deferrable && 'deferrable',
    key.initiallyDeferred && 'initially deferred',
    !key.validated && 'not valid',
  )
}

function checkLine({ name, expression, validated }: CheckSnapshot): string {
  return words('check', name, `(${expression})`, !validated && 'not valid')
}

function words(...all: readonly (string | false | undefined)[]): string {
  return all.filter((word) => word !== false && word !== undefined).join(' ')
}
