// Carries one migration out, up or down, together with its ledger row. Where the database can undo structure changes,
// both are one transaction: the migration and its row are there, or neither is. Elsewhere, and for a migration that
// says `transaction: false` or works on another connection than the ledger's, the row is written before, as `running`,
// and counts the statements that took effect, so that whoever comes after a crash knows where it stood.

import { LiveExecutor } from '../connection/live-executor.js'
import type { Statement } from '../dialects/dialect.js'
import { TidemarkError, messageOf } from '../support/errors.js'
import { checksum, fingerprint } from './checksum.js'
import { type NamedMigration, call, contextOn } from './context.js'
import { type Aftermath, MigrationError, noStoredDown } from './errors.js'
import type { MigrationFile } from './files.js'
import type { NewLedgerRow } from './ledger.js'
import { isTransactional, loadMigration } from './load.js'
import { placeIn } from './place.js'
import type { DownStep, UpStep } from './plan.js'
import { recordDown } from './record.js'
import type { Direction, MigrationRun } from './report.js'
import type { OpenDatabase, Workbench } from './workbench.js'

type Outcome = Pick<MigrationRun, 'outcome'>

/** Applies one migration. @throws MigrationError, with everything rolled back that can be */
export async function runUp(bench: Workbench, step: UpStep): Promise<MigrationRun> {
  const { file, batch } = step
  return await observed(bench, file.name, 'up', batch, async (clock) => {
    const named = await loadNamed(file)
    const row = await startRow(file, batch)
    try {
      return await applyUp(bench, named, row, clock)
    } catch (error) {
      return await failUp(bench, file, row, error, clock)
    }
  })
}

/** Undoes one migration: by its file, or by the statements that the ledger kept of it. */
export async function runDown(bench: Workbench, step: DownStep): Promise<MigrationRun> {
  const { row, file } = step
  return await observed(bench, row.name, 'down', row.batch, async () => {
    const named = file === undefined ? undefined : await loadNamed(file)
    try {
      return await applyDown(bench, step, named)
    } catch (error) {
      const place = file === undefined ? {} : placeIn(file.path, file.display, error)
      const isWhole = isAtomic(bench, named)
      const aftermath: Aftermath = isWhole
        ? { state: 'rolled back' }
        : { state: 'half applied', statements: 0 }
      throw new MigrationError(row.name, 'down', error, place, aftermath)
    }
  })
}

interface Clock {
  readonly startedAt: number
}

const elapsed = (clock: Clock): number => performance.now() - clock.startedAt

/** Tells of the beginning and the end of a run, whichever it has. */
async function observed(
  bench: Workbench,
  name: string,
  direction: Direction,
  batch: number,
  work: (clock: Clock) => Promise<Outcome>,
): Promise<MigrationRun> {
  const clock: Clock = { startedAt: performance.now() }
  bench.emit('migrationStarted', { name, direction })
  try {
    const { outcome } = await work(clock)
    const run = {
      name,
      direction,
      outcome,
      batch,
      durationMs: elapsed(clock),
      statements: [],
      sql: [],
      readsData: false,
    }
    bench.emit(outcome === 'skipped' ? 'migrationSkipped' : 'migrationEnded', run)
    return run
  } catch (error) {
    if (error instanceof TidemarkError) {
      bench.emit('migrationFailed', { name, direction, durationMs: elapsed(clock), error })
    }
    throw error
  }
}

