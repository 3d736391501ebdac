// What the command line itself refuses: words it does not know, values that cannot be right, and changes in production
// that nobody confirmed.

import { TidemarkError, type ErrorOptions } from '../support/errors.js'

/** The command line is wrong; nothing was tried. */
export class CommandLineError extends TidemarkError {
  override readonly name = 'CommandLineError'

  constructor(options: Omit<ErrorOptions, 'kind'>) {
    super({ ...options, kind: 'usage' })
  }
}

/** A change in production that was not confirmed. */
export class ProductionError extends TidemarkError {
  override readonly name = 'ProductionError'

  constructor(message: string, remedy: string) {
    super({ code: 'TM_PRODUCTION', kind: 'refused', message, remedy })
  }
}

/** Something that the user named is not in the database. */
export class NotFoundError extends TidemarkError {
  override readonly name = 'NotFoundError'

  constructor(table: string, message: string, remedy: string) {
    super({ code: 'TM_NO_SUCH_TABLE', message, remedy, details: { table } })
  }
}
