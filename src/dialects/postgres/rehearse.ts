// A rehearsal on PostgreSQL is imagined: running it for real, even in a transaction that is rolled back, would lock the
// tables of the live database.

import type { Catalogue } from '../../schema/snapshot.js'
import type { Rehearsal } from '../dialect.js'
import { rehearseOnSnapshot } from '../rehearsal.js'
import { columnSnapshot } from './compile/column-snapshot.js'
import { enumTypeOf } from './compile/enum-types.js'
import { primaryKeyName } from './compile/find-parts.js'

export function rehearse(live: Catalogue): Rehearsal {
  return rehearseOnSnapshot(live, {
    columnSnapshot,
    enumTypeOf,
    primaryKeyName,
    indexesOutliveColumns: false,
    foreignKeysMakeIndexes: false,
  })
}
