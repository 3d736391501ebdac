// What goes wrong below the migrations, on any database: a connection that cannot be had, a thing that a database
// cannot do, SQL that cannot be read. What only one database knows is in its own folder.

import { type ErrorKind, TidemarkError } from '../support/errors.js'

/** Why a connection was not had. */
export interface ConnectionFailure {
  readonly code:
    | 'TM_ACCESS_DENIED'
    | 'TM_CONNECTION_FAILED'
    | 'TM_DATABASE_LOCKED'
    | 'TM_DATABASE_MISSING'
    | 'TM_DRIVER_MISSING'
    | 'TM_NOT_A_DATABASE'
  /** `failed` unless given. */
  readonly kind?: ErrorKind
  readonly message: string
  readonly remedy: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** A database that cannot be opened. */
export class ConnectionError extends TidemarkError {
  override readonly name = 'ConnectionError'

  constructor(failure: ConnectionFailure) {
    super({ kind: 'failed', ...failure })
  }
}

/** Something that a database cannot do, refused before anything runs. */
export class UnsupportedError extends TidemarkError {
  override readonly name = 'UnsupportedError'

  constructor(method: string, dialectLabel: string, wayRound: string) {
    super({
      code: 'TM_UNSUPPORTED',
      message: `${dialectLabel} has no ${method}.`,
      remedy: wayRound,
      details: { method, dialect: dialectLabel },
    })
  }
}

/** A string, quoted name or comment in SQL that is opened and never closed. */
export class UnterminatedSqlError extends TidemarkError {
  override readonly name = 'UnterminatedSqlError'

  constructor(text: string, place: { readonly line: number; readonly column: number }) {
    const [what, closing] = unterminatedThing(text)
    super({
      code: 'TM_UNTERMINATED_SQL',
      message: `The ${what} that begins at line ${place.line}, column ${place.column} is never closed.`,
      remedy: `Close it with ${closing}.`,
      place,
    })
  }
}

/** More than one statement where one belongs. */
export class MultipleStatementsError extends TidemarkError {
  override readonly name = 'MultipleStatementsError'

  constructor(sql: string, count: number) {
    super({
      code: 'TM_MULTIPLE_STATEMENTS',
      message: `One statement was expected, ${count} were given.`,
      remedy: 'Run them one by one, or all with db.exec(), which takes no bindings.',
      place: { sql },
    })
  }
}

/** A value that no statement can be given. */
export class BindingError extends TidemarkError {
  override readonly name = 'BindingError'

  constructor(position: number, what: string, remedy: string, sql: string) {
    super({
      code: 'TM_BINDING',
      message: `Binding ${position} is ${what}.`,
      remedy,
      place: { sql },
      details: { position },
    })
  }
}

/** A name or value that cannot be written as SQL text. */
export class LiteralError extends TidemarkError {
  override readonly name = 'LiteralError'

  constructor(dialectLabel: string, what: string, remedy: string) {
    super({ code: 'TM_LITERAL', message: `${dialectLabel} cannot write ${what} into a statement.`, remedy })
  }
}

/** A transaction ended before one that was begun inside it. */
export class TransactionOverlapError extends TidemarkError {
  override readonly name = 'TransactionOverlapError'

  constructor() {
    super({
      code: 'TM_TRANSACTION_OVERLAP',
      message: 'A transaction ended while another, begun inside it, was still open. Both were rolled back.',
      remedy:
        'Await each transaction before the next one begins, and each inner one before the outer one ends.',
    })
  }
}

/** The transaction is gone: the database ended it because of an error, or a statement did. */
export class TransactionLostError extends TidemarkError {
  override readonly name = 'TransactionLostError'

  constructor(sql: string) {
    super({
      code: 'TM_TRANSACTION_LOST',
      message:
        'The transaction is no longer open: an earlier error or a COMMIT or ROLLBACK statement ended it.',
      remedy:
        'Let the earlier error out of the transaction, and leave COMMIT and ROLLBACK to db.transaction().',
      place: { sql },
    })
  }
}

function unterminatedThing(text: string): readonly [what: string, closing: string] {
  if (text.startsWith('/*')) return ['comment', '*/']
  if (text.startsWith('[')) return ['quoted name', ']']
  if (text.startsWith('"') || text.startsWith('`')) return ['quoted name', text.charAt(0)]
  return ['string', "'"]
}
