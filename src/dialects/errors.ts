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

/** A program of the database's own that is not there. */
export class ClientMissingError extends TidemarkError {
  override readonly name = 'ClientMissingError'

  /**
   * @param reason what keeps those that are there from being used, if any is
   * @param remedy how to install one of them, and what to do without
   */
  constructor(
    dialectLabel: string,
    programs: readonly string[],
    { reason, remedy }: { readonly reason: string | undefined; readonly remedy: string },
  ) {
    const found = reason === undefined ? 'is not installed, or not in PATH' : `cannot be started: ${reason}`
    super({
      code: 'TM_CLIENT_MISSING',
      message: `${dialectLabel}'s own client (${programs.join(' or ')}) ${found}.`,
      remedy,
      details: { dialect: dialectLabel, programs },
    })
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

/** Something in SQL that is opened and never closed. */
export class UnterminatedSqlError extends TidemarkError {
  override readonly name = 'UnterminatedSqlError'

  /**
   * @param closing what closes it
   * @param place where in the SQL it begins, and what stands from there on
   */
  constructor(
    what: string,
    closing: string,
    place: { readonly line: number; readonly column: number; readonly sql: string },
  ) {
    super({
      code: 'TM_UNTERMINATED_SQL',
      message: `The ${what} that begins at line ${place.line}, column ${place.column} of the SQL is never closed.`,
      remedy: `Close it with ${closing}.`,
      place,
    })
  }
}

/** Something in a script that is not for the server but for the program that usually sends such scripts to it. */
export class ClientCommandError extends TidemarkError {
  override readonly name = 'ClientCommandError'

  constructor(
    code: 'TM_CLIENT_COMMAND' | 'TM_COPY_FROM_STDIN',
    message: string,
    remedy: string,
    place: { readonly line: number; readonly column: number },
  ) {
    super({ code, message: `Line ${place.line}, column ${place.column}: ${message}`, remedy, place })
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

/** A session of a migrator that is gone would not end. */
export class ExpulsionError extends TidemarkError {
  override readonly name = 'ExpulsionError'

  constructor(server: string, mark: string) {
    super({
      code: 'TM_SESSION_LINGERS',
      kind: 'locked',
      message: `A session of the migrator that held the lock before is still at work, and ${server} does not end it (${mark}).`,
      remedy:
        'Wait until its statement has ended, or have an administrator end that session, then run the command again.',
      details: { mark },
    })
  }
}
