// One migrator at a time per database and ledger. This is the policy: wait, say for whom, give up, take over from a
// holder that is gone, notice that one was taken over from. The lock itself is a row (lock-row.ts); what keeps a holder
// that stalls from writing later is each dialect's `fence`. docs/explanation/exactly-once.md has the argument.

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { interruptionOf } from '../connection/call-gate.js'
import type { Dialect, Session } from '../dialects/dialect.js'
import { TidemarkError } from '../support/errors.js'
import { lockHeld, lockLost } from './errors.js'
import type { Ledger } from './ledger.js'
import { type LockHolder, isGone, thisProcess } from './lock-holder.js'
import { isLockTrouble, retryLocked } from './lock-retry.js'
import type { LockRow, LockState } from './lock-row.js'
import { HolderWatch } from './lock-watch.js'

/** How often a holder shows that it is alive. */
const heartbeatMs = 4_000
/** A session that is idle for so long, less than a lease, is ended by its server: a holder that stalls has then no way left to write. */
const idleLimitMs = 15_000
const longestPauseMs = 500

/** The locks of this process that could not be given back, because their row was locked: nobody holds them any more. */
const abandoned = new Set<string>()

export interface LockOptions {
  readonly dialect: Dialect
  readonly session: Session
  readonly ledger: Ledger
  /** Another session of the same database, for the heartbeat; it is opened only for work that takes longer. */
  readonly openAnother: () => Promise<Session>
  /** How long to wait for another holder, in milliseconds. */
  readonly waitMs: number
  /** Aborting it ends the wait. */
  readonly signal: AbortSignal
  readonly onWait: (held: LockState) => void
  /** Since when a call on the same session has the lock; the calls of one Tidemark share it. */
  readonly turn: LockTurn
}

interface Attempt {
  readonly isHad: boolean
  /** Who held the lock before. */
  readonly held: LockState | undefined
}

export interface LockTurn {
  takenSince: Date | undefined
}

export class MigrationLock {
  readonly #options: LockOptions
  readonly #row: LockRow
  readonly #token = randomUUID()
  readonly #loss = new AbortController()
  #depth = 0

  constructor(options: LockOptions) {
    this.#options = options
    this.#row = options.ledger.lockRow()
  }

  /** Aborts where another has taken over, or was told to by `migrate:unlock`. */
  get lost(): AbortSignal {
    return this.#loss.signal
  }

