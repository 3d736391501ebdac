// MySQL: what it says otherwise than its sibling.

import { type FlavourRefusals, familyRefusals } from './refusals.js'
import type { Flavour } from './server.js'

const refusals: FlavourRefusals = {
  dialect: 'mysql',
  label: 'MySQL',
  // https://dev.mysql.com/doc/refman/9.7/en/vector.html
  vectorsSince: { version: 90_000, name: '9.0' },
  vectorIndex: 'Compare the vectors with DISTANCE() where the edition has it, or in the application.',
  expressionIndexes: undefined,
}

export const mysqlFlavour: Flavour = {
  name: 'mysql',
  driverName: 'mysql',
  label: 'MySQL',
  // 64 characters, not bytes: https://dev.mysql.com/doc/refman/9.7/en/identifier-length.html
  capabilities: { transactionalDdl: false, errorsAbortTransactions: false, maxIdentifierBytes: 64 },
  // https://dev.mysql.com/doc/refman/9.7/en/atomic-ddl.html
  dropsOneByOne: false,
  afresh: () => '',
  clients: ['mysql', 'mariadb'],
  // Fractions of a second that a column has no room for are cut off, as on MariaDB, instead of rounded: a moment of the last
  // half second of a day would become a date of the next.
  // https://dev.mysql.com/doc/refman/9.7/en/sql-mode.html#sqlmode_time_truncate_fractional
  sqlModes: ['TIME_TRUNCATE_FRACTIONAL'],
  // Of SELECT alone: https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html#sysvar_max_execution_time
  statementTimeLimit: (timeoutMs) => `max_execution_time = ${timeoutMs}`,
  // VALUES() is deprecated: https://dev.mysql.com/doc/refman/9.7/en/insert-on-duplicate.html
  insertedValue: 'row alias',
  refusals: (version) => familyRefusals(refusals, version),
  words: {
    jsonText: (column, path) => `json_unquote(json_extract(${column}, ${path}))`,
    dropCheck: 'drop check',
    hasLiteralDefaultsOfText: false,
    renamesInChecks: false,
    keepsChecksInColumns: false,
    hasGeneratedNotNull: true,
    jsonType: 'json',
    // https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-19.html
    hasDisplayWidths: (version) => version < 80_019,
  },
  catalogue: {
    innodbTables: 'innodb_tables',
    indexExpression: 'expression',
    checksNameTheirTable: false,
    escapesExpressions: true,
    hasBareDefaults: true,
  },
}
