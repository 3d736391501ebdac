// A column that holds the key of another table, made by `foreignId` and its relatives: what any column can, and the
// foreign key itself.

import { type ColumnArguments, ColumnDefinition } from './column-definition.js'
import type { TypeDefaults } from './column-types.js'
import type { ForeignKeyDefinition } from './foreign-key-definition.js'
import { pluralOf } from './inflection.js'
import type { TableName } from './table-name.js'

/** Adds a foreign key on `column` to the blueprint. */
export type AddForeign = (column: string, indexName?: string) => ForeignKeyDefinition

/** The table and key that a model gave. */
export interface ReferencedModel {
  readonly table: string
  readonly key: string
}

/** What goes on after `table.foreignId(…)` and its relatives. */
export class ForeignIdColumnDefinition extends ColumnDefinition {
  readonly #addForeign: AddForeign
  readonly #model: ReferencedModel | undefined

  constructor(
    table: TableName,
    given: ColumnArguments,
    defaults: TypeDefaults,
    addForeign: AddForeign,
    model?: ReferencedModel,
  ) {
    super(table, given, defaults)
    this.#addForeign = addForeign
    this.#model = model
  }

  /**
   * A foreign key to the table that the column's name tells, `user_id` to `users.id`, or to the one given. Modifiers of
   * the column come before it: `table.foreignId('user_id').nullable().constrained().nullOnDelete()`.
   */
  constrained(table?: string, column?: string, indexName?: string): ForeignKeyDefinition {
    const key = column ?? this.#model?.key ?? 'id'
    return this.references(key, indexName).on(table ?? this.#model?.table ?? this.#guessedTable(key))
  }

  /** A foreign key to a column of the table that `on(…)` then names. */
  references(column: string, indexName?: string): ForeignKeyDefinition {
    return this.#addForeign(this.name, indexName).references(column)
  }

  #guessedTable(key: string): string {
    const end = this.name.lastIndexOf(`_${key}`)
    return pluralOf(end === -1 ? this.name : this.name.slice(0, end))
  }
}
