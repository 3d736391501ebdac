// A statement that waited in vain for a lock of the database is tried again a few times, with pauses that grow and
// differ, because what stands in its way is most often over soon. Meanwhile it is asked who holds the lock, which no
// database tells any more once nobody waits; the error says so after the last time.

import { setTimeout as pause } from 'node:timers/promises'
import { interruptionOf } from '../connection/call-gate.js'
import { type Blocker, describeBlocker } from '../dialects/blocker.js'
import type { Dialect, Session } from '../dialects/dialect.js'
import { TidemarkError } from '../support/errors.js'

const pausesMs = [200, 500, 1200]
/**
 * How soon it is asked who holds the lock, and how long at most until it is asked again, in milliseconds: each look is a
 * connection of its own, and what got the lock may run for an hour.
 */
const [firstLookMs, longestPauseMs] = [50, 10_000]
/** How long at most an answer is waited for that is still under way, in milliseconds. */
const patienceMs = 1000

const retried: ReadonlySet<string> = new Set(['TM_DATABASE_LOCKED', 'TM_DEADLOCK'])

export interface RetrySurroundings {
  readonly dialect: Dialect
  readonly session: Session
  readonly signal: AbortSignal
}

/** @param work must leave nothing behind where it fails */
export async function retryLocked<T>(around: RetrySurroundings, work: () => Promise<T>): Promise<T> {
  const { session, signal } = around
  // Nobody waits for a lock once the work is to stop.
  const stop = (): void => void session.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop)
  try {
    return await tryOften(around, work)
  } catch (error) {
    throw signal.aborted && isCancelled(error) ? interruptionOf(signal) : error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function tryOften<T>(around: RetrySurroundings, work: () => Promise<T>): Promise<T> {
  const watch = new BlockerWatch(around.session)
  try {
    for (const pauseMs of pausesMs) {
      try {
        return await work()
      } catch (error) {
        if (!isLockTrouble(error)) throw error
      }
      await pauseFor(pauseMs, around.signal)
      watch.look()
    }
    return await work()
  } catch (error) {
    throw isLockTrouble(error) ? await withBlockers(around, error, await watch.found()) : error
  } finally {
    watch.end()
  }
}

/** Whether a lock of the database was not had, which may be had later. */
export function isLockTrouble(error: unknown): error is TidemarkError {
  return error instanceof TidemarkError && retried.has(error.code)
}

function isCancelled(error: unknown): boolean {
  return error instanceof TidemarkError && error.code === 'TM_STATEMENT_CANCELLED'
}

async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {
    throw interruptionOf(signal)
  })
}

/** Looks who keeps the session waiting, while it waits: soon, and until it has found out or the next try begins. */
class BlockerWatch {
  readonly #session: Session
  #found: readonly Blocker[] = []
  #looking: Promise<void> = Promise.resolve()
  #round = 0

  constructor(session: Session) {
    this.#session = session
  }

  look(): void {
    this.#round += 1
    this.#looking = this.#lookUntilFound(this.#round)
  }

  end(): void {
    this.#round += 1
  }

  /** Those that were found last. An answer that is still under way is waited for, but not for long. */
  async found(): Promise<readonly Blocker[]> {
    this.end()
    await Promise.race([this.#looking, pause(patienceMs, undefined, { ref: false })])
    return this.#found
  }

  async #lookUntilFound(round: number): Promise<void> {
    for (
      let pauseMs = firstLookMs;
      this.#round === round;
      pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)
    ) {
      await pause(pauseMs, undefined, { ref: false })
      const found = await this.#session.blockers().catch(() => [])
      if (found.length === 0) continue
      this.#found = found
      return
    }
  }
}

/** The error with who held the lock; where nobody was seen to, with those that have a transaction open. */
async function withBlockers(
  { dialect, session }: RetrySurroundings,
  error: TidemarkError,
  holders: readonly Blocker[],
): Promise<TidemarkError> {
  const others = holders.length > 0 ? [] : await dialect.openTransactions(session).catch(() => [])
  const { code, kind, message, place, details } = error
  const tries = pausesMs.length + 1
  const sentences = [
    message,
    `It was tried ${tries} times.`,
    ...(holders.length > 0 ? [`The lock is held by ${listOf(holders)}.`] : []),
    ...(others.length > 0
      ? [`It may be held by one of those with an open transaction: ${listOf(others)}.`]
      : []),
  ]
  return new TidemarkError({
    code,
    kind,
    message: sentences.join(' '),
    remedy: `Wait until that has ended${endingOf(holders)}, and run the command again; a longer wait is lockTimeout: '1m'.`,
    place,
    details: { ...details, tries, blockers: holders, openTransactions: others },
    cause: error,
  })
}

function listOf(blockers: readonly Blocker[]): string {
  return blockers.map(describeBlocker).join('; ')
}

function endingOf([first]: readonly Blocker[]): string {
  return first?.ending === undefined ? '' : `, or end it (${first.ending})`
}
