// The column half of a blueprint. The methods of single types, `string`, `decimal` and the rest, are made out of the
// rows of column-types.ts; what is written by hand here are the methods that stand for a type with modifiers, or for
// several columns.

import { checkedName, checkedWord } from './argument-checks.js'
import { BlueprintEntries } from './blueprint-entries.js'
import { attributesOf, typeArguments } from './column-attributes.js'
import { type ColumnArguments, ColumnDefinition } from './column-definition.js'
import { type ColumnParameters, splitParameters } from './column-parameters.js'
import {
  type ColumnTypeArguments,
  type ColumnTypeName,
  type ColumnTypeRow,
  columnTypeNames,
  columnTypes,
} from './column-types.js'

/** A type's row says the column's name where the user gives none; the name of other types must be given. */
type ColumnTypeMethod<Name extends ColumnTypeName> = (typeof columnTypes)[Name] extends {
  defaultName: string
}
  ? (column?: string, ...args: ColumnTypeArguments<Name>) => ColumnDefinition
  : (column: string, ...args: ColumnTypeArguments<Name>) => ColumnDefinition

/** One method for each row of the table of types, with the row's own doc comment. */
type ColumnTypeMethods = {
  [Name in ColumnTypeName]: ColumnTypeMethod<Name>
}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- installed below, one for each row
export interface BlueprintColumns extends ColumnTypeMethods {}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- see above
export abstract class BlueprintColumns extends BlueprintEntries {
  #after: string | undefined

  /** Adds a column by the name of its type: `table.addColumn('string', 'title', { length: 100 })`. */
  addColumn(type: ColumnTypeName, name: string, parameters: ColumnParameters = {}): ColumnDefinition {
    const site = { ...this.site('addColumn'), column: name }
    const known = checkedWord(site, 'Type', type, columnTypeNames)
    const { attributes, modifiers } = splitParameters(site, parameters)
    const usual = attributesOf(known, this.settings.defaults)
    // What `timestamp()` and `float()` say of it themselves, this does not, as in Laravel.
    const precision = usual.precision === undefined ? {} : { precision: null }
    const whole = { ...usual, ...precision, ...attributes }
    return this.#plain({ name, type: known, attributes: whole, modifiers })
  }

  /** A big integer that numbers the rows, and the primary key. */
  id(column = 'id'): ColumnDefinition {
    return this.bigIncrements(column)
  }

  /** An integer that numbers the rows, and the primary key. */
  increments(column: string): ColumnDefinition {
    return this.#numbering('integer', column)
  }

  /** The same as `increments`. */
  integerIncrements(column: string): ColumnDefinition {
    return this.#numbering('integer', column)
  }

  /** A tiny integer that numbers the rows, and the primary key. */
  tinyIncrements(column: string): ColumnDefinition {
    return this.#numbering('tinyInteger', column)
  }

  /** A small integer that numbers the rows, and the primary key. */
  smallIncrements(column: string): ColumnDefinition {
    return this.#numbering('smallInteger', column)
  }

  /** A medium integer that numbers the rows, and the primary key. */
  mediumIncrements(column: string): ColumnDefinition {
    return this.#numbering('mediumInteger', column)
  }

  /** A big integer that numbers the rows, and the primary key. */
  bigIncrements(column: string): ColumnDefinition {
    return this.#numbering('bigInteger', column)
  }

  /** An integer that is never negative. */
  unsignedInteger(column: string, autoIncrement?: boolean): ColumnDefinition {
    return this.integer(column, autoIncrement, true)
  }

  /** A tiny integer that is never negative. */
  unsignedTinyInteger(column: string, autoIncrement?: boolean): ColumnDefinition {
    return this.tinyInteger(column, autoIncrement, true)
  }

  /** A small integer that is never negative. */
  unsignedSmallInteger(column: string, autoIncrement?: boolean): ColumnDefinition {
    return this.smallInteger(column, autoIncrement, true)
  }

