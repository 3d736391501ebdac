// What can be wrong with migrations: with their files, with the ledger that they stand in, with a run.

import { StatementError } from '../connection/errors.js'
import type { DatabaseProblem, Dialect } from '../dialects/dialect.js'
import { type ErrorPlace, TidemarkError, messageOf } from '../support/errors.js'
import { didYouMean, didYouMeanPart } from '../support/nearest.js'
import { describeHolder } from './lock-holder.js'
import type { LockState } from './lock-row.js'
import type { Dependent } from './plan.js'
import type { Direction } from './report.js'

/** A migration's file cannot be used: it is not there, is there twice, or does not export what it should. */
export class MigrationFileError extends TidemarkError {
  override readonly name = 'MigrationFileError'
}

/** What is asked does not go with what the ledger says. */
export class LedgerError extends TidemarkError {
  override readonly name = 'LedgerError'
}

/** What a failed migration left behind. */
export type Aftermath =
  | { readonly state: 'rolled back' }
  | { readonly state: 'half applied'; readonly statements: number }
  /** The ledger could not be asked, because the connection is lost. `migrate:status` and the next run find out. */
  | { readonly state: 'unknown' }

/**
 * A migration went wrong on its way up or down. `cause` is what was thrown; the code is the cause's own where Tidemark
 * knows it.
 */
export class MigrationError extends TidemarkError {
  override readonly name = 'MigrationError'
  readonly aftermath: Aftermath

  constructor(
    migration: string,
    direction: Direction,
    cause: unknown,
    place: ErrorPlace,
    aftermath: Aftermath,
  ) {
    const known = cause instanceof TidemarkError ? cause : undefined
    super({
      code: known?.code ?? 'TM_MIGRATION_FAILED',
      // A migration that did not get a lock of the database in time has failed; "locked" is said of the migration lock.
      kind: known === undefined || known.kind === 'locked' ? 'failed' : known.kind,
      message: `Migration ${migration} failed on its way ${direction}: ${messageOf(cause)}`,
      remedy: `${known?.remedy ?? 'Correct the migration and run the command again.'} ${consequence(migration, direction, aftermath)}`,
      place,
      details: { ...known?.details, migration, direction, aftermath },
      cause,
    })
    this.aftermath = aftermath
  }
}

function consequence(migration: string, direction: Direction, aftermath: Aftermath): string {
  if (aftermath.state === 'rolled back') {
    return direction === 'up'
      ? 'Nothing of this migration remains: it was rolled back.'
      : 'The migration is still applied: what its down did was rolled back.'
  }
  if (aftermath.state === 'unknown')
    return `What of it took effect could not be looked at. tidemark migrate:status tells: ${
      direction === 'up'
        ? 'the next tidemark migrate goes on from there.'
        : 'look before you roll back anything more.'
    }`
  if (aftermath.statements === 0) return 'None of its statements took effect.'
  const stands = `${count(aftermath.statements, 'statement')} of it took effect and ${aftermath.statements === 1 ? 'stands' : 'stand'}: it is not one transaction.`
  return direction === 'up'
    ? `${stands} Where the file has to be corrected, tidemark migrate:repair ${migration} lets it go on after them; tidemark migrate:rollback ${migration} undoes them.`
    : `${stands} The next tidemark migrate:rollback goes on after them.`
}

/** The connection was lost at a commit, and nobody could look whether it took effect. */
export class CommitUnknownError extends TidemarkError {
  override readonly name = 'CommitUnknownError'
}

