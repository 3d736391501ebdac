// The executor that writes down what it is given, for `--pretend` and for the `down` that the ledger keeps. Each change
// is compiled against the structure as it would be by then: the live one as long as nothing was recorded that could
// have changed it, and from then on a rehearsal, a copy of the structure without rows, on which what was recorded has
// been carried out. The live database is read and never changed. Rows are read from it too: they are what the data is
// now, not what it would be, and `readsData` says that this was done.

import type {
  Dialect,
  ExecuteResult,
  RecordedChange,
  Rehearsal,
  Row,
  Session,
  Statement,
} from '../dialects/dialect.js'
import { enumTypesOf, tablesOf } from '../schema/operation-names.js'
import type { Operation } from '../schema/operations.js'
import type { Catalogue } from '../schema/snapshot.js'
import type { TableName } from '../schema/table-name.js'
import { CallGate } from './call-gate.js'
import type { Executor } from './executor.js'
import { ExplainedSession } from './explained-session.js'

export class RecordingExecutor implements Executor {
  readonly dialect: Dialect
  readonly changesExactly: boolean
  gate = new CallGate()
  readonly #changes: RecordedChange[] = []
  /** Whether rows were asked for, so that what was recorded after may differ on the real data. */
  readsData = false
  /** Whether the statements, run on this connection, are all that the migration does. */
  isComplete = true
  /** Whether a transaction was begun inside; it always looks so from inside. */
  readonly inTransaction = true
  readonly #live: Session
  #rehearsal: Rehearsal | undefined
  /** How many of the changes the rehearsal has been given. */
  #rehearsed = 0
  /** The tables and types that were read or changed, in lower case. */
  readonly touched = new Set<string>()
  /** Raw SQL was recorded: it may have changed any table. */
  #touchedAnything = false

  constructor(dialect: Dialect, session: Session, options: { readonly changesExactly?: boolean } = {}) {
    this.dialect = dialect
    this.#live = session
    this.changesExactly = options.changesExactly ?? false
  }

  get statements(): readonly Statement[] {
    return this.#changes.flatMap(({ statements }) => statements)
  }

  /** Opens the gate for the next migration, and forgets that rows were asked for. */
  begin(): void {
    this.gate = new CallGate()
    this.readsData = false
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

  get catalogue(): Catalogue {
    const current = async () => this.dialect.catalogue(await this.#current())
    return {
      snapshot: async () => (await current()).snapshot(),
      table: async (name) => (await current()).table(name),
      tables: async (schema) => (await current()).tables(schema),
      views: async (schema) => (await current()).views(schema),
      types: async (schema) => (await current()).types(schema),
      schemas: async () => (await current()).schemas(),
    }
  }

  async change(operations: readonly Operation[]): Promise<void> {
    await this.gate.pass(async () => {
      const names = operations.flatMap(namesOf)
      const session = names.some((name) => this.#touches(name)) ? await this.#rehearse() : this.#live
      this.#changes.push({ operations, statements: await this.dialect.compile(operations, session) })
      for (const name of names) this.touched.add(name)
    })
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return await this.gate.pass(async () => {
      this.readsData = true
      try {
        return await this.#queryLive(statement)
      } catch {
        const rehearsal = await this.#rehearse()
        return await rehearsal.query(statement.sql, statement.bindings)
      }
    })
  }

  async execute(statement: Statement): Promise<ExecuteResult> {
    return await this.gate.pass(() => {
      this.#changes.push({ statements: [statement] })
      this.#touchedAnything = true
      return Promise.resolve({ changes: 0, lastInsertId: undefined })
    })
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    return await work()
  }

  async wipe(what: { tables: boolean; views: boolean; types: boolean }): Promise<void> {
    const drop = (word: string, { schema, name }: TableName): Promise<ExecuteResult> => {
      const parts = schema === undefined ? [name] : [schema, name]
      const quoted = parts.map((part) => this.dialect.quoteIdentifier(part)).join('.')
      return this.execute({ sql: `drop ${word} ${quoted}`, bindings: [] })
    }
    if (what.views) for (const view of await this.catalogue.views()) await drop('view', view)
    if (what.tables) for (const table of await this.catalogue.tables()) await drop('table', table)
    if (what.types) for (const type of await this.catalogue.types()) await drop('type', type)
  }

  /** Nothing: these have no statements, and what was recorded alone does not do what the migration does. */
  administer(): Promise<void> {
    this.isComplete = false
    return Promise.resolve()
  }

  on(dialect: Dialect, session: Session): RecordingExecutor {
    this.isComplete = false
    return new RecordingExecutor(dialect, session, this)
  }

  enforceForeignKeys(): Promise<boolean> {
    return Promise.resolve(true)
  }

  async setting(name: string, value?: string | number): Promise<unknown> {
    return await this.gate.pass(async () =>
      value === undefined ? await this.#live.setting(name) : undefined,
    )
  }

  async close(): Promise<void> {
    await this.#rehearsal?.close()
  }

  /** The session that shows the structure as it would be now. */
  async #current(): Promise<Session> {
    return this.#changes.length === 0 ? this.#live : await this.#rehearse()
  }

  #touches(table: string): boolean {
    return this.#touchedAnything || this.touched.has(table)
  }

  async #rehearse(): Promise<Session> {
    this.#rehearsal ??= await this.dialect.rehearse(this.#live)
    const pending = this.#changes.slice(this.#rehearsed)
    this.#rehearsed = this.#changes.length
    for (const change of pending) await this.#rehearsal.carryOut(change)
    return new ExplainedSession(this.dialect, this.#rehearsal.session)
  }

  /** The query may fail because what it reads was only recorded; a transaction that it is in must survive that. */
  async #queryLive({ sql, bindings }: Statement): Promise<readonly Row[]> {
    const query = () => this.#live.query(sql, bindings)
    const needsSavepoint = this.#live.inTransaction && this.dialect.capabilities.errorsAbortTransactions
    return needsSavepoint ? await this.#live.transaction(query) : await query()
  }
}

/** The tables and types that an operation reads or changes, by a name that no spelling hides. */
function namesOf(operation: Operation): string[] {
  return [...tablesOf(operation), ...enumTypesOf(operation)].map(({ name }) => name.toLowerCase())
}