  /** A medium integer that is never negative. */
  unsignedMediumInteger(column: string, autoIncrement?: boolean): ColumnDefinition {
    return this.mediumInteger(column, autoIncrement, true)
  }

  /** A big integer that is never negative. */
  unsignedBigInteger(column: string, autoIncrement?: boolean): ColumnDefinition {
    return this.bigInteger(column, autoIncrement, true)
  }

  /** The same as `dateTime`: PHP does not tell the two apart. */
  datetime(column: string, precision?: number | null): ColumnDefinition {
    return this.dateTime(column, precision)
  }

  /** `created_at` and `updated_at`, both nullable. */
  timestamps(precision?: number | null): void {
    this.timestamp('created_at', precision).nullable()
    this.timestamp('updated_at', precision).nullable()
  }

  /** The same as `timestamps`, which are nullable anyway. */
  nullableTimestamps(precision?: number | null): void {
    this.timestamps(precision)
  }

  /** `created_at` and `updated_at` with a zone, both nullable. */
  timestampsTz(precision?: number | null): void {
    this.timestampTz('created_at', precision).nullable()
    this.timestampTz('updated_at', precision).nullable()
  }

  /** The same as `timestampsTz`, which are nullable anyway. */
  nullableTimestampsTz(precision?: number | null): void {
    this.timestampsTz(precision)
  }

  /** `created_at` and `updated_at` as date and time, both nullable. */
  datetimes(precision?: number | null): void {
    this.dateTime('created_at', precision).nullable()
    this.dateTime('updated_at', precision).nullable()
  }

  /** The nullable moment at which a row was deleted without being removed. */
  softDeletes(column = 'deleted_at', precision?: number | null): ColumnDefinition {
    return this.timestamp(column, precision).nullable()
  }

  /** The same with a zone. */
  softDeletesTz(column = 'deleted_at', precision?: number | null): ColumnDefinition {
    return this.timestampTz(column, precision).nullable()
  }

  /** The same as date and time. */
  softDeletesDatetime(column = 'deleted_at', precision?: number | null): ColumnDefinition {
    return this.dateTime(column, precision).nullable()
  }

  /** The nullable token by which a "remember me" cookie is known. */
  rememberToken(): ColumnDefinition {
    return this.string('remember_token', 100).nullable()
  }

  /** Puts the columns that the callback adds after `column`, in their order (MySQL and MariaDB). */
  after(column: string, callback: (table: this) => void): void {
    const outer = this.#after
    this.#after = checkedName(this.site('after'), 'The name of the column', column)
    callback(this)
    this.#after = outer
  }

  /** Adds a column of the type of a row, with the arguments of the row's method. */
  protected addTyped(type: ColumnTypeName, name: string, args: readonly unknown[]): ColumnDefinition {
    const { attributes = {}, ...modifiers } = typeArguments(type, this.settings.defaults, args)
    return this.#plain({ name, type, attributes, modifiers })
  }

  /** Adds a column that is made already, after all that were written before. */
  protected override addDefinition<Definition extends ColumnDefinition>(column: Definition): Definition {
    checkedName(
      this.site(column.column().type),
      'The name of a column',
      column.name,
      this.settings.maxIdentifierBytes,
    )
    if (this.#after !== undefined) {
      column.after(this.#after)
      this.#after = column.name
    }
    return super.addDefinition(column)
  }

  #numbering(type: ColumnTypeName, column: string): ColumnDefinition {
    return this.addTyped(type, column, [true, true])
  }

  #plain(given: ColumnArguments): ColumnDefinition {
    return this.addDefinition(new ColumnDefinition(this.tableName, given, this.settings.defaults))
  }
}

for (const type of columnTypeNames) {
  const { defaultName }: ColumnTypeRow = columnTypes[type]
  Object.defineProperty(BlueprintColumns.prototype, type, {
    configurable: true,
    writable: true,
    value(this: BlueprintColumns, column?: string, ...args: unknown[]) {
      return this.addTyped(type, column ?? defaultName ?? '', args)
    },
  })
}
