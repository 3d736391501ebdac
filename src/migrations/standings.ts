// How each migration stands: the files of the project beside the rows of the ledger.

import { checksum, fingerprint } from './checksum.js'
import type { MigrationFile } from './files.js'
import type { LedgerRow } from './ledger-row.js'
import { compareNames } from './names.js'
import { type Standing, hasEffect, isOutOfOrder } from './plan.js'
import type { MigrationState, MigrationStatus } from './report.js'

/** Every migration that has a file, a row or both, in the order of their names. */
export async function standingsOf(
  files: readonly MigrationFile[],
  rows: readonly LedgerRow[],
): Promise<readonly Standing[]> {
  const rowsByName = new Map(rows.map((row) => [row.name, row]))
  const filesByName = new Map(files.map((file) => [file.name, file]))
  const begun = rows.filter(({ state }) => state !== 'pending').map(({ name }) => name)
  const names = [...new Set([...filesByName.keys(), ...begun])].sort(compareNames)
  const lastApplied = names.findLastIndex((name) => isEffective(rowsByName.get(name)))
  const standings: Standing[] = []
  for (const [index, name] of names.entries()) {
    const [file, row] = [filesByName.get(name), rowsByName.get(name)]
    const isOfFile = row !== undefined && (row.state === 'applied' || row.journal !== undefined)
    const mayHaveChanged = file !== undefined && isOfFile && fingerprint(file) !== row.fingerprint
    const hasChanged = mayHaveChanged && (await checksum(file)) !== row.checksum
    standings.push({ name, file, row, hasChanged, isPassed: index < lastApplied })
  }
  return standings
}

function isEffective(row: LedgerRow | undefined): boolean {
  return row !== undefined && hasEffect(row)
}

/** What `migrate:status` shows of a standing. */
export function statusOf(standing: Standing): MigrationStatus {
  const { name, file, row, hasChanged } = standing
  return {
    name,
    state: stateOf(file, row, hasChanged),
    batch: row?.state === 'applied' ? row.batch : undefined,
    finishedAt: row?.finishedAt,
    durationMs: row?.durationMs,
    error: row?.error,
    file: file?.display,
    isOutOfOrder: isOutOfOrder(standing),
  }
}

function stateOf(
  file: MigrationFile | undefined,
  row: LedgerRow | undefined,
  hasChanged: boolean,
): MigrationState {
  if (row === undefined) return 'pending'
  if (row.state !== 'applied') return row.state
  if (file === undefined) return 'missing'
  return hasChanged ? 'changed' : 'applied'
}
