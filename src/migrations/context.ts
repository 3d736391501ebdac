// What `up` and `down` are handed, on an executor of either kind, and the calling of them.

import type { CallGate } from '../connection/call-gate.js'
import type { Executor } from '../connection/executor.js'
import { schemaServer } from '../connection/schema-server.js'
import { irreversible, notAwaited } from './errors.js'
import type { Migration, MigrationContext } from './migration.js'
import type { Direction } from './report.js'
import { once } from '../support/once.js'
import type { OpenDatabase } from './workbench.js'

/** Loaded here and not before: a command that runs nothing needs neither. */
const builders = once(() =>
  Promise.all([import('../schema/schema-builder.js'), import('../query/database.js')]),
)

export async function contextOn(
  executor: Executor,
  { names, find }: OpenDatabase,
): Promise<MigrationContext> {
  const [{ SchemaBuilder }, { Database }] = await builders()
  const facts = { ...names, changesExactly: executor.changesExactly }
  const server = schemaServer(() => Promise.resolve(executor), facts, find)
  return { schema: new SchemaBuilder(executor, server), db: new Database(executor, names) }
}

/** A migration with what messages need to know of it. */
export interface NamedMigration {
  readonly name: string
  readonly display: string
  readonly migration: Migration
}

/**
 * Calls `up` or `down` and holds it to its word: when it has ended, so has every call that it made.
 *
 * @throws MigrationFileError where a call was not awaited
 * @throws LedgerError where there is no way down
 */
export async function call(
  { name, display, migration }: NamedMigration,
  direction: Direction,
  executor: Executor & { readonly gate: CallGate },
  database: OpenDatabase,
): Promise<void> {
  const way = migration[direction]
  if (way === undefined) throw irreversible(name, migration.irreversible, display)
  const context = await contextOn(executor, database)
  try {
    await withDeepStacks(async () => await way.call(migration, context))
    if (!(await executor.gate.seal())) throw notAwaited(name, direction)
  } finally {
    await takeBack(executor, database)
  }
}

/** A migration has ended: the ledger's own statements, and the next migration, are to be read as ever. */
export async function takeBack(
  { gate }: { readonly gate: CallGate },
  { session }: OpenDatabase,
): Promise<void> {
  gate.close()
  // A session that is lost says so at its next statement.
  await session.restoreSettings().catch(() => undefined)
}

/** An error passes through many of our own calls on its way to the line of the file that is to be named. */
async function withDeepStacks(work: () => Promise<void>): Promise<void> {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = 60
  try {
    await work()
  } finally {
    Error.stackTraceLimit = before
  }
}