async function loadNamed(file: MigrationFile): Promise<NamedMigration> {
  return { name: file.name, display: file.display, migration: await loadMigration(file) }
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

function applied(row: NewLedgerRow, down: readonly Statement[] | undefined, clock: Clock): NewLedgerRow {
  return { ...row, state: 'applied', finishedAt: new Date(), durationMs: elapsed(clock), down }
}

/** Whether the migration and its ledger row can be one transaction. */
function isAtomic(bench: Workbench, named: NamedMigration | undefined): boolean {
  if (!bench.dialect.capabilities.transactionalDdl) return false
  if (named === undefined) return true
  const { connection = bench.names.connectionName } = named.migration
  return isTransactional(named.migration) && connection === bench.names.connectionName
}

async function applyUp(
  bench: Workbench,
  named: NamedMigration,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  const database = await databaseOf(bench, named)
  if (!(await shouldRun(bench, named, database))) return { outcome: 'skipped' }
  return isAtomic(bench, named)
    ? await bench.session.transaction(() => upWithRow(bench, named, row, clock))
    : await upBesideRow(bench, named, database, row, clock)
}

/** Inside a transaction, which holds the database's lock: nobody else can apply it between the look and the end. */
async function upWithRow(
  bench: Workbench,
  named: NamedMigration,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  if ((await bench.ledger.find(row.name))?.state === 'applied') return { outcome: 'skipped' }
  await call(named, 'up', liveExecutor(bench, bench, named.name), bench)
  const down = await recordDown(named, bench, bench)
  await bench.ledger.write(applied(row, down, clock))
  return { outcome: 'done' }
}

async function upBesideRow(
  bench: Workbench,
  named: NamedMigration,
  database: OpenDatabase,
  row: NewLedgerRow,
  clock: Clock,
): Promise<Outcome> {
  await bench.ledger.write(row)
  let position = 0
  const executor = liveExecutor(bench, database, named.name, async () => {
    position += 1
    if (!database.session.inTransaction) await bench.ledger.advance(row.name, position)
  })
  const up = () => call(named, 'up', executor, database)
  await (isTransactional(named.migration) ? database.session.transaction(up) : up())
  await bench.ledger.write({ ...applied(row, await recordDown(named, database, bench), clock), position })
  return { outcome: 'done' }
}

async function shouldRun(bench: Workbench, named: NamedMigration, database: OpenDatabase): Promise<boolean> {
  const { migration } = named
  if (migration.shouldRun === undefined) return true
  return await migration.shouldRun(contextOn(liveExecutor(bench, database, named.name), database))
}

async function databaseOf(bench: Workbench, named: NamedMigration | undefined): Promise<OpenDatabase> {
  const connection = named?.migration.connection
  if (connection === undefined || connection === bench.names.connectionName) return bench
  const { connectionName, databaseName, open } = bench.find(connection)
  return { ...(await open()), names: { connectionName, databaseName, tablePrefix: '' }, find: bench.find }
}

function liveExecutor(
  bench: Workbench,
  { dialect, session }: OpenDatabase,
  migration: string,
  afterStatement?: () => Promise<void>,
): LiveExecutor {
  return new LiveExecutor(dialect, session, {
    changesExactly: bench.changesExactly,
    signal: bench.signal,
    onStatement: async (statement, durationMs) => {
      bench.emit('statement', { migration, statement, durationMs })
      await afterStatement?.()
    },
  })
}

/** After a failure: tells what remains, and writes it into the ledger. */
async function failUp(
  bench: Workbench,
  file: MigrationFile,
  row: NewLedgerRow,
  error: unknown,
  clock: Clock,
): Promise<Outcome> {
  const current = await bench.ledger.find(row.name)
  // Another process was faster, between our look at the ledger and our first statement.
  if (current?.state === 'applied') return { outcome: 'skipped' }
  const position = current?.state === 'running' ? current.position : 0
  if (!isInterruption(error) || position > 0) {
    const failed = { ...row, state: 'failed', position, error: messageOf(error) } as const
    await bench.ledger.write({ ...failed, finishedAt: new Date(), durationMs: elapsed(clock) })
  } else if (current !== undefined) await bench.ledger.remove(row.name)
  const aftermath: Aftermath =
    current?.state === 'running' ? { state: 'half applied', statements: position } : { state: 'rolled back' }
  throw new MigrationError(file.name, 'up', error, placeIn(file.path, file.display, error), aftermath)
}

function isInterruption(error: unknown): boolean {
  return error instanceof TidemarkError && error.kind === 'interrupted'
}

async function applyDown(
  bench: Workbench,
  { row }: DownStep,
  named: NamedMigration | undefined,
): Promise<Outcome> {
  if (named === undefined && row.down === undefined) throw noStoredDown(row.name)
  const database = await databaseOf(bench, named)
  const executor = liveExecutor(bench, database, row.name)
  const down = () =>
    named === undefined ? executor.apply(row.down ?? []) : call(named, 'down', executor, database)
  if (isAtomic(bench, named)) {
    return await bench.session.transaction(async () => {
      if ((await bench.ledger.find(row.name)) === undefined) return { outcome: 'skipped' }
      await down()
      await bench.ledger.remove(row.name)
      return { outcome: 'done' }
    })
  }
  await (named !== undefined && isTransactional(named.migration)
    ? database.session.transaction(down)
    : down())
  await bench.ledger.remove(row.name)
  return { outcome: 'done' }
}
