/** A statement that took longer than it may. It cannot be stopped, because it runs in this process, and has ended. */
export class OverlongStatement extends Error {
  /** Whether what it did stands, because it was in no transaction. */
  readonly tookEffect: boolean

  constructor(limitMs: number, tookEffect: boolean) {
    const effect = tookEffect ? ', and has had its effect' : ''
    super(`The statement took longer than its limit of ${limitMs / 1000} s${effect}`)
    this.tookEffect = tookEffect
  }
}
