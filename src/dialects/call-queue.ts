// Carries out calls one after the other, in the order in which they are made, whatever becomes of each.

export class CallQueue {
  #last: Promise<unknown> = Promise.resolve()

  add<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#last.then(call)
    this.#last = result.catch(() => undefined)
    return result
  }
}
