// The executor that runs what it is given, on one session.

import type { DatabaseTask, Dialect, ExecuteResult, Row, Session, Statement } from '../dialects/dialect.js'
import type { Operation } from '../schema/operations.js'
import type { Catalogue } from '../schema/snapshot.js'
import { CallGate } from './call-gate.js'
import { refuseTransactionControl } from './errors.js'
import type { Executor } from './executor.js'

export interface LiveExecutorOptions {
  readonly changesExactly?: boolean
  /** The work as a whole is a transaction, which SQL inside it must neither begin nor end. */
  readonly isTransaction?: boolean
  /** Aborting it cuts the work off, in the midst of a statement where the database can. */
  readonly signal?: AbortSignal
  /** How long the work may take in all, in milliseconds; 0 for no limit. */
  readonly timeoutMs?: number
  /** Is told of each statement that has run. */
  readonly onStatement?: (statement: Statement, durationMs: number) => void | Promise<void>
}

export class LiveExecutor implements Executor {
  readonly dialect: Dialect
  readonly catalogue: Catalogue
  readonly changesExactly: boolean
  readonly gate: CallGate
  readonly #session: Session
  readonly #options: LiveExecutorOptions
  /** How many transactions of Tidemark's are open, one in the other. */
  #transactions: number

  constructor(dialect: Dialect, session: Session, options: LiveExecutorOptions = {}) {
    this.dialect = dialect
    this.#session = session
    this.catalogue = dialect.catalogue(session)
    this.changesExactly = options.changesExactly ?? false
    this.gate = new CallGate({ ...options, cancel: () => session.cancel() })
    this.#options = options
    this.#transactions = options.isTransaction === true ? 1 : 0
  }

  get dialectName() {
    return this.dialect.name
  }

  get driverName() {
    return this.dialect.driverName
  }

  get maxIdentifierBytes() {
    return this.dialect.capabilities.maxIdentifierBytes
  }

  get inTransaction(): boolean {
    return this.#session.inTransaction
  }

  async change(operations: readonly Operation[]): Promise<void> {
    await this.gate.pass(async () => await this.#apply(await this.dialect.compile(operations, this.#session)))
  }

  /** Runs statements that were compiled before, such as a stored `down`. */
  async apply(statements: readonly Statement[]): Promise<void> {
    await this.gate.pass(() => this.#apply(statements))
  }

  async #apply(statements: readonly Statement[]): Promise<void> {
    const timings: [Statement, number][] = []
    await this.#session.apply(statements, (statement) => {
      const startedAt = performance.now()
      return () => timings.push([statement, performance.now() - startedAt])
    })
    for (const [statement, durationMs] of timings) await this.#options.onStatement?.(statement, durationMs)
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return await this.#timed(statement, () => this.#session.query(statement.sql, statement.bindings))
  }

  async execute(statement: Statement): Promise<ExecuteResult> {
    if (this.#transactions > 0) refuseTransactionControl(statement.sql)
    return await this.#timed(statement, () => this.#session.execute(statement.sql, statement.bindings))
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    this.#transactions += 1
    try {
      return await this.gate.pass(() => this.#session.transaction(work))
    } finally {
      this.#transactions -= 1
    }
  }

  async administer(task: DatabaseTask): Promise<void> {
    await this.gate.pass(() => this.dialect.administer(this.#session, task))
  }

  on(dialect: Dialect, session: Session): LiveExecutor {
    return new LiveExecutor(dialect, session, this.#options)
  }

  async wipe(what: { tables: boolean; views: boolean; types: boolean }): Promise<void> {
    await this.gate.pass(() => this.dialect.wipe(this.#session, what))
  }

  async enforceForeignKeys(enforced: boolean): Promise<boolean> {
    return await this.gate.pass(() => this.#session.enforceForeignKeys(enforced))
  }

  async setting(name: string, value?: string | number): Promise<unknown> {
    return await this.gate.pass(() => this.#session.setting(name, value))
  }

  async #timed<T>(statement: Statement, run: () => Promise<T>): Promise<T> {
    return await this.gate.pass(async () => {
      const startedAt = performance.now()
      const result = await run()
      await this.#options.onStatement?.(statement, performance.now() - startedAt)
      return result
    })
  }
}
