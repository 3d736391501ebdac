// What running a migration takes in either direction: who is told of it, where it runs, and on what executor.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { interruptionOf } from '../connection/call-gate.js'
import { StatementError } from '../connection/errors.js'
import { LiveExecutor } from '../connection/live-executor.js'
import { type DurationText, parseDuration } from '../support/duration.js'
import { TidemarkError } from '../support/errors.js'
import type { NamedMigration } from './context.js'
import type { MigrationFile } from './files.js'
import { isTransactional, loadMigration } from './load.js'
import type { Migration } from './migration.js'
import type { Direction, MigrationRun } from './report.js'
import type { OpenDatabase, Workbench } from './workbench.js'

export type Outcome = Pick<MigrationRun, 'outcome'>

export interface Clock {
  readonly startedAt: number
  /** How many statements have run. */
  statements: number
  /** Something of it stands in another database than the ledger's, whatever becomes of the rest. */
  stands: boolean
}

export const elapsed = (clock: Clock): number => performance.now() - clock.startedAt

/** Tells of the beginning and the end of a run, whichever it has. */
export async function observed(
  bench: Workbench,
  name: string,
  direction: Direction,
  batch: number,
  work: (clock: Clock) => Promise<Outcome>,
): Promise<MigrationRun> {
  const clock: Clock = { startedAt: performance.now(), statements: 0, stands: false }
  bench.emit('migrationStarted', { name, direction })
  try {
    const { outcome } = await work(clock)
    const run = {
      name,
      direction,
      outcome,
      batch,
      durationMs: elapsed(clock),
      statements: [],
      sql: [],
      readsData: false,
    }
    bench.emit(outcome === 'skipped' ? 'migrationSkipped' : 'migrationEnded', run)
    return run
  } catch (error) {
    if (error instanceof TidemarkError) {
      bench.emit('migrationFailed', { name, direction, durationMs: elapsed(clock), error })
    }
    throw error
  }
}

export async function loadNamed(
  file: MigrationFile,
  { dialect }: Workbench,
  direction: Direction,
): Promise<NamedMigration> {
  const migration = await loadMigration(file, dialect, direction)
  return { name: file.name, display: file.display, migration }
}

/** Whether the migration and its ledger row can be one transaction. */
export function isAtomic(bench: Workbench, named: NamedMigration): boolean {
  const { connection = bench.names.connectionName } = named.migration
  return connection === bench.names.connectionName && isOneTransaction(bench, named)
}

/** Whether what the migration does is one transaction in the database that it works on. */
export function isOneTransaction({ dialect }: OpenDatabase, { migration }: NamedMigration): boolean {
  return dialect.capabilities.transactionalDdl && isTransactional(migration)
}

/** Where the migration runs: on the command's connection, or on the one that it names. */
export async function databaseOf(bench: Workbench, named: NamedMigration | undefined): Promise<OpenDatabase> {
  const connection = named?.migration.connection
  if (connection === undefined || connection === bench.names.connectionName) return bench
  const found = bench.find(connection)
  const { connectionName, databaseName } = found
  return {
    ...(await found.open()),
    names: { connectionName, databaseName, tablePrefix: '' },
    find: bench.find,
  }
}

/** Has the session wait for locks as long as the migration says, while it runs. */
export async function waitingAsSaid<T>(
  bench: Workbench,
  { session }: OpenDatabase,
  migration: Migration | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (migration?.lockTimeout === undefined) return await work()
  await session.limitLockWait(durationOf(migration.lockTimeout))
  try {
    return await work()
  } finally {
    // Where the session is lost, its next statement says so, and what led here is told first.
    await session.limitLockWait(bench.lockTimeoutMs).catch(() => undefined)
  }
}

/** Loading the migration has checked that it is a length of time. */
function durationOf(given: DurationText | undefined): number {
  return parseDuration(given) ?? 0
}

/**
 * @param migration undefined where only its name is left
 * @param afterStatement is awaited after each statement that has run
 */
export function liveExecutor(
  bench: Workbench,
  database: OpenDatabase,
  name: string,
  migration: Migration | undefined,
  afterStatement?: () => Promise<void>,
): LiveExecutor {
  return new LiveExecutor(database.dialect, database.session, {
    changesExactly: bench.changesExactly,
    isTransaction: database.session.inTransaction,
    signal: bench.signal,
    timeoutMs: durationOf(migration?.timeout),
    onStatement: async (statement, durationMs) => {
      bench.emit('statement', { migration: name, statement, durationMs })
      await afterStatement?.()
    },
  })
}

/** @throws LedgerError TM_LOCK_LOST, with nothing written, where the lock is another's by now */
export async function underLock(bench: Workbench, write: () => Promise<void>): Promise<void> {
  await bench.session.transaction(async () => {
    await write()
    await bench.lock.confirm()
  })
}

/**
 * Why a migration has failed. What a statement met after the work was told to stop came of that: the server may have given up
 * another one than was meant.
 */
export function reasonOf({ signal }: Workbench, error: unknown): unknown {
  const isOfStatement = error instanceof StatementError && error.code !== 'TM_CONNECTION_LOST'
  return signal.aborted && isOfStatement ? interruptionOf(signal) : error
}

/** Before each migration. A process that never waits for anything, as on SQLite, hears of a signal only when it takes a turn. */
export async function stopIfInterrupted({ signal }: Workbench): Promise<void> {
  await nextTurn()
  if (signal.aborted) throw interruptionOf(signal)
}
