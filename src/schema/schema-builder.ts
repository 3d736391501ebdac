// The schema builder: what a migration is handed as `schema`. It makes a blueprint, lets the callback fill it, and gives
// the operations to its target. It knows no dialect and runs no SQL.

import { checkedList, checkedName, checkedText, checkedTypeName } from './argument-checks.js'
import { Blueprint } from './blueprint.js'
import type { BlueprintSettings } from './blueprint-entries.js'
import type { DriverName } from './dialect-name.js'
import { SchemaError } from './errors.js'
import { installMacro } from './macro.js'
import { type IndexType, SchemaInspector } from './schema-inspector.js'
import { parseTableName } from './table-name.js'
import type { SchemaServer, SchemaTarget } from './target.js'
import { type KeyType, SchemaDefaults } from './type-defaults.js'

/** Describes a table; may be `async` and ask the schema something before it goes on. */
export type BlueprintCallback<Table extends Blueprint = Blueprint> = (table: Table) => unknown

/** Makes the blueprint for a table, where an application has a class of its own. */
export type BlueprintResolver<Table extends Blueprint> = (table: string, settings: BlueprintSettings) => Table

/** What is known of a connection without asking the server. */
export interface ConnectionFacts {
  getName(): string
  getDriverName(): DriverName
  getDatabaseName(): string
  getTablePrefix(): string
}

/**
 * Makes, changes, drops and describes tables. Each method has taken effect when its promise settles.
 *
 * @example
 * await schema.create('posts', (table) => {
 *   table.id()
 *   table.foreignId('user_id').constrained().cascadeOnDelete()
 *   table.string('title')
 *   table.timestamps()
 * })
 */
export class SchemaBuilder<Table extends Blueprint = Blueprint> extends SchemaInspector {
  readonly #server: SchemaServer | undefined
  readonly #defaults: SchemaDefaults
  #resolver: BlueprintResolver<Blueprint> = (table, settings) => new Blueprint(table, settings)

  constructor(target: SchemaTarget, server?: SchemaServer, defaults = new SchemaDefaults()) {
    super(target)
    this.#server = server
    this.#defaults = defaults
  }

  /** Adds a method to every schema builder. A name that is taken is refused. */
  static macro(name: string, method: (this: SchemaBuilder, ...args: never[]) => unknown): void {
    installMacro('SchemaBuilder', SchemaBuilder.prototype, name, method)
  }

  /** Makes a table. */
  async create(table: string, callback: BlueprintCallback<Table>): Promise<void> {
    const blueprint = this.#blueprint(table).create()
    await callback(blueprint)
    await this.#build(blueprint)
  }

  /** Changes a table. */
  async table(table: string, callback: BlueprintCallback<Table>): Promise<void> {
    const blueprint = this.#blueprint(table)
    await callback(blueprint)
    await this.#build(blueprint)
  }

  /** Drops a table. */
  async drop(table: string): Promise<void> {
    await this.#build(this.#blueprint(table).drop())
  }

  /** Drops a table where there is one. */
  async dropIfExists(table: string): Promise<void> {
    await this.#build(this.#blueprint(table).dropIfExists())
  }

  /** Gives a table another name. */
  async rename(from: string, to: string): Promise<void> {
    await this.#build(this.#blueprint(from).rename(to))
  }

  /** Drops columns of a table. */
  async dropColumns(table: string, columns: string | readonly string[]): Promise<void> {
    await this.#build(this.#blueprint(table).dropColumn(columns))
  }

  /** Drops every table. */
  async dropAllTables(): Promise<void> {
    await this.target.wipe({ tables: true, views: false, types: false })
  }

  /** Drops every view. */
  async dropAllViews(): Promise<void> {
    await this.target.wipe({ tables: false, views: true, types: false })
  }

  /** Drops every type that users made. */
  async dropAllTypes(): Promise<void> {
    await this.target.wipe({ tables: false, views: false, types: true })
  }

