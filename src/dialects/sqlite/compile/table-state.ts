// A table as a change finds it and leaves it: its statement taken apart, its indexes and triggers as they are stored.
// Changes are pure functions from one state to the next; only readTable asks the database.

import type { TableName } from '../../../schema/table-name.js'
import { SchemaError } from '../../../schema/errors.js'
import type { Session } from '../../dialect.js'
import { noSuch } from '../../structure-errors.js'
import type { CreateTableSource } from '../create-table/create-table.js'
import { quoteIdentifier } from '../sql/literal.js'
import { foldName, sameName } from '../sql/names.js'
import { withSingleQuotes } from '../sql/quoted-texts.js'
import { mapExpressions } from '../create-table/edit-table.js'
import { parseCreateTable } from '../create-table/parse-create-table.js'
import { type StoredIndexParts, parseIndex, triggerTargetSchema } from '../create-table/stored-sql.js'

export interface TableState {
  /** `main`, `temp`, or the name of an attached database. */
  readonly schema: string
  /** The schema to write before names: none for a table of `main` that the user named without one. */
  readonly qualifier: string | undefined
  readonly name: string
  readonly source: CreateTableSource
  /** Those that CREATE INDEX made, in the order in which they were made. */
  readonly indexes: readonly StoredIndex[]
  /** Those on the table, temporary ones too, in the order in which they were made. */
  readonly triggers: readonly StoredTrigger[]
  /** For each column, by its folded name, the column that its values are copied from in a rebuild. */
  readonly origins: ReadonlyMap<string, string>
}

export interface StoredIndex extends StoredIndexParts {
  readonly name: string
  readonly isUnique: boolean
  readonly sql: string
}

export interface StoredTrigger {
  readonly qualifier: string | undefined
  readonly name: string
  readonly sql: string
}

/** A row of sqlite_schema. */
interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

/** The table's name as statements write it. */
export function tableNameOf(table: Pick<TableState, 'qualifier' | 'name'>): TableName {
  return { schema: table.qualifier, name: table.name }
}

export function storedIndex(name: string, sql: string): StoredIndex {
  return { name, sql, isUnique: /^\s*CREATE\s+UNIQUE/i.test(sql), ...parseIndex(sql) }
}

/**
 * Reads a table that is to be changed.
 *
 * @throws SchemaError where there is none of that name, or where SQLite cannot change it
 */
export async function readTable(session: Session, name: TableName): Promise<TableState> {
  const place = await locate(session, name)
  const rows = place === undefined ? [] : await schemaRows(session, place.schema, name.name)
  const row = rows.find((candidate) => candidate.type === 'table')
  if (place === undefined || row === undefined) throw noSuch('table', name.name, await tableNames(session))
  const stored = row.sql === null || place.type !== 'table' ? undefined : parseCreateTable(row.sql)
  if (stored === undefined) throw unchangeable(row.name)
  const columns = stored.columns.map((column) => column.name)
  const source = mapExpressions(stored, (text) => withSingleQuotes(text, columns))
  const { schema } = place
  const qualifier = name.schema ?? (schema === 'main' ? undefined : schema)
  return {
    schema,
    qualifier,
    name: row.name,
    source,
    indexes: rows.flatMap(({ type, name, sql }) =>
      type === 'index' && sql !== null ? [storedIndex(name, withSingleQuotes(sql, columns))] : [],
    ),
    triggers: [...storedTriggers(qualifier, rows), ...(await temporaryTriggers(session, schema, row.name))],
    origins: new Map(source.columns.map((column) => [foldName(column.name), column.name])),
  }
}

interface Place {
  readonly schema: string
  /** `table`, `view`, `virtual` or `shadow` (a table that keeps the data of a virtual one). */
  readonly type: string
}

/** Where SQLite finds a table or view: in `temp`, then `main`, then the attached databases. */
export async function locate(session: Session, name: TableName): Promise<Place | undefined> {
  const rows = await session.query(
    'select schema, type from pragma_table_list(?) where schema = ifnull(?, schema) collate nocase ' +
      "order by schema = 'temp' desc, schema = 'main' desc",
    [name.name, name.schema ?? null],
  )
  return rows.map((row) => ({ schema: String(row['schema']), type: String(row['type']) }))[0]
}

export async function tableNames(session: Session): Promise<readonly string[]> {
  const rows = await session.query(
    "select name from pragma_table_list where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
  )
  return rows.map((row) => String(row['name']))
}

async function schemaRows(session: Session, schema: string, table: string): Promise<readonly SchemaRow[]> {
  const rows = await session.query(
    `select type, name, sql from ${quoteIdentifier(schema)}.sqlite_schema where tbl_name = ? collate nocase order by rowid`,
    [table],
  )
  return rows.map((row) => ({
    type: String(row['type']),
    name: String(row['name']),
    sql: typeof row['sql'] === 'string' ? row['sql'] : null,
  }))
}

function storedTriggers(qualifier: string | undefined, rows: readonly SchemaRow[]): readonly StoredTrigger[] {
  return rows.flatMap(({ type, name, sql }) =>
    type === 'trigger' && sql !== null ? [{ qualifier, name, sql }] : [],
  )
}

/** Temporary triggers on a table that is not temporary itself: dropping the table drops them as well. */
async function temporaryTriggers(
  session: Session,
  schema: string,
  table: string,
): Promise<readonly StoredTrigger[]> {
  if (sameName(schema, 'temp')) return []
  const triggers = storedTriggers('temp', await schemaRows(session, 'temp', table))
  const unqualified =
    triggers.length === 0 ? undefined : await locate(session, { schema: undefined, name: table })
  return triggers.filter(({ sql }) =>
    sameName(triggerTargetSchema(sql) ?? unqualified?.schema ?? schema, schema),
  )
}

function unchangeable(table: string): SchemaError {
  return new SchemaError({
    code: 'TM_VIRTUAL_TABLE',
    message: `Table "${table}" cannot be changed: it is a virtual table, or keeps the data of one.`,
    remedy: 'Make a new virtual table with db.exec(), copy the rows, and drop the old one.',
    details: { table },
  })
}
