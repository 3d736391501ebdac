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
    ...table.columns.map(columnLine),
    ...(table.primaryKey === undefined ? [] : [`primary (${table.primaryKey.columns.join(', ')})`]),
    ...table.indexes.map(indexLine),
    ...table.foreignKeys.map(foreignKeyLine),
    ...table.checks.map(checkLine),
  ]
}

function columnLine(column: ColumnSnapshot): string {
  const { generated } = column
  return words(
    column.name,
    column.type,
    !column.nullable && 'not null',
    column.default !== undefined && `default ${column.default}`,
    column.collation !== undefined && `collate ${column.collation}`,
    column.autoIncrement && 'autoincrement',
    generated !== undefined && `${generated.stored ? 'stored' : 'virtual'} as (${generated.expression})`,
    column.comment !== undefined && `comment ${column.comment}`,
  )
}

function indexLine({ name, columns, unique, where }: IndexSnapshot): string {
  const parts = columns.map(({ column, expression, descending }) =>
    words(column ?? expression, descending && 'desc'),
  )
  return words(
    unique && 'unique',
    `index ${name} (${parts.join(', ')})`,
    where !== undefined && `where ${where}`,
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
  )
}

function checkLine({ name, expression }: CheckSnapshot): string {
  return words('check', name, `(${expression})`)
}

function words(...all: readonly (string | false | undefined)[]): string {
  return all.filter((word) => word !== false && word !== undefined).join(' ')
}
