// Foreign keys must not be enforced while a table is built anew: dropping the old table would delete or change the rows
// that point to it. But SQLite ignores `PRAGMA foreign_keys` inside a transaction
// (https://www.sqlite.org/pragma.html#pragma_foreign_keys), and when a migration's transaction begins nobody knows yet
// whether a rebuild will come. Beginning every migration without enforcement is no way out: a migration's own DELETE
// must keep its ON DELETE actions.
//
// So a transaction begins as configured and remembers its statements. When a rebuild comes, it is rolled back, begun
// again without enforcement, and its statements are run again. Each must have the effect that it had, triggers and
// foreign key actions counted; where it has not, the work is refused rather than done differently. Usually there is
// nothing to run again. Before the commit every foreign key is checked, and rows that were not broken before and are
// now make it fail; so whatever enforcement would have done or refused after the rebuild cannot be left out unseen.
// Afterwards enforcement is as it was.

import { DatabaseChangedError, ForeignKeyViolationError } from '../errors.js'
import { type Violations, newOrphans, readViolations } from './foreign-key-check.js'
import type { Handle } from './handle.js'
import type { TransactionLog } from './transaction-log.js'

/** A savepoint that is open, and how many statements the log held when it was set. */
export interface OpenSavepoint {
  readonly name: string
  readonly mark: number
}

export class ForeignKeySuspension {
  /** Whether the caller wants them enforced, were that possible before the end of the transaction. */
  isWanted: boolean
  readonly #handle: Handle
  readonly #wasEnforced: boolean
  readonly #baseline: Violations

  private constructor(handle: Handle, wasEnforced: boolean, baseline: Violations) {
    this.#handle = handle
    this.#wasEnforced = wasEnforced
    this.#baseline = baseline
    this.isWanted = wasEnforced
  }

  /**
   * Goes on with the open transaction without enforcement.
   *
   * @throws RebuildAfterDataError where its statements cannot be run again; the transaction is rolled back then
   */
  static begin(
    handle: Handle,
    log: TransactionLog,
    savepoints: readonly OpenSavepoint[],
  ): ForeignKeySuspension {
    if (!isEnforced(handle)) return new ForeignKeySuspension(handle, false, readViolations(handle))
    try {
      log.assertReplayable(handle)
      restart(handle)
      const baseline = readViolations(handle)
      replay(handle, log, savepoints)
      return new ForeignKeySuspension(handle, true, baseline)
    } catch (error) {
      if (handle.inTransaction) handle.exec('ROLLBACK')
      enforce(handle, true)
      throw error
    }
  }

  /** @throws ForeignKeyViolationError where the transaction has broken a foreign key */
  check(): void {
    const orphans = newOrphans(this.#baseline, readViolations(this.#handle))
    if (orphans.length > 0) throw new ForeignKeyViolationError(orphans)
  }

  /** Enforces again what was enforced before; after the transaction has ended. */
  end(): void {
    enforce(this.#handle, this.#wasEnforced || this.isWanted)
  }
}

/** Whether SQLite enforces foreign keys now. */
export function isEnforced(handle: Handle): boolean {
  return handle.pragma('foreign_keys') === 1
}

/** Has no effect inside a transaction. */
export function enforce(handle: Handle, enforced: boolean): void {
  handle.exec(`PRAGMA foreign_keys = ${enforced ? 'ON' : 'OFF'}`)
}

/** The version changes when another connection commits, which it can for the moment in which the lock is not held. */
function restart(handle: Handle): void {
  const version = handle.pragma('data_version')
  handle.exec('ROLLBACK')
  enforce(handle, false)
  handle.exec('BEGIN IMMEDIATE')
  if (handle.pragma('data_version') !== version) throw new DatabaseChangedError()
}

function replay(handle: Handle, log: TransactionLog, savepoints: readonly OpenSavepoint[]): void {
  let position = 0
  for (const { name, mark } of savepoints) {
    log.replay(handle, position, mark)
    handle.exec(`SAVEPOINT ${name}`)
    position = mark
  }
  log.replay(handle, position)
}
