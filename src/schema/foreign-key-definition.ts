// A foreign key as the user describes it: its columns at first, then what they reference and what happens to the rows.
// It may be kept in a variable and added to until the blueprint's callback is done; only then is it read.

import { checkedColumns, checkedName, checkedWord } from './argument-checks.js'
import { SchemaError, type SchemaSite } from './errors.js'
import { fitName, foreignKeyName } from './names.js'
import {
  type AddForeignKey,
  type ForeignKey,
  type ForeignKeyAction,
  type LockMode,
  foreignKeyActions,
  lockModes,
} from './operations.js'
import { type TableName, parseTableName } from './table-name.js'

/** What happens to the rows that reference one, in either case of letters. */
export type ForeignKeyActionWord = ForeignKeyAction | Uppercase<ForeignKeyAction>

/** What goes on after `table.foreign(…)`, `constrained()` and `references()`. */
export class ForeignKeyDefinition {
  readonly #table: TableName
  readonly #site: SchemaSite
  #key: Omit<ForeignKey, 'foreignTable'>
  #foreignTable: TableName | undefined

  constructor(table: TableName, columns: string | readonly string[], name?: string, maxNameBytes?: number) {
    this.#table = table
    this.#site = { table, method: 'foreign' }
    const list = checkedColumns(this.#site, columns)
    this.#key = {
      name:
        name === undefined
          ? fitName(foreignKeyName(table, list), maxNameBytes)
          : checkedName(this.#site, 'The name of the foreign key', name, maxNameBytes),
      isNamed: name !== undefined,
      columns: list,
      foreignColumns: [],
    }
  }

  /** The columns of the other table. */
  references(columns: string | readonly string[]): this {
    return this.#set({ foreignColumns: checkedColumns({ ...this.#site, method: 'references' }, columns) })
  }

  /** The other table. */
  on(table: string): this {
    this.#foreignTable = parseTableName(
      checkedName({ ...this.#site, method: 'on' }, 'The name of the table', table),
    )
    return this
  }

  /** What happens to the rows here when the row that they reference is deleted. */
  onDelete(action: ForeignKeyActionWord): this {
    return this.#set({ onDelete: this.#action('onDelete', action) })
  }

  /** What happens to the rows here when the key that they reference changes. */
  onUpdate(action: ForeignKeyActionWord): this {
    return this.#set({ onUpdate: this.#action('onUpdate', action) })
  }

  /** Deletes the rows too. */
  cascadeOnDelete(): this {
    return this.onDelete('cascade')
  }

  /** Refuses to delete a row that is referenced. */
  restrictOnDelete(): this {
    return this.onDelete('restrict')
  }

  /** Sets the columns to null. */
  nullOnDelete(): this {
    return this.onDelete('set null')
  }

  /** Refuses to delete a row that is still referenced when the statement, or transaction, ends. */
  noActionOnDelete(): this {
    return this.onDelete('no action')
  }

  /** Changes the columns too. */
  cascadeOnUpdate(): this {
    return this.onUpdate('cascade')
  }

  /** Refuses to change a key that is referenced. */
  restrictOnUpdate(): this {
    return this.onUpdate('restrict')
  }

  /** Sets the columns to null. */
  nullOnUpdate(): this {
    return this.onUpdate('set null')
  }

  /** Refuses to change a key that is still referenced when the statement, or transaction, ends. */
  noActionOnUpdate(): this {
    return this.onUpdate('no action')
  }

  /** Lets the check wait until the transaction ends (SQLite and PostgreSQL). */
  deferrable(value = true): this {
    return this.#set({ deferrable: value })
  }

  /** Whether a deferrable key is still checked at once unless the transaction says otherwise. */
  initiallyImmediate(value = true): this {
    return this.#set({ initiallyImmediate: value })
  }

  /** Leaves the rows that are there unchecked until `schema.validateConstraint` (PostgreSQL). */
  notValid(value = true): this {
    return this.#set({ notValid: value })
  }

  /** What others may do to the table meanwhile (MySQL and MariaDB). */
  lock(mode: LockMode): this {
    return this.#set({ lock: checkedWord({ ...this.#site, method: 'lock' }, 'Lock mode', mode, lockModes) })
  }

  /** What the definition asks for, as it stands now. */
  operation(): AddForeignKey {
    const { columns, foreignColumns } = this.#key
    if (this.#foreignTable === undefined || foreignColumns.length === 0) throw this.#incomplete()
    if (foreignColumns.length !== columns.length) throw this.#unequal()
    return {
      kind: 'addForeignKey',
      table: this.#table,
      foreignKey: { ...this.#key, foreignTable: this.#foreignTable },
    }
  }

  #action(method: string, action: ForeignKeyActionWord): ForeignKeyAction {
    const word = typeof action === 'string' ? action.toLowerCase() : action
    return checkedWord({ ...this.#site, method }, 'Action', word, foreignKeyActions)
  }

  #set(part: Partial<Omit<ForeignKey, 'foreignTable'>>): this {
    this.#key = { ...this.#key, ...part }
    return this
  }

  #incomplete(): SchemaError {
    const columns = this.#key.columns.map((column) => `'${column}'`).join(', ')
    const missing = this.#foreignTable === undefined ? 'table' : 'column'
    return new SchemaError({
      site: this.#site,
      code: 'TM_FOREIGN_KEY_INCOMPLETE',
      message: `The foreign key on ${columns} does not say which ${missing} it references.`,
      remedy: `Say both: table.foreign([${columns}]).references('id').on('users').`,
      details: { columns: this.#key.columns },
    })
  }

  #unequal(): SchemaError {
    const { columns, foreignColumns } = this.#key
    return new SchemaError({
      site: this.#site,
      code: 'TM_FOREIGN_KEY_UNEQUAL',
      message: `The foreign key has ${columns.length} columns (${columns.join(', ')}) and references ${foreignColumns.length} (${foreignColumns.join(', ')}).`,
      remedy: 'Reference as many columns as the key has, in the same order.',
      details: { columns, foreignColumns },
    })
  }
}
