// What stands in the way of undoing one migration out of the middle: foreign keys of tables that later migrations made, to
// tables that its `down` drops.

import type { Statement } from '../dialects/dialect.js'
import type { TableSnapshot } from '../schema/snapshot.js'
import { formatTableName } from '../schema/table-name.js'
import type { Dependent, Standing } from './plan.js'
import { recordDown } from './record.js'
import { loadNamed } from './running.js'
import type { Workbench } from './workbench.js'

/** The foreign keys of tables that stay, to those that undoing `name` would drop. */
export async function dependentsOf(
  bench: Workbench,
  standings: readonly Standing[],
  name: string,
): Promise<readonly Dependent[]> {
  const undone = standings.find((standing) => standing.name === name)
  const dropped = undone === undefined ? [] : await tablesDroppedBy(bench, undone)
  if (dropped.length === 0) return []
  const { tables } = await bench.dialect.catalogue(bench.session).snapshot()
  const isDropped = (table: Pick<TableSnapshot, 'schema' | 'name'>): boolean =>
    dropped.some((other) => isNamed(table, other))
  const found = tables
    .filter((table) => !isDropped(table))
    .flatMap((table) =>
      table.foreignKeys
        .filter(({ foreignTable }) => isDropped(foreignTable))
        .map((foreignKey) => ({ on: table, foreignKey })),
    )
  if (found.length === 0) return []
  const makers = await makersOf(bench, standings)
  return found.map(({ on, foreignKey }) => ({
    migration: makers.find(({ tables: made }) => made.some((table) => isNamed(on, table)))?.name,
    table: formatTableName(on),
    foreignKey,
  }))
}

async function makersOf(bench: Workbench, standings: readonly Standing[]) {
  const makers: { name: string; tables: readonly string[] }[] = []
  for (const standing of standings)
    makers.push({ name: standing.name, tables: await tablesDroppedBy(bench, standing) })
  return makers
}

/** As its `down` writes them. The ledger has the statements, or the file says them. */
async function tablesDroppedBy(bench: Workbench, { name, file, row }: Standing): Promise<readonly string[]> {
  if (row?.state !== 'applied') return []
  const stored =
    (await bench.ledger.storedDown(name)) ??
    (file === undefined ? undefined : await recordDown(await loadNamed(file, bench, 'down'), bench, bench))
  return gone(stored?.statements ?? [])
}

const name = String.raw`(?:"(?:[^"]|"")+"|\x60(?:[^\x60]|\x60\x60)+\x60|\[[^\]]+\]|[\w$\u0080-\uffff]+)`
const table = String.raw`${name}(?:\s*\.\s*${name})?`
const dropping = new RegExp(
  String.raw`^(?:\s|--[^\n]*\n|/\*[\s\S]*?\*/)*drop\s+table\s+(?:if\s+exists\s+)?(${table}(?:\s*,\s*${table})*)`,
  'i',
)

const renaming = new RegExp(String.raw`\brename\s+to\s+(${table})\s*;?\s*$`, 'i')

/** What is dropped and does not come back: a rebuild drops a table and gives its name to another. */
function gone(statements: readonly Statement[]): readonly string[] {
  let dropped: readonly string[] = []
  for (const { sql } of statements) {
    const renamed = renaming.exec(sql)?.[1]
    if (renamed !== undefined) dropped = dropped.filter((one) => !isSameTable(one, renamed))
    dropped = [...dropped, ...(dropping.exec(sql)?.[1]?.match(new RegExp(table, 'g')) ?? [])]
  }
  return dropped
}

function isSameTable(one: string, other: string): boolean {
  const [name = '', schema] = partsOf(one).toReversed()
  return isNamed({ schema, name }, other)
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
