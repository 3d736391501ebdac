// What a migration would do, without doing it: for `--pretend`, and for the `down` that the ledger keeps.

import { RecordingExecutor } from '../connection/recording-executor.js'
import type { Statement } from '../dialects/dialect.js'
import { inlineBindings } from '../dialects/inline-bindings.js'
import { type NamedMigration, call } from './context.js'
import type { Direction, MigrationRun } from './report.js'
import type { OpenDatabase, Workbench } from './workbench.js'

/** One migration to pretend, or the statements of one whose file is gone. */
export interface PretendStep {
  readonly named: NamedMigration
  readonly batch: number
}

/** Pretends migrations one after the other, each on what those before it would have made. */
export async function pretend(
  bench: Workbench,
  direction: Direction,
  steps: AsyncIterable<PretendStep>,
): Promise<readonly MigrationRun[]> {
  const executor = new RecordingExecutor(bench.dialect, bench.session, bench)
  const runs: MigrationRun[] = []
  try {
    for await (const { named, batch } of steps) {
      const before = executor.statements.length
      executor.begin()
      const startedAt = performance.now()
      await call(named, direction, executor, bench)
      const statements = executor.statements.slice(before)
      runs.push({
        name: named.name,
        direction,
        outcome: 'pretended',
        batch,
        durationMs: performance.now() - startedAt,
        statements,
        sql: statements.map((statement) => inlineBindings(bench.dialect, statement)),
        readsData: executor.readsData,
      })
    }
  } finally {
    await executor.close()
  }
  return runs
}

/** The compiled `down`, as the structure is now; undefined where it has none, reads rows or cannot be compiled ahead. */
export async function recordDown(
  named: NamedMigration,
  database: OpenDatabase,
  options: { readonly changesExactly: boolean },
): Promise<readonly Statement[] | undefined> {
  if (named.migration.down === undefined) return undefined
  const executor = new RecordingExecutor(database.dialect, database.session, options)
  try {
    await call(named, 'down', executor, database)
    return executor.readsData || !executor.isComplete ? undefined : executor.statements
  } catch {
    // It may count on what only its real run will find. It is tried for real when it is rolled back.
    return undefined
  } finally {
    await executor.close()
  }
}
