// MariaDB: what it says otherwise than its sibling.

import type { Flavour } from '../mysql/server.js'

export const mariadbFlavour: Flavour = {
  name: 'mariadb',
  driverName: 'mariadb',
  label: 'MariaDB',
  // 64 characters, not bytes: https://dev.mysql.com/doc/refman/9.7/en/identifier-length.html
  capabilities: { transactionalDdl: false, errorsAbortTransactions: false, maxIdentifierBytes: 64 },
  refusals: {
    dialect: 'mariadb',
    label: 'MariaDB',
    columns: [],
    indexes: [],
    droppedIndexes: [],
    foreignKeys: [],
    checks: [],
    validateConstraint: undefined,
  },
}
