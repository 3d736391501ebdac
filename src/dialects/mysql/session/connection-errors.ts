// What a server says when it lets nobody in, told apart by its numbers:
// https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html

import { messageOf } from '../../../support/errors.js'
import {
  type ServerPlace,
  accessDenied,
  closedTooSoon,
  connectTimedOut,
  connectionFailure,
  databaseMissing,
  networkFailure,
  tlsNotOffered,
  tooManyConnections,
} from '../../connection-failure.js'
import type { ConnectionError } from '../../errors.js'
import { LostConnection } from '../../lost-connection.js'
import { quoteIdentifier } from '../sql/literal.js'
import { errorCode, errorNumber } from './error-codes.js'

export interface Attempted {
  readonly hasPassword: boolean
  readonly tlsMode: string
}

export function connectionError(place: ServerPlace, error: unknown, attempted: Attempted): ConnectionError {
  return (
    byNumber(place, error, attempted) ??
    byDriverCode(place, error, attempted) ??
    networkFailure(place, error) ??
    connectionFailure(
      place,
      'TM_CONNECTION_FAILED',
      `did not open a connection: ${messageOf(error)}`,
      'Check that host and port are those of a MySQL or MariaDB server.',
      error,
    )
  )
}

/** The session's own settings were refused, or the server was gone by then. */
export function refusedSettings(place: ServerPlace, error: unknown): ConnectionError {
  if (error instanceof LostConnection) return closedTooSoon(place, error)
  return connectionFailure(
    place,
    'TM_CONNECTION_FAILED',
    `does not take the settings of the session: ${messageOf(error)}`,
    'Check the connection options charset and collation (DB_CHARSET, DB_COLLATION).',
    error,
  )
}

function byNumber(
  place: ServerPlace,
  error: unknown,
  { hasPassword, tlsMode }: Attempted,
): ConnectionError | undefined {
  const { database, username } = place
  switch (errorNumber(error) ?? 0) {
    case 1045: // ER_ACCESS_DENIED_ERROR
    case 1698: // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
      return accessDenied(place, hasPassword, error)
    case 1044: // ER_DBACCESS_DENIED_ERROR
      return connectionFailure(
        place,
        'TM_ACCESS_DENIED',
        `does not let "${username}" use the database "${database}"`,
        `Check DB_DATABASE, or grant the user the right: grant all on ${quoteIdentifier(database)}.* to the user.`,
        error,
      )
    case 1049: // ER_BAD_DB_ERROR
      return databaseMissing(place, `create database ${quoteIdentifier(database)}`, error)
    case 1040: // ER_CON_COUNT_ERROR
    case 1203: // ER_TOO_MANY_USER_CONNECTIONS
    case 1226: // ER_USER_LIMIT_REACHED
      return tooManyConnections(place, error)
    case 1129: // ER_HOST_IS_BLOCKED
    case 1130: // ER_HOST_NOT_PRIVILEGED
      return connectionFailure(
        place,
        'TM_ACCESS_DENIED',
        `lets nobody in from this host (${messageOf(error)})`,
        `Make a user for this host at the server, or connect from one that it knows.`,
        error,
      )
    case 3118: // ER_ACCOUNT_HAS_BEEN_LOCKED
    case 4151: // ER_ACCOUNT_HAS_BEEN_LOCKED of MariaDB
    case 1820: // ER_MUST_CHANGE_PASSWORD
    case 1862: // ER_MUST_CHANGE_PASSWORD_LOGIN
      return connectionFailure(
        place,
        'TM_ACCESS_DENIED',
        `does not let "${username}" in (${messageOf(error)})`,
        'Unlock the account or renew its password, with the mysql client as an administrator.',
        error,
      )
    case 3159: // ER_SECURE_TRANSPORT_REQUIRED
      return connectionFailure(
        place,
        'TM_CONNECTION_FAILED',
        `takes only encrypted connections, and sslmode is "${tlsMode}"`,
        'Set the connection option sslMode to "prefer" or "require".',
        error,
      )
    default:
      return undefined
  }
}

function byDriverCode(
  place: ServerPlace,
  error: unknown,
  { tlsMode }: Attempted,
): ConnectionError | undefined {
  switch (errorCode(error) ?? '') {
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return tlsNotOffered(place, tlsMode, error)
    case 'HANDSHAKE_SSL_ERROR':
      return networkFailure(place, withTlsCode(error))
    case 'ETIMEDOUT':
      return connectTimedOut(place, error)
    case 'PROTOCOL_CONNECTION_LOST':
      return networkFailure(place, Object.assign(new Error(messageOf(error)), { code: 'ECONNRESET' }))
    case 'AUTH_SWITCH_PLUGIN_ERROR':
      return connectionFailure(
        place,
        'TM_ACCESS_DENIED',
        `asks "${place.username}" for a way to log in that cannot be used (${messageOf(error)})`,
        'Let the user log in with caching_sha2_password or mysql_native_password, at the server.',
        error,
      )
    default:
      return undefined
  }
}

/** With the code that the driver has replaced. */
function withTlsCode(error: unknown): Error {
  const code = error instanceof Error && 'tlsCode' in error ? error.tlsCode : undefined
  return Object.assign(new Error(messageOf(error)), {
    code: typeof code === 'string' ? code : 'ERR_SSL_HANDSHAKE',
  })
}
