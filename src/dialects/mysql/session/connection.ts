// One connection to a server: sends statements, decodes what comes back, and knows what the server says of the transaction
// and whether the connection is still there.

import type { Value } from '../../../schema/expression.js'
import type { ServerPlace } from '../../connection-failure.js'
import type { Blocker } from '../../blocker.js'
import type { Row } from '../../dialect.js'
import { ClosedConnection, LostConnection } from '../../lost-connection.js'
import type { TransactionStatus, TransactionWire } from '../../server-transactions.js'
import type { Flavour } from '../server.js'
import { bindValues } from './bindings.js'
import { decodeRows, decoders } from './decode.js'
import type { DriverCommand, DriverConnection, Field, MysqlDriver, OkPacket } from './driver.js'
import { endsConnection } from './error-codes.js'

/** Of the status that each OK packet has: https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html */
const inTransactionFlag = 0x0001
const autocommitFlag = 0x0002

/** How long a server may take to say good-bye. */
const farewellMs = 1000

export interface Reply {
  readonly rows: readonly Row[]
  /** Undefined after a statement that gave rows. */
  readonly ok: OkPacket | undefined
}

/** A statement of a caller's, which `cancel` may stop. */
export interface Performed extends Reply {
  /** The server was told to stop it while it ran. It may have ended all the same, as if it were over. */
  readonly wasStopped: boolean
}

export class MysqlConnection implements TransactionWire {
  readonly #driver: MysqlDriver
  readonly #connection: DriverConnection
  readonly #place: ServerPlace
  /** What later calls get, once the connection is gone. */
  #gone: Error | undefined
  #status = autocommitFlag

  /** Opens another connection to the same server. */
  readonly #reachAgain: () => Promise<DriverConnection>
  /** The statement of a caller's that runs now. */
  #running: { wasStopped: boolean } | undefined
  #cancelling: Promise<void> | undefined
  /** Settles once the server has stopped what it was told to stop. What is sent before would be stopped in its place. */
  #stopping: Promise<void> | undefined
  /** A statement of the transaction failed for the caller and has had its effect. */
  #isSpoiled = false

  constructor(
    driver: MysqlDriver,
    connection: DriverConnection,
    place: ServerPlace,
    reachAgain: () => Promise<DriverConnection>,
  ) {
    this.#reachAgain = reachAgain
    this.#driver = driver
    this.#connection = connection
    this.#place = place
    connection.on('error', (error) => this.#lose(error))
  }

  /** Why nothing can be run any more. */
  get gone(): Error | undefined {
    return this.#gone
  }

  get transactionStatus(): TransactionStatus {
    if ((this.#status & inTransactionFlag) === 0) return 'none'
    return this.#isSpoiled ? 'failed' : 'open'
  }

  /** From now on the open transaction, or the savepoint in it, can only be rolled back. */
  spoilTransaction(): void {
    this.#isSpoiled = true
  }

  async begin(): Promise<void> {
    await this.run('START TRANSACTION')
  }

  /** With bindings as a prepared statement, without as text. */
  async run(sql: string, bindings: readonly Value[] = []): Promise<Reply> {
    if (this.#stopping !== undefined) await this.#stopping
    if (this.#gone !== undefined) throw this.#gone
    const values = bindings.length === 0 ? undefined : bindValues(bindings, sql, this.#driver.types)
    try {
      const reply = await this.#send(values !== undefined, (callback) =>
        values === undefined
          ? this.#connection.query({ sql }, callback)
          : this.#connection.execute({ sql, values }, callback),
      )
      if (/^\s*rollback\b/i.test(sql) || this.transactionStatus === 'none') this.#isSpoiled = false
      return reply
    } catch (error) {
      throw endsConnection(error) ? this.#lose(error) : await this.#afterError(error)
    }
  }

  /** A statement of a caller's; the words of a transaction and the settings of the session are never stopped. */
  async perform(sql: string, bindings: readonly Value[]): Promise<Performed> {
    const running = { wasStopped: false }
    this.#running = running
    try {
      const reply = await this.run(sql, bindings)
      return { ...reply, wasStopped: running.wasStopped }
    } finally {
      this.#running = undefined
    }
  }

  /** Has the server stop the statement that runs for this connection, by another one. */
  async cancel(): Promise<void> {
    this.#cancelling ??= this.#cancel().finally(() => {
      this.#cancelling = undefined
    })
    await this.#cancelling
  }

  async #cancel(): Promise<void> {
    const running = this.#running
    const { threadId } = this.#connection
    if (running === undefined || this.#gone !== undefined || threadId === null) return
    await this.#aside(async (other) => {
      if (this.#running !== running) return
      running.wasStopped = true
      const stopped = other.run(`kill query ${threadId}`).then(
        () => undefined,
        () => undefined,
      )
      this.#stopping = stopped
      await stopped
      this.#stopping = undefined
    })
  }

  /** Who keeps the statement from going on that runs now. */
  async blockers(flavour: Flavour): Promise<readonly Blocker[]> {
    const { threadId } = this.#connection
    if (this.#running === undefined || this.#gone !== undefined || threadId === null) return []
    const { blockersOf } = await import('../blockers.js')
    return await this.#aside((other) =>
      blockersOf(async (sql, bindings) => (await other.run(sql, bindings)).rows, threadId, flavour),
    )
  }

  /** Does something by another connection, which is closed after it. */
  async #aside<T>(work: (other: MysqlConnection) => Promise<T>): Promise<T> {
    const reached = await this.#reachAgain()
    const other = new MysqlConnection(this.#driver, reached, this.#place, this.#reachAgain)
    try {
      return await work(other)
    } finally {
      await other.close()
    }
  }

  /** Never waits for the server for long, and may be called again. */
  async close(): Promise<void> {
    const isOpen = this.#gone === undefined
    this.#gone = new ClosedConnection(this.#place)
    const { stream } = this.#connection
    if (!isOpen || stream.destroyed) {
      stream.destroy()
      return
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => stream.destroy(), farewellMs)
      stream.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      this.#connection.end()
    })
  }

