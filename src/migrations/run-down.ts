// Undoes one migration, together with its ledger row: by its file, or by the statements that the ledger kept of it.

import type { Statement } from '../dialects/dialect.js'
import { call } from './context.js'
import { type Aftermath, LedgerError, MigrationError, noStoredDown, storedDownStale } from './errors.js'
import { isTransactional } from './load.js'
import { placeIn } from './place.js'
import { structuresOf } from './record.js'
import type { DownStep } from './plan.js'
import type { NamedMigration } from './context.js'
import type { MigrationRun } from './report.js'
import {
  type Outcome,
  databaseOf,
  isAtomic,
  liveExecutor,
  loadNamed,
  observed,
  waitingAsSaid,
} from './running.js'
import type { Workbench } from './workbench.js'

/** @throws MigrationError, with everything rolled back that can be */
export async function runDown(bench: Workbench, step: DownStep): Promise<MigrationRun> {
  const { row, file } = step
  return await observed(bench, row.name, 'down', row.batch, async () => {
    const named = file === undefined ? undefined : await loadNamed(file)
    try {
      return await applyDown(bench, step, named)
    } catch (error) {
      // There is no way down, and none was tried.
      if (error instanceof LedgerError) throw error
      const place = file === undefined ? {} : placeIn(file, error)
      const isWhole = isAtomic(bench, named)
      const aftermath: Aftermath = isWhole
        ? { state: 'rolled back' }
        : { state: 'half applied', statements: 0 }
      throw new MigrationError(row.name, 'down', error, place, aftermath)
    }
  })
}

async function applyDown(
  bench: Workbench,
  { row }: DownStep,
  named: NamedMigration | undefined,
): Promise<Outcome> {
  const database = await databaseOf(bench, named)
  const down = async (): Promise<void> => {
    const executor = liveExecutor(bench, database, row.name, named?.migration)
    if (named === undefined) await executor.apply(await storedStatements(bench, row.name))
    else await call(named, 'down', executor, database)
  }
  return await waitingAsSaid(bench, database, named?.migration, async () => {
    if (isAtomic(bench, named))
      return await bench.session.transaction(() => downWithRow(bench, row.name, down))
    const isTransaction = named !== undefined && isTransactional(named.migration)
    await (isTransaction ? database.session.transaction(down) : down())
    await bench.ledger.remove(row.name)
    return { outcome: 'done' }
  })
}

/** Inside a transaction, which holds the database's lock: nobody else can undo it between the look and the end. */
async function downWithRow(bench: Workbench, name: string, down: () => Promise<void>): Promise<Outcome> {
  if ((await bench.ledger.find(name)) === undefined) return { outcome: 'skipped' }
  await down()
  await bench.ledger.remove(name)
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
