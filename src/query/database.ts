// `db`: the database as a migration, a seeder or an application talks to it. Raw SQL goes as it stands; `table()` opens
// a query. Everything goes through an executor, which may run it or only write it down.

import { setTimeout as pause } from 'node:timers/promises'
import type { Executor } from '../connection/executor.js'
import type { Row } from '../dialects/dialect.js'
import type { DriverName } from '../schema/dialect-name.js'
import { Expression, type Value } from '../schema/expression.js'
import { TidemarkError } from '../support/errors.js'
import { bindingCountError, misuseError } from './errors.js'
import type { RowOf } from './register.js'
import { runQuery } from './run.js'
import { TableQuery } from './table-query.js'
import { bindable, bindableList } from './values.js'

/** Before the second attempt of a transaction; before each further one, so much longer. */
const firstPauseMs = 20

/** What a `Database` is called. */
export interface DatabaseNames {
  readonly connectionName: string
  /** SQLite: the file. */
  readonly databaseName: string
  readonly tablePrefix: string
}

export interface TransactionOptions {
  /** How often to try in all, where another connection holds a lock. 1 unless given. */
  readonly attempts?: number
}

/**
 * A database. In a migration it is `db`, and everything that it does belongs to the migration's transaction.
 *
 * @example
 * await db.exec(`create view adults as select * from users where age >= 18; create index users_age on users (age)`)
 * const rows = await db.select('select id from users where age > ?', [18])
 * await db.table('users').whereNull('name').update({ name: '' })
 */
export class Database {
  readonly #executor: Executor
  readonly #names: DatabaseNames
  #transactionLevel = 0

  constructor(executor: Executor, names: DatabaseNames) {
    this.#executor = executor
    this.#names = names
  }

  /** Opens a query of a table or view: `orders`, `orders as o`, `main.orders`. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-arguments -- it is the default only while Register is empty
  table<Name extends string>(name: Name | Expression): TableQuery<RowOf<Name>> {
    // oxlint-disable-next-line typescript/no-unnecessary-type-arguments -- the same
    return new TableQuery<RowOf<Name>>(this.#executor).from(name)
  }

  /** A query without a table yet. */
  query(): TableQuery {
    return new TableQuery(this.#executor)
  }

  /** SQL that stands where otherwise a name or a value would. It is taken as it is: put no user's input into it. */
  raw(sql: string): Expression {
    return new Expression(sql)
  }

  /** Runs SQL of one or several statements, in order. An error says which of them, and where in the string it begins. */
  async exec(sql: string): Promise<void> {
    for (const [index, fragment] of this.#executor.dialect.split(sql).entries()) {
      const place = { statement: index + 1, line: fragment.line, column: fragment.column }
      await runQuery(this.#executor, () => this.#executor.execute({ sql: fragment.sql, bindings: [] }), {
        place,
      })
    }
  }

  /** The same as `exec`. */
  async unprepared(sql: string): Promise<void> {
    await this.exec(sql)
  }

  /** Runs one statement. */
  async statement(sql: string, bindings: readonly Value[] = []): Promise<void> {
    await this.affectingStatement(sql, bindings)
  }

  /** Runs one statement and says how many rows it changed. */
  async affectingStatement(sql: string, bindings: readonly Value[] = []): Promise<number> {
    const statement = this.#prepare(sql, bindings)
    const result = await runQuery(this.#executor, () => this.#executor.execute(statement))
    return result.changes
  }

  /** Runs one `insert`. */
  async insert(sql: string, bindings: readonly Value[] = []): Promise<void> {
    await this.affectingStatement(sql, bindings)
  }

  /** Runs one `update` and says how many rows it changed. */
  async update(sql: string, bindings: readonly Value[] = []): Promise<number> {
    return await this.affectingStatement(sql, bindings)
  }

  /** Runs one `delete` and says how many rows it deleted. */
  async delete(sql: string, bindings: readonly Value[] = []): Promise<number> {
    return await this.affectingStatement(sql, bindings)
  }

  /** The rows that a statement gives. `Shape` is taken on trust. */
  async select<Shape extends Row = Row>(sql: string, bindings: readonly Value[] = []): Promise<Shape[]> {
    const statement = this.#prepare(sql, bindings)
    const rows = await runQuery(this.#executor, () => this.#executor.query(statement))
    // The array is this call's own; what its rows look like is the caller's word.
    return rows as Shape[]
  }

  /** The first row that a statement gives, or `null`. */
  async selectOne<Shape extends Row = Row>(
    sql: string,
    bindings: readonly Value[] = [],
  ): Promise<Shape | null> {
    const rows = await this.select<Shape>(sql, bindings)
    return rows[0] ?? null
  }

  /** The one column of the first row, or `null` where there is no row. */
  async scalar(sql: string, bindings: readonly Value[] = []): Promise<unknown> {
    const row = await this.selectOne(sql, bindings)
    if (row === null) return null
    const columns = Object.keys(row)
    if (columns.length === 1) return Object.values(row)[0]
    throw misuseError(
      `scalar() reads one column, and the statement gives ${columns.length}: ${columns.join(', ')}.`,
      'Select one column, or use selectOne() for the whole row.',
    )
  }

  /**
   * Runs the callback in a transaction, or in a savepoint where one is open, as always in a migration. What the callback
   * throws rolls back what it did, and is thrown on. With `attempts`, an outermost transaction that could not have its
   * lock is tried again.
   */
  async transaction<T>(
    callback: (db: this) => Promise<T> | T,
    options: number | TransactionOptions = {},
  ): Promise<T> {
    const attempts = typeof options === 'number' ? options : (options.attempts ?? 1)
    const outerLevel = this.transactionLevel()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(outerLevel, callback)
      } catch (error) {
        const isLocked = error instanceof TidemarkError && error.kind === 'locked'
        if (!isLocked || attempt >= attempts || outerLevel > 0) throw error
        await pause(attempt * firstPauseMs)
      }
    }
  }

  /** How many transactions are open around this call, savepoints included. */
  transactionLevel(): number {
    return this.#executor.inTransaction ? Math.max(1, this.#transactionLevel) : 0
  }

  /** `sqlite`, `pgsql`, `mysql` or `mariadb`. */
  getDriverName(): DriverName {
    return this.#executor.driverName
  }

  /** The database's name; for SQLite its file. */
  getDatabaseName(): string {
    return this.#names.databaseName
  }

  /** The name of the connection, as the configuration has it. */
  getName(): string {
    return this.#names.connectionName
  }

  getTablePrefix(): string {
    return this.#names.tablePrefix
  }

  /** A value as a literal of this database, for SQL that takes no bound value. */
  escape(value: Value): string {
    return this.#executor.dialect.literal(bindable(value, 'escape()'))
  }

  async #attempt<T>(outerLevel: number, callback: (db: this) => Promise<T> | T): Promise<T> {
    try {
      return await this.#executor.transaction(async () => {
        this.#transactionLevel = outerLevel + 1
        return await callback(this)
      })
    } finally {
      this.#transactionLevel = outerLevel
    }
  }

  #prepare(sql: string, bindings: readonly Value[]): { sql: string; bindings: readonly Value[] } {
    const placeholders = this.#executor.dialect.placeholders(sql).length
    if (placeholders !== bindings.length) throw bindingCountError(sql, placeholders, bindings.length)
    return { sql, bindings: bindableList(bindings, 'the statement') }
  }
}