  async #send(
    isBinary: boolean,
    start: (callback: (error: Error | null, result: unknown) => void) => DriverCommand,
  ): Promise<Reply> {
    const results: (readonly Field[] | undefined)[] = []
    const decoding: ReturnType<typeof decoders>[] = []
    const answer = await new Promise<unknown>((resolve, reject) => {
      start((error, result) => (error === null ? resolve(result) : reject(error))).on('fields', (fields) => {
        results.push(fields)
        decoding.push(fields === undefined ? [] : decoders(fields, isBinary))
      })
    })
    // A procedure may give several results, the last of which is an OK packet; of one result the driver makes no list.
    const answers = results.length > 1 ? (answer as readonly unknown[]) : [answer]
    const withRows = results.findIndex((fields) => fields !== undefined)
    const last = answers.length - 1
    // The driver gives a list of rows where there were fields, and an OK packet where there were none.
    const ok = results[last] === undefined ? (answers[last] as OkPacket) : undefined
    const rows = withRows === -1 ? [] : (answers[withRows] as readonly Row[])
    decodeRows(rows, decoding[withRows] ?? [])
    this.#note(ok)
    return { rows, ok: withRows === -1 ? ok : undefined }
  }

  /** Without autocommit, reading rows begins a transaction; their end is not shown to us. */
  #note(ok: OkPacket | undefined): void {
    if (ok !== undefined) this.#status = ok.serverStatus
    else if ((this.#status & autocommitFlag) === 0) this.#status |= inTransactionFlag
  }

  /**
   * Some errors end the transaction as well, such as that of a deadlock; the server says it with its next OK packet. On a Galera
   * cluster the first question may itself be answered by the error that another node's change has ended the transaction.
   */
  async #afterError(error: unknown): Promise<unknown> {
    if (this.transactionStatus === 'none') return error
    if (this.#stopping !== undefined) await this.#stopping
    if (!(await this.#askStatus())) await this.#askStatus()
    return error
  }

  /** Whether the answer told. */
  async #askStatus(): Promise<boolean> {
    try {
      await this.#send(false, (callback) => this.#connection.query({ sql: 'do 0' }, callback))
      return true
    } catch (error) {
      if (!endsConnection(error)) return false
      this.#lose(error)
      return true
    }
  }

  #lose(error: unknown): Error {
    this.#status = autocommitFlag
    this.#gone ??= new LostConnection(this.#place, error)
    this.#connection.stream.destroy()
    return this.#gone
  }
}
