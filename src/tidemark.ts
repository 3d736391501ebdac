// The object that an application, or the command line, holds: one connection of a project and everything that can be
// done to it. Each method is one command. It opens what it needs at its first use, and `close()` lets go of it.

import { EventEmitter } from 'node:events'
import type { Config, Connection, LoadConfigOptions } from './config/config.js'
import { loadConfig } from './config/load-config.js'
import { connect, createDatabase } from './connection/connect.js'
import { LiveExecutor } from './connection/live-executor.js'
import type { KnownConnection } from './connection/schema-server.js'
import { ConnectionError } from './dialects/errors.js'
import type { DatabaseOverview, Opened, WipeOptions as WhatToWipe } from './dialects/dialect.js'
import type { LintOptions, LintReport } from './lint/lint.js'
import { contextOn } from './migrations/context.js'
import { type MigrationFile, findMigrations } from './migrations/files.js'
import { Ledger } from './migrations/ledger.js'
import { loadMigration } from './migrations/load.js'
import { type AdoptOptions, type AdoptPlan, carryOutAdoption, planAdoption } from './migrations/adopt.js'
import { type HistoryEntry, historyOf } from './migrations/history.js'
import { type LockTurn, MigrationLock } from './migrations/lock.js'
import type { LockState } from './migrations/lock-row.js'
import { type MigrateOptions, migrate } from './migrations/migrate.js'
import type { MigrationContext } from './migrations/migration.js'
import type { MigrateReport, MigrationEvents, MigrationStatus } from './migrations/report.js'
import { type Repair, type RepairOptions, planRepairs } from './migrations/repair.js'
import { type RollbackOptions, rollback } from './migrations/rollback.js'
import { underLock } from './migrations/running.js'
import { standingsOf, statusOf } from './migrations/standings.js'
import type { OpenDatabase, Workbench } from './migrations/workbench.js'
import type { Database } from './query/database.js'
import { driverNames } from './schema/dialect-name.js'
import type { SchemaBuilder } from './schema/schema-builder.js'
import type {
  DatabaseSnapshot,
  TableSnapshot,
  TableSummary,
  TypeSnapshot,
  ViewSnapshot,
} from './schema/snapshot.js'
import { parseTableName } from './schema/table-name.js'
import { type DurationText, parseDuration } from './support/duration.js'
import { once } from './support/once.js'

/** Where the project is and which connection to use; everything may be left out. */
export interface TidemarkOptions extends LoadConfigOptions {
  /** Folders or files to take migrations from, instead of the configured ones; relative to the project. */
  readonly paths?: readonly string[]
  /** How long to wait for another process that migrates: `60s`, or `0` not to wait; instead of the configured time. */
  readonly lockWait?: DurationText | number | undefined
  /** Aborting it stops what is running, as `interrupt()` does, and whatever would begin after it. */
  readonly signal?: AbortSignal | undefined
}

export interface RefreshOptions {
  /** Roll back and run again only the last so many. */
  readonly step?: number | undefined
}

export interface FreshOptions {
  /** Give each migration a batch of its own. */
  readonly step?: boolean | undefined
}

/** What `wipe` drops beside the tables; views and types too unless told otherwise. */
export interface WipeOptions {
  readonly views?: boolean | undefined
  readonly types?: boolean | undefined
}

/** How long a heartbeat waits for another session's lock, in milliseconds: the next one comes soon. */
const briefly = 1

/** A database at a glance. */
export interface Overview extends DatabaseOverview {
  /** `SQLite` and the like. */
  readonly label: string
  /** Where it is, without a password. */
  readonly database: string
}

/**
 * A project's database and its migrations.
 *
 * @example
 * // At an application's start:
 * const tidemark = new Tidemark()
 * tidemark.on('migrationEnded', ({ name, durationMs }) => console.log(name, durationMs))
 * await tidemark.migrate()
 * await tidemark.close()
 *
 * @throws ConfigError, ConnectionError from the first call that needs the configuration or the database
 */
export class Tidemark {
  readonly #options: TidemarkOptions
  readonly #events = new EventEmitter()
  readonly #opened = new Map<string, Promise<Opened>>()
  readonly #config = once(() => loadConfig(this.#options))
  readonly #lockTurn: LockTurn = { takenSince: undefined }
  #interruption = new AbortController()

  constructor(options: TidemarkOptions = {}) {
    this.#options = options
  }

  /** The configuration as found, validated and filled in. */
  config(): Promise<Config> {
    return this.#config()
  }

  /** Opens the database now, rather than with the first call that needs it. @throws ConnectionError */
  async connect(): Promise<void> {
    await this.#database()
  }

  /** Makes the database that the connection names, where its server has none of that name (TM_DATABASE_MISSING). */
  async createDatabase(): Promise<void> {
    await createDatabase((await this.config()).connection())
  }

