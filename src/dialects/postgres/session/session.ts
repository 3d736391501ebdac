// A session on a PostgreSQL server: one connection of npm's `pg`, whose calls are carried out one after the other.

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
import { MultipleStatementsError, UnsupportedError } from '../../errors.js'
import { ServerTransactions } from '../../server-transactions.js'
import { journaling } from '../journaling.js'
import type { PostgresServer } from '../server.js'
import { splitSql } from '../sql/split.js'
import { sentValues } from './bindings.js'
import { explainConnecting } from './connect-errors.js'
import { openWire } from './open-client.js'
import { OwnTypes } from './own-types.js'
import { offsetOf, serverSql } from './rewrite.js'
import { Settings } from './settings.js'
import type { Wire, WireResult } from './wire.js'

/** How long `close()` waits for what was called before it. */
const closeTimeoutMs = 2000

/** @throws ConnectionError where the server cannot be reached, or does not let the user in */
export async function openSession(
  options: SessionOptions,
): Promise<{ readonly session: Session; readonly server: PostgresServer }> {
  const wire = await openWire(options)
  const settings = new Settings(wire, options)
  try {
    const server = await settings.begin()
    return { session: new PostgresSession(wire, settings), server }
  } catch (error) {
    await wire.close()
    throw explainConnecting(wire.place, error, options.server?.password !== undefined)
  }
}

class PostgresSession implements Session {
  readonly #wire: Wire
  readonly #settings: Settings
  readonly #types: OwnTypes
  readonly #queue = new CallQueue()
  readonly #transactions: ServerTransactions
  #enforcesForeignKeys = true

  constructor(wire: Wire, settings: Settings) {
    this.#wire = wire
    this.#settings = settings
    this.#types = new OwnTypes(wire)
    this.#transactions = new ServerTransactions(
      {
        get transactionStatus() {
          return wire.status
        },
        get gone() {
          return wire.gone
        },
        begin: () => this.#begin(),
        run: (sql) => this.#control(sql),
        ended: () => void (this.#enforcesForeignKeys = true),
      },
      this.#queue,
    )
  }

  get inTransaction(): boolean {
    return this.#wire.status !== 'none'
  }

  async query(sql: string, bindings: readonly Value[] = []): Promise<readonly Row[]> {
    return await this.#queue.add(async () => await this.#rows(await this.#run(sql, bindings)))
  }

