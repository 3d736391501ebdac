// A column as the user describes it, modifier by modifier. It may be kept in a variable and added to until the
// blueprint's callback is done; only then is it read. A modifier that was not called leaves its attribute out, which
// `change()` tells apart from one that was set to nothing.

import {
  checkedInteger,
  checkedName,
  checkedSql,
  checkedText,
  checkedTypeName,
  checkedWord,
} from './argument-checks.js'
import { attributesOf, checkedAttributes } from './column-attributes.js'
import {
  type ColumnTypeName,
  type TypeAttributes,
  type TypeDefaults,
  columnTypeNames,
} from './column-types.js'
import { checkedDefault } from './default-value.js'
import { SchemaError, type SchemaSite } from './errors.js'
import type { DefaultValue, Expression } from './expression.js'
import { type Column, type IndexKind, type LockMode, lockModes } from './operations.js'
import { enumTypeName } from './names.js'
import { type TableName, formatTableName } from './table-name.js'

/** All of a column but its name, its type and what the type was given in brackets. */
export type ColumnModifiers = Omit<Column, 'name' | 'type' | 'attributes'>

/** An index asked for on the column itself: `true` by its conventional name, `false` dropped. */
export type ColumnIndex = string | boolean

export interface ChangeOptions {
  /** Drops what the definition does not mention, as Laravel 11 and later do; else it is kept. */
  readonly exact?: boolean
}

/** How MySQL and MariaDB carry a change out. */
export type ChangeAlgorithm = (typeof changeAlgorithms)[number]

const changeAlgorithms = ['default', 'instant', 'inplace', 'nocopy', 'copy'] as const

export interface ColumnArguments {
  readonly name: string
  readonly type: ColumnTypeName
  readonly attributes: TypeAttributes
  readonly modifiers?: ColumnModifiers
}

/** What goes on after `table.string(…)` and every other type. */
export class ColumnDefinition {
  readonly name: string
  readonly #table: TableName
  readonly #defaults: TypeDefaults
  readonly #indexes = new Map<IndexKind, ColumnIndex>()
  #type: ColumnTypeName
  #attributes: TypeAttributes
  #modifiers: ColumnModifiers
  #change: ChangeOptions | undefined
  #isPersisted = false

  constructor(table: TableName, given: ColumnArguments, defaults: TypeDefaults) {
    this.name = given.name
    this.#table = table
    this.#defaults = defaults
    this.#type = given.type
    this.#attributes = given.attributes
    this.#modifiers = given.modifiers ?? {}
  }

  /** Lets the column hold null; `false` forbids it again. */
  nullable(value = true): this {
    return this.#set({ nullable: value })
  }

  /** The value of rows that give none; SQL by `db.raw('…')`. `null` takes a default away. */
  default(value: DefaultValue): this {
    return this.#set({ default: checkedDefault(this.#at('default'), value) })
  }

  /** No negative numbers (MySQL and MariaDB; elsewhere a plain integer). */
  unsigned(value = true): this {
    return this.#set({ unsigned: value })
  }

  /** The database numbers the rows; the column becomes the primary key. */
  autoIncrement(value = true): this {
    return this.#set({ autoIncrement: value })
  }