  /** Applies the pending migrations. @throws MigrationError, LedgerError, MigrationFileError */
  async migrate(options: MigrateOptions = {}): Promise<MigrateReport> {
    return await migrate(await this.#workbench(), options)
  }

  /** Undoes the last batch, or what else is asked. @throws MigrationError, LedgerError */
  async rollback(options: RollbackOptions = {}): Promise<MigrateReport> {
    return await rollback(await this.#workbench(), options)
  }

  /** Undoes every migration. */
  async reset(options: Pick<RollbackOptions, 'pretend'> = {}): Promise<MigrateReport> {
    return await this.rollback({ ...options, all: true })
  }

  /** Undoes every migration, or the last so many, and applies what is pending then. */
  async refresh({ step }: RefreshOptions = {}): Promise<{
    readonly down: MigrateReport
    readonly up: MigrateReport
  }> {
    const bench = await this.#workbench()
    return await bench.lock.hold(async () => ({
      down: await rollback(bench, step === undefined ? { all: true } : { step }),
      up: await migrate(bench, {}),
    }))
  }

  /** Drops everything and applies every migration. Nothing is dropped where one of their files cannot be loaded. */
  async fresh({ step }: FreshOptions = {}): Promise<MigrateReport> {
    const bench = await this.#workbench()
    for (const file of bench.files) await loadMigration(file, bench.dialect, 'up')
    return await bench.lock.hold(async () => {
      await this.#empty(bench, { tables: true, views: true, types: true })
      return await migrate(bench, { step })
    })
  }

  /** How each migration stands, in the order of their names. */
  async status(): Promise<readonly MigrationStatus[]> {
    const { files, ledger } = await this.#workbench()
    return (await standingsOf(files, await ledger.rows())).map(statusOf)
  }

  /**
   * What the analyser has to say about the migrations that are pending, or about all. It runs nothing. Where the database cannot
   * be opened, every migration counts as pending, and the report says why.
   */
  async lint(options: LintOptions = {}): Promise<LintReport> {
    const { lint } = await import('./lint/lint.js')
    try {
      return lint(await this.status(), options)
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error
      return lint((await standingsOf(await this.#files(), [])).map(statusOf), options, error.message)
    }
  }

  /** Who applied what, when, and how long it took, in the order in which it was applied. */
  async history(): Promise<readonly HistoryEntry[]> {
    return historyOf(await (await this.#workbench()).ledger.rows())
  }

  /** Who holds the migration lock; undefined where nobody does. */
  async lockHolder(): Promise<LockState | undefined> {
    return await (await this.#workbench()).lock.heldBy()
  }

  /**
   * Breaks the migration lock that somebody holds: their session is ended, and what they write after is refused. Says
   * whose it was; undefined where nobody held it.
   */
  async unlock(): Promise<LockState | undefined> {
    return await (await this.#workbench()).lock.break()
  }

  /** What `adopt` would do. */
  async adoption(options: AdoptOptions = {}): Promise<AdoptPlan> {
    return await planAdoption(await this.#workbench(), options)
  }

  /**
   * Counts migrations as applied, without running them: those that the ledger of another tool has, or all up to `baseline`.
   * Nothing of the other tool's is changed. Says what it did.
   */
  async adopt(options: AdoptOptions = {}): Promise<AdoptPlan> {
    const bench = await this.#workbench()
    await planAdoption(bench, options)
    return await bench.lock.hold(async () => {
      const plan = await planAdoption(bench, options)
      await carryOutAdoption(bench, plan)
      return plan
    })
  }

  /** What `repair` would do. */
  async repairs(options: RepairOptions = {}): Promise<readonly Repair[]> {
    const bench = await this.#workbench()
    return planRepairs(await standingsOf(bench.files, await bench.ledger.rows()), options)
  }

  /**
   * Settles what `migrate` refuses to go on with: accepts files that changed, forgets those that are gone, goes on with a
   * migration that stopped half-way. Says what it did.
   */
  async repair(options: RepairOptions = {}): Promise<readonly Repair[]> {
    const bench = await this.#workbench()
    return await bench.lock.hold(async () => {
      const repairs = planRepairs(await standingsOf(bench.files, await bench.ledger.rows()), options)
      for (const repair of repairs) await underLock(bench, () => repair.carryOut(bench))
      return repairs
    })
  }

  /** Makes the ledger; `false` where it was there. */
  async install(): Promise<boolean> {
    return await (await this.#workbench()).ledger.create()
  }

  /** Drops every table, the ledger too, and every view and type. */
  async wipe({ views = true, types = true }: WipeOptions = {}): Promise<void> {
    const bench = await this.#workbench()
    await bench.lock.hold(async () => {
      await this.#empty(bench, { tables: true, views, types })
      await bench.lock.confirm()
      await bench.ledger.drop()
    })
  }

  /** Leaves the ledger, which holds the lock. It forgets first: what says too little is found out, what says too much is not. */
  async #empty(bench: Workbench, what: WhatToWipe): Promise<void> {
    const { dialect, session, ledger, names } = bench
    await underLock(bench, () => ledger.clear())
    await dialect.wipe(session, { ...what, except: parseTableName(ledger.table) })
    this.#emit('wiped', { connection: names.connectionName })
  }

  /** What the database is: its kind, version, place and size. */
  async overview(): Promise<Overview> {
    const { dialect, session } = await this.#database()
    const { label: database } = (await this.config()).connection()
    return { label: dialect.label, database, ...(await dialect.overview(session)) }
  }

  /** The whole structure of the database. */
  async snapshot(): Promise<DatabaseSnapshot> {
    return await (await this.#catalogue()).snapshot()
  }

  /** One table's structure, or undefined where there is none of that name. */
  async table(name: string): Promise<TableSnapshot | undefined> {
    return await (await this.#catalogue()).table(parseTableName(name))
  }

  async tables(): Promise<readonly TableSummary[]> {
    return await (await this.#catalogue()).tables()
  }

  async views(): Promise<readonly ViewSnapshot[]> {
    return await (await this.#catalogue()).views()
  }

  /** The types that were made by name, where the database has such. */
  async types(): Promise<readonly TypeSnapshot[]> {
    return await (await this.#catalogue()).types()
  }

  /** The schema builder, outside any migration. */
  async schema(): Promise<SchemaBuilder> {
    return (await this.#context()).schema
  }

  /** The database, outside any migration. */
  async db(): Promise<Database> {
    return (await this.#context()).db
  }

  on<Event extends keyof MigrationEvents>(
    event: Event,
    listener: (...args: MigrationEvents[Event]) => void,
  ): this {
    // Only `#emit` emits, and it gives each event what MigrationEvents says.
    this.#events.on(event, listener as (...args: unknown[]) => void)
    return this
  }

  off<Event extends keyof MigrationEvents>(
    event: Event,
    listener: (...args: MigrationEvents[Event]) => void,
  ): this {
    // The same function as was given to `on`.
    this.#events.off(event, listener as (...args: unknown[]) => void)
    return this
  }

  /** Stops what is running before its next statement: that migration is rolled back, and its promise rejects. */
  interrupt(): void {
    this.#interruption.abort()
    this.#interruption = new AbortController()
  }

  /** Lets go of the database. The next call opens it again. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#opened.values())
    this.#opened.clear()
    for (const result of opened) if (result.status === 'fulfilled') await result.value.session.close()
  }

  #emit<Event extends keyof MigrationEvents>(event: Event, ...args: MigrationEvents[Event]): void {
    this.#events.emit(event, ...args)
  }

  async #files(): Promise<readonly MigrationFile[]> {
    const { root, migrations } = await this.config()
    return findMigrations({ root, directories: migrations.directories, paths: this.#options.paths })
  }

  async #database(name?: string): Promise<OpenDatabase> {
    const config = await this.config()
    const connection = config.connection(name)
    const opened = this.#opened.get(connection.name) ?? this.#open(connection, config.migrations)
    const names = { connectionName: connection.name, databaseName: connection.database, tablePrefix: '' }
    return { ...(await opened), names, find: (other) => this.#find(config, other) }
  }

  /** Keeps what it opens; what could not be opened is tried again by the next call. */
  #open(connection: Connection, migrations: Config['migrations']): Promise<Opened> {
    const opened = connect(connection, migrations)
    this.#opened.set(connection.name, opened)
    opened.catch(() => {
      if (this.#opened.get(connection.name) === opened) this.#opened.delete(connection.name)
    })
    return opened
  }

  #find(config: Config, name: string): KnownConnection {
    const { name: connectionName, database: databaseName, dialect } = config.connection(name)
    const open = (): Promise<Opened> => this.#database(connectionName)
    return { connectionName, databaseName, dialectName: dialect, driverName: driverNames[dialect], open }
  }

  async #workbench(): Promise<Workbench> {
    const signals = [this.#interruption.signal, this.#options.signal].filter((given) => given !== undefined)
    const signal = AbortSignal.any(signals)
    const [config, files] = [await this.config(), await this.#files()]
    const database = await this.#database()
    const { dialect, session } = database
    const ledger = new Ledger(dialect, session, config.migrations.table)
    const lock = new MigrationLock({
      dialect,
      session,
      ledger,
      openAnother: async () => (await connect(config.connection(), { lockTimeoutMs: briefly })).session,
      waitMs: parseDuration(this.#options.lockWait) ?? config.migrations.lockWaitMs,
      signal,
      onWait: ({ holder, since }) => this.#emit('waitingForLock', { holder, since }),
      turn: this.#lockTurn,
    })
    return {
      ...database,
      files,
      ledger,
      lock,
      changesExactly: config.migrations.change === 'exact',
      allowsOutOfOrder: config.migrations.outOfOrder,
      lockTimeoutMs: config.migrations.lockTimeoutMs,
      signal: AbortSignal.any([signal, lock.lost]),
      emit: (event, ...args) => this.#emit(event, ...args),
    }
  }

  async #catalogue() {
    const { dialect, session } = await this.#database()
    return dialect.catalogue(session)
  }

  async #context(): Promise<MigrationContext> {
    const [config, database] = [await this.config(), await this.#database()]
    const changesExactly = config.migrations.change === 'exact'
    return await contextOn(new LiveExecutor(database.dialect, database.session, { changesExactly }), database)
  }
}
