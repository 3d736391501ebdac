// One open connection: carries a statement to the server and its answer back, one at a time, and knows how it stands with
// the transaction and with itself. What a statement means is not its business.

import type { ServerPlace } from '../../connection-failure.js'
import { ClosedConnection, LostConnection } from '../../lost-connection.js'
import type { TransactionStatus } from '../../server-transactions.js'
import type { SentValue } from './bindings.js'
import {
  type Client,
  type ClientConfig,
  type QueryArrayConfig,
  cancelKeyOf,
  connectionOf,
  loadClient,
  sendCancel,
} from './driver.js'

/** What the server answered, each value as its text. */
export interface WireResult {
  /** The words of `CommandComplete`: INSERT, SELECT, CREATE. */
  readonly command: string
  readonly rowCount: number
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-READYFORQUERY */
const statuses: Readonly<Record<string, TransactionStatus>> = { I: 'none', T: 'open', E: 'failed' }

/** How long a server may take to say goodbye. */
const closeTimeoutMs = 2000

/** Values stay text here; own-types.ts reads them once the types of all columns are known. */
const textValues = { getTypeParser: () => (text: string) => text }

export class Wire {
  readonly place: ServerPlace
  readonly #client: Client
  #status: TransactionStatus = 'none'
  /** Why nothing can be sent any more. */
  #gone: Error | undefined
  /** Told when the server is ready for the next statement, or is no longer there. */
  #onReady: () => void = () => undefined

  readonly #config: ClientConfig
  #isBusy = false
  /** Settles once the server has been told to stop something. What is sent before might be stopped in its place. */
  #stopping: Promise<void> | undefined

  /** @param client is connected, by `config` */
  constructor(client: Client, place: ServerPlace, config: ClientConfig) {
    this.place = place
    this.#config = config
    this.#client = client
    connectionOf(client).on('readyForQuery', ({ status }) => {
      this.#status = statuses[status] ?? 'none'
      this.#onReady()
    })
    client.on('error', (error) => this.#lose(error))
    client.on('end', () => this.#lose(new Error('the server closed it')))
  }

  /** The number of the process that answered when the connection was made, or what a pooler says in its place; 0 for none. */
  get processId(): number {
    return cancelKeyOf(this.#client).processID ?? 0
  }

  get status(): TransactionStatus {
    return this.#status
  }

  /** Why nothing can be run any more. */
  get gone(): Error | undefined {
    return this.#gone
  }

  /** Has the server give up what it runs for this connection. */
  async cancel(): Promise<void> {
    if (!this.#isBusy || this.#gone !== undefined) return
    this.#stopping ??= sendCancel(this.#config, cancelKeyOf(this.#client)).finally(() => {
      this.#stopping = undefined
    })
    await this.#stopping
  }

  /** Does something by another connection, with the number by which the server knows this one. */
  async aside<T>(work: (other: Client, processId: number) => Promise<T>): Promise<T> {
    const Client = await loadClient()
    const other = new Client(this.#config)
    other.on('error', () => undefined)
    await other.connect()
    try {
      return await work(other, this.processId)
    } finally {
      await other.end().catch(() => undefined)
    }
  }

  /** Must not be called again before it has settled. */
  async run(text: string, values: readonly SentValue[] = []): Promise<WireResult> {
    if (this.#stopping !== undefined) await this.#stopping
    if (this.#gone !== undefined) throw this.#gone
    const isReady = new Promise<void>((resolve) => {
      this.#onReady = resolve
    })
    const query: QueryArrayConfig & { types: unknown } = {
      text,
      values: [...values],
      rowMode: 'array',
      types: textValues,
    }
    this.#isBusy = true
    try {
      const result = await this.#client.query<(string | null)[]>(query)
      // Several statements in one text, as our own BEGIN may be, have a result each, whatever the types say.
      const { command, rowCount, fields, rows } = [result].flat().at(-1) ?? result
      return { command: command ?? '', rowCount: rowCount ?? 0, fields, rows }
    } catch (error) {
      // The server says what was wrong before it says how it stands with the transaction.
      await isReady
      throw this.#reasonFor(error)
    } finally {
      this.#isBusy = false
    }
  }

  /** May be called again, and of a connection that is lost. */
  async close(): Promise<void> {
    const isOpen = this.#gone === undefined
    this.#gone = new ClosedConnection(this.place)
    if (!isOpen) return this.#destroy()
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, closeTimeoutMs)
    })
    await Promise.race([this.#client.end().catch(() => undefined), timeout])
    clearTimeout(timer)
    this.#destroy()
  }

  /** What the server said when it ended the session tells more than that the socket is closed. */
  #reasonFor(error: unknown): unknown {
    if (this.#gone instanceof LostConnection && !isOfStatement(error))
      this.#gone = new LostConnection(this.place, error)
    return this.#gone ?? error
  }

  #lose(cause: unknown): void {
    this.#gone ??= new LostConnection(this.place, cause)
    this.#status = 'none'
    this.#onReady()
  }

  #destroy(): void {
    connectionOf(this.#client).stream.destroy()
  }
}

/** The server would have gone on after it: https://www.postgresql.org/docs/current/protocol-error-fields.html */
function isOfStatement(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'ERROR'
}
