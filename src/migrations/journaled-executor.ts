// The executor of a migration that is not one transaction. Each call goes through the journal: what was answered before
// is answered again without the database; the statement that was under way when the run before ended is judged by the
// catalogue; the rest runs. A statement that can be part of a transaction is one with its entry in the journal; one that
// commits by itself has an entry before it, with what the catalogue said then.

import type { CallGate } from '../connection/call-gate.js'
import type { Executor } from '../connection/executor.js'
import type { LiveExecutor } from '../connection/live-executor.js'
import type { DatabaseTask, Dialect, ExecuteResult, Row, Session, Statement } from '../dialects/dialect.js'
import type { Operation } from '../schema/operations.js'
import type { Catalogue } from '../schema/snapshot.js'
import { TidemarkError } from '../support/errors.js'
import { ReplayedError, effectUnknown } from './errors.js'
import { retryLocked } from './lock-retry.js'
import { type Entry, type Journal, type Question, questionOf, statementQuestion } from './journal.js'

/** Where the journal is kept: in the ledger, under the lock. */
export interface JournalKeeper {
  /** Writes what the ledger does not have yet, in the transaction that is open or in one of its own. */
  keep(): Promise<void>
}

export class JournaledExecutor implements Executor {
  readonly dialect: Dialect
  readonly changesExactly: boolean
  readonly gate: CallGate
  readonly catalogue: Catalogue
  readonly signal: AbortSignal
  readonly #live: LiveExecutor
  readonly #session: Session
  readonly #journal: Journal
  readonly #keeper: JournalKeeper
  /** Calls one after the other, in the order in which they were made: that is the order in which they are made again. */
  #queue: Promise<unknown> = Promise.resolve()
  #isInTransaction = false

  constructor(
    live: LiveExecutor,
    session: Session,
    journal: Journal,
    keeper: JournalKeeper,
    signal: AbortSignal,
  ) {
    this.signal = signal
    this.dialect = live.dialect
    this.changesExactly = live.changesExactly
    this.gate = live.gate
    this.#live = live
    this.#session = session
    this.#journal = journal
    this.#keeper = keeper
    this.catalogue = this.#recorded(live.catalogue)
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
    return this.#isInTransaction || this.#session.inTransaction
  }

