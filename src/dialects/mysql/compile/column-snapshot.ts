import type { Column } from '../../../schema/operations.js'
import type { ColumnSnapshot } from '../../../schema/snapshot.js'
import type { MysqlServer } from '../server.js'

/** What the catalogue would show of a new column. */
export function columnSnapshot(_column: Column, _server: MysqlServer): ColumnSnapshot {
  throw new Error('skeleton')
}
