// Keys, checks and indexes as SQLite's CREATE TABLE and CREATE INDEX take them, spelled as Laravel spells them.

import { SchemaError } from '../../../schema/errors.js'
import type { Check, ForeignKey, Index, IndexColumn } from '../../../schema/operations.js'
import { formatTableName, type TableName } from '../../../schema/table-name.js'
import { quoteIdentifier } from '../sql/literal.js'
import { quoteNames } from '../sql/names.js'

export function primaryKeySql(columns: readonly string[]): string {
  return `primary key (${quoteNames(columns)})`
}

/** A key gets a name only where the user gave one, because Laravel's keys on SQLite have none. */
export function foreignKeySql(table: TableName, key: ForeignKey): string {
  return [
    key.isNamed ? `constraint ${quoteIdentifier(key.name)} ` : '',
    `foreign key(${quoteNames(key.columns)})`,
    ` references ${quoteIdentifier(foreignTable(table, key))}(${quoteNames(key.foreignColumns)})`,
    key.onDelete === undefined ? '' : ` on delete ${key.onDelete}`,
    key.onUpdate === undefined ? '' : ` on update ${key.onUpdate}`,
    deferral(key),
  ].join('')
}

export function checkSql({ name, expression }: Check): string {
  return `constraint ${quoteIdentifier(name)} check (${expression})`
}

export function createIndexSql(table: TableName, index: Index): string {
  const schema = table.schema === undefined ? '' : `${quoteIdentifier(table.schema)}.`
  const where = index.where === undefined ? '' : ` where ${index.where}`
  return (
    `create ${index.kind === 'unique' ? 'unique ' : ''}index ${schema}${quoteIdentifier(index.name)} ` +
    `on ${quoteIdentifier(table.name)} (${index.columns.map(indexColumnSql).join(', ')})${where}`
  )
}

function indexColumnSql(item: IndexColumn): string {
  return 'column' in item ? quoteIdentifier(item.column) : item.expression
}

function deferral({ deferrable, initiallyImmediate }: ForeignKey): string {
  if (deferrable === undefined) return ''
  if (!deferrable) return ' not deferrable'
  if (initiallyImmediate === undefined) return ' deferrable'
  return ` deferrable initially ${initiallyImmediate ? 'immediate' : 'deferred'}`
}

/** SQLite's REFERENCES takes no schema: the other table is always in the same one. */
function foreignTable(table: TableName, key: ForeignKey): string {
  const { schema, name } = key.foreignTable
  if (schema === undefined || schema === (table.schema ?? 'main')) return name
  throw new SchemaError({
    code: 'TM_FOREIGN_KEY_ACROSS_SCHEMAS',
    message: `Table "${formatTableName(table)}" cannot reference "${formatTableName(key.foreignTable)}": on SQLite both tables must be in one database file.`,
    remedy: `Make "${name}" in the same schema, or leave the key out.`,
    details: { table: formatTableName(table), foreignTable: formatTableName(key.foreignTable) },
  })
}
