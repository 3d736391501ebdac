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
import { StatementError, transactionControlOf } from '../connection/errors.js'
import { TidemarkError } from '../support/errors.js'
import { LedgerError, effectUnknown, failureOf, replayedError, sessionHarmed } from './errors.js'
import { recordedCatalogue } from './journaled-catalogue.js'
import { JournaledMemory } from './journaled-memory.js'
import { type JournalKeeper, JournaledTransactions } from './journaled-transactions.js'
import { retryLocked } from './lock-retry.js'
import {
  type Entry,
  type Journal,
  type Question,
  questionOf,
  sqlQuestion,
  statementQuestion,
} from './journal.js'

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
  readonly #transactions: JournaledTransactions
  readonly #memory: JournaledMemory
  #fault: LedgerError | undefined

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
    this.#memory = new JournaledMemory(live.dialect, session, journal, (...asked) => this.#answered(...asked))
    this.#transactions = new JournaledTransactions(live.dialect, session, journal, keeper, () =>
      this.#memory.beforeCommit(),
    )
    this.catalogue = recordedCatalogue(live.catalogue, (question, ask) =>
      this.#inOrder(() => this.#answered(question, ask)),
    )
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

  /** What was found when the work was begun; `now` where it is. */
  async remembered<T>(what: string, now: T): Promise<T> {
    return await this.#inOrder(() => this.#answered(questionOf('read', what), () => Promise.resolve(now)))
  }

  get inTransaction(): boolean {
    return this.#transactions.isOpen || this.#session.inTransaction
  }

  /** What no migration can go on after, whether or not it caught it. */
  get fault(): LedgerError | undefined {
    return this.#fault
  }

  async change(operations: readonly Operation[]): Promise<void> {
    await this.#inOrder(async () => {
      const asked = questionOf('compile', operations.map(({ kind }) => kind).join(', '), operations)
      const statements = await this.#answered<readonly Statement[]>(asked, async () => {
        const compiled = await this.dialect.compile(operations, this.#session)
        return compiled.flatMap((statement) => this.dialect.journaling.parts(statement))
      })
      await this.#applyAll(statements)
    })
  }

  /** Runs statements that were compiled before, such as a stored `down`. */
  async apply(statements: readonly Statement[]): Promise<void> {
    await this.#inOrder(() => {
      for (const { sql } of statements) this.#refuseHarm(sql)
      return this.#applyAll(statements)
    })
  }

  /** @throws MigrationFileError TM_SESSION_CONTROL, with nothing done */
  #refuseHarm(sql: string): void {
    const harm = this.dialect.journaling.harmOf?.(sql)
    if (harm !== undefined) throw sessionHarmed(sql, harm)
  }

  /** What can be one transaction is one: a rebuild is not to be cut in two. */
  async #applyAll(statements: readonly Statement[]): Promise<void> {
    const rest = [...statements]
    while (rest.length > 0) {
      const alone = rest.findIndex((statement) => this.#isAlone(statement))
      const together = rest.splice(0, alone === -1 ? rest.length : Math.max(alone, 1))
      const [first] = together
      if (together.length > 1) await this.#performTogether(together)
      else if (first !== undefined) await this.#perform(first, () => this.#live.apply(together))
    }
  }

  async #performTogether(statements: readonly Statement[]): Promise<void> {
    const questions = statements.map(statementQuestion)
    if (this.#journal.isReplaying)
      return questions.forEach((question) => this.#answerAgain(this.#journal.replay(question)))
    await this.#inOneTransaction(questions[0], async () => {
      await this.#live.apply(statements)
      for (const question of questions) this.#journal.add(question, { result: null })
    })
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return await this.#inOrder(async () => {
      this.#refuseHarm(statement.sql)
      const run = () => this.#live.query(statement)
      if (this.dialect.journaling.effectOf(statement.sql) !== 'none')
        return await this.#perform(statement, run)
      return await this.#answered(sqlQuestion('read', statement), run, statement)
    })
  }

  async execute(statement: Statement): Promise<ExecuteResult> {
    return await this.#inOrder(async () => {
      this.#refuseHarm(statement.sql)
      let result: ExecuteResult = { changes: 0, lastInsertId: undefined }
      for (const part of this.dialect.journaling.parts(statement))
        result = await this.#perform(part, () => this.#live.execute(part))
      return result
    })
  }

  /**
   * One that waited in vain for a lock is tried again as a whole. The journal has each try, so that a run after this one does
   * the same.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const run = (): Promise<T> =>
      this.#faultless(() => this.#transactions.run((inside) => this.#live.transaction(inside), work))
    // The pauses between the tries are part of the call.
    return await this.gate.pass(() => (this.#transactions.isInside ? run() : this.#retried(run)))
  }

  async administer(task: DatabaseTask): Promise<void> {
    const sql =
      task.kind === 'createDatabase' || task.kind === 'dropDatabaseIfExists'
        ? `create database ${this.dialect.quoteIdentifier(task.name)}`
        : undefined
    await this.#performTask(JSON.stringify(task), sql, () => this.#live.administer(task))
  }

  async wipe(what: { tables: boolean; views: boolean; types: boolean }): Promise<void> {
    await this.#performTask(`drop all: ${JSON.stringify(what)}`, undefined, () => this.#live.wipe(what))
  }

  /** @param sql what is asked of the catalogue as if this had been run; without it the task may be done twice */
  async #performTask(text: string, sql: string | undefined, run: () => Promise<void>): Promise<void> {
    const statement = sql === undefined ? undefined : { sql, bindings: [] }
    const question = statementQuestion({ sql: text, bindings: [] })
    await this.#inOrder(() => this.#performAlone(question, statement, run))
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

  #isAlone({ sql }: Statement): boolean {
    return ['immediate', 'unforeseen', 'contained'].includes(this.dialect.journaling.effectOf(sql))
  }

  /** The answer of before is of the type that the same question is answered with now. */
  async #perform<T>(statement: Statement, run: () => Promise<T>): Promise<T> {
    const boundary = transactionControlOf(statement.sql)
    if (boundary !== undefined && !this.#transactions.isOpen)
      return (await this.#transactions.control(boundary, run)) ?? (noResult as T)
    const effect = this.dialect.journaling.effectOf(statement.sql)
    if (effect === 'session') return await this.#set(statement, run)
    const question = statementQuestion(statement)
    if (effect === 'immediate' && !this.dialect.capabilities.transactionalDdl && !this.#transactions.isOpen)
      await this.#transactions.endBeforeStructure(() => this.#session.execute('commit'))
    if (effect === 'immediate' && !this.inTransaction)
      return await this.#performAlone(question, statement, run)
    if (effect === 'unforeseen' && !this.inTransaction)
      return await this.#performUnforeseen(question, statement, run)
    if (effect === 'contained' && !this.inTransaction)
      return await this.#performContained(question, statement, run)
    const before = this.#journal.replay(question)
    if (before !== undefined) return (await this.#passOver(before)) as T
    const { isInside } = this.#transactions
    return await this.#inOneTransaction(question, () => this.#carryOut(question, run, statement, isInside))
  }

  /** Runs a statement, and writes down what it was answered and what the session remembers of it. */
  async #carryOut<T>(
    question: Question,
    run: () => Promise<T>,
    statement: Statement,
    isInTransaction: boolean,
  ): Promise<T> {
    await this.#memory.recall(statement.sql)
    const result = await run()
    this.#journal.add(question, {
      result,
      ...(await this.#memory.leftBy(statement.sql, result, isInTransaction)),
    })
    return result
  }

  /** What stands was answered so; the session remembers of it what it did then. */
  async #passOver(entry: Entry): Promise<unknown> {
    const answer = this.#answerAgain(entry)
    await this.#memory.restore(entry)
    return answer
  }

  /** What is of the session is gone with it, and so it is done again at each run. */
  async #set<T>(statement: Statement, run: () => Promise<T>): Promise<T> {
    const question = sqlQuestion('session', statement)
    const before = this.#journal.replay(question)
    if (before === undefined) return await this.#record(question, run, statement)
    const answer = this.#answerAgain(before) as T
    const result = this.#memory.holdsAllOf(statement.sql) ? answer : await run()
    await this.#passOver(before)
    return result
  }

  /** What rows do is one transaction with what the journal says of it: in that which is open, or in one of its own. */
  async #inOneTransaction<T>(question: Question | undefined, work: () => Promise<T>): Promise<T> {
    const before = this.#journal.mark()
    const attempt = async (): Promise<T> => {
      this.#journal.returnTo(before)
      return await this.#session.transaction(async () => {
        const result = await work()
        await this.#keeper.keep()
        return result
      })
    }
    try {
      return await (this.inTransaction ? work() : this.#retried(attempt))
    } catch (error) {
      this.#journal.returnTo(before)
      if (question !== undefined) this.#noteFailure(question, error)
      throw error
    }
  }

  async #retried<T>(work: () => Promise<T>): Promise<T> {
    return await retryLocked({ dialect: this.dialect, session: this.#session, signal: this.signal }, work)
  }

  /** What commits by itself. Without a statement of which the catalogue can be asked, it may be done twice. */
  async #performAlone<T>(
    question: Question,
    statement: Statement | undefined,
    run: () => Promise<T>,
  ): Promise<T> {
    const before = await this.#beforeBeginning(question, statement)
    if (before !== undefined) return (await this.#passOver(before)) as T
    if (statement !== undefined && this.#journal.isUntold)
      return await this.#recordUntold(question, run, statement)
    const prepared = () => this.#retried(() => this.#prepare(statement).then(run))
    return await this.#record(question, prepared, statement)
  }

  /** What fails may have done a part of it, which nobody can see. */
  async #recordUntold<T>(question: Question, run: () => Promise<T>, statement: Statement): Promise<T> {
    const attempt = async (): Promise<T> => {
      try {
        return await run()
      } catch (error) {
        if (error instanceof StatementError && error.code !== 'TM_CONNECTION_LOST')
          throw effectUnknown(this.#journal.migration, statement.sql, error.message)
        throw error
      }
    }
    return await this.#record(question, attempt, statement)
  }

  /**
   * A statement that shows only when it runs whether it commits by itself. If it does not, it is one transaction with its
   * end in the journal; if it does, that follows in another.
   */
  async #performUnforeseen<T>(question: Question, statement: Statement, run: () => Promise<T>): Promise<T> {
    const before = await this.#beforeBeginning(question, statement)
    if (before !== undefined) return (await this.#passOver(before)) as T
    const begun = this.#journal.mark().length - 1
    const withoutEnd = () => this.#journal.returnTo({ length: begun, kept: begun })
    try {
      return await this.#retried(async () => {
        withoutEnd()
        return await this.#inOpenTransaction(async () => {
          const result = await this.#carryOut(question, run, statement, false)
          await this.#keeper.keep()
          return result
        })
      })
    } catch (error) {
      withoutEnd()
      this.#noteFailure(question, error)
      throw error
    }
  }

  /** One transaction with its entry in the journal, or where it ends transactions itself, on its own. */
  async #performContained<T>(question: Question, statement: Statement, run: () => Promise<T>): Promise<T> {
    if (this.#journal.isNextBegun) return await this.#performAlone(question, statement, run)
    const before = this.#journal.replay(question)
    if (before !== undefined) return (await this.#passOver(before)) as T
    try {
      return await this.#inOneTransaction(undefined, () => this.#carryOut(question, run, statement, false))
    } catch (error) {
      if (this.#endsTransactions(error)) return await this.#performAlone(question, statement, run)
      this.#noteFailure(question, error)
      throw error
    }
  }

  #endsTransactions(error: unknown): boolean {
    return error instanceof StatementError && this.dialect.journaling.endsTransactions?.(error.cause) === true
  }

  /** In one that what runs in it may end. */
  async #inOpenTransaction<T>(work: () => Promise<T>): Promise<T> {
    await this.#session.execute('begin')
    try {
      const result = await work()
      if (this.#session.inTransaction) await this.#session.execute('commit')
      return result
    } catch (error) {
      if (this.#session.inTransaction) await this.#session.execute('rollback').catch(() => undefined)
      throw error
    }
  }

  /** What it was answered before. Where there is none, it is written down as begun. */
  async #beforeBeginning(question: Question, statement: Statement | undefined): Promise<Entry | undefined> {
    const before = this.#journal.replay(question)
    if (before !== undefined && !('begun' in before)) return before
    if (before !== undefined) {
      await this.#prepare(statement)
      if (await this.#tookEffect(before.begun.evidence, statement)) {
        // A statement that commits by itself gives no rows and changes none that are counted.
        this.#journal.add(question, { result: noResult })
        return { ...question, result: noResult }
      }
    }
    const evidence = await this.#evidence(statement)
    this.#journal.forgetBegun()
    this.#journal.add(question, { begun: { evidence } })
    await this.#retried(() => this.#keeper.keep())
    return undefined
  }

  async #prepare(statement: Statement | undefined): Promise<void> {
    if (statement !== undefined) await this.dialect.journaling.prepare(this.#session, statement)
  }

  async #evidence(statement: Statement | undefined): Promise<string | undefined> {
    return statement && (await this.dialect.journaling.evidence(this.#session, statement))
  }

  /** @throws LedgerError TM_EFFECT_UNKNOWN where the catalogue cannot tell */
  async #tookEffect(before: string | undefined, statement: Statement | undefined): Promise<boolean> {
    if (statement === undefined) return false
    const now = await this.#evidence(statement)
    if (now === undefined) throw effectUnknown(this.#journal.migration, statement.sql)
    return now !== before
  }

  async #record<T>(question: Question, run: () => Promise<T>, statement?: Statement): Promise<T> {
    const result = await this.#ran(question, run, statement)
    let remembered = {}
    try {
      if (statement !== undefined)
        remembered = await this.#memory.leftBy(statement.sql, result, this.#transactions.isInside)
    } finally {
      // It has run, whatever becomes of the rest.
      this.#journal.add(question, { result, ...remembered })
    }
    return result
  }

  async #ran<T>(question: Question, run: () => Promise<T>, statement: Statement | undefined): Promise<T> {
    try {
      if (statement !== undefined) await this.#memory.recall(statement.sql)
      return await run()
    } catch (error) {
      this.#noteFailure(question, error)
      throw error
    }
  }

  /** Of a statement whose connection is gone nobody knows yet whether it took effect. */
  #noteFailure(question: Question, error: unknown): void {
    if (!(error instanceof TidemarkError) || error instanceof LedgerError) return
    if (error.code === 'TM_CONNECTION_LOST') return
    const hasTakenEffect = error instanceof StatementError && error.problem.tookEffect === true
    this.#journal.add(question, hasTakenEffect ? { result: noResult } : { failure: failureOf(error) })
  }

  /** @throws the error with which it was answered then */
  #answerAgain(entry: Entry | undefined): unknown {
    if (entry === undefined) return undefined
    if ('failure' in entry) throw replayedError(this.dialect, entry.failure)
    return 'result' in entry ? entry.result : undefined
  }

  /** What only reads is asked again as long as nothing depends on it, and is kept with the next effect. */
  async #answered<T>(question: Question, ask: () => Promise<T>, statement?: Statement): Promise<T> {
    const before = this.#journal.replay(question)
    if (before !== undefined) return (await this.#passOver(before)) as T
    return await this.#record(question, ask, statement)
  }

  /** Once the ledger does not go with what is asked, nothing more is done, whatever the migration catches. */
  async #faultless<T>(call: () => Promise<T>): Promise<T> {
    if (this.#fault !== undefined) throw this.#fault
    try {
      return await call()
    } catch (error) {
      if (error instanceof LedgerError) this.#fault = error
      throw error
    }
  }

  async #inOrder<T>(call: () => Promise<T>): Promise<T> {
    return await this.gate.pass(async () => {
      const turn = this.#queue.then(() => this.#faultless(call))
      this.#queue = turn.catch(() => undefined)
      return await turn
    })
  }
}

/** What is told of a statement that gives no rows and counts none. */
const noResult: ExecuteResult = { changes: 0, lastInsertId: undefined }
