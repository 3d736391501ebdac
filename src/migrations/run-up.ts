// Applies one migration, together with its ledger row. Where the database can undo structure changes, both are one
// transaction: the migration and its row are there, or neither is. Elsewhere, and for a migration that says
// `transaction: false` or works on another connection than the ledger's, the row is written before, as `running`, and
// counts the statements that took effect, so that whoever comes after a crash knows where it stood.

import { version } from '../support/version.js'
import { TidemarkError, messageOf } from '../support/errors.js'
import { checksum, fingerprint } from './checksum.js'
import { type NamedMigration, call, contextOn } from './context.js'
import {
  type Aftermath,
  CommitUnknownError,
  LedgerError,
  halfAppliedChanged,
  MigrationError,
  leftOpen,
} from './errors.js'
import type { MigrationFile } from './files.js'
import { journalFor, runJournaled } from './journaled-run.js'
import type { NewLedgerRow } from './ledger-row.js'
import { committed, isLost } from './lost-commit.js'
import { whoIAm } from './lock-holder.js'
import { retryLocked } from './lock-retry.js'
import { placeIn } from './place.js'
import type { UpStep } from './plan.js'
import { recordDown } from './record.js'
import type { MigrationRun } from './report.js'
import {
  type Clock,
  type Outcome,
  databaseOf,
  elapsed,
  isAtomic,
  isOneTransaction,
  liveExecutor,
  loadNamed,
  observed,
  reasonOf,
  underLock,
  waitingAsSaid,
} from './running.js'
import type { StoredDown } from './stored-down.js'
import type { OpenDatabase, Workbench } from './workbench.js'

const briefMs = 250

/** Applies one migration. @throws MigrationError, with everything rolled back that can be */
export async function runUp(bench: Workbench, step: UpStep): Promise<MigrationRun> {
  const { file, batch } = step
  return await observed(bench, file.name, 'up', batch, async (clock) => {
    const named = await loadNamed(file, bench, 'up')
    const row = await startRow(file, batch)
    try {
      return await applyUp(bench, named, step, row, clock)
    } catch (error) {
      // The row is another process's.
      if (error instanceof LedgerError) throw error
      return await failUp(bench, named, step, row, error, clock)
    }
  })
}

async function startRow(file: MigrationFile, batch: number): Promise<NewLedgerRow> {
  return {
    name: file.name,
    batch,
    checksum: await checksum(file),
    fingerprint: fingerprint(file),
    state: 'running',
    startedAt: new Date(),
    finishedAt: undefined,
    durationMs: undefined,
    position: 0,
    error: undefined,
    journal: undefined,
    appliedBy: whoIAm(),
    toolVersion: version,
    statements: undefined,
    down: undefined,
  }
}

function applied(row: NewLedgerRow, down: StoredDown | undefined, clock: Clock): NewLedgerRow {
  const { statements } = clock
  return { ...row, state: 'applied', finishedAt: new Date(), durationMs: elapsed(clock), statements, down }
}

async function applyUp(
  bench: Workbench,
  named: NamedMigration,
  step: UpStep,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  const database = await databaseOf(bench, named)
  if (!(await shouldRun(bench, named, database))) return { outcome: 'skipped' }
  return await waitingAsSaid(bench, database, named.migration, () => {
    if (isAtomic(bench, named) && !step.isBegun)
      return retryLocked(bench, () =>
        committed(
          bench,
          row.name,
          () => upWithRow(bench, named, step, row, clock),
          (found) => found?.state === 'applied',
        ),
      )
    if (step.isBegun && database !== bench) throw halfAppliedChanged(row.name, 'up', [])
    return database === bench
      ? upByJournal(bench, named, step, row, clock)
      : upBesideRow(bench, named, database, row, clock)
  })
}

/** Inside a transaction, which holds the database's lock: nobody else can apply it between the look and the end. */
async function upWithRow(
  bench: Workbench,
  named: NamedMigration,
  { file }: UpStep,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  if ((await bench.ledger.find(row.name))?.state === 'applied') return { outcome: 'skipped' }
  const executor = liveExecutor(bench, bench, named.name, named.migration, counting(clock))
  await call(named, 'up', executor, bench)
  const down = await recordDown(await loadNamed(file, bench, 'down'), bench, bench)
  await bench.ledger.write(applied(row, down, clock))
  await bench.lock.confirm()
  return { outcome: 'done' }
}

/** Each statement takes effect once, whatever dies between two of them; see journaled-executor.ts. */
async function upByJournal(
  bench: Workbench,
  named: NamedMigration,
  { file, isPassed }: UpStep,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  const journal = journalFor(row, 'up', await bench.ledger.find(row.name))
  const live = liveExecutor(bench, bench, named.name, named.migration)
  await runJournaled(bench, row, journal, live, {
    work: (executor) => call(named, 'up', executor, bench),
    restore: () => bench.ledger.leave(row.name, isPassed),
  })
  clock.statements = journal.position
  const down = await recordDown(await loadNamed(file, bench, 'down'), bench, bench)
  await retryLocked(bench, () =>
    underLock(bench, () => bench.ledger.write({ ...applied(row, down, clock), position: journal.position })),
  )
  return { outcome: 'done' }
}

