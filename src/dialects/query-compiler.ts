// How a dialect writes queries. A query is described by Kysely's operation nodes, which are plain data; each dialect
// has the compiler that turns them into its SQL, and knows what differs beyond the wording.

import type { RootOperationNode } from 'kysely'
import type { TableSnapshot } from '../schema/snapshot.js'
import type { Statement } from './dialect.js'

export interface QueryCompiler {
  /** How many values one statement can bind. */
  readonly maxBindings: number
  /** Whether an insert has to say `returning` for its session to know the id of the row (`ExecuteResult.lastInsertId`). */
  readonly returnsInsertedId: boolean
  compile(query: RootOperationNode): Statement
  /** The columns that together tell a row of the table from every other, in each table, whatever its keys. */
  rowLocator(table: TableSnapshot): readonly string[]
  /** Empties the table and starts its counter anew. */
  truncate(table: TableSnapshot): readonly Statement[]
}
