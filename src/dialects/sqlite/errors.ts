// The errors that only SQLite has: most are about foreign keys, which it cannot switch off inside a transaction
// (see foreign-key-suspension.ts).

import { TidemarkError } from '../../support/errors.js'

/** A name or value that cannot be written as SQL text. */
export class LiteralError extends TidemarkError {
  override readonly name = 'LiteralError'

  constructor(what: string, remedy: string) {
    super({ code: 'TM_LITERAL', message: `SQLite cannot write ${what} into a statement.`, remedy })
  }
}
