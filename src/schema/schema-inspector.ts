// The half of the schema builder that asks: what tables, columns, indexes and keys there are at the moment of the call.
// A table that does not exist has no columns and no keys; that is an answer, not an error.

import { checkedColumns, checkedName } from './argument-checks.js'
import {
  type ColumnRow,
  type ForeignKeyRow,
  type IndexRow,
  type SchemaRow,
  type TableRow,
  type TypeRow,
  type ViewRow,
  columnRow,
  foreignKeyRow,
  indexRows,
  schemaRow,
  tableRow,
  typeRow,
  viewRow,
} from './catalogue-rows.js'
import { SchemaError, noSuchColumn } from './errors.js'
import { fitName, foreignKeyName } from './names.js'
import type { TableSnapshot } from './snapshot.js'
import { type TableName, parseTableName } from './table-name.js'
import type { SchemaTarget } from './target.js'

/** `unique`, `primary`, or a method such as `btree`. */
export type IndexType = 'unique' | 'primary' | (string & {})

export abstract class SchemaInspector {
  protected readonly target: SchemaTarget

  constructor(target: SchemaTarget) {
    this.target = target
  }

  /** Whether there is such a table. A view is none. */
  async hasTable(table: string): Promise<boolean> {
    const found = await this.#find('hasTable', table)
    return found !== undefined && !(await this.#isView(found))
  }

  /** Whether there is such a view. */
  async hasView(view: string): Promise<boolean> {
    const found = await this.#find('hasView', view)
    return found !== undefined && (await this.#isView(found))
  }

  /** Whether the table has the column. */
  async hasColumn(table: string, column: string): Promise<boolean> {
    return await this.hasColumns(table, [column])
  }

  /** Whether the table has all of the columns. */
  async hasColumns(table: string, columns: readonly string[]): Promise<boolean> {
    const asked = checkedColumns({ method: 'hasColumns' }, columns)
    const names = new Set((await this.getColumnListing(table)).map((name) => name.toLowerCase()))
    return asked.every((column) => names.has(column.toLowerCase()))
  }

  /** Whether the table has an index, by its name or by its columns in their order; of `type` where that is given. */
  async hasIndex(table: string, index: string | readonly string[], type?: IndexType): Promise<boolean> {
    const asked = typeof index === 'string' ? fitName(index, this.target.maxIdentifierBytes) : index
    const rows = await this.getIndexes(table)
    return rows.some(
      (row) =>
        (typeof asked === 'string' ? row.name === asked : isSameList(row.columns, asked)) &&
        (type === undefined || isOfType(row, type)),
    )
  }

  /** Whether the table has a foreign key, by its name or by its columns in their order. */
  async hasForeignKey(table: string, foreignKey: string | readonly string[]): Promise<boolean> {
    const asked =
      typeof foreignKey === 'string' ? fitName(foreignKey, this.target.maxIdentifierBytes) : foreignKey
    const rows = await this.getForeignKeys(table)
    return rows.some((row) =>
      typeof asked === 'string' ? this.#foreignKeyName(table, row) === asked : isSameList(row.columns, asked),
    )
  }

  /** The tables, of one schema where that is named. */
  async getTables(schema?: string): Promise<TableRow[]> {
    const defaultSchema = await this.getCurrentSchemaName()
    return (await this.target.catalogue.tables(schema)).map((table) => tableRow(table, defaultSchema))
  }

  /** The names of the tables, with their schemas unless `schemaQualified` is false. */
  async getTableListing(schema?: string, schemaQualified = true): Promise<string[]> {
    const tables = await this.getTables(schema)
    return tables.map((table) => (schemaQualified ? table.schema_qualified_name : table.name))
  }

  /** The views, of one schema where that is named. */
  async getViews(schema?: string): Promise<ViewRow[]> {
    const defaultSchema = await this.getCurrentSchemaName()
    return (await this.target.catalogue.views(schema)).map((view) => viewRow(view, defaultSchema))
  }

  /** The types that users made, of one schema where that is named. */
  async getTypes(schema?: string): Promise<TypeRow[]> {
    const defaultSchema = await this.getCurrentSchemaName()
    return (await this.target.catalogue.types(schema)).map((type) => typeRow(type, defaultSchema))
  }

  /** The schemas of the database; on SQLite, the files that are attached. */
  async getSchemas(): Promise<SchemaRow[]> {
    return (await this.target.catalogue.schemas()).map(schemaRow)
  }

  /** The columns of a table or view, in their order. */
  async getColumns(table: string): Promise<ColumnRow[]> {
    const found = await this.#find('getColumns', table)
    return (found?.columns ?? []).map(columnRow)
  }

  /** The names of the columns of a table or view, in their order. */
  async getColumnListing(table: string): Promise<string[]> {
    return (await this.getColumns(table)).map((column) => column.name)
  }

  /** The type of a column, `varchar`, or in full, `varchar(255)`. */
  async getColumnType(table: string, column: string, fullDefinition = false): Promise<string> {
    const columns = await this.getColumns(table)
    const found = columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())
    if (found !== undefined) return fullDefinition ? found.type : found.type_name
    throw noSuchColumn(
      parseTableName(table),
      column,
      columns.map(({ name }) => name),
    )
  }

  /** The indexes of a table, its primary key first. */
  async getIndexes(table: string): Promise<IndexRow[]> {
    const found = await this.#find('getIndexes', table)
    return found === undefined ? [] : [...indexRows(found)]
  }

  /** The names of the indexes of a table. */
  async getIndexListing(table: string): Promise<string[]> {
    return (await this.getIndexes(table)).map((index) => index.name)
  }

  /** The foreign keys of a table. */
  async getForeignKeys(table: string): Promise<ForeignKeyRow[]> {
    const found = await this.#find('getForeignKeys', table)
    if (found === undefined || found.foreignKeys.length === 0) return []
    const schema = found.schema ?? (await this.getCurrentSchemaName())
    return found.foreignKeys.map((key) => foreignKeyRow(key, schema))
  }

  /** The schema in which a table without one is looked for. */
  async getCurrentSchemaName(): Promise<string | null> {
    return (await this.getCurrentSchemaListing())[0] ?? null
  }

  /** The schemas in which a table without one is looked for. */
  async getCurrentSchemaListing(): Promise<string[]> {
    return (await this.target.catalogue.schemas()).filter((schema) => schema.default).map(({ name }) => name)
  }

  /** `analytics.events` as its two parts; without a schema null, or the current one where that is asked for. */
  async parseSchemaAndTable(reference: string, withDefaultSchema = false): Promise<[string | null, string]> {
    const { schema, name } = this.#parsed('parseSchemaAndTable', reference)
    if (name.includes('.')) throw threeParts(reference)
    return [schema ?? (withDefaultSchema ? await this.getCurrentSchemaName() : null), name]
  }

  async #find(method: string, table: string): Promise<TableSnapshot | undefined> {
    return await this.target.catalogue.table(this.#parsed(method, table))
  }

  #parsed(method: string, table: string): TableName {
    return parseTableName(checkedName({ method }, 'The name of the table', table))
  }

  async #isView(found: TableName): Promise<boolean> {
    const views = await this.target.catalogue.views(found.schema)
    return views.some((view) => view.name === found.name && view.schema === found.schema)
  }

  /** A key that the database keeps without a name goes by the conventional one. */
  #foreignKeyName(table: string, { name, columns }: ForeignKeyRow): string {
    return name ?? fitName(foreignKeyName(parseTableName(table), columns), this.target.maxIdentifierBytes)
  }
}

function isSameList(these: readonly string[], those: readonly string[]): boolean {
  return these.length === those.length && these.every((item, index) => item === those[index])
}

function isOfType(index: IndexRow, type: IndexType): boolean {
  if (type === 'primary') return index.primary
  return type === 'unique' ? index.unique : index.type === type
}

function threeParts(reference: string): SchemaError {
  const [database = ''] = reference.split('.')
  return new SchemaError({
    code: 'TM_INVALID_NAME',
    message: `"${reference}" has three parts; a table is named with its schema at most.`,
    remedy: `Open the other database as a connection of its own: schema.connection('${database}').`,
    details: { given: reference },
  })
}
