// Reads information_schema: everything of one kind for all tables of a database in one query, or for one table. Both
// servers answer fast where the database and the table are given as constants; MariaDB opens every table of the
// database for what is not (https://mariadb.com/kb/en/optimizing-information_schema-queries/).

import type { Value } from '../../../schema/expression.js'
import type { Row, Session } from '../../dialect.js'
import type { CatalogueWords } from '../server.js'

/** Which tables are read: all of a database, or one. */
export interface Place {
  /** Undefined for the connection's own database. */
  readonly schema: string | undefined
  readonly table?: string
}

export interface TableRow {
  readonly schema: string
  readonly isInDefault: boolean
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly engine: string | undefined
  readonly collation: string | undefined
  readonly comment: string | undefined
  readonly options: readonly string[]
}

export interface OfTable {
  readonly table: string
}

export interface ColumnInfo extends OfTable {
  readonly name: string
  readonly type: string
  readonly typeName: string
  readonly nullable: boolean
  /** As the server writes it; see default-value.ts. */
  readonly default: string | undefined
  readonly charset: string | undefined
  readonly collation: string | undefined
  /** `auto_increment`, `STORED GENERATED`, `on update current_timestamp()` and more. */
  readonly extra: string
  readonly comment: string | undefined
  readonly expression: string | undefined
}

export interface IndexColumnInfo extends OfTable {
  readonly index: string
  readonly unique: boolean
  readonly column: string | undefined
  readonly expression: string | undefined
  readonly descending: boolean
  readonly length: number | undefined
  readonly method: string
}

export interface ForeignKeyColumn extends OfTable {
  readonly key: string
  readonly column: string
  readonly foreignSchema: string
  readonly foreignTable: string
  readonly foreignColumn: string
}

export interface ForeignKeyRules extends OfTable {
  readonly key: string
  readonly onUpdate: string
  readonly onDelete: string
}

export interface TriggerInfo extends OfTable {
  readonly name: string
  readonly timing: string
  readonly event: string
  readonly statement: string
}

/** Tables and views. Sequences and the server's own are neither. */
export async function readTables(session: Session, place: Place): Promise<readonly TableRow[]> {
  const { where, bindings } = condition(place, 'table_schema', 'table_name')
  const rows = await session.query(
    'select table_schema as `schema`, table_schema = database() as is_default, table_name as name, table_type as type, ' +
      'engine as engine, table_collation as collation, table_comment as comment, create_options as options ' +
      `from information_schema.tables where ${where} ` +
      "and table_type in ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW') order by table_name",
    bindings,
  )
  return rows.map((row) => {
    const isView = text(row, 'type') === 'VIEW'
    return {
      schema: text(row, 'schema'),
      isInDefault: Number(row['is_default']) === 1,
      name: text(row, 'name'),
      kind: isView ? 'view' : 'table',
      engine: optionalText(row, 'engine'),
      collation: optionalText(row, 'collation'),
      comment: isView ? undefined : optionalText(row, 'comment'),
      options: text(row, 'options').split(' ').filter(Boolean),
    }
  })
}

export async function readColumns(session: Session, place: Place): Promise<readonly ColumnInfo[]> {
  const { where, bindings } = condition(place, 'table_schema', 'table_name')
  const rows = await session.query(
    'select table_name as tbl, column_name as name, column_type as type, data_type as type_name, is_nullable as nullable, ' +
      'column_default as value, character_set_name as charset, collation_name as collation, extra as extra, ' +
      'column_comment as comment, generation_expression as expression ' +
      `from information_schema.columns where ${where} order by table_name, ordinal_position`,
    bindings,
  )
  return rows.map((row) => ({
    table: text(row, 'tbl'),
    name: text(row, 'name'),
    type: text(row, 'type'),
    typeName: text(row, 'type_name'),
    nullable: text(row, 'nullable') === 'YES',
    default: row['value'] === null ? undefined : text(row, 'value'),
    charset: optionalText(row, 'charset'),
    collation: optionalText(row, 'collation'),
    extra: text(row, 'extra'),
    comment: optionalText(row, 'comment'),
    expression: optionalText(row, 'expression'),
  }))
}

