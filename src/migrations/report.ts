// What the migration commands say they did, are doing and would do: the shapes that the API returns and emits, and
// that the command line prints.

import type { Statement } from '../dialects/dialect.js'
import type { LockHolder } from './lock-holder.js'
import type { TidemarkError } from '../support/errors.js'

export type Direction = 'up' | 'down'

/** How one migration stands. */
export interface MigrationStatus {
  readonly name: string
  readonly state: MigrationState
  /** The batch that applied it; undefined where it is pending. */
  readonly batch: number | undefined
  /** When it was applied or failed. */
  readonly finishedAt: Date | undefined
  readonly durationMs: number | undefined
  /** What went wrong, where it failed. */
  readonly error: string | undefined
  /** The file's path relative to the project; undefined where it is gone. */
  readonly file: string | undefined
  /** It is pending, and comes by its name before one that is applied: `migrate` refuses it until that is settled. */
  readonly isOutOfOrder: boolean
}

export type MigrationState =
  | 'applied'
  | 'pending'
  /** Tried, and it went wrong. */
  | 'failed'
  /** Begun and never finished: its process died. */
  | 'running'
  /** Applied, and its file says something else now. */
  | 'changed'
  /** Applied, and its file is gone. */
  | 'missing'

/** One migration that a command carried out, or with `pretend` would carry out. */
export interface MigrationRun {
  readonly name: string
  readonly direction: Direction
  readonly outcome: 'done' | 'skipped' | 'pretended'
  readonly batch: number
  readonly durationMs: number
  /** With `pretend`: the statements, their values bound. Else empty. */
  readonly statements: readonly Statement[]
  /** The same with the values written in, for people to read. */
  readonly sql: readonly string[]
  /** With `pretend`: it reads rows, so that what follows may differ on the real data. */
  readonly readsData: boolean
}

export interface MigrateReport {
  readonly runs: readonly MigrationRun[]
  /** Whether SQL was only shown. */
  readonly isPretended: boolean
}

/** The events of a `Tidemark`, by name. */
export interface MigrationEvents {
  /** A plan is about to be carried out. */
  migrationsStarted: [{ readonly direction: Direction; readonly names: readonly string[] }]
  migrationStarted: [{ readonly name: string; readonly direction: Direction }]
  /** One statement has run. */
  statement: [{ readonly migration: string; readonly statement: Statement; readonly durationMs: number }]
  migrationEnded: [MigrationRun]
  /** `shouldRun` said no, or another process was faster. */
  migrationSkipped: [MigrationRun]
  migrationFailed: [
    {
      readonly name: string
      readonly direction: Direction
      readonly durationMs: number
      readonly error: TidemarkError
    },
  ]
  migrationsEnded: [{ readonly direction: Direction; readonly report: MigrateReport }]
  /** Another migrator holds the lock, and is waited for. */
  waitingForLock: [{ readonly holder: LockHolder; readonly since: Date }]
  /** There was nothing to do. */
  nothingToDo: [{ readonly direction: Direction }]
  /** Every table was dropped. */
  wiped: [{ readonly connection: string }]
}
