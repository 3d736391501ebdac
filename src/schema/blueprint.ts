// The blueprint: what a `schema.create` or `schema.table` callback describes, free of any dialect. This file is the
// table itself, and what takes away; the columns, indexes and relations that make are in the files it stands on.

import { checkedColumns, checkedName, checkedText } from './argument-checks.js'
import { BlueprintRelations } from './blueprint-relations.js'
import { installMacro } from './macro.js'
import { type ModelLike, modelReference } from './model-reference.js'
import { type TableName, parseTableName } from './table-name.js'

/**
 * The description of one table, or of the changes to one. A method of your own is added by `Blueprint.macro` and typed
 * by merging into this interface.
 *
 * @example
 * declare module 'tidemark' {
 *   interface Blueprint {
 *     money(column: string): ColumnDefinition
 *   }
 * }
 * Blueprint.macro('money', function (column: string) {
 *   return this.decimal(column, 19, 4)
 * })
 */
export class Blueprint extends BlueprintRelations {
  /** Adds a method to every blueprint. A name that is taken is refused. */
  static macro(name: string, method: (this: Blueprint, ...args: never[]) => unknown): void {
    installMacro('Blueprint', Blueprint.prototype, name, method)
  }

  /** The storage engine (MySQL and MariaDB): `table.engine('InnoDB')`, or assigned, `table.engine = 'InnoDB'`. */
  get engine(): (name: string) => void {
    return (name) => this.#setOption('engine', name)
  }

  set engine(name: string) {
    this.#setOption('engine', name)
  }

  /** The storage engine InnoDB (MySQL and MariaDB). */
  innoDb(): void {
    this.#setOption('engine', 'InnoDB')
  }

  /** The default character set (MySQL and MariaDB), called or assigned as `engine` is. */
  get charset(): (name: string) => void {
    return (name) => this.#setOption('charset', name)
  }

  set charset(name: string) {
    this.#setOption('charset', name)
  }

  /** The default collation (MySQL and MariaDB), called or assigned as `engine` is. */
  get collation(): (name: string) => void {
    return (name) => this.#setOption('collation', name)
  }

  set collation(name: string) {
    this.#setOption('collation', name)
  }

  /** The table lives as long as the connection. */
  temporary(value = true): void {
    this.options = { ...this.options, temporary: value }
  }

  /** A remark on the table, kept in the database (MySQL, MariaDB, PostgreSQL). */
  comment(text: string): this {
    const comment = checkedText(this.site('comment'), 'The comment', text)
    return this.addOperation({ kind: 'setTableComment', table: this.tableName, comment })
  }

  /** Drops the table. */
  drop(): this {
    return this.addOperation({ kind: 'dropTable', table: this.tableName, ifExists: false })
  }

  /** Drops the table where there is one. */
  dropIfExists(): this {
    return this.addOperation({ kind: 'dropTable', table: this.tableName, ifExists: true })
  }

  /** Gives the table another name. It stays in its schema. */
  rename(to: string): this {
    const given = checkedName(this.site('rename'), 'The new name of the table', to)
    const name = parseTableName(given)
    checkedName(this.site('rename'), 'The new name of the table', name.name, this.settings.maxIdentifierBytes)
    return this.addOperation({ kind: 'renameTable', table: this.tableName, to: this.#inOwnSchema(name) })
  }

  /** Gives a column another name. */
  renameColumn(from: string, to: string): this {
    const site = this.site('renameColumn')
    return this.addOperation({
      kind: 'renameColumn',
      table: this.tableName,
      from: checkedName(site, 'The name of the column', from),
      to: checkedName(site, 'The new name of the column', to, this.settings.maxIdentifierBytes),
    })
  }

  /** Drops one column or several. */
  dropColumn(columns: string | readonly string[], ...more: string[]): this {
    const list = typeof columns === 'string' ? [columns, ...more] : [...columns, ...more]
    return this.addOperation({
      kind: 'dropColumns',
      table: this.tableName,
      columns: checkedColumns(this.site('dropColumn'), list),
    })
  }

  /** Drops the foreign key on a column, and then the column. */
  dropConstrainedForeignId(column: string): this {
    return this.dropForeign([column]).dropColumn(column)
  }

  /** Drops the column that `foreignIdFor` made. */
  dropForeignIdFor(model: ModelLike, column?: string): this {
    return this.dropColumn(column ?? modelReference(this.site('dropForeignIdFor'), model).column)
  }

  /** Drops the foreign key on the column that `foreignIdFor` made, and then the column. */
  dropConstrainedForeignIdFor(model: ModelLike, column?: string): this {
    const site = this.site('dropConstrainedForeignIdFor')
    return this.dropConstrainedForeignId(column ?? modelReference(site, model).column)
  }

  /** Drops `created_at` and `updated_at`. */
  dropTimestamps(): this {
    return this.dropColumn('created_at', 'updated_at')
  }

  /** Drops `created_at` and `updated_at`. */
  dropTimestampsTz(): this {
    return this.dropTimestamps()
  }

  /** Drops what `softDeletes` made. */
  dropSoftDeletes(column = 'deleted_at'): this {
    return this.dropColumn(column)
  }

  /** Drops what `softDeletesTz` made. */
  dropSoftDeletesTz(column = 'deleted_at'): this {
    return this.dropSoftDeletes(column)
  }

  /** Drops what `rememberToken` made. */
  dropRememberToken(): this {
    return this.dropColumn('remember_token')
  }

  /** Drops what `morphs` made: the index, then the two columns. */
  dropMorphs(name: string, indexName?: string): this {
    const columns = [`${name}_type`, `${name}_id`]
    return this.dropIndex(indexName ?? columns).dropColumn(columns)
  }

  #setOption(option: 'engine' | 'charset' | 'collation', name: string): void {
    this.options = { ...this.options, [option]: checkedName(this.site(option), `The ${option}`, name) }
  }

  #inOwnSchema(name: TableName): TableName {
    return name.schema === undefined ? { schema: this.tableName.schema, name: name.name } : name
  }
}
