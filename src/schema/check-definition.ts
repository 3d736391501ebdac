// A check constraint as the user describes it: a condition that every row of the table meets.

import type { AddCheck, Check } from './operations.js'
import type { TableName } from './table-name.js'

/** What goes on after `table.check(…)`. */
export class CheckDefinition {
  readonly #table: TableName
  #check: Check

  constructor(table: TableName, name: string, expression: string) {
    this.#table = table
    this.#check = { name, expression }
  }

  /** Leaves the rows that are there unchecked until `schema.validateConstraint` (PostgreSQL). */
  notValid(value = true): this {
    this.#check = { ...this.#check, notValid: value }
    return this
  }

  /** What the definition asks for, as it stands now. */
  operation(): AddCheck {
    return { kind: 'addCheck', table: this.#table, check: this.#check }
  }
}
