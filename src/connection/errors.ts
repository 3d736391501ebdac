// What went wrong while a statement ran, or around one.

import type { DatabaseProblem, DatabaseProblemKind, Dialect } from '../dialects/dialect.js'
import { type ErrorPlace, TidemarkError } from '../support/errors.js'

const codes: Readonly<Record<DatabaseProblemKind, `TM_${string}`>> = {
  syntax: 'TM_SQL_SYNTAX',
  'no-such-table': 'TM_SQL_NO_SUCH_TABLE',
  'no-such-column': 'TM_SQL_NO_SUCH_COLUMN',
  'already-exists': 'TM_SQL_ALREADY_EXISTS',
  unique: 'TM_UNIQUE_VIOLATION',
  'not-null': 'TM_NOT_NULL_VIOLATION',
  'foreign-key': 'TM_FOREIGN_KEY_VIOLATION',
  check: 'TM_CHECK_VIOLATION',
  locked: 'TM_DATABASE_LOCKED',
  deadlock: 'TM_DEADLOCK',
  timeout: 'TM_STATEMENT_TIMEOUT',
  cancelled: 'TM_STATEMENT_CANCELLED',
  'out-of-range': 'TM_OUT_OF_RANGE',
  denied: 'TM_ACCESS_DENIED',
  'connection-lost': 'TM_CONNECTION_LOST',
  'read-only': 'TM_DATABASE_READ_ONLY',
  'not-a-database': 'TM_NOT_A_DATABASE',
  full: 'TM_DISK_FULL',
  other: 'TM_STATEMENT_FAILED',
}

/** A statement that the database refused. `details.problem` is its kind, `place.sql` the statement without its values. */
export class StatementError extends TidemarkError {
  override readonly name = 'StatementError'
  readonly problem: DatabaseProblem

  constructor(dialect: Dialect, problem: DatabaseProblem, sql: string | undefined, cause: unknown) {
    super({
      code: codes[problem.kind],
      kind: problem.kind === 'locked' || problem.kind === 'deadlock' ? 'locked' : 'failed',
      message: `${dialect.label}: ${problem.message}`,
      remedy: problem.remedy ?? 'Correct the statement and run the command again.',
      ...(sql === undefined ? {} : { place: { sql } }),
      details: {
        problem: problem.kind,
        table: problem.table,
        column: problem.column,
        ...(problem.constraint !== undefined && { constraint: problem.constraint }),
        ...(problem.kind === 'syntax' && problem.offset !== undefined && { offset: problem.offset }),
      },
      cause,
    })
    this.problem = problem
  }
}

/** The work was asked to stop, by Ctrl-C or by `Tidemark.interrupt()`, and did, between two statements. */
export class InterruptedError extends TidemarkError {
  override readonly name = 'InterruptedError'

  constructor() {
    super({
      code: 'TM_INTERRUPTED',
      kind: 'interrupted',
      message: 'Stopped before the next statement.',
      remedy: 'Run the command again to go on from here.',
    })
  }
}

/** The work took longer than it was given. What was running was finished, and nothing after it began. */
export class TimeoutError extends TidemarkError {
  override readonly name = 'TimeoutError'

  constructor(timeoutMs: number) {
    super({
      code: 'TM_MIGRATION_TIMEOUT',
      message: `It took longer than its timeout of ${timeoutMs / 1000} s.`,
      remedy: 'Give it more time (timeout), or cut it into several migrations.',
      details: { timeoutMs },
    })
  }
}

/** SQL of the user's would end the transaction that a migration runs in, and leave it half done. */
export class TransactionControlError extends TidemarkError {
  override readonly name = 'TransactionControlError'

  constructor(place: ErrorPlace) {
    super({
      code: 'TM_TRANSACTION_CONTROL',
      message: `${wordOf(place)} inside a migration that runs in a transaction of its own.`,
      remedy:
        'Leave it out (Tidemark begins and commits), use db.transaction(…) for a part, or set transaction: false, ' +
        'in SQL -- migrate:up transaction:false.',
      place,
    })
  }
}

function wordOf({ sql = '' }: ErrorPlace): string {
  return (transactionControl.exec(sql)?.[1] ?? 'COMMIT').toUpperCase()
}

/** How a statement of SQL begins or ends a transaction; undefined where it does not. */
export function transactionControlOf(sql: string): 'begin' | 'commit' | 'rollback' | undefined {
  const [word = ''] = transactionControl.exec(sql)?.[1]?.toLowerCase().split(/\s/) ?? []
  if (word === 'begin' || word === 'start') return 'begin'
  if (word === 'commit' || word === 'end') return 'commit'
  return word === '' ? undefined : 'rollback'
}

/** MariaDB's `BEGIN NOT ATOMIC` begins a block, and no transaction. */
const transactionControl =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(begin(?!\s+not\s)|start\s+transaction|commit|end|abort|rollback(?!\s+(?:\w+\s+)?to\b))\b/i

/** @throws TransactionControlError where the statement begins or ends a transaction */
export function refuseTransactionControl(sql: string): void {
  if (transactionControl.test(sql)) throw new TransactionControlError({ sql })
}

/** Reads what the driver threw; what is already Tidemark's own passes as it is. */
export function statementError(dialect: Dialect, error: unknown, sql: string | undefined): unknown {
  return error instanceof TidemarkError
    ? error
    : new StatementError(dialect, dialect.explain(error), sql, error)
}
