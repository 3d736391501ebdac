// A session on one SQLite file. The driver answers at once, so calls are carried out in the order in which they are
// made; the promises are for the callers, who do not know which database they have, and for what has to wait for a lock.

import type { Value } from '../../../schema/expression.js'
import type { Blocker } from '../../blocker.js'
import type {
  ExecuteResult,
  Row,
  Session,
  SessionOptions,
  Statement,
  StatementObserver,
} from '../../dialect.js'
import { bindValues } from './bindings.js'
import type { BoundValue } from './driver.js'
import { dropsReferencedTable } from './dropped-rows.js'
import { foreignKeysSwitch } from './foreign-keys-pragma.js'
import type { Handle } from './handle.js'
import { literal, quoteIdentifier } from '../sql/literal.js'
import type { LockWait } from './lock-wait.js'
import { type OpenDatabase, openDatabase } from './open-database.js'
import { OverlongStatement } from './overlong-statement.js'
import type { StatementCall } from './transaction-log.js'
import { Transactions, isCommit } from './transactions.js'

/**
 * Opens the file, making it and its folder where they are not there.
 *
 * @throws ConnectionError where it cannot be opened or is no SQLite database
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  return new SqliteSession(await openDatabase(options), options)
}

class SqliteSession implements Session {
  readonly #handle: Handle
  readonly #lockWait: LockWait
  readonly #transactions: Transactions
  readonly #keepsForeignKeys: boolean
  readonly #statementTimeoutMs: number
  readonly #path: string

  constructor(
    { handle, lockWait }: OpenDatabase,
    { database, foreignKeys, statementTimeoutMs = 0 }: SessionOptions,
  ) {
    this.#path = database
    this.#handle = handle
    this.#lockWait = lockWait
    this.#transactions = new Transactions(handle, lockWait)
    this.#keepsForeignKeys = foreignKeys
    this.#statementTimeoutMs = statementTimeoutMs
  }

  get inTransaction(): boolean {
    return this.#handle.inTransaction
  }

  async query(sql: string, bindings: readonly Value[] = []): Promise<readonly Row[]> {
    return this.#call({ sql, bindings: bindValues(bindings, sql), perform: query })
  }

  async execute(sql: string, bindings: readonly Value[] = []): Promise<ExecuteResult> {
    const isEnforced = this.#transactions.isOwn ? foreignKeysSwitch(sql) : undefined
    if (isEnforced === undefined) return this.#execute(sql, bindings)
    await this.enforceForeignKeys(isEnforced)
    return { changes: 0, lastInsertId: undefined }
  }

  async apply(statements: readonly Statement[], observe?: StatementObserver): Promise<void> {
    const isRebuild = statements.some((statement) => statement.withoutForeignKeys === true)
    if (isRebuild && !this.inTransaction) return await this.transaction(() => this.apply(statements, observe))
    if (isRebuild && (this.#keepsForeignKeys || this.#transactions.isEnforcingForeignKeys)) {
      this.#transactions.suspendForeignKeys()
    }
    const awaited = [...statements]
    try {
      for (let next = awaited[0]; next !== undefined; next = awaited[0]) {
        await this.#run(next, observe)
        awaited.shift()
      }
    } catch (error) {
      for (const statement of awaited) this.#restoreSetting(statement)
      throw error
    }
  }

  /** A table that others reference is dropped without foreign keys, so that their rows are not deleted with it. */
  async #run(statement: Statement, observe: StatementObserver | undefined): Promise<void> {
    const isSafe =
      statement.withoutForeignKeys === true ||
      !(await this.#lockWait.take(() => dropsReferencedTable(this.#handle, statement.sql)))
    if (!isSafe) return await this.apply([{ ...statement, withoutForeignKeys: true }], observe)
    const ended = observe?.(statement)
    await this.#execute(statement.sql, statement.bindings)
    ended?.()
  }

  /** Goes past the transaction, which may be gone by now. */
  #restoreSetting(statement: Statement): void {
    if (statement.restoresSetting === true) this.#handle.exec(statement.sql)
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    return await this.#transactions.run(work)
  }

  async enforceForeignKeys(enforced: boolean): Promise<boolean> {
    return this.#lockWait.take(() => {
      const before = this.#transactions.isEnforcingForeignKeys
      if (before !== enforced) this.#transactions.enforceForeignKeys(enforced)
      return before
    })
  }

  async limitLockWait(timeoutMs: number): Promise<void> {
    this.#lockWait.limit(timeoutMs)
  }

  /** No pragma changes how SQL is read. */
  restoreSettings(): Promise<void> {
    return Promise.resolve()
  }

  async setting(name: string, value?: string | number): Promise<unknown> {
    const pragma = name.split('.').map(quoteIdentifier).join('.')
    const [row] = await this.query(`PRAGMA ${pragma}${value === undefined ? '' : ` = ${literal(value)}`}`)
    return Object.values(row ?? {})[0]
  }

  /** Ends the wait for a lock; a statement that runs cannot be ended. */
  async cancel(): Promise<void> {
    this.#lockWait.stop()
  }

  async blockers(): Promise<readonly Blocker[]> {
    if (!this.#lockWait.isWaiting || this.#path === ':memory:') return []
    return (await import('./lock-holders.js')).lockHolders(this.#path)
  }

  async close(): Promise<void> {
    this.#lockWait.stop()
    this.#handle.close()
  }

  #execute(sql: string, bindings: readonly Value[]): ExecuteResult | Promise<ExecuteResult> {
    return this.#call({ sql, bindings: bindValues(bindings, sql), perform: execute })
  }

  #call<T>(call: StatementCall<T>): T | Promise<T> {
    const isTimed = this.#statementTimeoutMs > 0 && !endsTransaction(call.sql)
    const perform = (): T => (isTimed ? this.#timed(call) : this.#transactions.call(call))
    return this.#lockWait.take(perform, isCommit(call.sql))
  }

  /** One that took too long has failed, unless it has committed by itself: then what it did stands, and that is told. */
  #timed<T>(call: StatementCall<T>): T {
    const startedAt = performance.now()
    const result = this.#transactions.call(call)
    if (performance.now() - startedAt <= this.#statementTimeoutMs) return result
    if (this.inTransaction) this.#transactions.spoil()
    const tookEffect = !this.inTransaction && this.#handle.kindOf(call.sql) !== 'read'
    throw new OverlongStatement(this.#statementTimeoutMs, tookEffect)
  }
}

/** The user's own words: what they end has ended. */
function endsTransaction(sql: string): boolean {
  return isCommit(sql) || /^\s*(?:rollback|release)\b/i.test(sql)
}

function query(handle: Handle, sql: string, bindings: readonly BoundValue[]): Row[] {
  return handle.query(sql, bindings)
}

function execute(handle: Handle, sql: string, bindings: readonly BoundValue[]): ExecuteResult {
  return handle.execute(sql, bindings)
}