export async function readIndexColumns(
  session: Session,
  place: Place,
  { indexExpression }: CatalogueWords,
): Promise<readonly IndexColumnInfo[]> {
  const { where, bindings } = condition(place, 'table_schema', 'table_name')
  const rows = await session.query(
    'select table_name as tbl, index_name as idx, non_unique as is_plain, column_name as name, ' +
      `${indexExpression} as expression, collation as direction, sub_part as length, index_type as method ` +
      `from information_schema.statistics where ${where} order by table_name, index_name, seq_in_index`,
    bindings,
  )
  return rows.map((row) => ({
    table: text(row, 'tbl'),
    index: text(row, 'idx'),
    unique: Number(row['is_plain']) === 0,
    column: optionalText(row, 'name'),
    expression: optionalText(row, 'expression'),
    descending: text(row, 'direction') === 'D',
    length: row['length'] === null ? undefined : Number(row['length']),
    method: text(row, 'method').toLowerCase(),
  }))
}

export async function readForeignKeyColumns(
  session: Session,
  place: Place,
): Promise<readonly ForeignKeyColumn[]> {
  const { where, bindings } = condition(place, 'table_schema', 'table_name')
  const rows = await session.query(
    'select table_name as tbl, constraint_name as name, column_name as col, referenced_table_schema as foreign_schema, ' +
      'referenced_table_name as foreign_table, referenced_column_name as foreign_column ' +
      `from information_schema.key_column_usage where ${where} and referenced_table_name is not null ` +
      'order by table_name, constraint_name, ordinal_position',
    bindings,
  )
  return rows.map((row) => ({
    table: text(row, 'tbl'),
    key: text(row, 'name'),
    column: text(row, 'col'),
    foreignSchema: text(row, 'foreign_schema'),
    foreignTable: text(row, 'foreign_table'),
    foreignColumn: text(row, 'foreign_column'),
  }))
}

export async function readForeignKeyRules(
  session: Session,
  place: Place,
): Promise<readonly ForeignKeyRules[]> {
  const { where, bindings } = condition(place, 'constraint_schema', 'table_name')
  const rows = await session.query(
    'select table_name as tbl, constraint_name as name, update_rule as on_update, delete_rule as on_delete ' +
      `from information_schema.referential_constraints where ${where}`,
    bindings,
  )
  return rows.map((row) => ({
    table: text(row, 'tbl'),
    key: text(row, 'name'),
    onUpdate: text(row, 'on_update').toLowerCase(),
    onDelete: text(row, 'on_delete').toLowerCase(),
  }))
}

export async function readTriggers(session: Session, place: Place): Promise<readonly TriggerInfo[]> {
  const { where, bindings } = condition(place, 'event_object_schema', 'event_object_table')
  const rows = await session.query(
    'select event_object_table as tbl, trigger_name as name, action_timing as timing, event_manipulation as event, ' +
      `action_statement as statement from information_schema.triggers where ${where} order by trigger_name`,
    bindings,
  )
  return rows.map((row) => ({
    table: text(row, 'tbl'),
    name: text(row, 'name'),
    timing: text(row, 'timing'),
    event: text(row, 'event'),
    statement: text(row, 'statement'),
  }))
}

/** The definitions of views, by name. */
export async function readViewDefinitions(
  session: Session,
  place: Place,
): Promise<ReadonlyMap<string, string>> {
  const { where, bindings } = condition(place, 'table_schema', 'table_name')
  const rows = await session.query(
    `select table_name as name, view_definition as definition from information_schema.views where ${where}`,
    bindings,
  )
  return new Map(rows.map((row) => [text(row, 'name'), text(row, 'definition')]))
}

/** Bytes of each table with its indexes, as the server last counted them. */
export async function readSizes(session: Session, place: Place): Promise<ReadonlyMap<string, number>> {
  const { where, bindings } = condition(place, 'table_schema', 'table_name')
  const rows = await session.query(
    'select table_name as name, data_length + index_length as size ' +
      `from information_schema.tables where ${where} and data_length is not null`,
    bindings,
  )
  return new Map(rows.map((row) => [text(row, 'name'), Number(row['size'])]))
}

export function condition(
  { schema, table }: Place,
  schemaColumn: string,
  tableColumn: string,
): { readonly where: string; readonly bindings: readonly Value[] } {
  return {
    where:
      `${schemaColumn} = ${schema === undefined ? 'database()' : '?'}` +
      (table === undefined ? '' : ` and ${tableColumn} = ?`),
    bindings: [...(schema === undefined ? [] : [schema]), ...(table === undefined ? [] : [table])],
  }
}

/** Some columns of information_schema hold bytes where they should hold text. */
export function text(row: Row, name: string): string {
  const value = row[name]
  if (value instanceof Uint8Array) return Buffer.from(value).toString()
  return typeof value === 'string' ? value : ''
}

export function optionalText(row: Row, name: string): string | undefined {
  const found = text(row, name)
  return found === '' ? undefined : found
}
