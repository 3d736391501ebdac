// The journal of one migration that is not one transaction: what it asked of the database and what it was told, in order,
// kept in its row of the ledger. Run again after a crash, the migration is handed what stands in the journal instead of
// the database's answer, up to where the journal ends; what comes after that is run. docs/explanation/exactly-once.md.

import { createHash } from 'node:crypto'
import type { Statement } from '../dialects/dialect.js'
import { type Failure, journalDiverged, valuesDiffer } from './errors.js'
import type { Direction } from './report.js'
import { fromStoredText, toStoredText } from './stored-value.js'

/** What was asked, by its kind and the hash of what it says. */
export interface Question {
  readonly kind: 'read' | 'compile' | 'statement' | 'session' | 'transaction'
  readonly hash: string
  /** The hash of the bound values; undefined where there are none, or where other ones were accepted. */
  readonly values?: string | undefined
  /** For people: the SQL, or what was asked of the schema; the beginning of it, where it is long. */
  readonly text: string
}

export type Answer =
  | { readonly result: unknown }
  /** It failed and had no effect; the error as the migration saw it. */
  | { readonly failure: Failure }
  /** It was begun, and nothing is known yet of how it ended. */
  | { readonly begun: { readonly evidence: string | undefined } }

export type Entry = Question & Answer

/** What the journal is of; a row whose journal is of something else is not gone on with. */
export interface JournalHead {
  readonly direction: Direction
  readonly checksum: string
}

/** Where a transaction begins and how it ends. */
export type Boundary = 'begin' | 'commit' | 'rollback'

export interface JournalMark {
  readonly length: number
  readonly kept: number
}

/** What stands after an entry; kept with each, so that a long journal is not counted anew with every statement. */
interface Tally {
  readonly effects: number
  /** How many stood where each of the open transactions began, the innermost last. */
  readonly begins: readonly number[]
}

export class Journal {
  readonly head: JournalHead
  readonly migration: string
  readonly #entries: Entry[] = []
  /** As many as there are entries. */
  readonly #tallies: Tally[] = []
  /** How many of the entries the migration has asked for again. */
  #replayed = 0
  /** How many of the entries the ledger has. */
  #kept: number

  constructor(migration: string, head: JournalHead, entries: readonly Entry[] = []) {
    this.migration = migration
    this.head = head
    for (const entry of entries) this.#push(entry)
    this.#kept = entries.length
  }