  async execute(sql: string, bindings: readonly Value[] = []): Promise<ExecuteResult> {
    return await this.#queue.add(async () => {
      const result = await this.#run(sql, bindings)
      return { changes: changesOf(result), lastInsertId: await this.#insertedId(result) }
    })
  }

  async apply(statements: readonly Statement[], observe?: StatementObserver): Promise<void> {
    await applyStatements(statements, ({ sql, bindings }) => this.execute(sql, bindings), observe)
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    return await this.#transactions.run(work)
  }

  /**
   * PostgreSQL enforces foreign keys always. What it can do, up to the end of the open transaction, is to check those
   * that are DEFERRABLE at its end rather than at once; Laravel does the same. Outside a transaction nothing happens.
   */
  async enforceForeignKeys(enforced: boolean): Promise<boolean> {
    return await this.#queue.add(async () => {
      if (!this.inTransaction) return true
      const before = this.#enforcesForeignKeys
      await this.#wire.run(`SET CONSTRAINTS ALL ${enforced ? 'IMMEDIATE' : 'DEFERRED'}`)
      this.#enforcesForeignKeys = enforced
      return before
    })
  }

  async limitLockWait(timeoutMs: number): Promise<void> {
    await this.#queue.add(async () => this.#settings.limitLockWait(timeoutMs))
  }

  async restoreSettings(): Promise<void> {
    await this.#queue.add(() => this.#settings.restore())
  }

  async setting(name: string, value?: string | number): Promise<unknown> {
    const isLasting = this.#settings.isLastingAllowed
    if (value !== undefined && !isLasting && !this.inTransaction) throw pooledSettingError(name)
    const [row] =
      value === undefined
        ? await this.query('select current_setting(?) as value', [name])
        : await this.query('select set_config(?, ?, ?) as value', [name, String(value), !isLasting])
    return row?.['value']
  }

  async cancel(): Promise<void> {
    await this.#wire.cancel()
  }

  /** Behind a pooler nobody knows which connection of the server it is that waits. */
  async blockers(): Promise<readonly Blocker[]> {
    if (!this.#settings.isLastingAllowed) return []
    const { blockersOf } = await import('../blockers.js')
    return await this.#wire.aside(blockersOf)
  }

  async close(): Promise<void> {
    await this.#queue.settled(closeTimeoutMs)
    await this.#wire.close()
  }

  /** Runs one statement of a caller's. */
  async #run(sql: string, bindings: readonly Value[]): Promise<WireResult> {
    this.#transactions.assertOpen(sql)
    assertSingleStatement(sql)
    const values = sentValues(bindings, sql)
    await this.#settings.bringIntoForce()
    this.#settings.notice(sql)
    try {
      const send = () => this.#wire.run(serverSql(sql, values.length > 0), values)
      return this.#isOnItsOwn(sql) ? await this.#inTransaction(send) : await send()
    } catch (error) {
      throw placed(error, sql, values.length > 0)
    }
  }

  async #rows({ fields, rows }: WireResult): Promise<readonly Row[]> {
    const decoders = await this.#types.decoders(fields.map(({ dataTypeID }) => dataTypeID))
    return rows.map((values) => {
      const row: Row = {}
      for (const [index, { name }] of fields.entries()) {
        const text = values[index] ?? null
        row[name] = text === null ? null : decoders[index]?.(text)
      }
      return row
    })
  }

  /** The number that an `insert … returning "id"` gives: PostgreSQL knows no last id by itself. */
  async #insertedId(result: WireResult): Promise<number | bigint | undefined> {
    if (result.command !== 'INSERT' || result.fields.length !== 1 || result.rows.length !== 1)
      return undefined
    const id = Object.values((await this.#rows(result))[0] ?? {})[0]
    return typeof id === 'number' || typeof id === 'bigint' ? id : undefined
  }

  async #begin(): Promise<void> {
    await this.#settings.bringIntoForce()
    try {
      await this.#wire.run(this.#settings.beginSql)
    } catch (error) {
      if (this.inTransaction) await this.#control('ROLLBACK')
      throw error
    }
  }

  /** One of the words of a transaction. */
  async #control(sql: string): Promise<void> {
    await this.#wire.run(sql)
    if (sql.startsWith('ROLLBACK')) this.#settings.rolledBack()
  }

  /** Behind a pooler what a session cannot keep is set in a transaction, which a statement on its own is then given. */
  #isOnItsOwn(sql: string): boolean {
    if (this.#settings.isLastingAllowed || this.inTransaction || /^\s*(?:begin|start)\b/i.test(sql))
      return false
    return this.#settings.needsSearchPath || ['none', 'transactional'].includes(journaling.effectOf(sql))
  }

  async #inTransaction(send: () => Promise<WireResult>): Promise<WireResult> {
    await this.#begin()
    try {
      const result = await send()
      await this.#control('COMMIT')
      return result
    } catch (error) {
      if (this.inTransaction) await this.#control('ROLLBACK')
      throw error
    }
  }
}

/** The server would run several at once, and answer with the rows of each. */
function assertSingleStatement(sql: string): void {
  if (!/;\s*\S/.test(sql)) return
  const { length } = splitSql(sql)
  if (length > 1) throw new MultipleStatementsError(sql, length)
}

/** Rows that the statement changed itself; the count of a SELECT is that of the rows it gives. */
function changesOf({ command, rowCount }: WireResult): number {
  return ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'].includes(command) ? rowCount : 0
}

/** The error of the server with its place as one in the caller's SQL. */
function placed(error: unknown, sql: string, hasBindings: boolean): unknown {
  if (error instanceof Error && 'position' in error && typeof error.position === 'string') {
    Object.assign(error, { position: String(offsetOf(sql, hasBindings, Number(error.position)) + 1) })
  }
  return error
}

function pooledSettingError(name: string): UnsupportedError {
  return new UnsupportedError(
    `setting "${name}" that outlives a transaction behind a pooler`,
    'PostgreSQL',
    'Set it inside a transaction, or connect past the pooler (DB_DIRECT_URL).',
  )
}