export function commitUnknown(loss: TidemarkError): CommitUnknownError {
  const { code, message, place, details } = loss
  return new CommitUnknownError({
    code,
    message: `${message} That was at the commit, which may have taken effect.`,
    remedy: 'See that the server is up.',
    place,
    details,
    cause: loss,
  })
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

export function noSuchPath(path: string): MigrationFileError {
  return new MigrationFileError({
    code: 'TM_NO_SUCH_PATH',
    kind: 'usage',
    message: `There is no folder or file ${path} to take migrations from.`,
    remedy: 'Check --path, or migrations.directory in the configuration.',
    details: { path },
  })
}

export function duplicateName(name: string, files: readonly string[]): MigrationFileError {
  return new MigrationFileError({
    code: 'TM_DUPLICATE_MIGRATION',
    message: `Two files are the migration ${name}: ${files.join(' and ')}.`,
    remedy: 'A migration is known by its file name without the ending. Rename or delete one of them.',
    place: { file: files[1] ?? name },
    details: { name, files },
  })
}

/** A file, and the line of it where that is known. */
export interface FilePlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

export function badExport(at: string | FilePlace, found: string, remedy: string): MigrationFileError {
  const place = typeof at === 'string' ? { file: at } : at
  return new MigrationFileError({
    code: 'TM_BAD_EXPORT',
    message: `${place.file} is no migration: ${found}.`,
    remedy,
    place,
  })
}

/** SQL that cannot be cut into statements: something is never closed, or is not for the server. */
export function unreadableSql(file: string, cause: TidemarkError): MigrationFileError {
  const { code, remedy, place } = cause
  return new MigrationFileError({
    code,
    message: `${file} cannot be read as SQL: ${cause.message}`,
    remedy,
    place: { ...place, file },
    cause,
  })
}

/** A file whose bytes are no text, or whose text no database takes. */
export function badText(place: FilePlace, found: string, remedy: string): MigrationFileError {
  return new MigrationFileError({
    code: 'TM_BAD_TEXT',
    message: `${place.file} ${found}.`,
    remedy,
    place,
  })
}

export function unknownOption(file: string, option: string, known: readonly string[]): MigrationFileError {
  return new MigrationFileError({
    code: 'TM_UNKNOWN_MIGRATION_OPTION',
    message: `${file} has the option "${option}", which migrations do not know.${didYouMean(option, known)}`,
    remedy: `Known are ${known.join(', ')}.`,
    place: { file },
    details: { option },
  })
}

export function noSuchMigration(name: string, known: readonly string[], where: string): LedgerError {
  return new LedgerError({
    code: 'TM_NO_SUCH_MIGRATION',
    kind: 'usage',
    message: `No migration "${name}" ${where}.${didYouMeanPart(name, known)}`,
    remedy: 'tidemark migrate:status lists them.',
    details: { name },
  })
}

export function fileMissing(names: readonly string[]): LedgerError {
  const [first = ''] = names
  return new LedgerError({
    code: 'TM_MIGRATION_FILE_MISSING',
    message: `${count(names.length, 'migration')} that this database has applied ${names.length === 1 ? 'has' : 'have'} no file any more: ${names.join(', ')}.`,
    remedy: `Bring the file back, for instance from version control; or undo it with: tidemark migrate:rollback ${first}; or forget it and keep what it made: tidemark migrate:repair ${first}`,
    details: { names },
  })
}

export function fileChanged(names: readonly string[]): LedgerError {
  const [first = ''] = names
  return new LedgerError({
    code: 'TM_MIGRATION_CHANGED',
    message: `${count(names.length, 'migration')} changed after this database applied ${names.length === 1 ? 'it' : 'them'}: ${names.join(', ')}.`,
    remedy: `Restore the file and put the change into a new migration; or undo it with: tidemark migrate:rollback ${first}; or take the file as it is for the one that was applied: tidemark migrate:repair ${first}`,
    details: { names },
  })
}

/** New migrations come by their names before one that is applied. */
export function outOfOrder(names: readonly string[], last = ''): LedgerError {
  const [first = ''] = names
  const [come, them] = names.length === 1 ? ['comes', 'it'] : ['come', 'them']
  return new LedgerError({
    code: 'TM_OUT_OF_ORDER',
    message:
      `${count(names.length, 'migration')} ${come} by name before ${last}, which is applied: ${names.join(', ')}. ` +
      `On a new database ${names.length === 1 ? 'it' : 'they'} would run before it.`,
    remedy:
      `Rename ${them} so that ${names.length === 1 ? 'it comes' : 'they come'} last; or, where the order does not matter, let ${them} run: ` +
      `tidemark migrate:repair${names.length === 1 ? ` ${first}` : ''}. To allow it always: migrations: { outOfOrder: true } in tidemark.config.ts`,
    details: { names, last },
  })
}

export function halfApplied(name: string, statements: number, error: string | undefined): LedgerError {
  const reason = error === undefined ? 'its process died, or is still at work' : `it failed: ${error}`
  return new LedgerError({
    code: 'TM_HALF_APPLIED',
    kind: 'undecided',
    message: `Migration ${name} runs outside a transaction and stopped half-way; ${reason}. At least ${count(statements, 'statement')} of it took effect.`,
    remedy: `Make sure that no other process is applying it, look at what it left, then undo it with its down: tidemark migrate:rollback ${name}`,
    details: { name, statements },
  })
}

export function lockHeld(held: LockState | undefined, waitMs: number): LedgerError {
  const who =
    held === undefined
      ? 'another process'
      : `${describeHolder(held.holder)}, since ${held.since.toISOString()}`
  return new LedgerError({
    code: 'TM_LOCK_HELD',
    kind: 'locked',
    message:
      waitMs === 0
        ? `The migration lock is held by ${who}, and was not to be waited for.`
        : `The migration lock was not had in ${waitMs / 1000} s: it is held by ${who}.`,
    remedy:
      'Run the command again when that one has ended, wait longer with --lock-wait=5m, or see who it is with: tidemark migrate:unlock',
    details: { holder: held?.holder, since: held?.since },
  })
}

/** @param cause what the work met, where that is how it was found out */
export function lockLost(cause?: unknown): LedgerError {
  if (cause instanceof LedgerError && cause.code === 'TM_LOCK_LOST') return cause
  return new LedgerError({
    code: 'TM_LOCK_LOST',
    kind: 'locked',
    message:
      'This process lost the migration lock: it stood still for too long, or somebody broke the lock, and another process may have gone on in its place.',
    remedy:
      'What it had not committed was rolled back, and nothing was written after that. See how the migrations stand with tidemark migrate:status, and run the command again.',
    place: cause instanceof TidemarkError ? cause.place : {},
    ...(cause !== undefined && { cause }),
  })
}

/** What a statement failed with, as the journal keeps it. */
export type Failure = Pick<TidemarkError, 'code' | 'kind' | 'message' | 'remedy' | 'place'> & {
  /** Where it was the database that refused it. */
  readonly problem?: DatabaseProblem
}

export function failureOf(error: TidemarkError): Failure {
  const { code, kind, message, remedy, place } = error
  const common = { code, kind, message, remedy, place }
  return error instanceof StatementError ? { ...common, problem: error.problem } : common
}

/** What failed in an earlier run, told again to the migration that is replayed: as the error that it was then. */
export function replayedError(dialect: Dialect, { problem, ...failure }: Failure): TidemarkError {
  return problem === undefined
    ? new ReplayedError(failure)
    : new StatementError(dialect, problem, failure.place.sql, undefined)
}

/** An error that was not the database's. */
export class ReplayedError extends TidemarkError {
  override readonly name = 'ReplayedError'
}

/** The code takes another way than the one that the journal has. */
export function journalDiverged(
  name: string,
  direction: Direction,
  expected: string,
  asked: string,
  standing: readonly string[],
): LedgerError {
  return new LedgerError({
    code: 'TM_JOURNAL_DIVERGED',
    kind: 'undecided',
    message:
      `Migration ${name} stopped half-way before, on its way ${direction}, and now takes another way: ` +
      `next stood "${shortened(expected)}", and it asks for "${shortened(asked)}". ${standingList(standing)}`,
    remedy:
      `Have its file ask again for what stands, in that order, and accept the file: tidemark migrate:repair ${name}. ` +
      wayBack(name),
    place: { sql: asked },
    details: { name, direction, expected, asked, standing },
  })
}

/** The code asks for the same, with other values than those that took effect. */
export function valuesDiffer(
  name: string,
  direction: Direction,
  sql: string,
  standing: readonly string[],
): LedgerError {
  return new LedgerError({
    code: 'TM_JOURNAL_DIVERGED',
    kind: 'undecided',
    message:
      `Migration ${name} stopped half-way before, on its way ${direction}, and now asks for the same statement with other values, ` +
      `such as random ones: "${shortened(sql)}". ${standingList(standing)}`,
    remedy:
      `To go on, with the values that were written staying as they are: tidemark migrate:repair ${name} --accept-values. ` +
      wayBack(name),
    place: { sql },
    details: { name, direction, expected: sql, asked: sql, standing },
  })
}

/** The file of a migration that stopped half-way is another than the one that was begun. */
export function halfAppliedChanged(
  name: string,
  direction: Direction,
  standing: readonly string[],
): LedgerError {
  return new LedgerError({
    code: 'TM_HALF_APPLIED_CHANGED',
    kind: 'undecided',
    message: `Migration ${name} stopped half-way before, on its way ${direction}, and its file has changed since. ${standingList(standing)}`,
    remedy:
      'Restore the file and run the command again to go on. ' +
      `To go on with the file as it is, passing over what stands: tidemark migrate:repair ${name}. ${wayBack(name)}`,
    details: { name, direction, standing },
  })
}

export function noLedgerToAdopt(known: readonly string[], found: readonly string[]): LedgerError {
  return new LedgerError({
    code: 'TM_NO_LEDGER_TO_ADOPT',
    kind: 'usage',
    message:
      found.length === 0
        ? `No ledger of another tool was found here; known are those of ${known.join(', ')}.`
        : `Several ledgers were found: ${found.join(', ')}.`,
    remedy:
      found.length === 0
        ? 'Check the connection. Where no tool kept a ledger, name the last migration that is in the database: tidemark migrate:adopt --baseline NAME'
        : `Say which: tidemark migrate:adopt --from ${found[0]}`,
    details: { known, found },
  })
}

export function noRepair(name: string): LedgerError {
  return new LedgerError({
    code: 'TM_NOTHING_TO_REPAIR',
    kind: 'usage',
    message: `There is nothing to repair about ${name}, or nothing of this kind.`,
    remedy:
      'See how it stands with tidemark migrate:status; tidemark migrate:repair without a name lists what can be settled.',
    details: { name },
  })
}

/** Somebody else migrated or repaired meanwhile. */
export function repairChanged(names: readonly string[]): LedgerError {
  return new LedgerError({
    code: 'TM_REPAIR_CHANGED',
    kind: 'refused',
    message: `Nothing was repaired: what there is to repair is not what was shown any more (${names.join(', ')}).`,
    remedy: 'Run the command again: it shows what there is to repair now.',
    details: { names },
  })
}

/** A rollback stopped half-way. */
export function halfRolledBack(name: string, standing: readonly string[]): LedgerError {
  return new LedgerError({
    code: 'TM_HALF_ROLLED_BACK',
    kind: 'undecided',
    message: `The rollback of ${name} stopped half-way. Of its down, ${standingList(standing)}`,
    remedy: `Go on with it: tidemark migrate:rollback ${name}`,
    details: { name, standing },
  })
}

/** Nobody can tell whether a statement has taken effect that was under way. */
/** @param failure what the database said, where the statement has failed in this run */
export function effectUnknown(migration: string, sql: string, failure?: string): LedgerError {
  return new LedgerError({
    code: 'TM_EFFECT_UNKNOWN',
    kind: 'undecided',
    message:
      failure === undefined
        ? 'A statement was under way when the run before ended, and the catalogue does not show whether it took effect.'
        : `A statement failed that may have done a part of its work, and the catalogue does not show whether it did: ${failure}`,
    remedy: `Look at the data. Then say which it was: tidemark migrate:repair ${migration} --done if it took effect, --not-done if it did not.`,
    place: { sql },
  })
}

function standingList(standing: readonly string[]): string {
  if (standing.length === 0) return 'None of its statements stands.'
  const shown = standing
    .slice(-5)
    .map((sql, index) => `${standing.length - Math.min(5, standing.length) + index + 1}. ${shortened(sql)}`)
  return `${count(standing.length, 'statement')} of it ${standing.length === 1 ? 'stands' : 'stand'}: ${shown.join('; ')}.`
}

function wayBack(name: string): string {
  return `To go back: tidemark migrate:rollback ${name}`
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}

/** @param before how many that are to be rolled back come before it, and were not */
export function irreversible(
  name: string,
  reason: string | undefined,
  file: string,
  before = 0,
): LedgerError {
  const rest = before === 0 ? '' : ` To undo what comes after it: tidemark migrate:rollback --step=${before}`
  return new LedgerError({
    code: 'TM_IRREVERSIBLE',
    message:
      (reason === undefined
        ? `Migration ${name} has no down, so it cannot be rolled back.`
        : `Migration ${name} cannot be rolled back: ${reason}`) +
      (before === 0 ? '' : ' Nothing was rolled back.'),
    remedy: `${wayToWriteDown(file)}, or undo its effect with a new migration.${rest}`,
    place: { file },
    details: { name },
  })
}

function wayToWriteDown(file: string): string {
  if (file.endsWith('.up.sql')) return `Write ${file.replace(/\.up\.sql$/, '.down.sql')}`
  return file.endsWith('.sql')
    ? `Write a section "-- migrate:down", or goose's "-- +goose Down", at the end of ${file}`
    : `Write a down for it in ${file}`
}

export function noStoredDown(name: string): LedgerError {
  return new LedgerError({
    code: 'TM_NO_STORED_DOWN',
    message: `Migration ${name} cannot be rolled back: its file is gone, and its down could not be kept when it was applied.`,
    remedy: `Bring the file back, for instance from version control, and run: tidemark migrate:rollback ${name}`,
    details: { name },
  })
}

export function storedDownStale(name: string, tables: readonly string[]): LedgerError {
  return new LedgerError({
    code: 'TM_STORED_DOWN_STALE',
    message: `Migration ${name} cannot be rolled back without its file: its down was compiled for ${tables.join(', ')} as it was then, and that has changed since.`,
    remedy: `Bring the file back, or roll back first what changed ${tables.join(', ')} after it.`,
    details: { name, tables },
  })
}

/** Tables of other migrations reference what undoing this one would drop. */
export function dependedOn(name: string, dependents: readonly Dependent[]): LedgerError {
  const unknown = 'a table that no migration is known to have made'
  const migrations = [...new Set(dependents.map(({ migration }) => migration ?? unknown))]
  const list = migrations.map((migration) => {
    const own = dependents.filter((one) => (one.migration ?? unknown) === migration)
    const keys = own.map(({ table, foreignKey }) => `${table}.${foreignKey.columns.join(', ')}`)
    return `${migration} (${keys.join('; ')})`
  })
  const last = dependents.findLast(({ migration }) => migration !== undefined)?.migration
  return new LedgerError({
    code: 'TM_DEPENDED_ON',
    kind: 'refused',
    message: `Migration ${name} cannot be rolled back alone. Foreign keys point to what it made: ${list.join(', ')}.`,
    remedy:
      (last === undefined ? '' : `Roll those back first: tidemark migrate:rollback ${last}. `) +
      'With --force those foreign keys are dropped, and then it is rolled back.',
    details: {
      name,
      dependents: dependents.map(({ migration, table, foreignKey: { columns } }) => ({
        migration,
        table,
        columns,
      })),
    },
  })
}

export function notAwaited(name: string, direction: Direction): MigrationFileError {
  return new MigrationFileError({
    code: 'TM_NOT_AWAITED',
    message: `${direction} of ${name} ended while a call on schema or db was still under way.`,
    remedy: `Put await before each call on schema and db in ${direction}.`,
  })
}

export function leftOpen(name: string): MigrationFileError {
  return new MigrationFileError({
    code: 'TM_TRANSACTION_LEFT_OPEN',
    message: `${name} began a transaction and did not end it; what it did in there was rolled back.`,
    remedy: 'Commit what you begin, or leave out transaction: false and let Tidemark begin and commit.',
    details: { name },
  })
}

/** @param harm what it would do, as a sentence */
export function sessionHarmed(sql: string, harm: string): MigrationFileError {
  return new MigrationFileError({
    code: 'TM_SESSION_CONTROL',
    message: `A migration that is not one transaction must not do this to its session: ${shortened(sql)}. ${harm}.`,
    remedy:
      'Leave it out. What is to take effect together goes into db.transaction(…), or between BEGIN and COMMIT.',
    place: { sql },
  })
}

/** @param tool whose table it is, where that is known */
export function unknownLedger(table: string, tool?: string): LedgerError {
  const next =
    tool === undefined
      ? 'Where migrations have been applied to this database, count them as applied then: tidemark migrate:adopt --baseline NAME'
      : `Then take over what ${tool} has applied: tidemark migrate:adopt`
  return new LedgerError({
    code: 'TM_FOREIGN_LEDGER',
    message:
      tool === undefined
        ? `The table ${table} is there, and is not a ledger of Tidemark's.`
        : `The table ${table} is the ledger of ${tool}, not of Tidemark.`,
    remedy: `Give the ledger another name: migrations: { table: 'tidemark_migrations' } in tidemark.config.ts. ${next}`,
    details: { table, tool },
  })
}

/** Another tool has stopped half-way, and says so. */
export function dirtyLedger(tool: string, version: string): LedgerError {
  return new LedgerError({
    code: 'TM_DIRTY_LEDGER',
    message: `The ledger of ${tool} says that version ${version} is dirty: it failed, and what of it took effect is not known.`,
    remedy: `Look at what it left, and finish or undo it; then say so to ${tool} (migrate force VERSION), or name the last migration that is in the database: tidemark migrate:adopt --baseline NAME`,
    details: { tool, version },
  })
}
