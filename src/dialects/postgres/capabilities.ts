// What shared code may ask of PostgreSQL.

import type { Capabilities } from '../dialect.js'

export const capabilities: Capabilities = {
  transactionalDdl: true,
  errorsAbortTransactions: true,
  // NAMEDATALEN - 1: https://www.postgresql.org/docs/current/limits.html
  maxIdentifierBytes: 63,
}
