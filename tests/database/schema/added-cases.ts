// What a blueprint can add to a table, method by method, and what each database then has. Every case is made twice, with
// the table and on one that exists, and must read back the same. A dialect that joins adds its lines to each case; a case
// that it cannot do has no lines of it, and is refused under the same name in refused-cases.ts.

import { addedColumns } from './added-cases/columns.js'
import { addedIndexes } from './added-cases/indexes.js'
import { addedKeys } from './added-cases/keys.js'
import { addedModifiers } from './added-cases/modifiers.js'
import type { AddedCases } from './expectations.js'
import { both } from './lines-mysql.js'

export const addedCases: AddedCases = {
  ...addedColumns,
  ...addedModifiers,
  ...addedIndexes,
  ...addedKeys,
  'comment on the table': {
    add: (t) => t.comment('why'),
    sqlite: [],
    postgres: ['comment why'],
    ...both('comment why'),
  },
  'options of the table': {
    add: (t) => {
      t.engine = 'InnoDB'
      t.charset = 'utf8mb4'
      t.collation = 'utf8mb4_unicode_ci'
    },
    onlyNew: true,
    sqlite: [],
    postgres: [],
    ...both(),
  },
  'options of the table, called': {
    add: (t) => {
      t.innoDb()
      t.engine('InnoDB')
      t.charset('utf8mb4')
      t.collation('utf8mb4_unicode_ci')
    },
    onlyNew: true,
    sqlite: [],
    postgres: [],
    ...both(),
  },
}
