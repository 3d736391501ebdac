// MariaDB: what it says otherwise than its sibling.

import { type FlavourRefusals, familyRefusals } from '../mysql/refusals.js'
import type { Flavour } from '../mysql/server.js'

const refusals: FlavourRefusals = {
  dialect: 'mariadb',
  label: 'MariaDB',
  // https://mariadb.com/kb/en/vector-overview/
  vectorsSince: { version: 110_701, name: '11.7' },
  vectorIndex: undefined,
  expressionIndexes:
    "Index a generated column: table.string('email_lower').virtualAs('lower(email)').index(). " +
    "The leading characters of a column can be indexed as they are: db.raw('email(10)').",
}

export const mariadbFlavour: Flavour = {
  name: 'mariadb',
  driverName: 'mariadb',
  label: 'MariaDB',
  // 64 characters, not bytes: https://dev.mysql.com/doc/refman/9.7/en/identifier-length.html
  capabilities: { transactionalDdl: false, errorsAbortTransactions: false, maxIdentifierBytes: 64 },
  // https://mariadb.com/kb/en/atomic-ddl/
  dropsOneByOne: true,
  // Where a snapshot is older than a row, the server refuses to change it: https://mariadb.com/kb/en/innodb-system-variables/#innodb_snapshot_isolation
  afresh: (version) => (version >= 110_602 ? 'set statement innodb_snapshot_isolation = 0 for ' : ''),
  clients: ['mariadb', 'mysql'],
  sqlModes: [],
  // In seconds: https://mariadb.com/kb/en/aborting-statements/
  statementTimeLimit: (timeoutMs) => `max_statement_time = ${timeoutMs / 1000}`,
  insertedValue: 'values function',
  refusals: (version) => familyRefusals(refusals, version),
  words: {
    jsonText: (column, path) => `json_value(${column}, ${path})`,
    dropCheck: 'drop constraint',
    hasLiteralDefaultsOfText: true,
    renamesInChecks: true,
    keepsChecksInColumns: true,
    hasGeneratedNotNull: false,
    jsonType: 'longtext',
    hasDisplayWidths: () => true,
  },
  catalogue: {
    innodbTables: 'innodb_sys_tables',
    indexExpression: 'null',
    checksNameTheirTable: true,
    escapesExpressions: false,
    hasBareDefaults: false,
  },
}
