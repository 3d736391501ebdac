// What a blueprint has been told, in the order in which it was written, and the operations that come of it. Definitions
// are read when `operations()` is called and not before, so that they can be added to until then. The order is
// Laravel's: the new table with its columns, then everything else as written, then the indexes asked for on columns.

import { checkedName } from './argument-checks.js'
import type { ColumnDefinition } from './column-definition.js'
import { SchemaError, type SchemaSite } from './errors.js'
import { isImpliedByAutoIncrement, operationsOnIndexes } from './fluent-indexes.js'
import type { AddColumn, ChangeColumn, CreateTable, Operation, TableOptions } from './operations.js'
import { type TableName, formatTableName, parseTableName } from './table-name.js'
import { type BlueprintDefaults, SchemaDefaults } from './type-defaults.js'

/** What a blueprint has to know of the connection that it is for. */
export interface BlueprintSettings {
  readonly defaults: BlueprintDefaults
  readonly maxIdentifierBytes: number | undefined
  /** `change()` drops what it does not mention unless it says otherwise. */
  readonly changesExactly: boolean
}

/** Something that is asked for, read when all has been said. */
export interface BlueprintEntry {
  operation(): Operation
}

type WrittenEntry = { readonly column: ColumnDefinition } | { readonly command: BlueprintEntry }

export abstract class BlueprintEntries {
  protected readonly tableName: TableName
  protected readonly settings: BlueprintSettings
  protected options: TableOptions = { temporary: false }
  #written: WrittenEntry[] = []
  #isCreating = false

  constructor(table: string, settings: Partial<BlueprintSettings> = {}) {
    this.settings = {
      defaults: settings.defaults ?? new SchemaDefaults(),
      maxIdentifierBytes: settings.maxIdentifierBytes,
      changesExactly: settings.changesExactly ?? false,
    }
    this.tableName = parseTableName(checkedName({}, 'The name of the table', table))
    checkedName({}, 'The name of the table', this.tableName.name, this.settings.maxIdentifierBytes)
  }

  /** The table's name as it was written. */
  getTable(): string {
    return formatTableName(this.tableName)
  }

  /** What the names of all tables begin with: nothing. */
  getPrefix(): string {
    return ''
  }

  /** Says that the blueprint makes the table, as `schema.create` does. */
  create(): this {
    this.#isCreating = true
    return this
  }

  /** Whether the blueprint makes the table. */
  creating(): boolean {
    return this.#isCreating
  }

  /** Every column that was written, new or changed. */
  getColumns(): readonly ColumnDefinition[] {
    return this.#written.flatMap((entry) => ('column' in entry ? [entry.column] : []))
  }

  /** The columns that are added. */
  getAddedColumns(): readonly ColumnDefinition[] {
    return this.getColumns().filter((column) => !column.isChange)
  }

  /** The columns that are changed. */
  getChangedColumns(): readonly ColumnDefinition[] {
    return this.getColumns().filter((column) => column.isChange)
  }

  /** Takes a column back out of the blueprint. */
  removeColumn(name: string): this {
    this.#written = this.#written.filter((entry) => !('column' in entry) || entry.column.name !== name)
    return this
  }

  /** What the blueprint asks for so far. */
  getCommands(): readonly Operation[] {
    return this.operations()
  }

  /** What the blueprint asks for, in the order in which it is carried out. */
  operations(): readonly Operation[] {
    const all = [...(this.#isCreating ? this.#creation() : this.#alteration()), ...this.#columnIndexes()]
    return all.filter((operation) => !isImpliedByAutoIncrement(operation, this.getColumns()))
  }

  protected site(method: string): SchemaSite {
    return { table: this.tableName, method }
  }

  protected addDefinition<Definition extends ColumnDefinition>(column: Definition): Definition {
    this.#written.push({ column })
    return column
  }

  protected addCommand<Command extends BlueprintEntry>(command: Command): Command {
    this.#written.push({ command })
    return command
  }

  #creation(): readonly Operation[] {
    const changed = this.getChangedColumns()[0]
    if (changed !== undefined) throw this.#changeInCreation(changed)
    const columns = this.getAddedColumns().map((column) => column.column())
    if (columns.length === 0) throw this.#noColumns()
    const table: CreateTable = { kind: 'createTable', table: this.tableName, columns, options: this.options }
    return [
      table,
      ...this.#written.flatMap((entry) => ('command' in entry ? [entry.command.operation()] : [])),
    ]
  }

  #alteration(): readonly Operation[] {
    const { temporary, ...options } = this.options
    const option = temporary ? 'temporary' : Object.keys(options)[0]
    if (option !== undefined) throw this.#optionOfExistingTable(option)
    return this.#written.map((entry) =>
      'column' in entry ? this.#columnOperation(entry.column) : entry.command.operation(),
    )
  }

  #columnOperation(definition: ColumnDefinition): AddColumn | ChangeColumn {
    const column = definition.column()
    if (!definition.isChange) return { kind: 'addColumn', table: this.tableName, column }
    const exact = definition.isExact ?? this.settings.changesExactly
    return { kind: 'changeColumn', table: this.tableName, column, exact }
  }

  #columnIndexes(): readonly Operation[] {
    return this.getColumns().flatMap((column) =>
      operationsOnIndexes(this.tableName, column, this.settings.maxIdentifierBytes),
    )
  }

  #noColumns(): SchemaError {
    return new SchemaError({
      code: 'TM_EMPTY_LIST',
      message: `schema.create('${this.getTable()}') describes no column.`,
      remedy: 'Describe at least one, such as table.id().',
      site: { method: 'create' },
      details: { table: this.getTable() },
    })
  }

  #changeInCreation({ name }: ColumnDefinition): SchemaError {
    return new SchemaError({
      site: { table: this.tableName, column: name, method: 'change' },
      code: 'TM_CHANGE_IN_CREATE',
      message: 'change() is for a table that exists, and this blueprint makes the table.',
      remedy: `Leave change() out, or write schema.table('${this.getTable()}', …).`,
    })
  }

  #optionOfExistingTable(option: string): SchemaError {
    return new SchemaError({
      site: this.site(option),
      code: 'TM_TABLE_OPTION',
      message: `${option} is said when a table is made, and this blueprint changes one.`,
      remedy: `Leave ${option} out of schema.table(…); change it with db.statement('alter table …') where the database can.`,
    })
  }
}
