// The gate through which a migration's calls pass on their way to the database. It knows which calls are under way, so
// that a forgotten `await` is found out; once the work was interrupted or its time is up it has the call that is under way cut off, and
// lets no other begin; and it lets the process breathe, because a driver that answers at once never would (and a Ctrl-C would not be seen for an hour).

import { setImmediate as nextTurn } from 'node:timers/promises'
import { TidemarkError } from '../support/errors.js'
import { repeatUntil } from '../support/repeat-until.js'
import { InterruptedError, StatementError, TimeoutError } from './errors.js'

const breathAfterMs = 50

export interface CallGateOptions {
  /** Aborting it cuts the work off. */
  readonly signal?: AbortSignal | undefined
  /** Has the database give up the call that is under way. */
  readonly cancel?: (() => Promise<void>) | undefined
  /** How long the work may take in all, in milliseconds from now; 0 for no limit. */
  readonly timeoutMs?: number | undefined
}

export class CallGate {
  readonly #signal: AbortSignal | undefined
  readonly #timeoutMs: number
  readonly #cancel: (() => Promise<void>) | undefined
  readonly #openedAt = performance.now()
  readonly #timer: NodeJS.Timeout | undefined
  #inFlight = 0
  #lateCalls = 0
  #isSealed = false
  #isClosed = false
  #lastBreath = performance.now()

  constructor({ signal, timeoutMs = 0, cancel }: CallGateOptions = {}) {
    this.#signal = signal
    this.#timeoutMs = timeoutMs
    this.#cancel = cancel
    signal?.addEventListener('abort', this.#cutOff, { once: true })
    // A little late, so that the time is up by any clock when the call comes back.
    if (timeoutMs > 0) this.#timer = setTimeout(this.#cutOff, timeoutMs + 5)
    this.#timer?.unref()
  }

  /** Lets a call through. One that comes after `seal` never begins and never settles: its caller is gone. */
  async pass<T>(call: () => Promise<T>): Promise<T> {
    if (this.#isSealed) {
      this.#lateCalls += 1
      return await new Promise<T>(() => undefined)
    }
    this.#inFlight += 1
    try {
      await this.#breathe()
      this.#stopIfOver()
      return await call()
    } catch (error) {
      // That it was cancelled is the consequence; the reason is told.
      if (error instanceof StatementError && error.code === 'TM_STATEMENT_CANCELLED') this.#stopIfOver()
      throw error
    } finally {
      this.#inFlight -= 1
    }
  }

  /** Watches over the work no longer. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#cutOff)
  }

  /**
   * Closes the gate, and says whether each call that began had been awaited to its end.
   *
   * @throws InterruptedError, TimeoutError where the work was interrupted, or its time ran out, since the last call
   */
  async seal(): Promise<boolean> {
    const wereSettled = this.#inFlight === 0
    this.#isSealed = true
    await nextTurn()
    if (!wereSettled || this.#lateCalls > 0) return false
    this.#stopIfOver()
    return true
  }

  /** What is cancelled may be one of several statements of a call, or part of a procedure, which then goes on. */
  readonly #cutOff = (): void => {
    void repeatUntil(
      () => this.#inFlight === 0 || this.#isClosed,
      async () => await this.#cancel?.(),
    )
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath < breathAfterMs) return
    await nextTurn()
    this.#lastBreath = performance.now()
  }

  #stopIfOver(): void {
    if (this.#signal?.aborted === true) throw interruptionOf(this.#signal)
    if (this.#timeoutMs > 0 && performance.now() - this.#openedAt > this.#timeoutMs) {
      throw new TimeoutError(this.#timeoutMs)
    }
  }
}

/** Why the work is to stop: what the signal says, where that is an error of Tidemark's. */
export function interruptionOf(signal: AbortSignal): TidemarkError {
  return signal.reason instanceof TidemarkError ? signal.reason : new InterruptedError()
}
