// The transactions inside a migration that is not one itself: those of db.transaction(), and those that its own SQL begins
// and ends. The journal has where each begins and how it ends. The entries in between are kept by its commit, or not at
// all; those of one that was rolled back are kept with the next effect, so that a migration which caught the error is
// told the same when it is run again.

import type { Dialect, Session } from '../dialects/dialect.js'
import { TidemarkError } from '../support/errors.js'
import { type Failure, LedgerError, failureOf, replayedError } from './errors.js'
import { type Boundary, type Entry, type Journal, type JournalMark, boundaryQuestion } from './journal.js'
import { isLost } from './lost-commit.js'

/** Where the journal is kept: in the ledger, under the lock. */
export interface JournalKeeper {
  /** Writes what the ledger does not have yet, in the transaction that is open or in one of its own. */
  keep(): Promise<void>
}

export class JournaledTransactions {
  readonly #dialect: Dialect
  readonly #session: Session
  readonly #journal: Journal
  readonly #keeper: JournalKeeper
  /** Is awaited before the outermost one is committed, or is told again that it was. */
  readonly #beforeCommit: () => Promise<void>
  /** How many of db.transaction() are open, one in the other. */
  #depth = 0
  /** The same, with those that are only told again what they did before. */
  #nesting = 0
  /** Where one began that the migration's own SQL has begun. */
  #begunByHand: JournalMark | undefined
  /** Whether the last of those has failed at its commit, which has rolled it back. */
  #hasFailedByHand = false

  constructor(
    dialect: Dialect,
    session: Session,
    journal: Journal,
    keeper: JournalKeeper,
    beforeCommit: () => Promise<void>,
  ) {
    this.#dialect = dialect
    this.#beforeCommit = beforeCommit
    this.#session = session
    this.#journal = journal
    this.#keeper = keeper
  }

  /** Whether one of db.transaction() is open. */
  get isOpen(): boolean {
    return this.#depth > 0
  }

  /** Whether one that begins now is inside another, or was when it was run before. */
  get isInside(): boolean {
    return this.#nesting > 0 || this.#begunByHand !== undefined || this.#session.inTransaction
  }

  /**
   * Runs `work` in a transaction, or in a savepoint where one is open.
   *
   * @param begin has what it is given done in one, and rolls that back where it throws
   */
  async run<T>(begin: (work: () => Promise<T>) => Promise<T>, work: () => Promise<T>): Promise<T> {
    const isOutermost = !this.isInside
    this.#nesting += 1
    try {
      return await (this.#journal.isReplaying
        ? this.#runAgain(work, isOutermost)
        : this.#runAnew(begin, work, isOutermost))
    } finally {
      this.#nesting -= 1
    }
  }

  async #runAnew<T>(
    begin: (work: () => Promise<T>) => Promise<T>,
    work: () => Promise<T>,
    isOutermost: boolean,
  ): Promise<T> {
    const before = this.#journal.mark()
    let isBegun = false
    this.#journal.addBoundary('begin')
    try {
      return await begin(() => {
        isBegun = true
        return this.#inside(work, isOutermost)
      })
    } catch (error) {
      // Of one that was never begun nothing was told to the migration's own code.
      if (isBegun) this.#journal.rolledBack(before, commitFailure(error))
      else this.#journal.returnTo(before)
      throw error
    }
  }

  async #inside<T>(work: () => Promise<T>, isOutermost: boolean): Promise<T> {
    this.#depth += 1
    try {
      const result = await work()
      if (isOutermost) await this.#beforeCommit()
      this.#journal.addBoundary('commit')
      if (isOutermost) await this.#keeper.keep()
      return result
    } finally {
      this.#depth -= 1
    }
  }

  /** One that was committed or rolled back before is in the journal from its beginning to its end. */
  async #runAgain<T>(work: () => Promise<T>, isOutermost: boolean): Promise<T> {
    this.#replay('begin')
    let result: T
    try {
      result = await work()
    } catch (error) {
      if (this.#journal.next?.hash === boundaryQuestion('rollback').hash) this.#replay('rollback')
      throw error
    }
    if (isOutermost) await this.#beforeCommit()
    this.#replayCommit()
    return result
  }

  /** @throws what the commit failed with then */
  #replayCommit(): undefined {
    const { next } = this.#journal
    const isFailure = next?.hash === boundaryQuestion('rollback').hash && 'failure' in next
    const entry = this.#replay(isFailure ? 'rollback' : 'commit')
    if (entry !== undefined && 'failure' in entry) throw replayedError(this.#dialect, entry.failure)
  }

  /** A statement of the migration's own that begins or ends a transaction; undefined where it stands in the journal. */
  async control<T>(boundary: Boundary, run: () => Promise<T>): Promise<T | undefined> {
    if (boundary === 'begin') return await this.#beginByHand(run)
    if (boundary === 'commit') await this.#beforeCommit()
    const before = this.#begunByHand
    this.#begunByHand = undefined
    const isOver = this.#hasFailedByHand && boundary === 'rollback'
    this.#hasFailedByHand = false
    if (isOver) return undefined
    if (before === undefined) return await this.#endUnbegun(run)
    return boundary === 'commit' ? await this.#commit(before, run) : await this.#rollBack(before, run)
  }

  async #beginByHand<T>(run: () => Promise<T>): Promise<T | undefined> {
    this.#begunByHand = this.#journal.mark()
    this.#hasFailedByHand = false
    if (this.#journal.isReplaying) return void this.#replay('begin')
    const result = await run()
    this.#journal.addBoundary('begin')
    return result
  }

  /**
   * A change of structure is about to commit what is open, where the database can undo none: its end is written down first.
   *
   * @param commit ends it
   */
  async endBeforeStructure(commit: () => Promise<unknown>): Promise<void> {
    if (this.#begunByHand !== undefined) await this.control('commit', commit)
    else if (this.#session.inTransaction) await this.#endUnbegun(commit)
  }

  /** It ends none, or one that a setting of the session began. */
  async #endUnbegun<T>(run: () => Promise<T>): Promise<T> {
    if (this.#session.inTransaction) await this.#keeper.keep()
    return await run()
  }

  async #commit<T>(before: JournalMark, run: () => Promise<T>): Promise<T | undefined> {
    try {
      if (this.#journal.isReplaying) return this.#replayCommit()
    } catch (error) {
      this.#hasFailedByHand = true
      throw error
    }
    try {
      this.#journal.addBoundary('commit')
      await this.#keeper.keep()
      return await run()
    } catch (error) {
      // SQLite keeps it open for another try, of which the journal could not tell.
      if (this.#session.inTransaction) await this.#session.execute('rollback').catch(() => undefined)
      this.#hasFailedByHand = true
      this.#journal.rolledBack(before, commitFailure(error))
      throw error
    }
  }

  async #rollBack<T>(before: JournalMark, run: () => Promise<T>): Promise<T | undefined> {
    if (this.#journal.isReplaying) return void this.#replay('rollback')
    const result = await run()
    this.#journal.rolledBack(before)
    return result
  }

  #replay(boundary: Boundary): Entry | undefined {
    return this.#journal.replay(boundaryQuestion(boundary))
  }
}

/** What the journal keeps of it; of a connection that is lost nobody knows what became of the commit. */
function commitFailure(error: unknown): Failure | undefined {
  const isKnown = error instanceof TidemarkError && !(error instanceof LedgerError) && !isLost(error)
  return isKnown ? failureOf(error) : undefined
}
