// Where statements go. `schema` and `db` stand on an executor and do not know whether it runs what it is given
// (live-executor.ts) or writes it down (recording-executor.ts), as `--pretend` and the ledger's stored `down` need.

import type { DatabaseTask, Dialect, ExecuteResult, Row, Session, Statement } from '../dialects/dialect.js'
import type { SchemaTarget } from '../schema/target.js'
import type { CallGate } from './call-gate.js'

export interface Executor extends SchemaTarget {
  readonly dialect: Dialect
  /** Passed by every call; what awaits something else before its first call passes it by itself, so as to be counted. */
  readonly gate: CallGate
  /** Runs one statement that gives rows. */
  query(statement: Statement): Promise<readonly Row[]>
  /** Runs one statement for its effect. */
  execute(statement: Statement): Promise<ExecuteResult>
  /** Carries out what concerns whole databases. */
  administer(task: DatabaseTask): Promise<void>
  /** An executor of the same kind on another connection. */
  on(dialect: Dialect, session: Session): Executor
  /** A transaction, or a savepoint where one is open. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  readonly inTransaction: boolean
}
