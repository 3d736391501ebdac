// What a session remembers of the statements that ran in it, for a migration that is not one transaction. The journal has it
// beside what the statement was answered, so that the session of a later run remembers it too. The key of the last row is in it
// once for each transaction; it is made the migration's own again before a statement that asks for it, because the ledger's row
// has taken its place by then.

import type { Dialect, ExecuteResult, Session } from '../dialects/dialect.js'
import { type Journal, type Question, questionOf } from './journal.js'

/** What one statement has left, beside its answer in the journal. */
interface Remembered {
  readonly memory?: { readonly variables: unknown; readonly insertId: unknown }
}

type Answered = <T>(question: Question, ask: () => Promise<T>) => Promise<T>

const lastKey = questionOf('read', 'the last key that was given to a row')

export class JournaledMemory {
  readonly #memory: Dialect['journaling']['memory']
  readonly #session: Session
  readonly #journal: Journal
  readonly #answered: Answered
  /** Whether the last key may be another since it was looked at. */
  #mayHaveInserted = false
  /** The keys that rows have got since, some of them by the migration's own hand: those are not the last key. */
  readonly #keys = new Set<string>()
  #insertId: unknown

  /** @param answered gives what stands in the journal, or else asks and writes it there */
  constructor({ journaling: { memory } }: Dialect, session: Session, journal: Journal, answered: Answered) {
    this.#memory = memory
    this.#session = session
    this.#journal = journal
    this.#answered = answered
  }

  /** Whether a statement need not run again where what it left is remembered. */
  holdsAllOf(sql: string): boolean {
    return this.#memory?.isAssignment(sql) ?? false
  }

  /** Before a statement runs. */
  async recall(sql: string): Promise<void> {
    if (this.#insertId === undefined || this.#mayHaveInserted) return
    if (this.#memory?.mentionsInsertId(sql) === true)
      await this.#memory.restoreInsertId(this.#session, this.#insertId)
  }

  /** What a statement has left that has just run; nothing for most. */
  async leftBy(sql: string, result: unknown, isInTransaction: boolean): Promise<Remembered> {
    const memory = this.#memory
    if (memory === undefined) return {}
    this.#expectKey(sql, result)
    const names = memory.variablesIn(sql)
    const insertId = isInTransaction ? undefined : await this.#takeInsertId()
    if (names.length === 0 && insertId === undefined) return {}
    const variables = names.length === 0 ? undefined : await memory.read(this.#session, names)
    return { memory: { variables, insertId } }
  }

  /** After a statement was passed over, because it stands. */
  async restore(entry: object): Promise<void> {
    // It was written with what `leftBy` gave.
    const { memory } = entry as Remembered
    if (memory?.variables !== undefined) await this.#memory?.restore(this.#session, memory.variables)
    if (memory?.insertId !== undefined) this.#insertId = memory.insertId
  }

  /** Before a transaction is committed, or was in an earlier run. */
  async beforeCommit(): Promise<void> {
    const isThere = this.#journal.isReplaying
      ? this.#journal.next?.hash === lastKey.hash
      : this.#mayHaveInserted
    if (isThere) this.#insertId = await this.#answered(lastKey, () => this.#takeInsertId())
  }

  #expectKey(sql: string, result: unknown): void {
    const { lastInsertId }: Partial<ExecuteResult> = Object(result)
    const isMentioned = this.#memory?.mentionsInsertId(sql) === true
    if (lastInsertId === undefined && !isMentioned) return
    this.#mayHaveInserted = true
    this.#keys.add(isMentioned ? any : String(lastInsertId))
  }

  /** The last key, where it is another than before: what the session says otherwise is the ledger's. */
  async #takeInsertId(): Promise<unknown> {
    if (!this.#mayHaveInserted) return undefined
    const id = await this.#memory?.insertId(this.#session)
    if (this.#keys.has(any) || this.#keys.has(String(id))) this.#insertId = id
    this.#mayHaveInserted = false
    this.#keys.clear()
    return this.#insertId
  }
}

/** A statement that reads or sets the last key by its name may make it any. */
const any = '*'
