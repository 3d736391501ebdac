// The way down: the last batch, or what else is asked, last applied first.

import { dependedOn, irreversible, noStoredDown } from './errors.js'
import { loadMigration } from './load.js'
import { retryLocked } from './lock-retry.js'
import { isLost } from './lost-commit.js'
import type { Migration } from './migration.js'
import { type DownStep, type PlanDownOptions, type Standing, isHalfRolledBack, planDown } from './plan.js'
import { type PretendStep, pretend } from './record.js'
import type { MigrateReport, MigrationRun } from './report.js'
import { runDown } from './run-down.js'
import { stopIfInterrupted } from './running.js'
import { underLock } from './running.js'
import { standingsOf } from './standings.js'
import type { Workbench } from './workbench.js'

export interface RollbackOptions extends PlanDownOptions {
  /** Compile and show the SQL, change nothing. */
  readonly pretend?: boolean | undefined
  /** Undo a named migration though tables of later ones reference what it made: those foreign keys are dropped first. */
  readonly force?: boolean | undefined
}

/** Undoes migrations. What was undone before a failure stays undone. */
export async function rollback(bench: Workbench, options: RollbackOptions): Promise<MigrateReport> {
  const plan = planDown(
    await standingsOf(bench.files, await retryLocked(bench, () => bench.ledger.rows())),
    options,
  )
  if (plan.length === 0) {
    if (options.pretend !== true) await bench.lock.sweep()
    bench.emit('nothingToDo', { direction: 'down' })
    return { runs: [], isPretended: options.pretend === true }
  }
  if (options.pretend === true)
    return { runs: await pretend(bench, 'down', pretended(bench, plan)), isPretended: true }
  return await bench.lock.hold(() => rollbackAlone(bench, options))
}

/** Plans anew, because whoever held the lock before may have done the work. */
async function rollbackAlone(bench: Workbench, options: RollbackOptions): Promise<MigrateReport> {
  const standings = await standingsOf(bench.files, await bench.ledger.rows())
  const plan = await releasing(bench, standings, planDown(standings, options), options)
  if (plan.length === 0) {
    bench.emit('nothingToDo', { direction: 'down' })
    return { runs: [], isPretended: false }
  }
  await refuseIrreversible(bench, plan)
  bench.emit('migrationsStarted', { direction: 'down', names: plan.map(({ row }) => row.name) })
  const report = { runs: await runAll(bench, plan), isPretended: false }
  bench.emit('migrationsEnded', { direction: 'down', report })
  return report
}

/**
 * One that is undone out of the middle may have made what later ones stand on.
 *
 * @throws LedgerError TM_DEPENDED_ON unless `force` is given
 */
async function releasing(
  bench: Workbench,
  standings: readonly Standing[],
  plan: readonly DownStep[],
  { name, force = false }: RollbackOptions,
): Promise<readonly DownStep[]> {
  const [step] = plan
  if (name === undefined || step === undefined) return plan
  // Its journal has what it was begun with.
  if (isHalfRolledBack(step.row)) return plan
  const { dependentsOf } = await import('./dependents.js')
  const releases = await dependentsOf(bench, standings, step.row.name)
  if (releases.length > 0 && !force) throw dependedOn(step.row.name, releases)
  return [{ ...step, releases }]
}

/** @throws LedgerError where one of them has no way back; nothing is undone then, so that no part of a batch is left */
async function refuseIrreversible(bench: Workbench, plan: readonly DownStep[]): Promise<void> {
  for (const [index, step] of plan.entries()) {
    const migration = await migrationOf(bench, step)
    const { name } = step.row
    if (migration.down === undefined)
      throw irreversible(name, migration.irreversible, step.file?.display ?? name, index)
  }
}

async function runAll(bench: Workbench, plan: readonly DownStep[]): Promise<readonly MigrationRun[]> {
  const runs: MigrationRun[] = []
  for (const step of plan) {
    await stopIfInterrupted(bench)
    runs.push(await runDown(bench, step))
  }
  // What was undone is undone. Where the connection was lost with it, the next rollback forgets them.
  await forgetPassed(bench).catch(unlessLost)
  return runs
}

function unlessLost(error: unknown): void {
  if (!isLost(error)) throw error
}

/** What may run late needs no row for that once nothing that comes after it is applied. */
async function forgetPassed(bench: Workbench): Promise<void> {
  const standings = await standingsOf(bench.files, await bench.ledger.rows())
  const needless = standings.filter(({ row, isPassed }) => row?.state === 'pending' && !isPassed)
  if (needless.length === 0) return
  await underLock(bench, async () => {
    for (const { name } of needless) await bench.ledger.remove(name)
  })
}

async function* pretended(bench: Workbench, plan: readonly DownStep[]): AsyncGenerator<PretendStep> {
  for (const step of plan) {
    const { name, batch } = step.row
    const named = { name, display: step.file?.display ?? name, migration: await migrationOf(bench, step) }
    yield { named, batch }
  }
}

/** The file's migration, or one that runs what the ledger kept of it. */
async function migrationOf(bench: Workbench, { file, row }: DownStep): Promise<Migration> {
  if (file !== undefined) return await loadMigration(file, bench.dialect, 'down')
  const stored = await bench.ledger.storedDown(row.name)
  if (stored === undefined) throw noStoredDown(row.name)
  return {
    up: () => undefined,
    down: async ({ db }) => {
      for (const { sql, bindings } of stored.statements) await db.statement(sql, bindings)
    },
  }
}
