// Waiting for another connection's lock. SQLite waits inside the driver, which would stop this whole process: its timers, its
// other sessions, and with them the one that may hold the lock. So the driver is told not to wait, and what meets a lock is
// tried again here, with pauses in which the process goes on.
//
// That is sound for what had no effect when it failed: a statement outside a transaction, BEGIN IMMEDIATE, COMMIT
// (https://www.sqlite.org/rescode.html#busy). A statement in the midst of a transaction is left to the driver's own wait, which
// knows when waiting is in vain because each of two transactions waits for the other.

import { setTimeout as pause } from 'node:timers/promises'
import { CallQueue } from '../../call-queue.js'
import type { Handle } from './handle.js'
import { isBusy } from './result-code.js'

/** What SQLite takes for "wait without end". */
const endlessMs = 2 ** 31 - 1

const longestPauseMs = 50

export class LockWait {
  readonly #handle: Handle
  readonly #queue = new CallQueue()
  #limitMs = 0
  /** How many calls wait, for a lock or for their turn. */
  #waiting = 0
  #stopping = new AbortController()

  /** @param limitMs 0 for no limit */
  constructor(handle: Handle, limitMs: number) {
    this.#handle = handle
    this.limit(limitMs)
    handle.exec('PRAGMA busy_timeout = 0')
  }

  limit(limitMs: number): void {
    this.#limitMs = limitMs === 0 ? endlessMs : limitMs
  }

  get isWaiting(): boolean {
    return this.#waiting > 0
  }

  /** Carries out a call at once where nothing is in its way; behind those that wait otherwise, and as soon as it can be. */
  take<T>(call: () => T, isCommit = false): T | Promise<T> {
    if (this.#waiting > 0) return this.#inTurn(async () => await this.#attempt(call, isCommit))
    const attempted = this.#attempt(call, isCommit)
    return attempted instanceof Promise ? this.#inTurn(() => attempted) : attempted
  }

  /** Has the driver itself wait in what `work` does, which stops this process. */
  blocking<T>(work: () => T): T {
    const before = this.#handle.pragma('busy_timeout')
    this.#handle.exec(`PRAGMA busy_timeout = ${this.#limitMs}`)
    try {
      return work()
    } finally {
      this.#handle.exec(`PRAGMA busy_timeout = ${String(before)}`)
    }
  }

  /** Those that wait fail as cancelled. */
  stop(): void {
    this.#stopping.abort()
    this.#stopping = new AbortController()
  }

  #attempt<T>(call: () => T, isCommit: boolean): T | Promise<T> {
    try {
      return call()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (this.#handle.inTransaction && !isCommit) return this.blocking(call)
      return this.#again(call, error)
    }
  }

  async #inTurn<T>(call: () => Promise<T>): Promise<T> {
    this.#waiting += 1
    try {
      return await this.#queue.add(call)
    } finally {
      this.#waiting -= 1
    }
  }

  async #again<T>(call: () => T, busy: unknown): Promise<T> {
    const { signal } = this.#stopping
    const until = performance.now() + this.#limitMs
    let last = busy
    for (let count = 0; ; count += 1) {
      const leftMs = until - performance.now()
      if (leftMs <= 0) throw last
      await pause(Math.min(leftMs, pauseMs(count)), undefined, { signal }).catch(() => {
        throw new WaitCancelled(last)
      })
      try {
        return call()
      } catch (error) {
        if (!isBusy(error)) throw error
        last = error
      }
    }
  }
}

/** Somebody ended the wait for a lock. */
class WaitCancelled extends Error {
  readonly code = 'SQLITE_INTERRUPT'

  constructor(cause: unknown) {
    super('The wait for a lock was cancelled', { cause })
  }
}

/** Grows with each attempt, and differs between those that wait. */
function pauseMs(count: number): number {
  return Math.min(longestPauseMs, 2 ** count) * (0.5 + Math.random() / 2)
}
