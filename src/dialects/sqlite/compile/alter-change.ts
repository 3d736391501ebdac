// What SQLite's part of a changing operation is: its effect on a table's state, and how ALTER TABLE does it if it can.

import type { Operation } from '../../../schema/operations.js'
import type { TableState } from './table-state.js'

export interface Change<Kind extends Operation> {
  /** The table's state afterwards. Throws a `SchemaError` where the operation does not fit the table. */
  readonly apply: (table: TableState, operation: Kind) => TableState
  /** Why the table must be rebuilt for it; undefined where SQLite does it natively and loses nothing. */
  readonly rebuildReason: (table: TableState, operation: Kind) => string | undefined
  /** The SQL that does it natively. */
  readonly native: (table: TableState, operation: Kind) => readonly string[]
}
