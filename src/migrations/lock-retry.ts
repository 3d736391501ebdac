// A statement that waited in vain for a lock of the database is tried again a few times, with pauses that grow and
// differ, because what stands in its way is most often over soon. After the last time the error says who may hold it.

import { setTimeout as pause } from 'node:timers/promises'
import { interruptionOf } from '../connection/call-gate.js'
import type { Dialect, Session } from '../dialects/dialect.js'
import { TidemarkError } from '../support/errors.js'

const pausesMs = [200, 500, 1200]
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
  for (const pauseMs of pausesMs) {
    try {
      return await work()
    } catch (error) {
      if (!isLockTrouble(error)) throw error
    }
    await pauseFor(pauseMs, around.signal)
  }
  try {
    return await work()
  } catch (error) {
    throw isLockTrouble(error) ? await withBlockers(around, error) : error
  }
}

function isLockTrouble(error: unknown): error is TidemarkError {
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

/** The error with the sessions whose transactions are open: one of them, most often the oldest, holds the lock. */
async function withBlockers(
  { dialect, session }: RetrySurroundings,
  error: TidemarkError,
): Promise<TidemarkError> {
  const blockers = await dialect.openTransactions(session).catch(() => [])
  const { code, kind, message, place, details } = error
  const tries = `It was tried ${pausesMs.length + 1} times.`
  return new TidemarkError({
    code,
    kind,
    message:
      blockers.length === 0
        ? `${message} ${tries}`
        : `${message} ${tries} Open transactions: ${blockers.join('; ')}.`,
    remedy: `Wait until those have ended, or end them, and run the command again; a longer wait is lockTimeout: '1m'.`,
    place,
    details: { ...details, blockers },
    cause: error,
  })
}
