// Carries out calls one after the other, in the order in which they are made, whatever becomes of each.

export class CallQueue {
  #last: Promise<unknown> = Promise.resolve()

  add<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#last.then(call)
    this.#last = result.catch(() => undefined)
    return result
  }

  /** Settles once all calls so far are over, or that time is. */
  async settled(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs)
    })
    await Promise.race([this.#last, timeout])
    clearTimeout(timer)
  }
}
