// Takes over a database that another tool has migrated, or that nothing did: its migrations are written into the ledger as
// applied, without being run. First a plan is made, which changes nothing; nothing of the other tool's is changed ever.

import { checksum, fingerprint } from './checksum.js'
import { noLedgerToAdopt, noSuchMigration } from './errors.js'
import type { MigrationFile } from './files.js'
import { whoIAm } from './lock-holder.js'
import { nameGiven } from './names.js'
import { type AdoptedRow, type OtherLedger, isLedgerOf, otherLedgers } from './other-ledgers.js'
import { version } from '../support/version.js'
import type { Workbench } from './workbench.js'

export interface AdoptOptions {
  /** Read the ledger of this tool; found by itself unless given. */
  readonly from?: string | undefined
  /** Count this migration and all before it as applied, whatever any ledger says. */
  readonly baseline?: string | undefined
}

/** What adopting would do. */
export interface AdoptPlan {
  /** The tool whose ledger was read, and its table; undefined for a baseline. */
  readonly tool: string | undefined
  readonly table: string | undefined
  /** The migrations that will count as applied, in order, with the batch that they had. */
  readonly adopted: readonly { readonly name: string; readonly batch: number }[]
  /** Migrations that the other tool applied and that have no file here. */
  readonly withoutFile: readonly string[]
  /** The migrations that are still to be applied. */
  readonly pending: readonly string[]
}

interface PlannedAdoption extends AdoptPlan {
  readonly files: readonly MigrationFile[]
}

/** @throws LedgerError where there is no ledger of another tool, or several */
export async function planAdoption(bench: Workbench, options: AdoptOptions): Promise<PlannedAdoption> {
  const known = new Set(
    (await bench.ledger.rows()).filter(({ state }) => state !== 'pending').map(({ name }) => name),
  )
  const isNew = ({ name }: MigrationFile): boolean => !known.has(name)
  if (options.baseline !== undefined) return baselinePlan(bench, options.baseline, isNew)
  const { ledger, table } = await findLedger(bench, options.from)
  const rows = await readLedger(bench, ledger, table)
  const matches = rows.map((row) => ({ row, file: bench.files.find((file) => row.matches(file)) }))
  const found = matches.flatMap(({ row, file }) =>
    file === undefined ? [] : [{ file, batch: row.batch ?? 1 }],
  )
  return {
    tool: ledger.tool,
    table,
    ...adoption(
      bench,
      found.filter(({ file }) => isNew(file)),
      known,
    ),
    withoutFile: matches.flatMap(({ row, file }) => (file === undefined ? [row.label] : [])),
  }
}

/** Writes the plan into the ledger. */
export async function carryOutAdoption(bench: Workbench, plan: PlannedAdoption): Promise<void> {
  const batches = new Map(plan.adopted.map(({ name, batch }) => [name, batch]))
  const now = new Date()
  await bench.session.transaction(async () => {
    for (const file of plan.files) {
      await bench.ledger.write({
        name: file.name,
        batch: batches.get(file.name) ?? 1,
        checksum: await checksum(file),
        fingerprint: fingerprint(file),
        state: 'applied',
        startedAt: now,
        finishedAt: now,
        durationMs: undefined,
        position: 0,
        error: undefined,
        journal: undefined,
        appliedBy: `${whoIAm()} (adopted${plan.tool === undefined ? '' : ` from ${plan.tool}`})`,
        toolVersion: version,
        statements: undefined,
        down: undefined,
      })
    }
    await bench.lock.confirm()
  })
}

function baselinePlan(
  bench: Workbench,
  baseline: string,
  isNew: (file: MigrationFile) => boolean,
): PlannedAdoption {
  const last = bench.files.findIndex(({ name }) => name === nameGiven(baseline))
  if (last === -1) {
    throw noSuchMigration(
      baseline,
      bench.files.map(({ name }) => name),
      'is there',
    )
  }
  const files = bench.files.slice(0, last + 1).filter(isNew)
  return {
    tool: undefined,
    table: undefined,
    files,
    adopted: files.map(({ name }) => ({ name, batch: 1 })),
    withoutFile: [],
    pending: bench.files
      .slice(last + 1)
      .filter(isNew)
      .map(({ name }) => name),
  }
}

function adoption(
  bench: Workbench,
  found: readonly { readonly file: MigrationFile; readonly batch: number }[],
  known: ReadonlySet<string>,
): Pick<PlannedAdoption, 'files' | 'adopted' | 'pending'> {
  const names = new Set(found.map(({ file }) => file.name))
  return {
    files: found.map(({ file }) => file),
    adopted: found.map(({ file, batch }) => ({ name: file.name, batch })),
    pending: bench.files.map(({ name }) => name).filter((name) => !names.has(name) && !known.has(name)),
  }
}

/** The one table that is a ledger of a tool that we know: told by its name and its columns. */
async function findLedger(
  bench: Workbench,
  from: string | undefined,
): Promise<{ readonly ledger: OtherLedger; readonly table: string }> {
  const asked = otherLedgers.filter(
    ({ tool }) => from === undefined || tool.toLowerCase() === from.toLowerCase(),
  )
  const catalogue = bench.dialect.catalogue(bench.session)
  const found: { ledger: OtherLedger; table: string }[] = []
  for (const ledger of asked) {
    for (const schema of ledger.schema === undefined ? [undefined] : [undefined, ledger.schema]) {
      const table = await catalogue.table({ schema, name: ledger.table })
      const columns = table?.columns.map(({ name }) => name) ?? []
      if (isLedgerOf(ledger, columns))
        found.push({ ledger, table: schema === undefined ? ledger.table : `${schema}.${ledger.table}` })
    }
  }
  const [only, ...others] = found.filter(({ table }) => table !== bench.ledger.table)
  if (only === undefined || others.length > 0) {
    throw noLedgerToAdopt(
      otherLedgers.map(({ tool }) => tool),
      found.map(({ ledger }) => ledger.tool),
    )
  }
  return only
}

async function readLedger(
  bench: Workbench,
  ledger: OtherLedger,
  table: string,
): Promise<readonly AdoptedRow[]> {
  const quote = (name: string): string => bench.dialect.quoteIdentifier(name)
  const place = table.split('.').map(quote).join('.')
  const rows = await bench.session.query(
    `select * from ${place} order by ${ledger.orderBy.map(quote).join(', ')}`,
  )
  return ledger.read(rows, bench.files)
}
