// What a command is about to do: which migrations, in which order and direction, in which batch. Pure: it looks at the
// files and the ledger's rows that it is given, and touches nothing.

import {
  fileChanged,
  fileMissing,
  halfApplied,
  halfAppliedChanged,
  halfRolledBack,
  noSuchMigration,
} from './errors.js'
import type { ForeignKeySnapshot } from '../schema/snapshot.js'
import type { MigrationFile } from './files.js'
import { Journal } from './journal.js'
import type { LedgerRow } from './ledger-row.js'
import { compareNames, nameGiven } from './names.js'

export interface UpStep {
  readonly file: MigrationFile
  readonly batch: number
  /** One that comes after it by its name is applied. */
  readonly isPassed: boolean
  /** It stopped half-way, and its journal says where: it goes on by that, whatever its file says of transactions now. */
  readonly isBegun: boolean
  /** The same as `isPassed`, and nobody has let it come so late. */
  readonly isOutOfOrder: boolean
}

/** A foreign key that points to a table which is to be dropped. */
export interface Dependent {
  /** The migration that made the table it is on; undefined where none is known to. */
  readonly migration: string | undefined
  readonly table: string
  readonly foreignKey: ForeignKeySnapshot
}

export interface DownStep {
  readonly row: LedgerRow
  /** One that comes after it by its name is still applied when it is undone. */
  readonly isPassed: boolean
  /** The foreign keys that stand in its way, and are to be dropped first. */
  readonly releases: readonly Dependent[]
  /** Undefined where it is gone, or was when the rollback began that is gone on with. */
  readonly file: MigrationFile | undefined
}

/** How a migration stands: its file, its row, or both. */
export interface Standing {
  readonly name: string
  readonly file: MigrationFile | undefined
  readonly row: LedgerRow | undefined
  /** It is applied, or half applied, and its file says something else now. */
  readonly hasChanged: boolean
  /** One that comes after it by its name is applied. */
  readonly isPassed: boolean
}

/** Whether it is new and comes before one that is applied: on another database it would run before that. */
export function isOutOfOrder({ row, isPassed }: Standing): boolean {
  return isPassed && row === undefined
}

export interface PlanUpOptions {
  readonly to?: string | undefined
  /** A batch for each migration. */
  readonly step?: boolean | undefined
}

/**
 * The pending migrations in order, up to `to`.
 *
 * @throws LedgerError where an applied migration changed or lost its file, or one is half applied
 */
export function planUp(standings: readonly Standing[], options: PlanUpOptions): readonly UpStep[] {
  refuseUnsettled(standings)
  const last = options.to === undefined ? standings.length - 1 : indexOf(standings, options.to)
  const batches = standings.map(({ row }) => (row !== undefined && hasEffect(row) ? row.batch : 0))
  const lastBatch = Math.max(0, ...batches)
  const pending = standings
    .slice(0, last + 1)
    .filter(({ row }) => row?.state !== 'applied')
    .flatMap(({ file, ...standing }) => (file === undefined ? [] : [{ ...standing, file }]))
  const isBegun = (row: LedgerRow | undefined): row is LedgerRow => row !== undefined && isHalfApplied(row)
  // One that stopped half-way goes on in the batch in which it was begun.
  return pending.map((standing, index) => ({
    file: standing.file,
    batch: isBegun(standing.row) ? standing.row.batch : lastBatch + 1 + (options.step === true ? index : 0),
    isPassed: standing.isPassed,
    isBegun: isBegun(standing.row),
    isOutOfOrder: isOutOfOrder(standing),
  }))
}

/** The name of the applied migration that comes last. */
export function lastApplied(standings: readonly Standing[]): string | undefined {
  return standings.findLast(({ row }) => row !== undefined && hasEffect(row))?.name
}

