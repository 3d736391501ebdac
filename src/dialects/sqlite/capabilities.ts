// What shared code may ask of SQLite.

import type { Capabilities } from '../dialect.js'

export const capabilities: Capabilities = {
  transactionalDdl: true,
  errorsAbortTransactions: false,
  // Names have no limit of their own: https://www.sqlite.org/limits.html
  maxIdentifierBytes: undefined,
}
