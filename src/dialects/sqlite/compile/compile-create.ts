// A new table: its keys and checks go into CREATE TABLE, because SQLite takes them nowhere else; its indexes follow.

import { SchemaError } from '../../../schema/errors.js'
import type { AddIndex, Column, CreateTable, Index } from '../../../schema/operations.js'
import { type TableName, formatTableName } from '../../../schema/table-name.js'
import type { Session, Statement } from '../../dialect.js'
import type { CreationPart } from '../../blueprint-order.js'
import { alreadyExists, noSuch } from '../../structure-errors.js'
import { columnSql } from './column-sql.js'
import { checkSql, createIndexSql, foreignKeySql, primaryKeySql } from './compile-constraint.js'
import { quoteTable, sameName } from '../sql/names.js'
import { startingValueSql } from './starting-value.js'

export async function compileCreate(
  operation: CreateTable,
  parts: readonly CreationPart[],
  session: Session,
): Promise<readonly Statement[]> {
  await refuseExisting(operation, session)
  for (const part of parts) refuseUnknownColumns(operation, part)
  const indexes = parts.flatMap((part) =>
    part.kind === 'addIndex' && part.index.kind !== 'primary' ? [part] : [],
  )
  for (const part of indexes) await refuseExistingIndex(operation, part, session)
  return [
    { sql: createTableSql(operation, parts), bindings: [], operation },
    ...startingValues(operation),
    ...indexes.map((part) => ({
      sql: createIndexSql(indexedTable(operation), part.index),
      bindings: [],
      operation: part,
    })),
  ]
}

function createTableSql({ table, columns, options }: CreateTable, parts: readonly CreationPart[]): string {
  const items = [
    ...columns.map((column) => columnSql(column)),
    ...parts.flatMap((part) =>
      part.kind === 'addForeignKey' ? [foreignKeySql(table, part.foreignKey)] : [],
    ),
    ...primaryKey(table, columns, parts),
    ...parts.flatMap((part) => (part.kind === 'addCheck' ? [checkSql(part.check)] : [])),
  ]
  return `create ${options.temporary ? 'temporary ' : ''}table ${quoteTable(table)} (${items.join(', ')})`
}

/** None where the auto-incrementing column is the key already: SQLite has its counter only there. */
function primaryKey(
  table: TableName,
  columns: readonly Column[],
  parts: readonly CreationPart[],
): readonly string[] {
  const keys = parts.flatMap((part) =>
    part.kind === 'addIndex' && part.index.kind === 'primary' ? [part.index] : [],
  )
  const names = keys.flatMap(indexedColumns)
  const counted = columns.find((column) => column.autoIncrement === true)
  if (keys.length > 1 || (counted !== undefined && names.some((name) => !sameName(name, counted.name)))) {
    throw secondPrimaryKey(table, counted?.name ?? names.join(', '))
  }
  return names.length === 0 || counted !== undefined ? [] : [primaryKeySql(names)]
}

function startingValues(operation: CreateTable): readonly Statement[] {
  const { table, columns, options } = operation
  const place = { schema: options.temporary ? 'temp' : table.schema, name: table.name }
  return columns.flatMap((column) => startingValueSql(place, column, operation))
}

/** An index on a temporary table goes where the table is by itself. */
function indexedTable({ table, options }: CreateTable): TableName {
  return options.temporary ? { schema: undefined, name: table.name } : table
}

function schemaOf({ table, options }: CreateTable): string {
  return table.schema ?? (options.temporary ? 'temp' : 'main')
}

async function refuseExisting(operation: CreateTable, session: Session): Promise<void> {
  const found = await session.query('select 1 from pragma_table_info(?, ?) limit 1', [
    operation.table.name,
    schemaOf(operation),
  ])
  if (found.length === 0) return
  const name = formatTableName(operation.table)
  throw alreadyExists(
    'table',
    name,
    `To change it: schema.table('${name}', …). To make it anew, first schema.drop('${name}').`,
  )
}

async function refuseExistingIndex(operation: CreateTable, part: AddIndex, session: Session): Promise<void> {
  const found = await session.query('select 1 from pragma_index_info(?, ?) limit 1', [
    part.index.name,
    schemaOf(operation),
  ])
  if (found.length > 0)
    throw alreadyExists(
      'index',
      part.index.name,
      'Give the index a name of its own: names are shared by all tables.',
    )
}

function refuseUnknownColumns({ table, columns }: CreateTable, part: CreationPart): void {
  const known = columns.map((column) => column.name)
  const unknown = namedColumns(part).find((name) => !known.some((column) => sameName(column, name)))
  if (unknown !== undefined) throw noSuch('column', unknown, known, formatTableName(table))
}

function namedColumns(part: CreationPart): readonly string[] {
  if (part.kind === 'addForeignKey') return part.foreignKey.columns
  return part.kind === 'addIndex' ? indexedColumns(part.index) : []
}

function indexedColumns(index: Index): readonly string[] {
  return index.columns.flatMap((item) => ('column' in item ? [item.column] : []))
}

function secondPrimaryKey(table: TableName, column: string): SchemaError {
  return new SchemaError({
    code: 'TM_TWO_PRIMARY_KEYS',
    message: `Table "${formatTableName(table)}" would have two primary keys: on SQLite an auto-incrementing column is one by itself.`,
    remedy: `Leave the auto-increment of "${column}" out, or make the other key table.unique([…]).`,
    details: { table: formatTableName(table), column },
  })
}
