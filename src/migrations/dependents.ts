// What stands in the way of undoing one migration out of the middle: foreign keys of tables that later migrations made, to
// tables that its `down` drops.

import type { Statement } from '../dialects/dialect.js'
import type { TableSnapshot } from '../schema/snapshot.js'
import { formatTableName } from '../schema/table-name.js'
import type { MigrationFile } from './files.js'
import type { Dependent, Standing } from './plan.js'
import { recordDown } from './record.js'
import { loadNamed } from './running.js'
import type { StoredDown } from './stored-down.js'
import type { Workbench } from './workbench.js'

/** What undoing a migration does to tables, as its `down` writes their names. */
interface Undoing {
  readonly dropped: readonly string[]
  /** It may take a foreign key away from these itself. */
  readonly changed: readonly string[]
}

/** The foreign keys of tables that stay, to those that undoing `name` would drop, in the order in which the tables were made. */
export async function dependentsOf(
  bench: Workbench,
  standings: readonly Standing[],
  name: string,
): Promise<readonly Dependent[]> {
  const standing = standings.find((one) => one.name === name)
  const { dropped, changed } = await undoingOf(bench, standing)
  if (dropped.length === 0) return []
  const { tables } = await bench.dialect.catalogue(bench.session).snapshot()
  const found = tables
    .filter((table) => !isAmong(table, dropped) && !isAmong(table, changed))
    .flatMap((table) =>
      table.foreignKeys
        .filter(({ foreignTable }) => isAmong(foreignTable, dropped))
        .map((foreignKey) => ({ on: table, foreignKey })),
    )
  if (found.length === 0) return []
  const makers = await makersOf(bench, standings)
  return found
    .map(({ on, foreignKey }) => ({
      on,
      foreignKey,
      made: makers.findIndex((one) => isAmong(on, one.tables)),
    }))
    .sort((one, other) => one.made - other.made)
    .map(({ on, foreignKey, made }) => ({
      migration: makers[made]?.name,
      table: formatTableName(on),
      foreignKey,
    }))
}

async function makersOf(bench: Workbench, standings: readonly Standing[]) {
  const makers: { name: string; tables: readonly string[] }[] = []
  for (const standing of standings)
    makers.push({ name: standing.name, tables: (await undoingOf(bench, standing)).dropped })
  return makers
}

/** The ledger has the statements of an applied migration's `down`, or its file says them. */
async function undoingOf(bench: Workbench, standing: Standing | undefined): Promise<Undoing> {
  if (standing?.row?.state !== 'applied') return { dropped: [], changed: [] }
  const { name, file } = standing
  const stored = (await bench.ledger.storedDown(name)) ?? (await recorded(bench, file))
  return effectOf(stored?.statements ?? [])
}

/** Of a file that cannot be loaded nothing is known; whoever runs it is told. */
async function recorded(bench: Workbench, file: MigrationFile | undefined): Promise<StoredDown | undefined> {
  const named = file === undefined ? undefined : await loadNamed(file, bench, 'down').catch(() => undefined)
  return named === undefined ? undefined : await recordDown(named, bench, bench)
}

const name = String.raw`(?:"(?:[^"]|"")+"|\x60(?:[^\x60]|\x60\x60)+\x60|\[[^\]]+\]|[\w$\u0080-\uffff]+)`
const table = String.raw`${name}(?:\s*\.\s*${name})?`
const dropping = new RegExp(
  String.raw`^(?:\s|--[^\n]*\n|/\*[\s\S]*?\*/)*drop\s+table\s+(?:if\s+exists\s+)?(${table}(?:\s*,\s*${table})*)`,
  'i',
)

const altering = new RegExp(
  String.raw`^(?:\s|--[^\n]*\n|/\*[\s\S]*?\*/)*alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(${table})`,
  'i',
)
const renaming = new RegExp(String.raw`\brename\s+to\s+(${table})\s*;?\s*$`, 'i')

/** A rebuild drops a table and gives its name to another: that one is changed. */
function effectOf(statements: readonly Statement[]): Undoing {
  let dropped: readonly string[] = []
  const changed: string[] = []
  for (const { sql } of statements) {
    const renamed = renaming.exec(sql)?.[1]
    if (renamed !== undefined) dropped = dropped.filter((one) => !isSameTable(one, renamed))
    dropped = [...dropped, ...(dropping.exec(sql)?.[1]?.match(new RegExp(table, 'g')) ?? [])]
    changed.push(...[renamed, altering.exec(sql)?.[1]].filter((one) => one !== undefined))
  }
  return { dropped, changed }
}

function isSameTable(one: string, other: string): boolean {
  const [name = '', schema] = partsOf(one).toReversed()
  return isNamed({ schema, name }, other)
}

function isAmong(found: Pick<TableSnapshot, 'schema' | 'name'>, names: readonly string[]): boolean {
  return names.some((written) => isNamed(found, written))
}

/** Bare names are told apart by no case of letters; of a name with a schema the last part counts, and the schema where both have one. */
function isNamed(found: Pick<TableSnapshot, 'schema' | 'name'>, written: string): boolean {
  const parts = partsOf(written)
  const [schema, last] = parts.length > 1 ? parts : [undefined, parts[0]]
  const isOfSchema = schema === undefined || found.schema === undefined || sameName(schema, found.schema)
  return last !== undefined && sameName(last, found.name) && isOfSchema
}

function partsOf(written: string): readonly string[] {
  return (written.match(new RegExp(name, 'g')) ?? []).map(unquoted)
}

function unquoted(written: string): string {
  return /^["`[]/.test(written) ? written.slice(1, -1).replaceAll(/(["`])\1/g, '$1') : written
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
