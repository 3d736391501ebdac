// A database's structure as read from its catalogue: the same shape for every dialect. Texts such as types, defaults
// and expressions are the database's own SQL.

import type { TableName } from './table-name.js'

export interface DatabaseSnapshot {
  readonly tables: readonly TableSnapshot[]
  readonly views: readonly ViewSnapshot[]
  /** User-defined types, where the database has such. */
  readonly types: readonly TypeSnapshot[]
}

export interface TableSnapshot extends TableName {
  readonly columns: readonly ColumnSnapshot[]
  readonly primaryKey: PrimaryKeySnapshot | undefined
  /** Sorted by name; the primary key is not among them. */
  readonly indexes: readonly IndexSnapshot[]
  readonly foreignKeys: readonly ForeignKeySnapshot[]
  readonly checks: readonly CheckSnapshot[]
  /** Sorted by name. */
  readonly triggers: readonly TriggerSnapshot[]
  readonly comment: string | undefined
  readonly collation: string | undefined
  readonly engine: string | undefined
  /** Words after the table's definition, such as SQLite's `STRICT` and `WITHOUT ROWID`. */
  readonly options: readonly string[]
}

export interface ColumnSnapshot {
  readonly name: string
  /** The whole type, `varchar(255)`. */
  readonly type: string
  /** The type without its arguments, `varchar`. */
  readonly typeName: string
  readonly nullable: boolean
  /** The default as SQL, `'draft'`, `CURRENT_TIMESTAMP`; `undefined` where there is none. */
  readonly default: string | undefined
  readonly autoIncrement: boolean
  readonly generated: { readonly expression: string; readonly stored: boolean } | undefined
  /** PostgreSQL: `GENERATED … AS IDENTITY`. */
  readonly identity: 'always' | 'by default' | undefined
  /** MySQL and MariaDB: what an update sets it to, `CURRENT_TIMESTAMP`. */
  readonly onUpdate: string | undefined
  /** Left out of `select *`. */
  readonly invisible: boolean
  readonly charset: string | undefined
  readonly collation: string | undefined
  readonly comment: string | undefined
}

export interface PrimaryKeySnapshot {
  readonly name: string | undefined
  readonly columns: readonly string[]
}

export interface IndexSnapshot {
  readonly name: string
  readonly columns: readonly IndexColumnSnapshot[]
  readonly unique: boolean
  /** Whether a constraint of the table, rather than `CREATE INDEX`, made it. */
  readonly isConstraint: boolean
  readonly where: string | undefined
  /** `btree`, `gin`, `fulltext`, `spatial` …; `undefined` where the database has but one. */
  readonly method: string | undefined
  readonly include: readonly string[]
  /** Two nulls count as equal. */
  readonly nullsNotDistinct: boolean
  /** It may be used: a concurrent build that failed leaves one that may not. */
  readonly valid: boolean
  /** PostgreSQL: when a constraint is checked that can wait until the transaction ends. */
  readonly deferral?: 'initially immediate' | 'initially deferred' | undefined
}

export interface IndexColumnSnapshot {
  /** The column's name, or `undefined` where `expression` stands in its place. */
  readonly column: string | undefined
  readonly expression: string | undefined
  readonly descending: boolean
  readonly collation: string | undefined
  /** How many leading characters or bytes are indexed, where it is not all. */
  readonly length: number | undefined
  /** Where it is not the type's own. */
  readonly operatorClass: string | undefined
  /** PostgreSQL: where nulls stand, if not last in ascending and first in descending order. */
  readonly nulls?: 'first' | 'last' | undefined
}

export interface ForeignKeySnapshot {
  readonly name: string | undefined
  readonly columns: readonly string[]
  readonly foreignTable: TableName
  readonly foreignColumns: readonly string[]
  readonly onUpdate: string
  readonly onDelete: string
  readonly deferrable: boolean
  readonly initiallyDeferred: boolean
  /** Every row is known to keep it; false for one that was added as not valid. */
  readonly validated: boolean
}

export interface CheckSnapshot {
  readonly name: string | undefined
  readonly expression: string
  /** Every row is known to keep it; false for one that was added as not valid. */
  readonly validated: boolean
}

export interface TriggerSnapshot {
  readonly name: string
  readonly sql: string
}

export interface ViewSnapshot extends TableName {
  readonly columns: readonly string[]
  readonly definition: string
  /** PostgreSQL: it holds the rows that it had when it was last refreshed. */
  readonly isMaterialized?: boolean
  readonly triggers: readonly TriggerSnapshot[]
}

export interface TypeSnapshot extends TableName {
  readonly kind: 'enum' | 'domain' | 'composite'
  /** The values of an enum in their order; the attributes of a composite; type and conditions of a domain. */
  readonly values: readonly string[]
}

/** A table without its inside, as `schema.getTables()` and `db:show` list them. */
export interface TableSummary extends TableName {
  /** Bytes on disk, where the database tells. */
  readonly size: number | undefined
  readonly comment: string | undefined
  readonly collation: string | undefined
  readonly engine: string | undefined
}

export interface SchemaSummary {
  readonly name: string
  readonly path: string | undefined
  readonly default: boolean
}

/** Reads a database's catalogue, piece by piece or whole. What does not exist is `undefined`, never an error. */
export interface Catalogue {
  snapshot(): Promise<DatabaseSnapshot>
  /** One table, or a view's columns as a table without keys. Names are matched as the database matches them. */
  table(name: TableName): Promise<TableSnapshot | undefined>
  tables(schema?: string): Promise<readonly TableSummary[]>
  views(schema?: string): Promise<readonly ViewSnapshot[]>
  types(schema?: string): Promise<readonly TypeSnapshot[]>
  schemas(): Promise<readonly SchemaSummary[]>
}
