// The errors that only MySQL and MariaDB have: they commit with every change of structure.

import { TidemarkError } from '../../support/errors.js'

/** A statement that would commit the transaction that it is in. */
export class ImplicitCommitError extends TidemarkError {
  override readonly name = 'ImplicitCommitError'

  /** @param hasRun whether it has, and the transaction is committed */
  constructor(label: string, sql: string, hasRun: boolean) {
    super({
      code: 'TM_IMPLICIT_COMMIT',
      message: hasRun
        ? `${label} has committed the transaction with this statement. What ran before it stays.`
        : `${label} commits the open transaction with this statement. It was not run.`,
      remedy:
        'Change the structure outside db.transaction(), and keep the transaction for the rows. ' +
        'A migration on this database is no transaction as a whole.',
      place: { sql },
      details: { hasRun },
    })
  }
}
