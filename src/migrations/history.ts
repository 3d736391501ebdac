// Who applied what: the audit that the ledger keeps.

import type { LedgerRow } from './ledger-row.js'

/** One migration that was applied, or that was tried. */
export interface HistoryEntry {
  readonly name: string
  readonly state: Exclude<LedgerRow['state'], 'pending'>
  readonly batch: number
  readonly startedAt: Date
  readonly finishedAt: Date | undefined
  readonly durationMs: number | undefined
  /** `ada@build-7` */
  readonly appliedBy: string | undefined
  /** The release of Tidemark that did it. */
  readonly toolVersion: string | undefined
  readonly statements: number | undefined
  readonly error: string | undefined
}

export function historyOf(rows: readonly LedgerRow[]): readonly HistoryEntry[] {
  return rows.flatMap((row) => {
    const { name, state, batch, startedAt, finishedAt, durationMs } = row
    const { appliedBy, toolVersion, statements, error } = row
    const when = { startedAt, finishedAt, durationMs }
    return state === 'pending'
      ? []
      : [{ name, state, batch, ...when, appliedBy, toolVersion, statements, error }]
  })
}
