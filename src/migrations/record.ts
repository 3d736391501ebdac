// What a migration would do, without doing it: for `--pretend`, and for the `down` that the ledger keeps.

import { RecordingExecutor } from '../connection/recording-executor.js'
import type { Statement } from '../dialects/dialect.js'
import { inlineBindings } from '../dialects/inline-bindings.js'
import { parseTableName } from '../schema/table-name.js'
import { type NamedMigration, call } from './context.js'
import { isTransactional } from './load.js'
import type { Direction, MigrationRun } from './report.js'
import type { StoredDown } from './stored-down.js'
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
): Promise<StoredDown | undefined> {
  if (named.migration.down === undefined) return undefined
  const executor = new RecordingExecutor(database.dialect, database.session, options)
  try {
    await call(named, 'down', executor, database)
    if (executor.readsData || !executor.isComplete) return undefined
    const { statements } = executor
    const tables = statements.some(isOfRebuild) ? [...executor.touched] : []
    const standsOn = await structuresOf(database, tables)
    return { statements, standsOn, transaction: isTransactional(named.migration) }
  } catch {
    // It may count on what only its real run will find. It is tried for real when it is rolled back.
    return undefined
  } finally {
    await executor.close()
  }
}

/** A rebuild makes a table anew, as it was when the statement was compiled; a drop only needs the same exemption. */
function isOfRebuild({ withoutForeignKeys, operation }: Statement): boolean {
  return withoutForeignKeys === true && operation?.kind !== 'dropTable'
}

/** The hash of each table's structure; of one that is not there, too. */
export async function structuresOf(
  { dialect, session }: OpenDatabase,
  tables: readonly string[],
): Promise<Record<string, string>> {
  const { createHash } = await import('node:crypto')
  const catalogue = dialect.catalogue(session)
  const structures: Record<string, string> = {}
  for (const table of tables) {
    const structure = JSON.stringify((await catalogue.table(parseTableName(table))) ?? null)
    structures[table] = createHash('sha256').update(structure).digest('hex')
  }
  return structures
}
