// Remembers what a transaction has run, so that it can be begun again (see foreign-key-suspension.ts). Reading is not
// remembered. Only so much is kept that a long data migration does not fill the memory; past that the log is full, and
// says so to whoever needs it.

import { isDeepStrictEqual } from 'node:util'
import type { BoundValue } from './driver.js'
import { RebuildAfterDataError } from '../errors.js'
import type { Handle } from './handle.js'
import { findRandom } from './random-values.js'

const maxStatements = 10_000
/** Of SQL, texts and blobs together. */
const maxCharacters = 16 * 1024 * 1024

/** One call of a handle's `query` or `execute`. */
export interface StatementCall<T = unknown> {
  readonly sql: string
  readonly bindings: readonly BoundValue[]
  readonly perform: (handle: Handle, sql: string, bindings: readonly BoundValue[]) => T
}

/** What a statement gave, and how many rows it changed, those that triggers and foreign keys changed among them. */
interface Outcome<T = unknown> {
  readonly result: T
  readonly totalChanges: number
}

interface Entry extends Outcome {
  readonly call: StatementCall
}

export class TransactionLog {
  #entries: Entry[] = []
  #characters = 0
  #isFull = false

  /** How many statements it holds; a later `cut` to this number forgets those that came after. */
  get length(): number {
    return this.#entries.length
  }

  clear(): void {
    this.#entries = []
    this.#characters = 0
    this.#isFull = false
  }

  /** Runs a statement, and remembers it. */
  run<T>(handle: Handle, call: StatementCall<T>): T {
    if (this.#isFull || handle.kindOf(call.sql) === 'read') return perform(handle, call)
    const outcome = observe(handle, call)
    this.#add({ call: { ...call, bindings: call.bindings.map(copy) }, ...outcome })
    return outcome.result
  }

  cut(length: number): void {
    this.#entries.length = Math.min(length, this.#entries.length)
  }

  /** @throws RebuildAfterDataError where the statements are too many, or would not do the same again */
  assertReplayable(handle: Handle): void {
    if (this.#isFull) throw new RebuildAfterDataError('too-many')
    if (this.#entries.length === 0) return
    const random = findRandom(
      handle,
      this.#entries.map(({ call }) => call.sql),
    )
    if (random !== undefined) throw new RebuildAfterDataError('random', random)
  }

  /**
   * Runs the statements from `start` up to `end` again.
   *
   * @throws RebuildAfterDataError where one has another effect than it had
   */
  replay(handle: Handle, start: number, end = this.#entries.length): void {
    for (const entry of this.#entries.slice(start, end)) {
      const again = observe(handle, entry.call)
      if (!isSameOutcome(entry, again, handle)) {
        throw new RebuildAfterDataError('other-effect', entry.call.sql)
      }
    }
  }

  #add(entry: Entry): void {
    this.#entries.push(entry)
    this.#characters += entry.call.sql.length + sum(entry.call.bindings.map(sizeOf))
    if (this.#entries.length <= maxStatements && this.#characters <= maxCharacters) return
    this.#entries = []
    this.#isFull = true
  }
}

/** Runs a statement without remembering it. */
export function perform<T>(handle: Handle, { sql, bindings, perform }: StatementCall<T>): T {
  return perform(handle, sql, bindings)
}

function observe<T>(handle: Handle, call: StatementCall<T>): Outcome<T> {
  const before = handle.totalChanges()
  const result = perform(handle, call)
  return { result, totalChanges: handle.totalChanges() - before }
}

/** What a pragma says may differ; what a statement wrote, and the rows that it wrote, may not. */
function isSameOutcome(first: Entry, again: Outcome, handle: Handle): boolean {
  if (first.totalChanges !== again.totalChanges) return false
  return handle.kindOf(first.call.sql) === 'other' || isDeepStrictEqual(first.result, again.result)
}

/** A caller may fill the same buffer again for its next statement. */
function copy(value: BoundValue): BoundValue {
  return value instanceof Uint8Array ? Uint8Array.from(value) : value
}

function sizeOf(value: BoundValue): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
