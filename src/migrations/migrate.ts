// The way up, read from the top: what there is (files beside ledger), what is to be done (plan), and doing it, one
// migration after the other, each with its ledger row. `rollback.ts` is the way down.

import { outOfOrder } from './errors.js'
import { loadMigration } from './load.js'
import { retryLocked } from './lock-retry.js'
import { type PlanUpOptions, type Standing, type UpStep, lastApplied, planUp } from './plan.js'
import { type PretendStep, pretend } from './record.js'
import type { MigrateReport, MigrationRun } from './report.js'
import { runUp } from './run-up.js'
import { stopIfInterrupted } from './running.js'
import { standingsOf } from './standings.js'
import type { Workbench } from './workbench.js'

export interface MigrateOptions extends PlanUpOptions {
  /** Compile and show the SQL, change nothing. */
  readonly pretend?: boolean | undefined
  /** Is asked before each migration; `false` stops there. */
  readonly confirm?: ((name: string) => Promise<boolean>) | undefined
}

/** Applies what is pending. What was applied before a failure stays applied. */
export async function migrate(bench: Workbench, options: MigrateOptions): Promise<MigrateReport> {
  const standings = await standingsOf(bench.files, await retryLocked(bench, () => bench.ledger.rows()))
  if (standings.every(isSettled)) {
    if (options.pretend !== true) await bench.lock.sweep()
    return nothingToDo(bench, options)
  }
  if (options.pretend === true)
    return {
      runs: await pretend(bench, 'up', pretended(bench, await planOf(bench, standings, options))),
      isPretended: true,
    }
  return await bench.lock.hold(() => migrateAlone(bench, options))
}

/** Looks anew, because whoever held the lock before may have done the work. */
async function migrateAlone(bench: Workbench, options: MigrateOptions): Promise<MigrateReport> {
  const plan = await planOf(bench, await standingsOf(bench.files, await bench.ledger.rows()), options)
  if (plan.length === 0) return nothingToDo(bench, options)
  bench.emit('migrationsStarted', { direction: 'up', names: plan.map(({ file }) => file.name) })
  const report = { runs: await runAll(bench, plan, options), isPretended: false }
  bench.emit('migrationsEnded', { direction: 'up', report })
  return report
}

/**
 * @throws LedgerError TM_OUT_OF_ORDER where a new migration comes before one that is applied. One that decides for itself
 *   whether it runs may have said no when it was its turn.
 */
async function planOf(
  bench: Workbench,
  standings: readonly Standing[],
  options: MigrateOptions,
): Promise<readonly UpStep[]> {
  const plan = planUp(standings, options)
  if (bench.allowsOutOfOrder) return plan
  const late: string[] = []
  for (const { file } of plan.filter((step) => step.isOutOfOrder))
    if ((await loadMigration(file, bench.dialect, 'up')).shouldRun === undefined) late.push(file.name)
  if (late.length > 0) throw outOfOrder(late, lastApplied(standings))
  return plan
}

/** There is nothing to do about it, nor to complain of: no lock is needed to know that. */
function isSettled({ file, row, hasChanged }: Standing): boolean {
  return file !== undefined && row?.state === 'applied' && !hasChanged
}

function nothingToDo(bench: Workbench, { pretend: isPretended = false }: MigrateOptions): MigrateReport {
  bench.emit('nothingToDo', { direction: 'up' })
  return { runs: [], isPretended }
}

async function runAll(
  bench: Workbench,
  plan: readonly UpStep[],
  { confirm }: MigrateOptions,
): Promise<readonly MigrationRun[]> {
  const runs: MigrationRun[] = []
  for (const step of plan) {
    await stopIfInterrupted(bench)
    if (confirm !== undefined && !(await confirm(step.file.name))) break
    runs.push(await runUp(bench, step))
  }
  return runs
}

async function* pretended({ dialect }: Workbench, plan: readonly UpStep[]): AsyncGenerator<PretendStep> {
  for (const { file, batch } of plan) {
    const { name, display } = file
    yield { named: { name, display, migration: await loadMigration(file, dialect, 'up') }, batch }
  }
}
