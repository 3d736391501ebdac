// The database as it will be after the statements that have been compiled so far. As long as nobody asks, nothing is
// done; who asks gets the real session, or a rehearsal on which the statements have been run.

import type { Session, Statement } from '../../dialect.js'
import { structureCopy } from '../rehearse.js'

export class Preview {
  readonly #session: Session
  #rehearsal: Session | undefined
  #awaited: Statement[] = []

  constructor(session: Session) {
    this.#session = session
  }

  /** Notes statements that will have run by the time of the next question. */
  add(statements: readonly Statement[]): void {
    this.#awaited.push(...statements)
  }

  /** What shows the structure at this point; only to be read. */
  async session(): Promise<Session> {
    if (this.#awaited.length > 0) {
      this.#rehearsal ??= await structureCopy(this.#session)
      await this.#rehearsal.apply(this.#awaited)
      this.#awaited = []
    }
    return this.#rehearsal ?? this.#session
  }

  async close(): Promise<void> {
    await this.#rehearsal?.close()
  }
}