  async change(operations: readonly Operation[]): Promise<void> {
    await this.#inOrder(async () => {
      const asked = questionOf('compile', operations.map(({ kind }) => kind).join(', '), operations)
      const statements = await this.#answered<readonly Statement[]>(asked, async () => {
        const compiled = await this.dialect.compile(operations, this.#session)
        return compiled.flatMap((statement) => this.dialect.journaling.parts(statement))
      })
      for (const statement of statements) await this.#perform(statement, () => this.#live.apply([statement]))
    })
  }

  /** Runs statements that were compiled before, such as a stored `down`. */
  async apply(statements: readonly Statement[]): Promise<void> {
    await this.#inOrder(async () => {
      for (const statement of statements) await this.#perform(statement, () => this.#live.apply([statement]))
    })
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return await this.#inOrder(async () => {
      const run = () => this.#live.query(statement)
      if (this.dialect.journaling.effectOf(statement.sql) !== 'none')
        return await this.#perform(statement, run)
      return await this.#answered(questionOf('read', statement.sql, statement.bindings), run)
    })
  }

  async execute(statement: Statement): Promise<ExecuteResult> {
    return await this.#inOrder(async () => {
      let result: ExecuteResult = { changes: 0, lastInsertId: undefined }
      for (const part of this.dialect.journaling.parts(statement))
        result = await this.#perform(part, () => this.#live.execute(part))
      return result
    })
  }

  /** All of it or nothing: its entries are kept by its commit. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isInTransaction || this.#journal.isReplaying) return await work()
    return await this.#wholly(() =>
      this.#live.transaction(async () => {
        this.#isInTransaction = true
        try {
          const result = await work()
          await this.#keeper.keep()
          return result
        } finally {
          this.#isInTransaction = false
        }
      }),
    )
  }

  /** What a transaction wrote into the journal is gone with it where it is rolled back. */
  async #wholly<T>(transaction: () => Promise<T>): Promise<T> {
    const before = this.#journal.mark()
    try {
      return await transaction()
    } catch (error) {
      this.#journal.returnTo(before)
      throw error
    }
  }

  async administer(task: DatabaseTask): Promise<void> {
    const statement = { sql: JSON.stringify(task), bindings: [] }
    await this.#inOrder(() =>
      this.#performAlone(statementQuestion(statement), statement, () => this.#live.administer(task)),
    )
  }

  async wipe(what: { tables: boolean; views: boolean; types: boolean }): Promise<void> {
    const statement = { sql: `drop all: ${JSON.stringify(what)}`, bindings: [] }
    await this.#inOrder(() =>
      this.#performAlone(statementQuestion(statement), statement, () => this.#live.wipe(what)),
    )
  }

  on(dialect: Dialect, session: Session): Executor {
    return this.#live.on(dialect, session)
  }

  /** Of the session, and so set again at each run. */
  async enforceForeignKeys(enforced: boolean): Promise<boolean> {
    return await this.#live.enforceForeignKeys(enforced)
  }

  async setting(name: string, value?: string | number): Promise<unknown> {
    if (value !== undefined) return await this.#live.setting(name, value)
    return await this.#inOrder(() =>
      this.#answered(questionOf('read', `setting ${name}`), () => this.#live.setting(name)),
    )
  }

  /** The answer of before is of the type that the same question is answered with now. */
  async #perform<T>(statement: Statement, run: () => Promise<T>): Promise<T> {
    const question = statementQuestion(statement)
    const isAlone = this.dialect.journaling.effectOf(statement.sql) === 'immediate'
    if (isAlone && !this.inTransaction) return await this.#performAlone(question, statement, run)
    const before = this.#journal.replay(question)
    if (before !== undefined) return answerOf(before) as T
    if (this.inTransaction) return await this.#record(question, run)
    return await this.#retried(() =>
      this.#wholly(() =>
        this.#session.transaction(async () => {
          const result = await this.#record(question, run)
          await this.#keeper.keep()
          return result
        }),
      ),
    )
  }

  async #retried<T>(work: () => Promise<T>): Promise<T> {
    const { dialect, signal } = this
    return await retryLocked({ dialect, session: this.#session, signal }, work)
  }

  /** A statement that commits by itself. */
  async #performAlone<T>(question: Question, statement: Statement, run: () => Promise<T>): Promise<T> {
    const before = this.#journal.replay(question)
    if (before !== undefined && !('begun' in before)) return answerOf(before) as T
    if (before !== undefined && (await this.#tookEffect(before.begun.evidence, statement))) {
      // A statement that commits by itself gives no rows and changes none that are counted.
      const result: ExecuteResult = { changes: 0, lastInsertId: undefined }
      this.#journal.add(question, { result })
      return result as T
    }
    await this.dialect.journaling.prepare(this.#session, statement)
    const evidence = await this.dialect.journaling.evidence(this.#session, statement)
    this.#journal.forgetBegun()
    this.#journal.add(question, { begun: { evidence } })
    await this.#keeper.keep()
    return await this.#record(question, () => this.#retried(run))
  }

  /** @throws LedgerError TM_EFFECT_UNKNOWN where the catalogue cannot tell */
  async #tookEffect(before: string | undefined, statement: Statement): Promise<boolean> {
    const now = await this.dialect.journaling.evidence(this.#session, statement)
    if (now === undefined) throw effectUnknown(statement.sql)
    return now !== before
  }

  async #record<T>(question: Question, run: () => Promise<T>): Promise<T> {
    try {
      const result = await run()
      this.#journal.add(question, { result: result ?? null })
      return result
    } catch (error) {
      // Of a statement whose connection is gone nobody knows yet whether it took effect.
      if (error instanceof TidemarkError && error.code !== 'TM_CONNECTION_LOST')
        this.#journal.add(question, failureOf(error))
      throw error
    }
  }

  /** What only reads is asked again as long as nothing depends on it, and is kept with the next effect. */
  async #answered<T>(question: Question, ask: () => Promise<T>): Promise<T> {
    const before = this.#journal.replay(question)
    if (before !== undefined) return answerOf(before) as T
    const result = await ask()
    this.#journal.add(question, { result })
    return result
  }

  async #inOrder<T>(call: () => Promise<T>): Promise<T> {
    return await this.gate.pass(async () => {
      const turn = this.#queue.then(call)
      this.#queue = turn.catch(() => undefined)
      return await turn
    })
  }

  /** The same questions to the catalogue, through the journal. */
  #recorded(live: Catalogue): Catalogue {
    const asked = <T>(text: string, ask: () => Promise<T>, ...details: readonly unknown[]): Promise<T> =>
      this.#inOrder(() => this.#answered(questionOf('read', text, ...details), ask))
    return {
      snapshot: () => asked('snapshot', () => live.snapshot()),
      table: (name) => asked('table', () => live.table(name), name),
      tables: (schema) => asked('tables', () => live.tables(schema), schema),
      views: (schema) => asked('views', () => live.views(schema), schema),
      types: (schema) => asked('types', () => live.types(schema), schema),
      schemas: () => asked('schemas', () => live.schemas()),
    }
  }
}

/** @throws ReplayedError where it was a failure */
function answerOf(entry: Entry): unknown {
  if ('failure' in entry) throw new ReplayedError(entry.failure)
  return 'result' in entry ? entry.result : undefined
}

function failureOf({ code, kind, message, remedy }: TidemarkError) {
  return { failure: { code, kind, message, remedy } }
}
