// The transactions of one session on a server: one at a time, with savepoints inside it. Each of its steps is one call of
// the session's queue, and is decided when its turn comes, by what the server then says of the transaction.

import type { CallQueue } from './call-queue.js'
import { TransactionLostError, TransactionOverlapError } from './errors.js'

/** What the server says: no transaction, an open one, or one that an error has spoiled so that it can only be rolled back. */
export type TransactionStatus = 'none' | 'open' | 'failed'

/** The connection as transactions need it. */
export interface TransactionWire {
  readonly transactionStatus: TransactionStatus
  /** Why there is no connection any more, and so no transaction. */
  readonly gone: Error | undefined
  begin(): Promise<void>
  /** Runs a statement at once, past the queue. */
  run(sql: string): Promise<unknown>
  /** Is told when a transaction that was begun here is over. */
  ended?(): void
}

interface Frame {
  /** Undefined for the transaction itself. */
  readonly savepoint: string | undefined
}

export class ServerTransactions {
  readonly #wire: TransactionWire
  readonly #queue: CallQueue
  #frames: readonly Frame[] = []

  constructor(wire: TransactionWire, queue: CallQueue) {
    this.#wire = wire
    this.#queue = queue
  }

  /** Runs `work` in a transaction, or in a savepoint where one is open. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const frame = await this.#queue.add(() => this.#begin())
    try {
      const result = await work()
      await this.#queue.add(() => this.#commit(frame))
      return result
    } catch (error) {
      // What led here is told; that a lost connection cannot be rolled back either is no news.
      await this.#queue.add(() => this.#rollBack(frame)).catch(() => undefined)
      throw error
    }
  }

  /** Whether one that was begun here has not ended yet. */
  get isOpen(): boolean {
    return this.#frames.length > 0
  }

  /** @throws TransactionLostError where the transaction that a statement belongs to is over */
  assertOpen(sql: string): void {
    if (this.#frames.length > 0 && this.#wire.transactionStatus === 'none') throw this.#reason(sql)
  }

  #reason(sql: string): Error {
    return this.#wire.gone ?? new TransactionLostError(sql)
  }

  async #begin(): Promise<Frame> {
    const isInner = this.#wire.transactionStatus !== 'none'
    const frame = { savepoint: isInner ? `tidemark_${this.#frames.length}` : undefined }
    await (isInner ? this.#wire.run(`SAVEPOINT ${frame.savepoint}`) : this.#wire.begin())
    this.#frames = [...this.#frames, frame]
    return frame
  }

  /** A spoiled transaction must not be committed: PostgreSQL answers COMMIT with a rollback, and no error. */
  async #commit(frame: Frame): Promise<void> {
    if (this.#frames.at(-1) !== frame) throw new TransactionOverlapError()
    if (this.#wire.transactionStatus !== 'open') throw this.#reason('COMMIT')
    await this.#wire.run(frame.savepoint === undefined ? 'COMMIT' : `RELEASE SAVEPOINT ${frame.savepoint}`)
    this.#close(frame)
  }

  /** Does nothing where an outer transaction, or the server itself, has rolled it back already. */
  async #rollBack(frame: Frame): Promise<void> {
    if (!this.#frames.includes(frame)) return
    this.#close(frame)
    if (this.#wire.transactionStatus === 'none') return
    if (frame.savepoint === undefined) {
      await this.#wire.run('ROLLBACK')
      return
    }
    await this.#wire.run(`ROLLBACK TO SAVEPOINT ${frame.savepoint}`)
    await this.#wire.run(`RELEASE SAVEPOINT ${frame.savepoint}`)
  }

  /** Forgets the frame and those inside it. */
  #close(frame: Frame): void {
    this.#frames = this.#frames.slice(0, this.#frames.indexOf(frame))
    if (frame.savepoint === undefined) this.#wire.ended?.()
  }
}
