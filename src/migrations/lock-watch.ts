// Watches a holder of the lock by looking at its row again and again. Its clock is not asked: what counts is whether its heart was
// seen to beat, for as long as it was really watched.

import { isGone } from './lock-holder.js'
import type { LockState } from './lock-row.js'

/** A holder whose heart is not seen to beat for so long is taken over from; longer than its idle limit with all its delays. */
const leaseMs = 22_000
/**
 * The most that is counted between two looks. What kept the second one waiting, such as a change of structure on a Galera
 * cluster or a process that was stopped, may have kept the heart from beating, or from being seen.
 */
const longestGapMs = 2_000

export class HolderWatch {
  readonly #now: () => number
  #seen: LockState | undefined
  #lookedAt = 0
  #stillMs = 0

  /** @param now the time in milliseconds */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** The holder as it was last seen. */
  get last(): LockState | undefined {
    return this.#seen
  }

  /** Takes a look at the holder; `true` where its place may be taken. */
  isOver(held: LockState): boolean {
    const now = this.#now()
    const isStill = this.#seen?.token === held.token && this.#seen.heartbeats === held.heartbeats
    this.#stillMs = isStill ? this.#stillMs + Math.min(now - this.#lookedAt, longestGapMs) : 0
    this.#seen = held
    this.#lookedAt = now
    return isGone(held.holder) || this.#stillMs > leaseMs
  }
}