  /** Changes a table if it has the column. */
  async whenTableHasColumn(table: string, column: string, callback: BlueprintCallback<Table>): Promise<void> {
    if (await this.hasColumn(table, column)) await this.table(table, callback)
  }

  /** Changes a table unless it has the column. */
  async whenTableDoesntHaveColumn(
    table: string,
    column: string,
    callback: BlueprintCallback<Table>,
  ): Promise<void> {
    if (!(await this.hasColumn(table, column))) await this.table(table, callback)
  }

  /** Changes a table if it has the index. */
  async whenTableHasIndex(
    table: string,
    index: string | readonly string[],
    callback: BlueprintCallback<Table>,
    type?: IndexType,
  ): Promise<void> {
    if (await this.hasIndex(table, index, type)) await this.table(table, callback)
  }

  /** Changes a table unless it has the index. */
  async whenTableDoesntHaveIndex(
    table: string,
    index: string | readonly string[],
    callback: BlueprintCallback<Table>,
    type?: IndexType,
  ): Promise<void> {
    if (!(await this.hasIndex(table, index, type))) await this.table(table, callback)
  }

  /** Checks the rows that a `notValid()` constraint has let be so far (PostgreSQL). */
  async validateConstraint(table: string, name: string): Promise<void> {
    const parsed = parseTableName(
      checkedName({ method: 'validateConstraint' }, 'The name of the table', table),
    )
    const checked = checkedName(
      { table: parsed, method: 'validateConstraint' },
      'The name of the constraint',
      name,
    )
    await this.target.change([{ kind: 'validateConstraint', table: parsed, name: checked }])
  }

  /** Makes a type whose values are one of a list (PostgreSQL), for columns with `native('the_name')`. */
  async createEnum(name: string, values: readonly string[]): Promise<void> {
    const site = { method: 'createEnum' }
    const checked = checkedList(site, values).map((value) => checkedText(site, 'A value of the type', value))
    await this.target.change([{ kind: 'createEnum', type: checkedTypeName(site, name), values: checked }])
  }

  /** Drops a type that `createEnum` or `native()` made (PostgreSQL). */
  async dropEnum(name: string): Promise<void> {
    const type = checkedTypeName({ method: 'dropEnum' }, name)
    await this.target.change([{ kind: 'dropEnum', type, ifExists: false }])
  }

  /** Drops such a type where there is one (PostgreSQL). */
  async dropEnumIfExists(name: string): Promise<void> {
    const type = checkedTypeName({ method: 'dropEnumIfExists' }, name)
    await this.target.change([{ kind: 'dropEnum', type, ifExists: true }])
  }

  /** Foreign keys are enforced from now on. */
  async enableForeignKeyConstraints(): Promise<boolean> {
    await this.target.enforceForeignKeys(true)
    return true
  }

  /** Foreign keys are not enforced from now on. */
  async disableForeignKeyConstraints(): Promise<boolean> {
    await this.target.enforceForeignKeys(false)
    return true
  }

  /** Runs the callback while foreign keys are not enforced, then has them as they were. */
  async withoutForeignKeyConstraints<Result>(callback: () => Result | Promise<Result>): Promise<Result> {
    const before = await this.target.enforceForeignKeys(false)
    let result: Result
    try {
      result = await callback()
    } catch (error) {
      // What led here is told, not that a transaction which it spoiled takes no more settings.
      await this.target.enforceForeignKeys(before).catch(() => undefined)
      throw error
    }
    await this.target.enforceForeignKeys(before)
    return result
  }

  /** Makes a database; on SQLite, its file. */
  async createDatabase(name: string): Promise<boolean> {
    await this.#reached('createDatabase').createDatabase(checkedName({}, 'The name of the database', name))
    return true
  }

