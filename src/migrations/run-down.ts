// Undoes one migration, together with its ledger row: by its file, or by the statements that the ledger kept of it.

import type { LiveExecutor } from '../connection/live-executor.js'
import type { Statement } from '../dialects/dialect.js'
import { checksum } from './checksum.js'
import { call, contextOn, takeBack } from './context.js'
import type { MigrationFile } from './files.js'
import {
  type Aftermath,
  CommitUnknownError,
  LedgerError,
  MigrationError,
  noStoredDown,
  storedDownStale,
} from './errors.js'
import type { JournaledExecutor } from './journaled-executor.js'
import { journalFor, runJournaled } from './journaled-run.js'
import type { LedgerRow } from './ledger-row.js'
import { retryLocked } from './lock-retry.js'
import { committed, isLost } from './lost-commit.js'
import { placeIn } from './place.js'
import { structuresOf } from './record.js'
import { type Dependent, type DownStep, isHalfRolledBack, keptChecksum } from './plan.js'
import type { NamedMigration } from './context.js'
import type { MigrationRun } from './report.js'
import {
  type Outcome,
  databaseOf,
  isAtomic,
  isOneTransaction,
  liveExecutor,
  loadNamed,
  observed,
  reasonOf,
  underLock,
  waitingAsSaid,
} from './running.js'
import type { OpenDatabase, Workbench } from './workbench.js'

/** @throws MigrationError, with everything rolled back that can be */
export async function runDown(bench: Workbench, step: DownStep): Promise<MigrationRun> {
  const { row, file } = step
  return await observed(bench, row.name, 'down', row.batch, async () => {
    const named = file === undefined ? undefined : await loadNamed(file, bench, 'down')
    const isOfOnePiece = named === undefined ? await isKeptAtomic(bench, row.name) : isAtomic(bench, named)
    const isWhole = isOfOnePiece && !isHalfRolledBack(row)
    try {
      return await applyDown(bench, step, named, isWhole)
    } catch (error) {
      // There is no way down, and none was tried.
      if (error instanceof LedgerError) throw error
      const reason = reasonOf(bench, error)
      const place = file === undefined ? {} : placeIn(file, 'down', reason)
      throw new MigrationError(
        row.name,
        'down',
        reason,
        place,
        await aftermathOf(bench, row.name, isWhole, reason),
      )
    }
  })
}

/** Whether the statements that the ledger kept of a migration can be one transaction with its row. */
async function isKeptAtomic({ dialect, ledger }: Workbench, name: string): Promise<boolean> {
  return dialect.capabilities.transactionalDdl && (await ledger.storedDown(name))?.transaction !== false
}

async function aftermathOf(
  bench: Workbench,
  name: string,
  isWhole: boolean,
  error: unknown,
): Promise<Aftermath> {
  if (error instanceof CommitUnknownError) return { state: 'unknown' }
  if (isWhole) return { state: 'rolled back' }
  try {
    const found = await bench.ledger.find(name)
    if (found?.state !== 'running') return { state: 'rolled back' }
    return { state: 'half applied', statements: found.position }
  } catch {
    return { state: 'unknown' }
  }
}

async function applyDown(
  bench: Workbench,
  { row, file, isPassed, releases }: DownStep,
  named: NamedMigration | undefined,
  isWhole: boolean,
): Promise<Outcome> {
  const database = await databaseOf(bench, named)
  const live = () => liveExecutor(bench, database, row.name, named?.migration)
  const down: Down = async (executor) => {
    try {
      if (isWhole) await release(executor, database, releases)
      if (named === undefined) await executor.apply(await storedStatements(bench, row.name))
      else await call(named, 'down', executor, database)
    } finally {
      await takeBack(executor, database)
    }
  }
  return await waitingAsSaid(bench, database, named?.migration, async () => {
    if (isWhole) {
      return await retryLocked(bench, () =>
        committed(
          bench,
          row.name,
          () => downWithRow(bench, row.name, isPassed, () => down(live())),
          (found) => found === undefined || found.state === 'pending',
        ),
      )
    }
    const executor = live()
    if (database === bench) {
      const work: Down = async (journaled) => {
        await release(journaled, database, releases)
        await down(journaled)
      }
      return await downByJournal(bench, row, isPassed, await checksumOf(row, file), executor, work)
    }
    await release(executor, database, releases)
    return await downBesideRow(bench, row, isPassed, database, named, () => down(executor))
  })
}

