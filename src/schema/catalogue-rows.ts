// Rows as the schema builder's `get…` methods give them: the keys are Laravel's, and what is not there is null, so that
// a migration written for Laravel reads them as they are.

import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  SchemaSummary,
  TableSnapshot,
  TableSummary,
  TypeSnapshot,
  ViewSnapshot,
} from './snapshot.js'
import { type TableName, formatTableName } from './table-name.js'

/** A row of `schema.getColumns(table)`. */
export interface ColumnRow {
  readonly name: string
  /** `varchar`. */
  readonly type_name: string
  /** `varchar(255)`. */
  readonly type: string
  readonly collation: string | null
  readonly nullable: boolean
  /** The default as SQL. */
  readonly default: string | null
  readonly auto_increment: boolean
  readonly comment: string | null
  readonly generation: { readonly type: 'stored' | 'virtual'; readonly expression: string } | null
}

/** A row of `schema.getIndexes(table)`; the primary key is one of them. */
export interface IndexRow {
  readonly name: string
  /** In their order; an expression stands as its SQL. */
  readonly columns: readonly string[]
  readonly type: string | null
  readonly unique: boolean
  readonly primary: boolean
}

/** A row of `schema.getForeignKeys(table)`. */
export interface ForeignKeyRow {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly foreign_schema: string | null
  readonly foreign_table: string
  readonly foreign_columns: readonly string[]
  readonly on_update: string
  readonly on_delete: string
}

/** A row of `schema.getTables()`. */
export interface TableRow {
  readonly name: string
  readonly schema: string | null
  readonly schema_qualified_name: string
  /** Bytes on disk. */
  readonly size: number | null
  readonly comment: string | null
  readonly collation: string | null
  readonly engine: string | null
}

/** A row of `schema.getViews()`. */
export interface ViewRow {
  readonly name: string
  readonly schema: string | null
  readonly schema_qualified_name: string
  readonly definition: string
}

/** A row of `schema.getTypes()`. */
export interface TypeRow {
  readonly name: string
  readonly schema: string | null
  readonly schema_qualified_name: string
  readonly type: string
  readonly category: string | null
  /** Made by the database for a table of its own, rather than by the user. */
  readonly implicit: boolean
}

/** A row of `schema.getSchemas()`. */
export interface SchemaRow {
  readonly name: string
  readonly path: string | null
  readonly default: boolean
}

export function columnRow(column: ColumnSnapshot): ColumnRow {
  const { generated } = column
  return {
    name: column.name,
    type_name: column.typeName,
    type: column.type,
    collation: column.collation ?? null,
    nullable: column.nullable,
    default: column.default ?? null,
    auto_increment: column.autoIncrement,
    comment: column.comment ?? null,
    generation:
      generated === undefined
        ? null
        : { type: generated.stored ? 'stored' : 'virtual', expression: generated.expression },
  }
}

export function indexRows({ primaryKey, indexes }: TableSnapshot): readonly IndexRow[] {
  const rows = indexes.map(indexRow)
  if (primaryKey === undefined) return rows
  const { name = 'primary', columns } = primaryKey
  return [{ name, columns, type: null, unique: true, primary: true }, ...rows]
}

function indexRow(index: IndexSnapshot): IndexRow {
  return {
    name: index.name,
    columns: index.columns.map(({ column, expression }) => column ?? expression ?? ''),
    type: index.method ?? null,
    unique: index.unique,
    primary: false,
  }
}

export function foreignKeyRow(key: ForeignKeySnapshot, defaultSchema: string | null): ForeignKeyRow {
  return {
    name: key.name ?? null,
    columns: key.columns,
    foreign_schema: key.foreignTable.schema ?? defaultSchema,
    foreign_table: key.foreignTable.name,
    foreign_columns: key.foreignColumns,
    on_update: key.onUpdate.toLowerCase(),
    on_delete: key.onDelete.toLowerCase(),
  }
}

export function tableRow(table: TableSummary, defaultSchema: string | null): TableRow {
  return {
    ...qualified(table, defaultSchema),
    size: table.size ?? null,
    comment: table.comment ?? null,
    collation: table.collation ?? null,
    engine: table.engine ?? null,
  }
}

export function viewRow(view: ViewSnapshot, defaultSchema: string | null): ViewRow {
  return { ...qualified(view, defaultSchema), definition: view.definition }
}

export function typeRow(type: TypeSnapshot, defaultSchema: string | null): TypeRow {
  const category = type.kind === 'domain' ? null : type.kind
  return { ...qualified(type, defaultSchema), type: type.kind, category, implicit: false }
}

export function schemaRow({ name, path, default: isDefault }: SchemaSummary): SchemaRow {
  return { name, path: path ?? null, default: isDefault }
}

function qualified({ schema, name }: TableName, defaultSchema: string | null) {
  const actual = schema ?? defaultSchema
  return {
    name,
    schema: actual,
    schema_qualified_name: formatTableName({ schema: actual ?? undefined, name }),
  }
}