/** Another connection's database cannot share a transaction with the ledger. */
async function upBesideRow(
  bench: Workbench,
  named: NamedMigration,
  database: OpenDatabase,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  await underLock(bench, () => bench.ledger.write(row))
  let position = 0
  const executor = liveExecutor(bench, database, named.name, named.migration, async () => {
    position += 1
    clock.statements += 1
    if (isOneTransaction(database, named)) return
    clock.stands = true
    if (!database.session.inTransaction) await bench.ledger.advance(row.name, position)
  })
  const up = () => call(named, 'up', executor, database)
  try {
    await (isOneTransaction(database, named) ? database.session.transaction(up) : up())
    clock.stands = true
    if (database.session.inTransaction) throw leftOpen(named.name)
  } finally {
    if (database.session.inTransaction) await database.session.execute('rollback').catch(() => undefined)
  }
  // A stored down is run where the ledger is, which is no other connection's database.
  const done = { ...applied(row, undefined, clock), position }
  await retryLocked(bench, () => underLock(bench, () => bench.ledger.write(done)))
  return { outcome: 'done' }
}

function counting(clock: Clock): () => Promise<void> {
  return async () => void (clock.statements += 1)
}

async function shouldRun(bench: Workbench, named: NamedMigration, database: OpenDatabase): Promise<boolean> {
  const { migration } = named
  if (migration.shouldRun === undefined) return true
  // It said yes when the migration was begun, and would now be asked of a database that is half-way.
  if ((await bench.ledger.find(named.name))?.journal !== undefined) return true
  const executor = liveExecutor(bench, database, named.name, migration)
  try {
    return await migration.shouldRun(await contextOn(executor, database))
  } finally {
    executor.gate.close()
  }
}

async function failUp(
  bench: Workbench,
  named: NamedMigration,
  { file, isPassed }: UpStep,
  row: NewLedgerRow,
  thrown: unknown,
  clock: Clock,
): Promise<Outcome> {
  const error = reasonOf(bench, thrown)
  // Where the database takes no note of it, because it is locked or gone, what led here is still told.
  const aftermath = await noteFailure(bench, row, isPassed, error, clock).catch((second: unknown) => {
    // The row is another process's by now, and so may be what was met.
    if (second instanceof LedgerError) throw second
    return aftermathUnnoted(bench, named, error)
  })
  throw new MigrationError(file.name, 'up', error, placeIn(file, 'up', error), aftermath)
}

/** What is rolled back is known without a look; of the rest nothing is, where the connection is lost. */
function aftermathUnnoted(bench: Workbench, named: NamedMigration, error: unknown): Aftermath {
  const isKnown = isAtomic(bench, named) && !(error instanceof CommitUnknownError)
  return { state: isKnown ? 'rolled back' : 'unknown' }
}

/** Tells what remains of a failed migration, and writes it into the ledger. What was never begun did not fail. */
async function noteFailure(
  bench: Workbench,
  row: NewLedgerRow,
  isPassed: boolean,
  error: unknown,
  clock: Clock,
): Promise<Aftermath> {
  const current = await bench.ledger.find(row.name)
  const isBegun = current?.state === 'running' || current?.journal !== undefined
  const { position: known = 0, journal } = isBegun ? current : {}
  const mayStand = isBegun && journal === undefined && (clock.stands || isLost(error))
  const position = mayStand ? Math.max(1, known) : known
  if (position > 0 || !isInterruption(error)) {
    const failed = { ...row, state: 'failed', position, journal, error: messageOf(error) } as const
    const note = { ...failed, finishedAt: new Date(), durationMs: elapsed(clock) }
    await soon(bench, error, () => underLock(bench, () => bench.ledger.write(note)))
  } else if (current !== undefined) await underLock(bench, () => bench.ledger.leave(row.name, isPassed))
  return isBegun ? { state: 'half applied', statements: position } : { state: 'rolled back' }
}

/** What has waited for a lock in vain does not wait for it as long again, where it is the ledger's too. */
async function soon(bench: Workbench, error: unknown, work: () => Promise<void>): Promise<void> {
  if (!(error instanceof TidemarkError) || error.kind !== 'locked') return await work()
  await bench.session.limitLockWait(briefMs)
  try {
    await work()
  } finally {
    await bench.session.limitLockWait(bench.lockTimeoutMs)
  }
}

function isInterruption(error: unknown): boolean {
  return error instanceof TidemarkError && error.kind === 'interrupted'
}