type Down = (executor: LiveExecutor | JournaledExecutor) => Promise<void>

async function release(
  executor: LiveExecutor | JournaledExecutor,
  database: OpenDatabase,
  found: readonly Dependent[],
): Promise<void> {
  // Where it is gone on with, those that it has dropped are not found any more.
  const releases =
    'remembered' in executor ? await executor.remembered('what stands in the way', found) : found
  if (releases.length === 0) return
  const { schema } = await contextOn(executor, database)
  for (const { table: name, foreignKey } of releases)
    await schema.table(name, (table) => table.dropForeign(foreignKey.name ?? foreignKey.columns))
}

/** Of what is run: of the file as it is, or of what the ledger kept of the one that is gone. */
async function checksumOf(row: LedgerRow, file: MigrationFile | undefined): Promise<string> {
  return file === undefined ? keptChecksum(row) : await checksum(file)
}

/** Each statement takes effect once, whatever dies between two of them; see journaled-executor.ts. */
async function downByJournal(
  bench: Workbench,
  found: LedgerRow,
  isPassed: boolean,
  fileChecksum: string,
  live: LiveExecutor,
  down: Down,
): Promise<Outcome> {
  const journal = journalFor({ name: found.name, checksum: fileChecksum }, 'down', found)
  const row = { ...found, down: await bench.ledger.storedDown(found.name) }
  await runJournaled(bench, row, journal, live, { work: down, restore: () => bench.ledger.write(row) })
  await retryLocked(bench, () => underLock(bench, () => bench.ledger.leave(found.name, isPassed)))
  return { outcome: 'done' }
}

/** Another connection's database cannot share a transaction with the ledger. */
async function downBesideRow(
  bench: Workbench,
  found: LedgerRow,
  isPassed: boolean,
  database: OpenDatabase,
  named: NamedMigration | undefined,
  down: () => Promise<void>,
): Promise<Outcome> {
  const isTransaction = named !== undefined && isOneTransaction(database, named)
  const row = { ...found, down: await bench.ledger.storedDown(found.name) }
  const position = Math.max(1, row.position)
  await underLock(bench, () => bench.ledger.write({ ...row, state: 'running', position }))
  try {
    await (isTransaction ? database.session.transaction(down) : down())
  } catch (error) {
    if (isTransaction && !isLost(error)) await underLock(bench, () => bench.ledger.write(row))
    throw error
  }
  await retryLocked(bench, () => underLock(bench, () => bench.ledger.leave(found.name, isPassed)))
  return { outcome: 'done' }
}

/** Inside a transaction, which holds the database's lock: nobody else can undo it between the look and the end. */
async function downWithRow(
  bench: Workbench,
  name: string,
  isPassed: boolean,
  down: () => Promise<void>,
): Promise<Outcome> {
  if ((await bench.ledger.find(name)) === undefined) return { outcome: 'skipped' }
  await down()
  await bench.ledger.leave(name, isPassed)
  await bench.lock.confirm()
  return { outcome: 'done' }
}

/** @throws LedgerError where the ledger has none, or a table is no longer what they were compiled for */
async function storedStatements(bench: Workbench, name: string): Promise<readonly Statement[]> {
  const stored = await bench.ledger.storedDown(name)
  if (stored === undefined) throw noStoredDown(name)
  const tables = Object.keys(stored.standsOn)
  const now = await structuresOf(bench, tables)
  const changed = tables.filter((table) => now[table] !== stored.standsOn[table])
  if (changed.length > 0) throw storedDownStale(name, changed)
  return stored.statements
}