  /** Removes a database with everything in it, where there is one; on SQLite, its file. */
  async dropDatabaseIfExists(name: string): Promise<boolean> {
    await this.#reached('dropDatabaseIfExists').dropDatabaseIfExists(
      checkedName({}, 'The name of the database', name),
    )
    return true
  }

  /** Takes everything out of a database file: the one at `path`, or the connection's own (SQLite). */
  async refreshDatabaseFile(path?: string): Promise<void> {
    await this.#reached('refreshDatabaseFile').emptyDatabaseFile(path)
  }

  /** Installs an extension where it is not installed yet (PostgreSQL). */
  async ensureExtensionExists(name: string, schema?: string): Promise<void> {
    const checked = checkedName({ method: 'ensureExtensionExists' }, 'The name of the extension', name)
    await this.#reached('ensureExtensionExists').ensureExtension(checked, schema)
  }

  /** Installs the extension for `vector` columns where it is not installed yet (PostgreSQL). */
  async ensureVectorExtensionExists(schema?: string): Promise<void> {
    await this.ensureExtensionExists('vector', schema)
  }

  /** Reads a setting of the database, or sets it where a value is given (SQLite). */
  async pragma(key: string, value?: string | number): Promise<unknown> {
    return await this.target.setting(checkedName({ method: 'pragma' }, 'The name of the pragma', key), value)
  }

  /** The schema builder of another connection of the project. It has the same defaults. */
  connection(name: string): SchemaBuilder {
    const other = this.#reached('connection').connection(name)
    return new SchemaBuilder(other.target, other.server, this.#defaults)
  }

  /** The connection behind, as far as it is known without asking the server. */
  getConnection(): ConnectionFacts {
    const server = this.#reached('getConnection')
    return {
      getName: () => server.connectionName,
      getDriverName: () => this.target.driverName,
      getDatabaseName: () => server.databaseName,
      getTablePrefix: () => '',
    }
  }

  /** The length of `string` and `char` columns that give none; `null` leaves it to the database. */
  defaultStringLength(length: number | null): void {
    this.#defaults.stringLength = length
  }

  /** The digits of a second that times have where none are given; `null` leaves them to the database. */
  defaultTimePrecision(digits: number | null): void {
    this.#defaults.timePrecision = digits
  }

  /** The kind of key that `morphs` has. */
  defaultMorphKeyType(type: KeyType): void {
    this.#defaults.morphKeyType = type
  }

  /** `morphs` has UUIDs. */
  morphUsingUuids(): void {
    this.defaultMorphKeyType('uuid')
  }

  /** `morphs` has ULIDs. */
  morphUsingUlids(): void {
    this.defaultMorphKeyType('ulid')
  }

  /**
   * Has the blueprints made by the callback, for a class of the application's own. Gives this builder back with the
   * type of that class.
   *
   * @example
   * const own = schema.blueprintResolver((table, settings) => new ShopBlueprint(table, settings))
   * await own.create('orders', (table) => table.money('total'))
   */
  blueprintResolver<Own extends Blueprint>(resolver: BlueprintResolver<Own>): SchemaBuilder<Own> {
    this.#resolver = resolver
    // Proof: every blueprint that a callback is handed comes out of the resolver from here on.
    return this as unknown as SchemaBuilder<Own>
  }

  #blueprint(table: string): Table {
    const blueprint = this.#resolver(table, {
      defaults: this.#defaults,
      maxIdentifierBytes: this.target.maxIdentifierBytes,
      changesExactly: this.target.changesExactly,
    })
    // Proof: `Table` is what the resolver makes; see blueprintResolver, the only place where either is set.
    return blueprint as Table
  }

  async #build(blueprint: Blueprint): Promise<void> {
    const operations = blueprint.operations()
    if (operations.length > 0) await this.target.change(operations)
  }

  #reached(method: string): SchemaServer {
    if (this.#server !== undefined) return this.#server
    throw new SchemaError({
      code: 'TM_NO_SERVER',
      message: `schema.${method}() needs a connection of the project, and this schema builder has only tables.`,
      remedy: 'Use the schema that a migration is handed, or tidemark.schema().',
      details: { method },
    })
  }
}
