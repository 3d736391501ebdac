import type { Column } from '../../../schema/operations.js'
import type { ColumnSnapshot } from '../../../schema/snapshot.js'

/** What the catalogue would show of a new column. */
export function columnSnapshot(_column: Column): ColumnSnapshot {
  throw new Error('skeleton')
}
