// The closed union of everything that can be asked of a database's structure. Adding a kind makes the compiler of
// TypeScript name every dialect that does not answer it yet. Plain data: no SQL, no dialect.

import type { ColumnTypeName, TypeAttributes } from './column-types.js'
import type { DefaultValue } from './expression.js'
import type { TableName } from './table-name.js'

export type Operation =
  | CreateTable
  | DropTable
  | RenameTable
  | SetTableComment
  | AddColumn
  | ChangeColumn
  | RenameColumn
  | DropColumns
  | AddIndex
  | DropIndex
  | RenameIndex
  | AddForeignKey
  | DropForeignKey
  | AddCheck
  | DropCheck
  | ValidateConstraint
  | CreateEnum
  | DropEnum

export type OperationKind = Operation['kind']

/** Makes a table with `columns`. Its indexes, keys and checks follow as operations of their own. */
export interface CreateTable {
  readonly kind: 'createTable'
  readonly table: TableName
  readonly columns: readonly Column[]
  readonly options: TableOptions
}

export interface TableOptions {
  readonly temporary: boolean
  readonly engine?: string
  readonly charset?: string
  readonly collation?: string
}

export interface DropTable {
  readonly kind: 'dropTable'
  readonly table: TableName
  readonly ifExists: boolean
}

export interface RenameTable {
  readonly kind: 'renameTable'
  readonly table: TableName
  readonly to: TableName
}

export interface SetTableComment {
  readonly kind: 'setTableComment'
  readonly table: TableName
  readonly comment: string
}

export interface AddColumn {
  readonly kind: 'addColumn'
  readonly table: TableName
  readonly column: Column
}

export interface ChangeColumn {
  readonly kind: 'changeColumn'
  readonly table: TableName
  readonly column: Column
  /** Attributes that `column` does not mention are dropped (Laravel 11 and later) rather than kept. */
  readonly exact: boolean
}

export interface RenameColumn {
  readonly kind: 'renameColumn'
  readonly table: TableName
  readonly from: string
  readonly to: string
}

export interface DropColumns {
  readonly kind: 'dropColumns'
  readonly table: TableName
  readonly columns: readonly string[]
}

export interface AddIndex {
  readonly kind: 'addIndex'
  readonly table: TableName
  readonly index: Index
}

export interface DropIndex {
  readonly kind: 'dropIndex'
  readonly table: TableName
  readonly indexKind: IndexKind
  readonly name: string
}

export interface RenameIndex {
  readonly kind: 'renameIndex'
  readonly table: TableName
  readonly from: string
  readonly to: string
}

export interface AddForeignKey {
  readonly kind: 'addForeignKey'
  readonly table: TableName
  readonly foreignKey: ForeignKey
}

/** `columns` is known where the user named the columns rather than the key. */
export interface DropForeignKey {
  readonly kind: 'dropForeignKey'
  readonly table: TableName
  readonly name: string
  readonly columns: readonly string[] | undefined
}

export interface AddCheck {
  readonly kind: 'addCheck'
  readonly table: TableName
  readonly check: Check
}

export interface DropCheck {
  readonly kind: 'dropCheck'
  readonly table: TableName
  readonly name: string
}

/** Checks the rows that a `notValid` constraint has so far let be. */
export interface ValidateConstraint {
  readonly kind: 'validateConstraint'
  readonly table: TableName
  readonly name: string
}

/** PostgreSQL: makes a type whose values are one of a list. */
export interface CreateEnum {
  readonly kind: 'createEnum'
  readonly type: TableName
  readonly values: readonly string[]
}

export interface DropEnum {
  readonly kind: 'dropEnum'
  readonly type: TableName
  readonly ifExists: boolean
}

/**
 * A column as a blueprint describes it. An attribute that is `undefined` was not mentioned, which is not the same as
 * one that was set to nothing: `change()` keeps the former and takes away the latter.
 */
export interface Column {
  readonly name: string
  readonly type: ColumnTypeName
  readonly attributes: TypeAttributes
  readonly nullable?: boolean
  /** `null` takes a default away. */
  readonly default?: DefaultValue
  readonly useCurrent?: boolean
  readonly useCurrentOnUpdate?: boolean
  readonly unsigned?: boolean
  readonly autoIncrement?: boolean
  /** The first value that an auto-incrementing column gives. */
  readonly startingValue?: number
  readonly generated?: GeneratedColumn
  readonly identity?: IdentityColumn
  readonly collation?: string
  readonly charset?: string
  readonly comment?: string
  readonly invisible?: boolean
  readonly position?: 'first' | { readonly after: string }
  /** PostgreSQL: how `change()` converts the old values. */
  readonly using?: string
  /** MySQL and MariaDB: how the server is to carry the change out. */
  readonly algorithm?: string
  readonly lock?: LockMode
}

export interface GeneratedColumn {
  readonly expression: string
  readonly stored: boolean
}

/** PostgreSQL's `GENERATED … AS IDENTITY (options)`. */
export interface IdentityColumn {
  readonly always: boolean
  readonly options: string | undefined
}

export const lockModes = ['none', 'shared', 'default', 'exclusive'] as const

export type LockMode = (typeof lockModes)[number]

export type IndexKind = 'primary' | 'unique' | 'index' | 'fulltext' | 'spatial' | 'vector'

export interface Index {
  readonly kind: IndexKind
  readonly name: string
  /** Whether the user gave the name, rather than the convention. */
  readonly isNamed: boolean
  readonly columns: readonly IndexColumn[]
  /** The condition of a partial index, as SQL. */
  readonly where?: string
  /** Columns that a covering index carries along. */
  readonly include?: readonly string[]
  /** `btree`, `hash`, `gin` …; `undefined` is the database's own choice. */
  readonly algorithm?: string
  readonly language?: string
  readonly operatorClass?: string
  readonly deferrable?: boolean
  readonly initiallyImmediate?: boolean
  readonly nullsNotDistinct?: boolean
  readonly concurrently?: boolean
  readonly lock?: LockMode
}

/** One column of an index, or an expression in its place. */
export type IndexColumn = { readonly column: string } | { readonly expression: string }

export const foreignKeyActions = ['cascade', 'restrict', 'set null', 'no action', 'set default'] as const

export type ForeignKeyAction = (typeof foreignKeyActions)[number]

export interface ForeignKey {
  readonly name: string
  readonly isNamed: boolean
  readonly columns: readonly string[]
  readonly foreignTable: TableName
  readonly foreignColumns: readonly string[]
  readonly onDelete?: ForeignKeyAction
  readonly onUpdate?: ForeignKeyAction
  readonly deferrable?: boolean
  readonly initiallyImmediate?: boolean
  /** Existing rows are not checked until `schema.validateConstraint`. */
  readonly notValid?: boolean
  readonly lock?: LockMode
}

export interface Check {
  readonly name: string
  readonly expression: string
  readonly notValid?: boolean
}
