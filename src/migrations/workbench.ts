// What a migration command works with: one open session with its dialect and ledger, the project's files, and whom to
// tell. `Tidemark`, in the layer above, makes it and closes what it opened.

import type { FindConnection } from '../connection/schema-server.js'
import type { DatabaseNames } from '../query/database.js'
import type { Dialect, Session } from '../dialects/dialect.js'
import type { MigrationFile } from './files.js'
import type { Ledger } from './ledger.js'
import type { MigrationLock } from './lock.js'
import type { MigrationEvents } from './report.js'

/** One open database. */
export interface OpenDatabase {
  readonly dialect: Dialect
  readonly session: Session
  readonly names: DatabaseNames
  /** Looks up another connection of the project, for a migration that names it. */
  readonly find: FindConnection
}

export interface Workbench extends OpenDatabase {
  readonly ledger: Ledger
  readonly lock: MigrationLock
  readonly files: readonly MigrationFile[]
  readonly changesExactly: boolean
  /** Whether a new migration may run that comes before an applied one. */
  readonly allowsOutOfOrder: boolean
  /** How long a statement waits for a lock where a migration does not say, in milliseconds. */
  readonly lockTimeoutMs: number
  /** Aborts where the work is to stop before its next statement: interrupted, or the lock is lost. */
  readonly signal: AbortSignal
  readonly emit: <Event extends keyof MigrationEvents>(event: Event, ...args: MigrationEvents[Event]) => void
}
