// The gate through which a migration's calls pass on their way to the database. It knows which calls are under way, so
// that a forgotten `await` is found out; it stops at the next call once the work was interrupted; and it lets the
// process breathe, because a driver that answers at once never would (and a Ctrl-C would not be seen for an hour).

import { setImmediate as nextTurn } from 'node:timers/promises'
import { InterruptedError } from './errors.js'

const breathAfterMs = 50

export class CallGate {
  readonly #signal: AbortSignal | undefined
  #inFlight = 0
  #lateCalls = 0
  #isSealed = false
  #lastBreath = performance.now()

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
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
      this.#stopIfInterrupted()
      return await call()
    } finally {
      this.#inFlight -= 1
    }
  }

  /**
   * Closes the gate, and says whether each call that began had been awaited to its end.
   *
   * @throws InterruptedError where the work was interrupted since the last call
   */
  async seal(): Promise<boolean> {
    const wereSettled = this.#inFlight === 0
    this.#isSealed = true
    await nextTurn()
    if (!wereSettled || this.#lateCalls > 0) return false
    this.#stopIfInterrupted()
    return true
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath < breathAfterMs) return
    await nextTurn()
    this.#lastBreath = performance.now()
  }

  #stopIfInterrupted(): void {
    if (this.#signal?.aborted === true) throw new InterruptedError()
  }
}