  /** The first number that an auto-incrementing column gives. */
  startingValue(value: number): this {
    return this.#set({
      startingValue: checkedInteger(this.#at('startingValue'), 'The starting value', value, 0),
    })
  }

  /** Short for `startingValue`. */
  from(value: number): this {
    return this.startingValue(value)
  }

  /** Makes the column the primary key. */
  primary(value: ColumnIndex = true): this {
    return this.#index('primary', value)
  }

  /** A unique index, by its conventional name or the one given; `false` with `change()` drops it. */
  unique(value: ColumnIndex = true): this {
    return this.#index('unique', value)
  }

  /** An index, by its conventional name or the one given; `false` with `change()` drops it. */
  index(value: ColumnIndex = true): this {
    return this.#index('index', value)
  }

  /** A full-text index (MySQL, MariaDB, PostgreSQL); `false` with `change()` drops it. */
  fullText(value: ColumnIndex = true): this {
    return this.#index('fulltext', value)
  }

  /** The same as `fullText`. */
  fulltext(value: ColumnIndex = true): this {
    return this.fullText(value)
  }

  /** A spatial index (MySQL, MariaDB, PostgreSQL); `false` with `change()` drops it. */
  spatialIndex(value: ColumnIndex = true): this {
    return this.#index('spatial', value)
  }

  /** A vector index (PostgreSQL, MariaDB); `false` with `change()` drops it. */
  vectorIndex(value: ColumnIndex = true): this {
    return this.#index('vector', value)
  }

  /** A remark kept in the database (MySQL, MariaDB, PostgreSQL). */
  comment(text: string): this {
    return this.#set({ comment: checkedText(this.#at('comment'), 'The comment', text) })
  }

  /** Puts the column after another one (MySQL and MariaDB). */
  after(column: string): this {
    return this.#set({
      position: { after: checkedName(this.#at('after'), 'The name of the column', column) },
    })
  }

  /** Puts the column before all others (MySQL and MariaDB). */
  first(): this {
    return this.#set({ position: 'first' })
  }

  /** The character set of the column (MySQL and MariaDB). */
  charset(name: string): this {
    return this.#set({ charset: checkedName(this.#at('charset'), 'The character set', name) })
  }

  /** How texts of the column are compared and sorted. */
  collation(name: string): this {
    return this.#set({ collation: checkedName(this.#at('collation'), 'The collation', name) })
  }

  /**
   * Changes the column of this name instead of adding one. What the definition does not mention stays as it is, unless
   * `exact` is asked for here or for the whole project (`migrations.change: 'exact'`).
   */
  change(options: ChangeOptions = {}): this {
    this.#change = options
    return this
  }

  /** The moment, day or year of the insert is the default. */
  useCurrent(value = true): this {
    return this.#set({ useCurrent: value })
  }

  /** An update of the row sets the column to the moment (MySQL and MariaDB). */
  useCurrentOnUpdate(value = true): this {
    return this.#set({ useCurrentOnUpdate: value })
  }

  /** Computed out of other columns when the row is written, and kept. `meta->lang` reads a JSON document. */
  storedAs(expression: string | Expression): this {
    return this.#generated('storedAs', expression, true)
  }

  /** Computed out of other columns whenever the row is read. `meta->lang` reads a JSON document. */
  virtualAs(expression: string | Expression): this {
    return this.#generated('virtualAs', expression, false)
  }

  /** Numbers from a sequence of the column's own, with the sequence's options if any (PostgreSQL). */
  generatedAs(options?: string | Expression): this {
    const text =
      options === undefined ? undefined : checkedSql(this.#at('generatedAs'), 'The sequence', options)
    return this.#set({ identity: { always: this.#modifiers.identity?.always ?? false, options: text } })
  }

  /** Refuses values for a column that is `generatedAs` (PostgreSQL). */
  always(value = true): this {
    return this.#set({ identity: { always: value, options: this.#modifiers.identity?.options } })
  }

  /** Keeps the column out of `select *` (MySQL and MariaDB). */
  invisible(value = true): this {
    return this.#set({ invisible: value })
  }

  /** With `change()`: how the old values become new ones (PostgreSQL). */
  using(expression: string | Expression): this {
    return this.#set({ using: checkedSql(this.#at('using'), 'The expression', expression) })
  }

  /**
   * Gives an `enum` column a type of its own, `<table>_<column>` unless named, instead of a check; the type is made where
   * there is none of that name, and stays when the column is dropped (PostgreSQL; elsewhere nothing changes).
   */
  native(type?: string): this {
    const site = this.#at('native')
    if (this.#type !== 'enum') throw notAnEnum(site, this.#type)
    const enumType =
      type === undefined ? enumTypeName(this.#table, this.name) : formatTableName(checkedTypeName(site, type))
    this.#attributes = { ...this.#attributes, enumType }
    return this
  }

  /** Another type for the column, by the name of its method. */
  type(name: ColumnTypeName): this {
    this.#type = checkedWord(this.#at('type'), 'Type', name, columnTypeNames)
    this.#attributes = { ...attributesOf(this.#type, this.#defaults), ...this.#attributes }
    return this
  }

  /** Keeps the values of a computed column. */
  persisted(value = true): this {
    this.#isPersisted = value
    return this
  }

  /** The change must take no time, or fail (MySQL and MariaDB). */
  instant(): this {
    return this.algorithm('instant')
  }

  /** How the server carries the change out (MySQL and MariaDB). */
  algorithm(name: ChangeAlgorithm): this {
    return this.#set({ algorithm: checkedWord(this.#at('algorithm'), 'Algorithm', name, changeAlgorithms) })
  }

  /** What others may do to the table meanwhile (MySQL and MariaDB). */
  lock(mode: LockMode): this {
    return this.#set({ lock: checkedWord(this.#at('lock'), 'Lock mode', mode, lockModes) })
  }

  /** Whether the definition changes a column rather than adding one. */
  get isChange(): boolean {
    return this.#change !== undefined
  }

  /** What `change()` was told of what it does not mention. */
  get isExact(): boolean | undefined {
    return this.#change?.exact
  }

  /** The indexes asked for on the column itself. */
  get indexes(): ReadonlyMap<IndexKind, ColumnIndex> {
    return this.#indexes
  }

  /** What the definition describes, as it stands now. */
  column(): Column {
    const attributes = checkedAttributes(this.#at(this.#type), this.#type, this.#attributes)
    return { name: this.name, type: this.#type, attributes, ...this.#modifiers, ...this.#kept() }
  }

  #set(part: Partial<ColumnModifiers>): this {
    this.#modifiers = { ...this.#modifiers, ...part }
    return this
  }

  #index(kind: IndexKind, value: ColumnIndex): this {
    if (typeof value === 'string') checkedName(this.#at(kind), 'The name of the index', value)
    this.#indexes.set(kind, value)
    return this
  }

  #generated(method: string, expression: string | Expression, stored: boolean): this {
    return this.#set({
      generated: { expression: checkedSql(this.#at(method), 'The expression', expression), stored },
    })
  }

  #kept(): Pick<Column, 'generated'> {
    const { generated } = this.#modifiers
    if (!this.#isPersisted || this.#type === 'computed') return {}
    if (generated !== undefined) return { generated: { ...generated, stored: true } }
    throw new SchemaError({
      site: this.#at('persisted'),
      code: 'TM_NOT_COMPUTED',
      message: 'persisted() keeps the values of a computed column, and this one computes none.',
      remedy: `Say how: table.${this.#type}('${this.name}').storedAs('price * amount').`,
    })
  }

  #at(method: string): SchemaSite {
    return { table: this.#table, column: this.name, method }
  }
}

function notAnEnum(site: SchemaSite, type: ColumnTypeName): SchemaError {
  return new SchemaError({
    site,
    code: 'TM_NOT_AN_ENUM',
    message: `native() is for enum columns, and this one is ${type}().`,
    remedy: `Leave native() out, or list the values: table.enum('${site.column ?? 'status'}', ['draft', 'published']).`,
  })
}
