// MySQL: what it says otherwise than its sibling.

import type { Flavour } from './server.js'

export const mysqlFlavour: Flavour = {
  name: 'mysql',
  driverName: 'mysql',
  label: 'MySQL',
  // 64 characters, not bytes: https://dev.mysql.com/doc/refman/9.7/en/identifier-length.html
  capabilities: { transactionalDdl: false, errorsAbortTransactions: false, maxIdentifierBytes: 64 },
  refusals: {
    dialect: 'mysql',
    label: 'MySQL',
    columns: [],
    indexes: [],
    droppedIndexes: [],
    foreignKeys: [],
    checks: [],
    validateConstraint: undefined,
  },
}
