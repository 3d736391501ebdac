// A limit on how long a statement may run. MySQL's own covers SELECT alone
// (https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html#sysvar_max_execution_time), and so the clock is kept
// here as well: when the time is up, the server is asked by another connection to give the statement up.

import { repeatUntil } from '../../../support/repeat-until.js'

/** ER_QUERY_TIMEOUT, which MySQL itself gives for a SELECT; ER_QUERY_INTERRUPTED. */
const [timedOut, interrupted] = [3024, 1317]

/** A little longer than the server's own limit, so that where there is one it comes first. */
const graceMs = 50

export class TimeLimit {
  readonly #limitMs: number
  readonly #startedAt = performance.now()
  readonly #timer: NodeJS.Timeout | undefined
  #isOver = false
  #hasEnded = false

  /**
   * @param limitMs 0 for no limit
   * @param cancel has the server give up the statement; asked again until that has ended, because a procedure goes on where
   *   one of its statements was given up
   */
  constructor(limitMs: number, cancel: () => Promise<void>) {
    this.#limitMs = limitMs
    if (limitMs === 0) return
    this.#timer = setTimeout(() => {
      this.#isOver = true
      void repeatUntil(() => this.#hasEnded, cancel)
    }, limitMs + graceMs)
  }

  /** Whether the statement was stopped for it. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Whether the time was up, by whichever clock, when the statement ended. */
  get hasPassed(): boolean {
    return this.#limitMs > 0 && performance.now() - this.#startedAt >= this.#limitMs
  }

  end(): void {
    this.#hasEnded = true
    clearTimeout(this.#timer)
  }

  /**
   * As the driver's errors are, so that it is explained like the server's own.
   *
   * @param tookEffect whether the statement has ended all the same, and what it did stands
   */
  error({ cause, tookEffect = false }: { readonly cause?: unknown; readonly tookEffect?: boolean }): Error {
    const time = `took longer than its limit of ${this.#limitMs / 1000} s`
    const message = tookEffect
      ? `The statement ${time}, could not be given up, and has had its effect`
      : `The statement ${time} and was given up`
    return Object.assign(new Error(message, { cause }), { errno: timedOut, tookEffect })
  }
}

/** That of a statement which was stopped and ended as if it were over. */
export function interruption(): Error {
  return Object.assign(new Error('The statement was interrupted'), { errno: interrupted })
}
