// Why PostgreSQL, or the pooler in front of it, lets nobody in.

import { messageOf } from '../../../support/errors.js'
import {
  type ServerPlace,
  accessDenied,
  closedTooSoon,
  connectTimedOut,
  connectionFailure,
  databaseMissing,
  networkFailure,
  tooManyConnections,
} from '../../connection-failure.js'
import type { ConnectionError } from '../../errors.js'
import { LostConnection } from '../../lost-connection.js'
import { quoteIdentifier } from '../sql/literal.js'
import { sqlState } from './sql-state.js'

// What npm's pg says by itself, without a code.
const tlsMissing = 'The server does not support SSL connections'
const timedOut = 'timeout expired'
const noPassword = /client password must be a (?:non-empty )?string/
const ended = /^Connection terminated/

export function isTlsMissing(error: unknown): boolean {
  return messageOf(error) === tlsMissing
}

/** The server stops, has lost another session, or has not started yet. */
const notReady: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03'])

/** Whether the server's rules (pg_hba.conf) let nobody in who comes so. */
export function isAgainstRules(error: unknown): boolean {
  return sqlState(error) === '28000'
}

/** Whether the same may go well with encryption, or without: the rules may ask for either. */
export function mayTryOtherwise(error: unknown): boolean {
  if (sqlState(error) !== undefined) return isAgainstRules(error)
  const isUnreachable = error instanceof Error && 'code' in error && /^E[A-Z]/.test(String(error.code))
  const message = messageOf(error)
  return !isUnreachable && message !== timedOut && !noPassword.test(message)
}

export function explainConnecting(place: ServerPlace, error: unknown, hasPassword: boolean): ConnectionError {
  if (error instanceof LostConnection) return closedTooSoon(place, error)
  return (
    byState(place, error, hasPassword) ??
    byWords(place, error) ??
    networkFailure(place, error) ??
    connectionFailure(
      place,
      'TM_CONNECTION_FAILED',
      `cannot be connected to: ${messageOf(error)}`,
      'Check the connection options, and the log of the server.',
      error,
    )
  )
}

function byState(place: ServerPlace, error: unknown, hasPassword: boolean): ConnectionError | undefined {
  const state = sqlState(error) ?? ''
  if (['28000', '28P01', '42501'].includes(state)) return accessDenied(place, hasPassword, error)
  if (state === '3D000') return missing(place, error)
  if (state === '53300') return tooManyConnections(place, error)
  if (!notReady.has(state)) return undefined
  return connectionFailure(
    place,
    'TM_CONNECTION_FAILED',
    `is not ready (${messageOf(error)})`,
    'Wait until it has started, and run the command again.',
    error,
  )
}

function missing(place: ServerPlace, error: unknown): ConnectionError {
  return databaseMissing(place, `createdb ${quoteIdentifier(place.database)}`, error)
}

function byWords(place: ServerPlace, error: unknown): ConnectionError | undefined {
  const message = messageOf(error)
  if (message === timedOut) return connectTimedOut(place, error)
  if (noPassword.test(message)) return accessDenied(place, false, new Error('it asks for one'))
  // PgBouncer has no states of its own: whatever is wrong is a breach of protocol.
  if (/no such database|^database ".*" does not exist/.test(message)) return missing(place, error)
  if (/no such user|(?:password|SASL) authentication failed/.test(message))
    return accessDenied(place, true, error)
  if (!ended.test(message)) return undefined
  return connectionFailure(
    place,
    'TM_CONNECTION_FAILED',
    'closed the connection before it was open',
    `Check that PostgreSQL is what answers at host ${place.host}, port ${place.port}.`,
    error,
  )
}
