// A session whose errors are Tidemark's: what the driver throws is read by the dialect, once, here, and comes out as a
// StatementError with the statement that it is about.

import type { Catalogue } from '../schema/snapshot.js'
import type { Blocker } from '../dialects/blocker.js'
import type {
  Dialect,
  ExecuteResult,
  Row,
  Session,
  Statement,
  StatementObserver,
} from '../dialects/dialect.js'
import type { Value } from '../schema/expression.js'
import { statementError } from './errors.js'

export class ExplainedSession implements Session {
  readonly #dialect: Dialect
  readonly #session: Session

  constructor(dialect: Dialect, session: Session) {
    this.#dialect = dialect
    this.#session = session
  }

  get structure(): Catalogue | undefined {
    return this.#session.structure
  }

  get inTransaction(): boolean {
    return this.#session.inTransaction
  }

  async query(sql: string, bindings: readonly Value[] = []): Promise<readonly Row[]> {
    try {
      return await this.#session.query(sql, bindings)
    } catch (error) {
      throw statementError(this.#dialect, error, sql)
    }
  }

  async execute(sql: string, bindings: readonly Value[] = []): Promise<ExecuteResult> {
    try {
      return await this.#session.execute(sql, bindings)
    } catch (error) {
      throw statementError(this.#dialect, error, sql)
    }
  }

  async apply(statements: readonly Statement[], observe?: StatementObserver): Promise<void> {
    let current: Statement | undefined
    try {
      await this.#session.apply(statements, (statement) => {
        current = statement
        return observe?.(statement) ?? (() => undefined)
      })
    } catch (error) {
      throw statementError(this.#dialect, error, current?.sql)
    }
  }

  /** What `work` throws comes out as it is; what beginning or committing throws is the database's. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    let isOfWork = false
    try {
      return await this.#session.transaction(async () => {
        isOfWork = true
        const result = await work()
        isOfWork = false
        return result
      })
    } catch (error) {
      throw isOfWork ? error : statementError(this.#dialect, error, undefined)
    }
  }

  async enforceForeignKeys(enforced: boolean): Promise<boolean> {
    try {
      return await this.#session.enforceForeignKeys(enforced)
    } catch (error) {
      throw statementError(this.#dialect, error, undefined)
    }
  }

  async limitLockWait(timeoutMs: number): Promise<void> {
    try {
      await this.#session.limitLockWait(timeoutMs)
    } catch (error) {
      throw statementError(this.#dialect, error, undefined)
    }
  }

  async restoreSettings(): Promise<void> {
    try {
      await this.#session.restoreSettings()
    } catch (error) {
      throw statementError(this.#dialect, error, undefined)
    }
  }

  async setting(name: string, value?: string | number): Promise<unknown> {
    try {
      return await this.#session.setting(name, value)
    } catch (error) {
      throw statementError(this.#dialect, error, name)
    }
  }

  async cancel(): Promise<void> {
    await this.#session.cancel()
  }

  async blockers(): Promise<readonly Blocker[]> {
    return await this.#session.blockers()
  }

  async close(): Promise<void> {
    await this.#session.close()
  }
}