function refuseUnsettled(standings: readonly Standing[]): void {
  for (const standing of standings) refuseUndecided(standing)
  const missing = standings.filter(({ file, row }) => file === undefined && row?.state === 'applied')
  if (missing.length > 0) throw fileMissing(missing.map(({ name }) => name))
  const changed = standings.filter(({ hasChanged }) => hasChanged)
  if (changed.length > 0) throw fileChanged(changed.map(({ name }) => name))
}

/** One that stopped half-way is gone on with by its journal, where it has one that is of this file and of the way up. */
function refuseUndecided({ name, file, row, hasChanged }: Standing): void {
  if (row === undefined || !isHalfApplied(row)) return
  const journal = row.journal === undefined ? undefined : Journal.read(name, row.journal)
  if (journal === undefined) throw halfApplied(name, row.position, row.error)
  if (journal.head.direction === 'down') throw halfRolledBack(name, journal.standing)
  if (file === undefined || hasChanged) throw halfAppliedChanged(name, 'up', journal.standing)
}

/** Whether a rollback of it stopped half-way, and its journal says where. */
export function isHalfRolledBack({ name, journal }: LedgerRow): boolean {
  return journal !== undefined && Journal.read(name, journal)?.head.direction === 'down'
}

function isHalfApplied(row: LedgerRow): boolean {
  return row.state === 'running' || (row.state === 'failed' && row.position > 0)
}

function indexOf(standings: readonly Standing[], name: string): number {
  const index = standings.findIndex((standing) => standing.name === nameGiven(name))
  if (index < 0)
    throw noSuchMigration(
      name,
      standings.map((standing) => standing.name),
      'is there',
    )
  return index
}

export interface PlanDownOptions {
  readonly name?: string | undefined
  /** The last so many, whatever their batch. */
  readonly step?: number | undefined
  readonly batch?: number | undefined
  /** Everything. */
  readonly all?: boolean | undefined
}

/** What is to be rolled back, last applied first: the last batch unless something else is asked. */
export function planDown(standings: readonly Standing[], options: PlanDownOptions): readonly DownStep[] {
  const applied = standings
    .flatMap(({ row, file }) => (row === undefined || !hasEffect(row) ? [] : [{ row, file }]))
    .sort((a, b) => b.row.id - a.row.id)
  const chosen = choose(applied, options)
  return chosen.map(({ row, file }, index) => {
    const undone = new Set(chosen.slice(0, index).map((step) => step.row.name))
    const isPassed = applied.some(
      (other) => !undone.has(other.row.name) && compareNames(other.row.name, row.name) > 0,
    )
    return { row, file: wasBegunWithoutFile(row) ? undefined : file, isPassed, releases: [] }
  })
}

/** In the journal of a rollback: what it runs was kept by the ledger, because the file is gone. */
export function keptChecksum({ checksum }: Pick<LedgerRow, 'checksum'>): string {
  return `kept ${checksum}`
}

function wasBegunWithoutFile(row: LedgerRow): boolean {
  const journal = row.journal === undefined ? undefined : Journal.read(row.name, row.journal)
  return journal?.head.checksum === keptChecksum(row)
}

type Undoable = Pick<DownStep, 'row' | 'file'>

/** A migration that failed and was rolled back has nothing to undo. */
export function hasEffect(row: LedgerRow): boolean {
  return row.state === 'applied' || isHalfApplied(row)
}

function choose(applied: readonly Undoable[], options: PlanDownOptions): readonly Undoable[] {
  if (options.name !== undefined) return [named(applied, options.name)]
  if (options.all === true) return applied
  if (options.step !== undefined) return applied.slice(0, options.step)
  const batch = options.batch ?? Math.max(...applied.map(({ row }) => row.batch))
  return applied.filter(({ row }) => row.batch === batch)
}

function named(applied: readonly Undoable[], name: string): Undoable {
  const step = applied.find(({ row }) => row.name === nameGiven(name))
  if (step === undefined)
    throw noSuchMigration(
      name,
      applied.map(({ row }) => row.name),
      'is applied',
    )
  return step
}
