// Runs one direction of a migration that is not one transaction, by its journal: begun anew, or gone on with where a run
// before ended.

import type { LiveExecutor } from '../connection/live-executor.js'
import { JournaledExecutor } from './journaled-executor.js'
import type { JournalKeeper } from './journaled-transactions.js'
import { Journal } from './journal.js'
import { LedgerError, halfAppliedChanged, journalDiverged, leftOpen } from './errors.js'
import type { LedgerRow, NewLedgerRow } from './ledger-row.js'
import type { Direction } from './report.js'
import type { Workbench } from './workbench.js'

/**
 * A journal that is gone on with, or a new one.
 *
 * @throws LedgerError TM_HALF_APPLIED_CHANGED where the one that is kept is of the same direction and of another file
 */
export function journalFor(
  row: Pick<LedgerRow, 'name' | 'checksum'>,
  direction: Direction,
  found: LedgerRow | undefined,
): Journal {
  const { name, checksum } = row
  const kept = found?.journal === undefined ? undefined : Journal.read(name, found.journal)
  if (kept?.head.direction !== direction) return new Journal(name, { direction, checksum })
  if (kept.head.checksum !== checksum) throw halfAppliedChanged(name, direction, kept.standing)
  return kept
}

export interface JournaledWork {
  readonly work: (executor: JournaledExecutor) => Promise<void>
  /** Has the ledger say what it said before, where nothing took effect. */
  readonly restore: () => Promise<void>
}

/** @throws LedgerError TM_JOURNAL_DIVERGED where it asks for less than a run before it did, or for something else */
export async function runJournaled(
  bench: Workbench,
  row: NewLedgerRow,
  journal: Journal,
  live: LiveExecutor,
  { work, restore }: JournaledWork,
): Promise<void> {
  const keeper = keeperOf(bench, row, journal)
  const executor = new JournaledExecutor(live, bench.session, journal, keeper, bench.signal)
  try {
    await work(executor)
    if (executor.fault !== undefined) throw executor.fault
    if (bench.session.inTransaction) throw leftOpen(row.name)
  } catch (error) {
    // What led here is told, whether or not the database takes this.
    await correct(bench, row, journal, restore, error).catch(() => undefined)
    throw error
  }
  const unasked = journal.next
  if (unasked !== undefined) {
    throw journalDiverged(row.name, journal.head.direction, unasked.text, 'nothing more', journal.standing)
  }
}

/** The first entry brings the row along, so that a migration of one statement costs no more than it must. */
function keeperOf(bench: Workbench, row: NewLedgerRow, journal: Journal): JournalKeeper {
  let isBegun = journal.isReplaying
  const write = async (): Promise<void> => {
    const { position } = journal
    const isAdded = isBegun && (await bench.ledger.addToJournal(row.name, journal.unkept(), position))
    if (!isAdded) await bench.ledger.write({ ...row, state: 'running', position, journal: journal.text })
    await bench.lock.confirm()
  }
  return {
    async keep() {
      await (bench.session.inTransaction ? write() : bench.session.transaction(write))
      isBegun = true
      journal.markKept()
    },
  }
}

/**
 * What was begun and failed has had no effect, which the next run need not find out. Where the connection is gone, or the
 * lock, nothing can be said, and the ledger stays as it is.
 */
async function correct(
  bench: Workbench,
  row: NewLedgerRow,
  journal: Journal,
  restore: () => Promise<void>,
  error: unknown,
): Promise<void> {
  if (bench.session.inTransaction) await bench.session.execute('rollback')
  if (error instanceof LedgerError || journal.begun !== undefined) return
  const known = journal.untilLastEffect()
  await bench.session.transaction(async () => {
    const found = await bench.ledger.find(row.name)
    if (found?.journal === undefined) return
    if (known.position > 0)
      await bench.ledger.write({ ...row, state: 'running', position: known.position, journal: known.text })
    else await restore()
    await bench.lock.confirm()
  })
}