  #push(entry: Entry): void {
    this.#tallies.push(tallyAfter(this.#tallies.at(-1) ?? { effects: 0, begins: [] }, entry))
    this.#entries.push(entry)
  }

  /** Forgets all entries but the first so many. */
  #cutTo(length: number): void {
    this.#entries.length = length
    this.#tallies.length = length
  }

  /** @returns undefined where the text is none of a journal's */
  static read(migration: string, text: string): Journal | undefined {
    const [head, ...lines] = text.split('\n').filter((line) => line !== '')
    if (head === undefined) return undefined
    // The text was written by `unkept` and `headText`.
    const entries = lines.map((line) => fromStoredText(line) as Entry)
    return new Journal(migration, JSON.parse(head) as JournalHead, settled(entries))
  }

  /** The whole of it, as `read` takes it. */
  get text(): string {
    return `${JSON.stringify(this.head)}\n${this.#entries.map(lineOf).join('')}`
  }

  /** What was asked before and has not been asked again yet. */
  get next(): Question | undefined {
    return this.#entries[this.#replayed]
  }

  /** Whether that was begun, and is not known to have ended. */
  get isNextBegun(): boolean {
    const { next } = this
    return next !== undefined && 'begun' in next
  }

  /** Whether the migration is still being handed what was done before. */
  get isReplaying(): boolean {
    return this.#replayed < this.#entries.length
  }

  /** How many statements are known to have taken effect, or were begun. */
  get position(): number {
    return this.#tallies.at(-1)?.effects ?? 0
  }

  /** The statements that stand, for a message. */
  get standing(): readonly string[] {
    return this.#effects()
      .filter((entry) => !('begun' in entry))
      .map(({ text }) => text)
  }

  /** The statements that took effect or were begun, without those of a transaction that was rolled back. */
  #effects(): readonly Entry[] {
    const effects: Entry[] = []
    const begins: number[] = []
    for (const entry of this.#entries) {
      if (hasEffect(entry)) effects.push(entry)
      if (entry.kind !== 'transaction') continue
      if (entry.text === 'begin') begins.push(effects.length)
      else {
        const start = begins.pop() ?? effects.length
        if (entry.text === 'rollback') effects.length = start
      }
    }
    return effects
  }

  /**
   * What was answered before to the next question; undefined where the journal has come to its end.
   *
   * @throws LedgerError TM_JOURNAL_DIVERGED where something else was asked at this place
   */
  replay(question: Question): Entry | undefined {
    const entry = this.#entries[this.#replayed]
    if (entry === undefined) return undefined
    if (entry.kind !== question.kind || entry.hash !== question.hash) {
      throw journalDiverged(this.migration, this.head.direction, entry.text, question.text, this.standing)
    }
    if (entry.values !== undefined && entry.values !== question.values) {
      throw valuesDiffer(this.migration, this.head.direction, entry.text, this.standing)
    }
    this.#replayed += 1
    return entry
  }

  /** Writes down an answer. The last entry is replaced where it was of the same question and only begun. */
  add(question: Question, answer: Answer): void {
    const last = this.#entries.at(-1)
    if (last !== undefined && 'begun' in last && isSame(last, question)) this.#cutTo(this.#entries.length - 1)
    const { kind, hash, values, text } = question
    this.#push({ kind, hash, ...(values !== undefined && { values }), text, ...answer })
    this.#kept = Math.min(this.#kept, this.#entries.length - 1)
    this.#replayed = this.#entries.length
  }

  /** The same journal, of a file with another checksum. */
  of(checksum: string): Journal {
    return new Journal(this.migration, { ...this.head, checksum }, this.#entries)
  }

  /** The same journal, whose statements stand whatever values they are asked for with. */
  withAnyValues(): Journal {
    return new Journal(
      this.migration,
      this.head,
      this.#entries.map((entry) => ({ ...entry, values: undefined })),
    )
  }

  /** The statement that was under way. */
  get begun(): Question | undefined {
    const last = this.#entries.at(-1)
    return last !== undefined && 'begun' in last ? last : undefined
  }

  /** Whether a statement was begun of which the catalogue does not tell. */
  get isUntold(): boolean {
    const last = this.#entries.at(-1)
    return last !== undefined && 'begun' in last && last.begun.evidence === undefined
  }

  /** Somebody says whether the statement that was under way has taken effect. */
  settleBegun(isDone: boolean): void {
    const { begun } = this
    if (begun === undefined) return
    if (isDone) this.add(begun, { result: { changes: 0 } })
    else this.forgetBegun()
  }

  /**
   * The journal up to the last effect: what failed after it is tried again, and what was only read is asked again, so that
   * whoever mended the data in between is heard.
   */
  untilLastEffect(): Journal {
    return new Journal(this.migration, this.head, this.#entries.slice(0, this.#endOfEffects()))
  }

  #endOfEffects(): number {
    let [end, depth, isInside] = [0, 0, false]
    for (const [index, entry] of this.#entries.entries()) {
      if (entry.kind === 'transaction') depth += entry.text === 'begin' ? 1 : -1
      if (hasEffect(entry)) isInside = true
      if (depth > 0) continue
      if (isInside && entry.text !== 'rollback') end = index + 1
      isInside = false
    }
    return end
  }

  /** Writes down that a transaction began here, or was committed. */
  addBoundary(boundary: Boundary, failure?: Failure): void {
    this.add(boundaryQuestion(boundary), failure === undefined ? { result: null } : { failure })
  }

  /**
   * Writes down that the transaction which began at the mark was rolled back. What it did stays in the journal, because the
   * migration is told the same of it when it is run again, and counts no longer.
   *
   * @param failure what its commit failed with, where it had come so far
   */
  rolledBack({ length, kept }: JournalMark, failure?: Failure): void {
    const isOver = this.#entries.length > length && depthOf(this.#entries.slice(length)) === 0
    if (isOver) this.#cutTo(this.#entries.length - 1)
    this.#kept = Math.min(kept, length)
    this.addBoundary('rollback', isOver ? failure : undefined)
  }

  /** Takes back that a statement was begun: it is known to have had no effect. */
  forgetBegun(): void {
    const last = this.#entries.at(-1)
    if (last === undefined || !('begun' in last)) return
    this.#cutTo(this.#entries.length - 1)
    this.#replayed = Math.min(this.#replayed, this.#entries.length)
    this.#kept = Math.min(this.#kept, this.#entries.length)
  }

  /** Where the journal is now, for `returnTo`. */
  mark(): JournalMark {
    return { length: this.#entries.length, kept: this.#kept }
  }

  /** Forgets what was written since, because it was rolled back. */
  returnTo({ length, kept }: JournalMark): void {
    this.#cutTo(length)
    this.#kept = kept
    this.#replayed = Math.min(this.#replayed, length)
  }

  /** The text of the entries that the ledger does not have yet. */
  unkept(): string {
    return this.#entries.slice(this.#kept).map(lineOf).join('')
  }

  markKept(): void {
    this.#kept = this.#entries.length
  }
}

function tallyAfter({ effects, begins }: Tally, entry: Entry): Tally {
  if (hasEffect(entry)) return { effects: effects + 1, begins }
  if (entry.kind !== 'transaction') return { effects, begins }
  if (entry.text === 'begin') return { effects, begins: [...begins, effects] }
  return {
    effects: entry.text === 'rollback' ? (begins.at(-1) ?? effects) : effects,
    begins: begins.slice(0, -1),
  }
}

/** How many transactions are open after these entries. */
function depthOf(entries: readonly Entry[]): number {
  const boundaries = entries.filter(({ kind }) => kind === 'transaction')
  return boundaries.reduce((depth, { text }) => depth + (text === 'begin' ? 1 : -1), 0)
}

function hasEffect(entry: Entry): boolean {
  return entry.kind === 'statement' && !('failure' in entry)
}

function lineOf(entry: Entry): string {
  return `${toStoredText(entry)}\n`
}

/** An entry that was begun is followed by its end, written later, which takes its place. */
function settled(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((entry, index) => {
    const next = entries[index + 1]
    return !('begun' in entry) || next === undefined
  })
}

function isSame(a: Question, b: Question): boolean {
  return a.hash === b.hash && a.values === b.values
}

/** The hash tells a statement from others; a value of megabytes in it need not be kept. */
const longestText = 1000

export function questionOf(kind: Question['kind'], text: string, ...parts: readonly unknown[]): Question {
  const shown = text.length > longestText ? `${text.slice(0, longestText)}…` : text
  return { kind, hash: hashOf([kind, text, ...parts]), text: shown }
}

export function boundaryQuestion(boundary: Boundary): Question {
  return questionOf('transaction', boundary)
}

export function statementQuestion(statement: Statement): Question {
  return sqlQuestion('statement', statement)
}

/** A question that is SQL with values. A time is most often the present, which is another at each run: it counts as a time. */
export function sqlQuestion(kind: Question['kind'], { sql, bindings }: Statement): Question {
  const question = questionOf(kind, sql)
  if (bindings.length === 0) return question
  const values = bindings.map((value) => (value instanceof Date ? { kind: 'time' } : value))
  return { ...question, values: hashOf(values) }
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(toStoredText(parts)).digest('hex').slice(0, 32)
}
