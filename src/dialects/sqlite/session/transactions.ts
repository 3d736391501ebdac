// The transactions of one session: one at a time, with savepoints inside it. Begins with the write lock, so that two
// migrators never both read first and then find that only one of them may write.

import { TransactionLostError, TransactionOverlapError } from '../../errors.js'
import { RebuildAfterDataError } from '../errors.js'
import { ForeignKeySuspension, type OpenSavepoint, enforce, isEnforced } from './foreign-key-suspension.js'
import type { Handle } from './handle.js'
import type { LockWait } from './lock-wait.js'
import { type StatementCall, TransactionLog, perform } from './transaction-log.js'

interface Frame {
  /** Undefined for the transaction itself. */
  readonly savepoint: string | undefined
  readonly mark: number
}

export class Transactions {
  readonly #handle: Handle
  readonly #lockWait: LockWait
  readonly #log = new TransactionLog()
  #frames: readonly Frame[] = []
  #suspension: ForeignKeySuspension | undefined
  /** A statement failed for the caller and has had its effect. */
  #isSpoiled = false

  constructor(handle: Handle, lockWait: LockWait) {
    this.#handle = handle
    this.#lockWait = lockWait
  }

  /** Runs `work` in a transaction, or in a savepoint where one is open. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const begun = this.#lockWait.take(() => this.#begin())
    const frame = begun instanceof Promise ? await begun : begun
    try {
      const result = await work()
      this.#assertMayEnd(frame)
      await this.#lockWait.take(() => this.#commit(frame), true)
      return result
    } catch (error) {
      this.#rollBack(frame)
      throw error
    }
  }

  /** Runs one statement inside whatever is open. */
  call<T>(call: StatementCall<T>): T {
    if (this.#isSpoiled) this.#refuseCommit(call.sql)
    if (this.#frames.length === 0) return perform(this.#handle, call)
    if (!this.#handle.inTransaction) throw new TransactionLostError(call.sql)
    return this.#suspension === undefined && this.isOwn
      ? this.#log.run(this.#handle, call)
      : perform(this.#handle, call)
  }

  /** From now on the open transaction, or the savepoint in it, can only be rolled back. */
  spoil(): void {
    this.#isSpoiled = true
  }

  get isEnforcingForeignKeys(): boolean {
    return this.#suspension?.isWanted ?? isEnforced(this.#handle)
  }

  /** Goes on without foreign keys up to the end of the open transaction; before its end they are checked. */
  suspendForeignKeys(): ForeignKeySuspension {
    if (!this.isOwn) throw new RebuildAfterDataError('own-begin')
    const savepoints = this.#frames.flatMap(toSavepoint)
    // The lock is let go of for a moment, in which nothing else of this process can take it.
    this.#suspension ??= this.#lockWait.blocking(() =>
      ForeignKeySuspension.begin(this.#handle, this.#log, savepoints),
    )
    return this.#suspension
  }

  enforceForeignKeys(enforced: boolean): void {
    if (this.#handle.inTransaction) this.suspendForeignKeys().isWanted = enforced
    else enforce(this.#handle, enforced)
  }

  /** Whether the open transaction was begun here, rather than by a BEGIN that somebody ran. */
  get isOwn(): boolean {
    return this.#frames[0] !== undefined && this.#frames[0].savepoint === undefined
  }

  #refuseCommit(sql: string): void {
    this.#isSpoiled = this.#handle.inTransaction && !/^\s*rollback\b/i.test(sql)
    if (this.#isSpoiled && isCommit(sql)) throw new TransactionLostError(sql)
  }

  #begin(): Frame {
    const isInner = this.#handle.inTransaction
    const frame = {
      savepoint: isInner ? `tidemark_${this.#frames.length}` : undefined,
      mark: this.#log.length,
    }
    this.#handle.exec(isInner ? `SAVEPOINT ${frame.savepoint}` : 'BEGIN IMMEDIATE')
    this.#frames = [...this.#frames, frame]
    return frame
  }

  #assertMayEnd(frame: Frame): void {
    if (this.#frames.at(-1) !== frame) throw new TransactionOverlapError()
    if (!this.#handle.inTransaction || this.#isSpoiled) throw new TransactionLostError('COMMIT')
    const suspension = frame.savepoint === undefined ? this.#suspension : undefined
    if (suspension !== undefined) this.#lockWait.blocking(() => suspension.check())
  }

  #commit(frame: Frame): void {
    this.#handle.exec(frame.savepoint === undefined ? 'COMMIT' : `RELEASE ${frame.savepoint}`)
    this.#close(frame)
  }

  /** Does nothing where an outer transaction, or SQLite itself, has rolled it back already. */
  #rollBack(frame: Frame): void {
    if (!this.#frames.includes(frame)) return
    if (this.#handle.inTransaction) {
      this.#handle.exec(
        frame.savepoint === undefined
          ? 'ROLLBACK'
          : `ROLLBACK TO ${frame.savepoint}; RELEASE ${frame.savepoint}`,
      )
      this.#log.cut(frame.mark)
      this.#isSpoiled = false
    }
    this.#close(frame)
  }

  /** Forgets the frame and those inside it. */
  #close(frame: Frame): void {
    this.#frames = this.#frames.slice(0, this.#frames.indexOf(frame))
    if (frame.savepoint !== undefined) return
    this.#log.clear()
    this.#suspension?.end()
    this.#suspension = undefined
  }
}

/** The user's own. */
export function isCommit(sql: string): boolean {
  return /^\s*(?:commit|end)\b/i.test(sql)
}

function toSavepoint({ savepoint, mark }: Frame): readonly OpenSavepoint[] {
  return savepoint === undefined ? [] : [{ name: savepoint, mark }]
}
