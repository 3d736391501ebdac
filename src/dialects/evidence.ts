// What a catalogue says, cut down to a text that can be kept and compared.

import { createHash } from 'node:crypto'
import type { Operation } from '../schema/operations.js'
import type { Catalogue } from '../schema/snapshot.js'
import { type TableName, formatTableName } from '../schema/table-name.js'

/** Two facts are the same if their texts are. */
export function evidenceOf(facts: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(facts ?? null))
    .digest('hex')
    .slice(0, 32)
}

/** The structure of the tables, of those too that are not there. */
export async function evidenceOfTables(catalogue: Catalogue, names: readonly TableName[]): Promise<string> {
  const tables: unknown[] = []
  for (const name of names) tables.push([formatTableName(name), (await catalogue.table(name)) ?? null])
  return evidenceOf(tables)
}

/** The tables that an operation makes, changes or drops. */
export function tablesOf(operation: Operation): readonly TableName[] {
  if (operation.kind === 'renameTable') return [operation.table, operation.to]
  return 'table' in operation ? [operation.table] : []
}
