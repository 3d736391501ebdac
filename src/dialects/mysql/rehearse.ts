// A rehearsal on MySQL and MariaDB is imagined: there every change of structure commits by itself, so that none can be
// tried out.

import type { Catalogue } from '../../schema/snapshot.js'
import type { Rehearsal } from '../dialect.js'
import { rehearseOnSnapshot } from '../rehearsal.js'
import { columnSnapshot } from './compile/column-snapshot.js'
import type { MysqlServer } from './server.js'
import { withRenamedColumn } from './sql/mentions.js'

export function rehearse(live: Catalogue, server: MysqlServer): Rehearsal {
  return rehearseOnSnapshot(live, {
    columnSnapshot: (column) => columnSnapshot(column, server),
    indexesOutliveColumns: true,
    foreignKeysMakeIndexes: true,
    renamedInSql: withRenamedColumn,
  })
}
