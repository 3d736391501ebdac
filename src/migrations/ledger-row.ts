// One row of the ledger: what it says of a migration, and how the table holds that.

import type { Row } from '../dialects/dialect.js'
import type { Value } from '../schema/expression.js'
import { type StoredDown, writeDown } from './stored-down.js'

/** What the ledger says of one migration. */
export interface LedgerRow {
  readonly id: number
  readonly name: string
  readonly batch: number
  readonly checksum: string
  readonly fingerprint: string
  /** `pending` is kept only of one that may run though migrations that come after it are applied. */
  readonly state: 'running' | 'applied' | 'failed' | 'pending'
  readonly startedAt: Date
  readonly finishedAt: Date | undefined
  readonly durationMs: number | undefined
  /** The journal's position: how many of its statements are known to have taken effect outside a transaction. */
  readonly position: number
  readonly error: string | undefined
  /** Who applied it, `ada@build-7`, and with which release of Tidemark. */
  readonly appliedBy: string | undefined
  readonly toolVersion: string | undefined
  /** How many statements it ran. */
  readonly statements: number | undefined
  /** What it did so far, while it is half-way; see journal.ts. */
  readonly journal: string | undefined
}

/** A row to write, with the compiled `down`, or undefined where it could not be compiled ahead. */
export type NewLedgerRow = Omit<LedgerRow, 'id'> & {
  /** The number of the row that it takes the place of, where it is to stay as old as that one. */
  readonly id?: number
  readonly down: StoredDown | undefined
}

/** In the order in which they are read. */
export const ledgerColumns = [
  'id',
  'name',
  'batch',
  'checksum',
  'fingerprint',
  'state',
  'started_at',
  'finished_at',
  'duration_ms',
  'position',
  'error',
  'journal',
  'applied_by',
  'tool_version',
  'statements',
] as const

/** @param journal the whole of it, where the row has but its beginning */
export function toLedgerRow(row: Row, journal: string | undefined): LedgerRow {
  const text = (column: string): string | undefined => {
    const value = row[column]
    return typeof value === 'string' ? value : undefined
  }
  const number = (column: string): number | undefined =>
    row[column] === null || row[column] === undefined ? undefined : Number(row[column])
  const date = (column: string): Date | undefined => {
    const value = text(column)
    return value === undefined ? undefined : new Date(value)
  }
  return {
    id: number('id') ?? 0,
    name: text('name') ?? '',
    batch: number('batch') ?? 0,
    checksum: text('checksum') ?? '',
    fingerprint: text('fingerprint') ?? '',
    state: stateOf(text('state')),
    startedAt: date('started_at') ?? new Date(0),
    finishedAt: date('finished_at'),
    durationMs: number('duration_ms'),
    position: number('position') ?? 0,
    error: text('error'),
    journal,
    appliedBy: text('applied_by'),
    toolVersion: text('tool_version'),
    statements: number('statements'),
  }
}

function stateOf(text: string | undefined): LedgerRow['state'] {
  return text === 'applied' || text === 'failed' || text === 'pending' ? text : 'running'
}

export function fromLedgerRow(
  row: NewLedgerRow,
): Readonly<Record<Exclude<(typeof ledgerColumns)[number], 'id'> | 'down', Value>> {
  return {
    name: row.name,
    batch: row.batch,
    checksum: row.checksum,
    fingerprint: row.fingerprint,
    state: row.state,
    started_at: row.startedAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
    duration_ms: row.durationMs === undefined ? null : Math.round(row.durationMs * 10) / 10,
    position: row.position,
    error: row.error ?? null,
    journal: row.journal ?? null,
    applied_by: row.appliedBy ?? null,
    tool_version: row.toolVersion ?? null,
    statements: row.statements ?? null,
    down: row.down === undefined ? null : writeDown(row.down),
  }
}

/** Of a migration that may run though later ones are applied. */
export function pendingRow(name: string): NewLedgerRow {
  return {
    name,
    batch: 0,
    checksum: '',
    fingerprint: '',
    state: 'pending',
    startedAt: new Date(),
    finishedAt: undefined,
    durationMs: undefined,
    position: 0,
    error: undefined,
    journal: undefined,
    appliedBy: undefined,
    toolVersion: undefined,
    statements: undefined,
    down: undefined,
  }
}
