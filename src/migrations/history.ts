// Who applied what: the audit that the ledger keeps.

import type { LedgerRow } from './ledger-row.js'

/** One migration that was applied, or that was tried. */
export interface HistoryEntry {
  readonly name: string
  readonly state: LedgerRow['state']
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
  return rows.map(
    ({
      name,
      state,
      batch,
      startedAt,
      finishedAt,
      durationMs,
      appliedBy,
      toolVersion,
      statements,
      error,
    }) => ({
      name,
      state,
      batch,
      startedAt,
      finishedAt,
      durationMs,
      appliedBy,
      toolVersion,
      statements,
      error,
    }),
  )
}
