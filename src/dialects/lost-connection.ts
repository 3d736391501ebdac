// What every later call on a session gets whose connection is gone. Plain errors: `Dialect.explain` reads them, so that
// they come out with the statement that met them.

import { messageOf } from '../support/errors.js'
import { type ServerPlace, addressOf } from './connection-failure.js'
import type { DatabaseProblem } from './dialect.js'

/** The server or the network ended an open connection. */
export class LostConnection extends Error {
  constructor(place: ServerPlace, cause: unknown) {
    super(
      `The connection to ${addressOf(place)} was lost: ${messageOf(cause).replace(/^Connection lost: |\.$/g, '')}.`,
      {
        cause,
      },
    )
  }
}

/** The session was closed by whoever opened it. */
export class ClosedConnection extends Error {
  constructor(place: ServerPlace) {
    super(`The connection to ${addressOf(place)} is closed.`)
  }
}

/** What the user may be told of one of the two; undefined for any other error. */
export function explainLostConnection(error: unknown): DatabaseProblem | undefined {
  if (error instanceof LostConnection) {
    return {
      kind: 'connection-lost',
      message: error.message,
      remedy: 'See that the server is up, and run the command again; what was not committed was rolled back.',
    }
  }
  if (!(error instanceof ClosedConnection)) return undefined
  return {
    kind: 'connection-lost',
    message: error.message,
    remedy: 'Open another connection, and close it last.',
  }
}
