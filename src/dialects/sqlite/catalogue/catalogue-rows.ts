// Reads SQLite's catalogue: the stored statements, and what the pragmas say of each table. Everything comes for all
// tables of all attached databases in one query each, or for those of one name. Internal tables (sqlite_…) and the
// shadow tables in which a virtual table keeps its data are left out.

import type { Row, Session } from '../../dialect.js'
import { quoteIdentifier } from '../sql/literal.js'

/** A row of sqlite_schema. */
export interface StoredObject {
  readonly schema: string
  readonly type: 'table' | 'index' | 'view' | 'trigger'
  readonly name: string
  readonly table: string
  /** Undefined for the indexes of constraints. */
  readonly sql: string | undefined
}

/** A table or view, as `PRAGMA table_list` has it. */
export interface ListedTable {
  readonly schema: string
  readonly name: string
  readonly type: 'table' | 'view' | 'virtual'
}

interface OfTable {
  readonly schema: string
  readonly table: string
}

export interface ColumnInfo extends OfTable {
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly default: string | undefined
  /** The place in the primary key, from 1; 0 for none. */
  readonly primaryKeyPlace: number
  readonly generated: 'virtual' | 'stored' | undefined
}

export interface IndexColumnInfo extends OfTable {
  readonly index: string
  readonly unique: boolean
  readonly origin: 'create' | 'unique' | 'primary'
  readonly place: number
  /** Undefined for an expression. */
  readonly column: string | undefined
  readonly descending: boolean
  readonly collation: string | undefined
}

export interface ForeignKeyInfo extends OfTable {
  readonly id: number
  readonly parent: string
  readonly from: string
  readonly to: string | undefined
  readonly onUpdate: string
  readonly onDelete: string
}

/** The attached databases, in the order in which SQLite looks for a table. */
export async function readSchemas(session: Session): Promise<readonly { name: string; file: string }[]> {
  const rows = await session.query('SELECT name, file FROM pragma_database_list')
  const schemas = rows.map((row) => ({ name: text(row, 'name'), file: text(row, 'file') }))
  return [...schemas.filter(({ name }) => name === 'temp'), ...schemas.filter(({ name }) => name !== 'temp')]
}

/** The stored statements, in the order in which they were made. */
export async function readStored(
  session: Session,
  schemas: readonly string[],
  table?: string,
): Promise<readonly StoredObject[]> {
  const selects = schemas.map(
    (schema, index) =>
      `SELECT ${index} AS schema, type, name, tbl_name, sql FROM ${quoteIdentifier(schema)}.sqlite_schema ` +
      "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND (? IS NULL OR tbl_name = ? COLLATE NOCASE)",
  )
  const bindings = schemas.flatMap(() => [table ?? null, table ?? null])
  const rows = await session.query(selects.join(' UNION ALL '), bindings)
  return rows.map((row) => ({
    schema: schemas[Number(row['schema'])] ?? '',
    // These four are all that the column holds: https://www.sqlite.org/schematab.html
    type: text(row, 'type') as StoredObject['type'],
    name: text(row, 'name'),
    table: text(row, 'tbl_name'),
    sql: optionalText(row, 'sql'),
  }))
}

export async function readTables(session: Session, name?: string): Promise<readonly ListedTable[]> {
  const rows = await session.query(
    `SELECT schema, name, type FROM ${tableList(name)} t WHERE type <> 'shadow' ` +
      "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    bindingsOf(name),
  )
  return rows.map((row) => ({
    schema: text(row, 'schema'),
    name: text(row, 'name'),
    // Beside `shadow` these three are all: https://www.sqlite.org/pragma.html#pragma_table_list
    type: text(row, 'type') as ListedTable['type'],
  }))
}

/** The columns of tables; not of views and virtual tables, which fail where what they stand on is gone. */
export async function readColumns(session: Session, table?: string): Promise<readonly ColumnInfo[]> {
  const sql = `SELECT t.schema, t.name AS tbl, c.* ${fromTables(table, 'pragma_table_xinfo(t.name, t.schema) c')}`
  return (await session.query(sql, bindingsOf(table))).map(columnInfo)
}

