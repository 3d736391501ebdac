// Applies one migration, together with its ledger row. Where the database can undo structure changes, both are one
// transaction: the migration and its row are there, or neither is. Elsewhere, and for a migration that says
// `transaction: false` or works on another connection than the ledger's, the row is written before, as `running`, and
// counts the statements that took effect, so that whoever comes after a crash knows where it stood.

import { type ErrorKind, TidemarkError, messageOf } from '../support/errors.js'
import { checksum, fingerprint } from './checksum.js'
import { type NamedMigration, call, contextOn } from './context.js'
import { type Aftermath, LedgerError, MigrationError, beingApplied, leftOpen } from './errors.js'
import type { MigrationFile } from './files.js'
import type { NewLedgerRow } from './ledger.js'
import { isTransactional } from './load.js'
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
  liveExecutor,
  loadNamed,
  observed,
  waitingAsSaid,
} from './running.js'
import type { StoredDown } from './stored-down.js'
import type { OpenDatabase, Workbench } from './workbench.js'

/** Applies one migration. @throws MigrationError, with everything rolled back that can be */
export async function runUp(bench: Workbench, step: UpStep): Promise<MigrationRun> {
  const { file, batch } = step
  return await observed(bench, file.name, 'up', batch, async (clock) => {
    const named = await loadNamed(file)
    const row = await startRow(file, batch)
    try {
      return await applyUp(bench, named, row, clock)
    } catch (error) {
      // The row is another process's.
      if (error instanceof LedgerError) throw error
      return await failUp(bench, file, row, error, clock)
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
    down: undefined,
  }
}

function applied(row: NewLedgerRow, down: StoredDown | undefined, clock: Clock): NewLedgerRow {
  return { ...row, state: 'applied', finishedAt: new Date(), durationMs: elapsed(clock), down }
}

async function applyUp(
  bench: Workbench,
  named: NamedMigration,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  const database = await databaseOf(bench, named)
  if (!(await shouldRun(bench, named, database))) return { outcome: 'skipped' }
  return await waitingAsSaid(bench, database, named.migration, () =>
    isAtomic(bench, named)
      ? bench.session.transaction(() => upWithRow(bench, named, row, clock))
      : upBesideRow(bench, named, database, row, clock),
  )
}

/** Inside a transaction, which holds the database's lock: nobody else can apply it between the look and the end. */
async function upWithRow(
  bench: Workbench,
  named: NamedMigration,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  if ((await bench.ledger.find(row.name))?.state === 'applied') return { outcome: 'skipped' }
  await call(named, 'up', liveExecutor(bench, bench, named.name, named.migration), bench)
  const down = await recordDown(named, bench, bench)
  await bench.ledger.write(applied(row, down, clock))
  await bench.lock.confirm()
  return { outcome: 'done' }
}

async function upBesideRow(
  bench: Workbench,
  named: NamedMigration,
  database: OpenDatabase,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  if (!(await bench.session.transaction(() => claim(bench, row)))) return { outcome: 'skipped' }
  let position = 0
  const executor = liveExecutor(bench, database, named.name, named.migration, async () => {
    position += 1
    if (!database.session.inTransaction) await bench.ledger.advance(row.name, position)
  })
  const up = () => call(named, 'up', executor, database)
  await (isTransactional(named.migration) ? database.session.transaction(up) : up())
  if (database.session.inTransaction) {
    await database.session.execute('rollback')
    throw leftOpen(named.name)
  }
  // A stored down is run where the ledger is, which is no other connection's database.
  const down = database === bench ? await recordDown(named, bench, bench) : undefined
  await bench.ledger.write({ ...applied(row, down, clock), position })
  return { outcome: 'done' }
}

/**
 * Writes the row of a migration that is about to begin; `false` where another process has applied it meanwhile.
 *
 * @throws LedgerError where another process has begun it since the plan was made
 */
async function claim(bench: Workbench, row: NewLedgerRow): Promise<boolean> {
  const state = (await bench.ledger.find(row.name))?.state
  if (state === 'running') throw beingApplied(row.name)
  if (state !== 'applied') await bench.ledger.write(row)
  return state !== 'applied'
}

async function shouldRun(bench: Workbench, named: NamedMigration, database: OpenDatabase): Promise<boolean> {
  const { migration } = named
  if (migration.shouldRun === undefined) return true
  return await migration.shouldRun(
    await contextOn(liveExecutor(bench, database, named.name, migration), database),
  )
}

async function failUp(
  bench: Workbench,
  file: MigrationFile,
  row: NewLedgerRow,
  error: unknown,
  clock: Clock,
): Promise<Outcome> {
  const aftermath = (await hasBegun(bench, row, error))
    ? await bench.session.transaction(() => noteFailure(bench, row, error, clock))
    : ({ state: 'rolled back' } as const)
  if (aftermath === undefined) return { outcome: 'skipped' }
  throw new MigrationError(file.name, 'up', error, placeIn(file, error), aftermath)
}

/** A migration that waited in vain for the lock with which it would have begun is still pending, and did not fail. */
async function hasBegun(bench: Workbench, row: NewLedgerRow, error: unknown): Promise<boolean> {
  return !isOfKind(error, 'locked') || (await bench.ledger.find(row.name))?.state === 'running'
}

/**
 * Tells what remains of a failed migration, and writes it into the ledger: in one transaction, so that what another
 * process writes meanwhile is not overwritten. Undefined where that has applied it.
 */
async function noteFailure(
  bench: Workbench,
  row: NewLedgerRow,
  error: unknown,
  clock: Clock,
): Promise<Aftermath | undefined> {
  const current = await bench.ledger.find(row.name)
  if (current?.state === 'applied') return undefined
  const position = current?.state === 'running' ? current.position : 0
  if (!isOfKind(error, 'interrupted') || position > 0) {
    const failed = { ...row, state: 'failed', position, error: messageOf(error) } as const
    await bench.ledger.write({ ...failed, finishedAt: new Date(), durationMs: elapsed(clock) })
  } else if (current !== undefined) await bench.ledger.remove(row.name)
  return current?.state === 'running'
    ? { state: 'half applied', statements: position }
    : { state: 'rolled back' }
}

function isOfKind(error: unknown, kind: ErrorKind): boolean {
  return error instanceof TidemarkError && error.kind === kind
}
