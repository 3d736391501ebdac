// A session on one MySQL or MariaDB server. Calls wait in a queue for their turn; a change of structure cannot be part of a
// transaction here, because the server commits with it, and is refused inside one before it runs.

import type { Value } from '../../../schema/expression.js'
import { applyStatements } from '../../apply-statements.js'
import type { Blocker } from '../../blocker.js'
import { CallQueue } from '../../call-queue.js'
import type {
  ExecuteResult,
  Row,
  Session,
  SessionOptions,
  Statement,
  StatementObserver,
} from '../../dialect.js'
import { TransactionLostError } from '../../errors.js'
import { ServerTransactions } from '../../server-transactions.js'
import { ImplicitCommitError } from '../errors.js'
import type { Flavour, MysqlServer } from '../server.js'
import { literal, quoteIdentifier } from '../sql/literal.js'
import { commitsImplicitly, onlyReads } from '../sql/statement-kind.js'
import type { MysqlConnection, Performed, Reply } from './connection.js'
import { errorNumber } from './error-codes.js'
import { lockWait, openConnection, sqlMode } from './open-connection.js'
import { executeResult } from './row-counts.js'
import { TimeLimit, interruption } from './time-limit.js'

/**
 * @param expected the flavour that the connection is configured as; the one that answers decides
 * @throws ConnectionError where the server cannot be reached, or lets nobody in
 */
export async function openSession(
  options: SessionOptions,
  expected: Flavour,
): Promise<{ readonly session: Session; readonly server: MysqlServer }> {
  const { connection, server } = await openConnection(options, expected)
  const session = new MysqlSession(connection, server.flavour, options.statementTimeoutMs ?? 0)
  return { session, server }
}

class MysqlSession implements Session {
  readonly #connection: MysqlConnection
  readonly #flavour: Flavour
  readonly #statementTimeoutMs: number
  readonly #queue = new CallQueue()
  readonly #transactions: ServerTransactions
  #mayReadOtherwise = false

  constructor(connection: MysqlConnection, flavour: Flavour, statementTimeoutMs: number) {
    this.#statementTimeoutMs = statementTimeoutMs
    this.#connection = connection
    this.#flavour = flavour
    this.#transactions = new ServerTransactions(connection, this.#queue)
  }

  get inTransaction(): boolean {
    return this.#connection.transactionStatus !== 'none'
  }

  async query(sql: string, bindings: readonly Value[] = []): Promise<readonly Row[]> {
    return await this.#queue.add(async () => (await this.#run(sql, bindings)).rows)
  }

  async execute(sql: string, bindings: readonly Value[] = []): Promise<ExecuteResult> {
    return await this.#queue.add(async () => executeResult(sql, (await this.#run(sql, bindings)).ok))
  }

  async apply(statements: readonly Statement[], observe?: StatementObserver): Promise<void> {
    await this.#queue.add(async () => {
      if (!statements.some(({ withoutForeignKeys }) => withoutForeignKeys === true))
        return await this.#apply(statements, observe)
      const wereEnforced = await this.#enforceForeignKeys(false)
      try {
        await this.#apply(statements, observe)
      } finally {
        if (wereEnforced) await this.#enforceForeignKeys(true)
      }
    })
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    return await this.#transactions.run(work)
  }

  async enforceForeignKeys(enforced: boolean): Promise<boolean> {
    return await this.#queue.add(() => this.#enforceForeignKeys(enforced))
  }

  async limitLockWait(timeoutMs: number): Promise<void> {
    await this.#queue.add(() => this.#connection.run(`set ${lockWait(timeoutMs)}`))
  }

  async restoreSettings(): Promise<void> {
    await this.#queue.add(async () => {
      if (!this.#mayReadOtherwise) return
      await this.#connection.run(`set ${sqlMode(this.#flavour)}`)
      this.#mayReadOtherwise = false
    })
  }

  /** Of the session, or of the whole server where its name begins with `global.`; some can only be read. */
  async setting(name: string, value?: string | number): Promise<unknown> {
    const [, scope = '', variable = ''] = /^(?:(global|session)\.)?(.*)$/is.exec(name) ?? []
    const place = `@@${scope === '' ? '' : `${scope}.`}${quoteIdentifier(variable)}`
    return await this.#queue.add(async () => {
      if (value !== undefined) await this.#connection.run(`set ${place} = ${literal(value)}`)
      return (await this.#connection.run(`select ${place} as value`)).rows[0]?.['value']
    })
  }

  async cancel(): Promise<void> {
    await this.#connection.cancel()
  }

  async blockers(): Promise<readonly Blocker[]> {
    return await this.#connection.blockers(this.#flavour)
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  async #apply(statements: readonly Statement[], observe: StatementObserver | undefined): Promise<void> {
    await applyStatements(statements, ({ sql, bindings }) => this.#run(sql, bindings), observe)
  }

  async #run(sql: string, bindings: readonly Value[]): Promise<Reply> {
    this.#transactions.assertOpen(sql)
    const isOpen = this.#transactions.isOpen
    if (isOpen && commitsImplicitly(sql)) throw new ImplicitCommitError(this.#flavour.label, sql, false)
    if (this.#connection.transactionStatus === 'failed' && isCommit(sql)) throw new TransactionLostError(sql)
    this.#mayReadOtherwise ||= /sql_mode/i.test(sql)
    const reply = await this.#perform(sql, bindings)
    if (isOpen && !this.inTransaction && !endsTransaction(sql))
      throw new ImplicitCommitError(this.#flavour.label, sql, true)
    return reply
  }

  async #perform(sql: string, bindings: readonly Value[]): Promise<Reply> {
    const limit = new TimeLimit(this.#statementTimeoutMs, () => this.cancel())
    try {
      const performed = await this.#connection.perform(sql, bindings)
      this.#assertNotStopped(sql, performed, limit)
      return performed
    } catch (error) {
      throw limit.isOver && errorNumber(error) === 1317 ? limit.error({ cause: error }) : error
    } finally {
      limit.end()
    }
  }

  /**
   * A statement that was stopped may end as if it were over: `SELECT SLEEP(10)` gives 1, and `INSERT … VALUES (SLEEP(10))`
   * inserts it. Where nothing of that lasts, it has failed. What has committed by itself stands, and is not told to have failed;
   * whoever stopped it stops before the next statement.
   */
  #assertNotStopped(sql: string, { wasStopped }: Performed, limit: TimeLimit): void {
    const isOver = limit.isOver ? wasStopped : limit.hasPassed && onlyReads(sql)
    if (!wasStopped && !isOver) return
    const { inTransaction } = this
    if (inTransaction) this.#connection.spoilTransaction()
    if (inTransaction || onlyReads(sql)) throw isOver ? limit.error({}) : interruption()
    if (isOver) throw limit.error({ tookEffect: true })
  }

  async #enforceForeignKeys(enforced: boolean): Promise<boolean> {
    const { rows } = await this.#connection.run('select @@foreign_key_checks as value')
    const wereEnforced = Number(rows[0]?.['value']) === 1
    if (wereEnforced !== enforced) await this.#connection.run(`set foreign_key_checks = ${enforced ? 1 : 0}`)
    return wereEnforced
  }
}

function isCommit(sql: string): boolean {
  return /^\s*commit\b/i.test(sql)
}

/** The user's own COMMIT or ROLLBACK, which the next statement finds out. */
function endsTransaction(sql: string): boolean {
  return /^\s*(commit|rollback)\b/i.test(sql)
}