/** The columns of a view or virtual table; none where it cannot be read. */
export async function readColumnsOf(session: Session, table: ListedTable): Promise<readonly ColumnInfo[]> {
  const sql = 'SELECT ? AS schema, ? AS tbl, c.* FROM pragma_table_xinfo(?, ?) c WHERE c.hidden <> 1'
  try {
    return (await session.query(sql, [table.schema, table.name, table.name, table.schema])).map(columnInfo)
  } catch {
    return []
  }
}

export async function readIndexColumns(
  session: Session,
  table?: string,
): Promise<readonly IndexColumnInfo[]> {
  const sql =
    'SELECT t.schema, t.name AS tbl, i.name AS idx, i."unique", i.origin, c.seqno, c.cid, c.name, c.desc, c.coll ' +
    fromTables(table, 'pragma_index_list(t.name, t.schema) i', 'pragma_index_xinfo(i.name, t.schema) c') +
    ' AND c.key'
  return (await session.query(sql, bindingsOf(table))).map(indexColumnInfo)
}

/** A key that names no columns points to the primary key of its parent. */
export async function readForeignKeys(session: Session, table?: string): Promise<readonly ForeignKeyInfo[]> {
  const primaryKey =
    '(SELECT p.name FROM pragma_table_xinfo(f."table", t.schema) p WHERE p.pk = f.seq + 1 LIMIT 1)'
  const sql =
    `SELECT t.schema, t.name AS tbl, f.id, f."table" AS parent, f."from", coalesce(f."to", ${primaryKey}) AS "to", ` +
    `f.on_update, f.on_delete ${fromTables(table, 'pragma_foreign_key_list(t.name, t.schema) f')}`
  return (await session.query(sql, bindingsOf(table))).map(foreignKeyInfo)
}

function fromTables(name: string | undefined, ...joined: readonly string[]): string {
  const sources = [`${tableList(name)} t`, ...joined].join(' CROSS JOIN ')
  return `FROM ${sources} WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`
}

function tableList(name: string | undefined): string {
  return name === undefined ? 'pragma_table_list' : 'pragma_table_list(?)'
}

function bindingsOf(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name]
}

function ofTable(row: Row): OfTable {
  return { schema: text(row, 'schema'), table: text(row, 'tbl') }
}

function columnInfo(row: Row): ColumnInfo {
  return {
    ...ofTable(row),
    name: text(row, 'name'),
    type: text(row, 'type'),
    notNull: row['notnull'] === 1,
    default: optionalText(row, 'dflt_value'),
    primaryKeyPlace: Number(row['pk']),
    generated: row['hidden'] === 2 ? 'virtual' : row['hidden'] === 3 ? 'stored' : undefined,
  }
}

function indexColumnInfo(row: Row): IndexColumnInfo {
  const collation = text(row, 'coll')
  return {
    ...ofTable(row),
    index: text(row, 'idx'),
    unique: row['unique'] === 1,
    origin: row['origin'] === 'c' ? 'create' : row['origin'] === 'u' ? 'unique' : 'primary',
    place: Number(row['seqno']),
    column: row['cid'] === -1 ? 'rowid' : optionalText(row, 'name'),
    descending: row['desc'] === 1,
    collation: collation.toUpperCase() === 'BINARY' ? undefined : collation.toLowerCase(),
  }
}

function foreignKeyInfo(row: Row): ForeignKeyInfo {
  return {
    ...ofTable(row),
    id: Number(row['id']),
    parent: text(row, 'parent'),
    from: text(row, 'from'),
    to: optionalText(row, 'to'),
    onUpdate: text(row, 'on_update').toLowerCase(),
    onDelete: text(row, 'on_delete').toLowerCase(),
  }
}

function text(row: Row, name: string): string {
  return optionalText(row, name) ?? ''
}

function optionalText(row: Row, name: string): string | undefined {
  const value = row[name]
  return typeof value === 'string' ? value : undefined
}