  /** Runs `work` while this process holds the lock, which it waits for. What `work` was decided on is to be read anew. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.#depth > 0) return await work()
    const { turn } = this.#options
    await this.#takeTurn()
    try {
      await this.#acquire()
      return await this.#holding(work)
    } finally {
      turn.takenSince = undefined
    }
  }

  async #holding<T>(work: () => Promise<T>): Promise<T> {
    this.#depth += 1
    const stop = this.#keepAlive()
    const [outcome] = await Promise.allSettled([work()])
    this.#depth -= 1
    await stop()
    if (outcome.status === 'fulfilled') {
      await this.#release()
      return outcome.value
    }
    const wasHeld = await this.#release(isLockTrouble(outcome.reason))
    // Whatever it met, such as a session that was ended or a table that another one has made, came of that.
    throw wasHeld ? outcome.reason : lockLost(outcome.reason)
  }

  /**
   * Makes sure that the lock is still held, in the transaction that is open on the session: what that commits, nobody
   * else has done.
   *
   * @throws LedgerError TM_LOCK_LOST
   */
  async confirm(session: Session = this.#options.session): Promise<void> {
    if (await this.#row.beat(session, this.#token)) return
    this.#loss.abort(lockLost())
    throw lockLost()
  }

  /**
   * Looks by another session at what stands, where the connection was lost in a transaction that has confirmed the lock: that
   * has ended by then, because its session is, and because it kept the lock's row locked.
   *
   * @throws LedgerError TM_LOCK_LOST
   */
  async afterLoss<T>(look: (session: Session) => Promise<T>): Promise<T> {
    const { dialect, openAnother } = this.#options
    const other = await openAnother()
    try {
      await dialect.fence.expel(other, this.#token)
      await this.confirm(other)
      return await look(other)
    } finally {
      await other.close()
    }
  }

  /** Who holds the lock now. */
  async heldBy(): Promise<LockState | undefined> {
    const { session, ledger } = this.#options
    return (await ledger.exists()) ? await this.#row.read(session).catch(unlessDropped) : undefined
  }

  /** Clears away the lock of a holder that is known to be gone, where one was seen and there is nothing else to do. */
  async sweep(): Promise<void> {
    const { session, ledger } = this.#options
    if (this.#depth > 0 || !ledger.wasLocked) return
    const held = await this.#row.read(session).catch(unlessDropped)
    if (held !== undefined && isGone(held.holder)) await this.hold(() => Promise.resolve())
  }

  /** Takes the lock away from whoever holds it, and ends their session. Gives back who it was. */
  async break(): Promise<LockState | undefined> {
    const { dialect, session } = this.#options
    const held = await this.heldBy()
    if (held === undefined) return undefined
    // In this order: once the row is gone, another may begin while the old session is still at work.
    await dialect.fence.expel(session, held.token)
    await this.#row.remove(session, held.token)
    return held
  }

  async #acquire(): Promise<void> {
    const { dialect, session } = this.#options
    await retryLocked(this.#options, () => this.#makeLedger())
    await dialect.fence.raise(session, this.#token, idleLimitMs)
    try {
      await this.#waitForRow()
    } catch (error) {
      await dialect.fence.lower(session).catch(() => undefined)
      throw error
    }
  }

  async #takeTurn(): Promise<void> {
    const { turn } = this.#options
    await this.#wait(() => {
      const { takenSince: since } = turn
      turn.takenSince = since ?? new Date()
      const held =
        since === undefined ? undefined : { token: '', heartbeats: 0, since, holder: thisProcess() }
      return Promise.resolve({ isHad: since === undefined, held })
    })
  }

  async #waitForRow(): Promise<void> {
    const me = thisProcess()
    const watch = new HolderWatch()
    await this.#wait(async () => {
      const attempt = (): Promise<Attempt> => this.#tryRow(watch, me)
      const seen = watch.last
      // Whoever migrates may have all of the database locked, so that it cannot even be seen that they still do; anybody else
      // is waited for as long as any statement waits.
      if (seen === undefined) return await retryLocked(this.#options, attempt)
      return await attempt().catch((error: unknown) => {
        if (isLockTrouble(error)) return { isHad: false, held: seen }
        throw error
      })
    })
  }

  async #tryRow(watch: HolderWatch, me: LockHolder): Promise<Attempt> {
    // It looks before it tries: an insert in vain is an error in PostgreSQL's log.
    const held = await this.#row.read(this.#options.session).catch(unlessDropped)
    if (held === undefined) return { isHad: await this.#insert(me), held }
    const isOver = watch.isOver(held) || abandoned.has(held.token)
    return { isHad: isOver && (await this.#takeOver(held, me)), held }
  }

  /** Who holds the lock may wipe the database, and the ledger with it; then it is tried again with a new one. */
  async #insert(me: LockHolder): Promise<boolean> {
    const isInserted = await this.#row.insert(this.#options.session, this.#token, me).catch(unlessDropped)
    if (isInserted === undefined) await this.#makeLedger()
    return isInserted ?? false
  }

  /** Where it was there and is not any more, because of others that make it and wipe it, it is made at the next attempt. */
  async #makeLedger(): Promise<void> {
    await this.#options.ledger.create().catch((error: unknown) => {
      if (!(error instanceof TidemarkError) || !isThere.test(error.code)) throw error
    })
  }

  /** Tries again and again, as long as it may. */
  async #wait(attempt: () => Promise<Attempt>): Promise<void> {
    const { waitMs, signal, onWait } = this.#options
    const startedAt = performance.now()
    let isTold = false
    for (let count = 0; ; count += 1) {
      const { isHad, held } = await attempt()
      if (isHad) return
      if (signal.aborted) throw interruptionOf(signal)
      const leftMs = waitMs - (performance.now() - startedAt)
      if (leftMs <= 0) throw lockHeld(held, waitMs)
      if (held !== undefined && !isTold) onWait(held)
      isTold ||= held !== undefined
      await pause(Math.min(leftMs, jittered(count)))
    }
  }

  /**
   * The old holder may still have a session with a statement that runs: that is ended before its place is taken, because who
   * comes after this process, should it die here, would know of this one only; and again after, because it is taken only then.
   */
  async #takeOver(held: LockState, me: LockHolder): Promise<boolean> {
    const { dialect, session } = this.#options
    await dialect.fence.expel(session, held.token)
    if (!(await this.#row.replace(session, held, this.#token, me))) return false
    await dialect.fence.expel(session, held.token)
    return true
  }

  /** Shows that this process is alive, from a session of its own, because the other one may be busy for long. */
  #keepAlive(): () => Promise<void> {
    let other: Promise<Session> | undefined
    let beating: Promise<void> = Promise.resolve()
    const stir = this.#stirrer()
    const close = async (): Promise<void> => {
      const closed = other
      other = undefined
      await (await closed?.catch(() => undefined))?.close().catch(() => undefined)
    }
    const beat = async (): Promise<void> => {
      other ??= this.#options.openAnother()
      const isOurs = await this.#row.beat(await other, this.#token)
      if (!isOurs) this.#loss.abort(lockLost())
    }
    const timer = setInterval(() => {
      // A heartbeat that fails is tried again, from another session unless the row was locked by a transaction of the work.
      // The next write of the work finds out whether the lock is still held.
      beating = beating.then(beat).catch((error: unknown) => (isLockTrouble(error) ? undefined : close()))
      stir()
    }, heartbeatMs)
    timer.unref()
    return async () => {
      clearInterval(timer)
      await beating
      await close()
    }
  }

  /** Keeps the session of the work from being idle for too long, where its server would end it. */
  #stirrer(): () => void {
    const { dialect, session } = this.#options
    let isAsking = !dialect.fence.endsIdleSessions
    return () => {
      if (isAsking) return
      isAsking = true
      void session
        .query('select 1')
        .catch(() => undefined)
        .then(() => (isAsking = false))
    }
  }

  /**
   * Where the session is lost, another one gives the lock back; so it does where the work waited for a lock in vain, because it
   * waits for none. Where that fails too, the lease runs out. `false` where it was somebody else's, or nobody's.
   */
  async #release(isBlocked = false): Promise<boolean> {
    const { dialect, session, openAnother } = this.#options
    const removing = isBlocked
      ? this.#removeFrom(openAnother())
      : this.#row.remove(session, this.#token).catch(() => this.#removeFrom(openAnother()))
    const wasHeld = await removing.catch(() => {
      abandoned.add(this.#token)
      return true
    })
    await dialect.fence.lower(session).catch(() => undefined)
    return wasHeld
  }

  async #removeFrom(opening: Promise<Session>): Promise<boolean> {
    const other = await opening
    try {
      return await this.#row.remove(other, this.#token)
    } finally {
      await other.close()
    }
  }
}

/** That the table is there, or its index; of two that make one at once, PostgreSQL may say that of its own list of names. */
const isThere = /^TM_(?:\w+_EXISTS|UNIQUE_VIOLATION)$/

/** @returns undefined where the error is that there is no such table */
function unlessDropped(error: unknown): undefined {
  if (!(error instanceof TidemarkError) || error.code !== 'TM_SQL_NO_SUCH_TABLE') throw error
}

/** Grows with each attempt, and differs between those that wait, so that they do not all come at once. */
function jittered(attempt: number): number {
  return Math.min(longestPauseMs, 20 * 2 ** attempt) * (0.5 + Math.random() / 2)
}
