// The object that an application, or the command line, holds: one connection of a project and everything that can be
// done to it. Each method is one command.

import type { Config, LoadConfigOptions } from './config/config.js'
import type { MigrateReport, MigrationEvents, MigrationStatus } from './migrations/report.js'
import type { Database } from './query/database.js'
import type { SchemaBuilder } from './schema/schema-builder.js'
import type { DatabaseSnapshot, TableSnapshot, TableSummary, ViewSnapshot } from './schema/snapshot.js'

/** Where the project is and which connection to use; everything may be left out. See `LoadConfigOptions`. */
export interface TidemarkOptions extends LoadConfigOptions {
  /** Folders or files to take migrations from, instead of the configured ones. */
  readonly paths?: readonly string[]
}

export interface MigrateOptions {
  /** Give each migration a batch of its own. */
  readonly step?: boolean
  /** Compile and show the SQL, change nothing. */
  readonly pretend?: boolean
  /** Stop after the migration of this name. */
  readonly to?: string
  /** Is asked before each migration; `false` stops there. */
  readonly confirm?: (name: string) => Promise<boolean>
}

export interface RollbackOptions {
  /** Only this migration. */
  readonly name?: string
  /** The last so many migrations, whatever their batch. */
  readonly step?: number
  /** All of this batch. */
  readonly batch?: number
  readonly pretend?: boolean
}

export interface RefreshOptions {
  /** Roll back and run again only the last so many. */
  readonly step?: number
}

export interface FreshOptions {
  readonly views?: boolean
  readonly types?: boolean
  /** Give each migration a batch of its own. */
  readonly step?: boolean
}
export interface TidemarkContract {
  config(): Promise<Config>
  migrate(options?: MigrateOptions): Promise<MigrateReport>
  rollback(options?: RollbackOptions): Promise<MigrateReport>
  reset(options?: { readonly pretend?: boolean }): Promise<MigrateReport>
  /** Down and up again; the two reports in that order. */
  refresh(options?: RefreshOptions): Promise<{ readonly down: MigrateReport; readonly up: MigrateReport }>
  fresh(options?: FreshOptions): Promise<MigrateReport>
  status(): Promise<readonly MigrationStatus[]>
  /** Makes the ledger; `false` where it was there. */
  install(): Promise<boolean>
  wipe(options?: { readonly views?: boolean; readonly types?: boolean }): Promise<void>
  snapshot(): Promise<DatabaseSnapshot>
  table(name: string): Promise<TableSnapshot | undefined>
  tables(): Promise<readonly TableSummary[]>
  views(): Promise<readonly ViewSnapshot[]>
  schema(): Promise<SchemaBuilder>
  db(): Promise<Database>
  on<Event extends keyof MigrationEvents>(event: Event, listener: (...args: MigrationEvents[Event]) => void): this
  off<Event extends keyof MigrationEvents>(event: Event, listener: (...args: MigrationEvents[Event]) => void): this
  /** Cancels what is running: the statement in hand is finished or rolled back, nothing after it begins. */
  interrupt(): void
  close(): Promise<void>
}
