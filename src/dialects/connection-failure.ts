// Why a server was not reached, in words that name the server, the database and the user, and never the password. What
// the network says is the same for every driver; what a server says is told apart in its own dialect's folder.

import { messageOf } from '../support/errors.js'
import { ConnectionError, type ConnectionFailure } from './errors.js'

/** Where a connection leads, as far as it may be shown. */
export interface ServerPlace {
  /** `PostgreSQL`. */
  readonly label: string
  readonly host: string
  readonly port: number
  /** Wins over host and port. */
  readonly socket: string | undefined
  readonly database: string
  readonly username: string
}

/** How long a server may take to answer before it counts as not there. */
export const connectTimeoutMs = 10_000

/** `127.0.0.1:5432`, `[::1]:5432`, or the path of a socket. */
export function addressOf({ host, port, socket }: Pick<ServerPlace, 'host' | 'port' | 'socket'>): string {
  return socket ?? `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** An error about reaching `place`; `what` is a sentence's second half. */
export function connectionFailure(
  place: ServerPlace,
  code: ConnectionFailure['code'],
  what: string,
  remedy: string,
  cause?: unknown,
): ConnectionError {
  const { label, host, port, socket, database, username } = place
  return new ConnectionError({
    code,
    message: `${label} at ${addressOf(place)} ${what.replace(/\.$/, '')}.`,
    remedy,
    details: { ...(socket === undefined ? { host, port } : { socket }), database, username },
    ...(cause !== undefined && { cause }),
  })
}

/** What the network or the certificate's check says; undefined where the error is neither's. */
export function networkFailure(place: ServerPlace, error: unknown): ConnectionError | undefined {
  const code = networkCode(error)
  if (code === undefined) return undefined
  const [what, remedy] = byNetworkCode(place)[code] ?? certificateFault(code, error) ?? []
  if (what === undefined || remedy === undefined) return undefined
  return connectionFailure(place, 'TM_CONNECTION_FAILED', what, remedy, error)
}

export function connectTimedOut(place: ServerPlace, cause?: unknown): ConnectionError {
  const what = `did not answer within ${connectTimeoutMs / 1000} s`
  return connectionFailure(place, 'TM_CONNECTION_FAILED', what, reachRemedy(place), cause)
}

/** It let the user in, and was gone before the session was set up. */
export function closedTooSoon(place: ServerPlace, cause: unknown): ConnectionError {
  const what = 'closed the connection before it was open'
  return connectionFailure(place, 'TM_CONNECTION_FAILED', what, reachRemedy(place), cause)
}

/** The server answered, and knows no such user or took another password. */
export function accessDenied(place: ServerPlace, hasPassword: boolean, cause: unknown): ConnectionError {
  const password = hasPassword ? 'with the configured password' : 'without a password'
  return connectionFailure(
    place,
    'TM_ACCESS_DENIED',
    `does not let "${place.username}" in ${password} (${messageOf(cause)})`,
    'Check DB_USERNAME and DB_PASSWORD, and that the server lets this user in from here.',
    cause,
  )
}

export function databaseMissing(place: ServerPlace, ownCommand: string, cause: unknown): ConnectionError {
  return connectionFailure(
    place,
    'TM_DATABASE_MISSING',
    `has no database "${place.database}"`,
    `Check DB_DATABASE, or make it: tidemark migrate offers to, or run ${ownCommand}.`,
    cause,
  )
}

export function tooManyConnections(place: ServerPlace, cause: unknown): ConnectionError {
  return connectionFailure(
    place,
    'TM_CONNECTION_FAILED',
    `takes no more connections (${messageOf(cause)})`,
    'Close idle connections, put a pooler in front of the server, or raise its max_connections.',
    cause,
  )
}

export function tlsNotOffered(place: ServerPlace, mode: string, cause?: unknown): ConnectionError {
  return connectionFailure(
    place,
    'TM_CONNECTION_FAILED',
    `offers no TLS, which sslmode "${mode}" asks for`,
    'Switch TLS on at the server, or set the connection option sslMode to "prefer" or "disable".',
    cause,
  )
}

/** The driver's package is not installed, or cannot be loaded. */
export function driverMissing(label: string, packageName: string, cause: unknown): ConnectionError {
  return new ConnectionError({
    code: 'TM_DRIVER_MISSING',
    message: `${label} needs the package "${packageName}", which cannot be loaded: ${messageOf(cause).split('\n')[0]}`,
    remedy: `Run: npm install ${packageName}`,
    details: { package: packageName },
    cause,
  })
}

/** The code of a socket's, resolver's or certificate's error. Several tried addresses come as one AggregateError. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? networkCode(error.errors[0]) : undefined
}

type Fault = readonly [what: string, remedy: string]

function byNetworkCode(place: ServerPlace): Readonly<Record<string, Fault>> {
  const { host, socket } = place
  const reach = reachRemedy(place)
  const resolver: Fault = [
    `cannot be found: there is no host "${host}"`,
    'Check DB_HOST (or the address in DB_URL) and the name server.',
  ]
  const lost: Fault = ['closed the connection before it was open', reach]
  return {
    ECONNREFUSED: ['refused the connection', reach],
    ENOTFOUND: resolver,
    EAI_AGAIN: resolver,
    ETIMEDOUT: ['did not answer', reach],
    EHOSTUNREACH: ['cannot be reached from here', reach],
    ENETUNREACH: ['cannot be reached from here', reach],
    ENETDOWN: ['cannot be reached from here', reach],
    EADDRNOTAVAIL: ['cannot be reached from here', reach],
    ECONNRESET: lost,
    EPIPE: lost,
    ENOENT: ['is not there', `Check that the server is running and that its socket is ${socket ?? ''}.`],
    ENOTSOCK: ['is not a socket', 'Check DB_SOCKET.'],
    EACCES: [
      'may not be opened by this user',
      'Give this user the right to use the socket, or connect by host and port.',
    ],
    EPERM: [
      'may not be opened by this user',
      'Check what stands between here and the server, such as a firewall.',
    ],
    EPROTO: ['does not speak TLS as expected', 'Check the port, and the connection option sslMode.'],
  }
}

/** OpenSSL's and Node's codes for a certificate that is not trusted: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateCode =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_)/

function certificateFault(code: string, error: unknown): Fault | undefined {
  if (!certificateCode.test(code)) return undefined
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? [
        `has a certificate for another host (${messageOf(error)})`,
        'Connect by the name that the certificate has, or set the connection option sslMode to "verify-ca".',
      ]
    : [
        `has a certificate that is not trusted, or no TLS that works here (${messageOf(error)})`,
        'Name the certificate authority with the connection option sslCa, or set sslMode to "require" to go unchecked.',
      ]
}

function reachRemedy({ host, port, socket }: ServerPlace): string {
  return socket === undefined
    ? `Check that a server is running at host ${host}, port ${port} (DB_HOST, DB_PORT, or DB_URL).`
    : `Check that a server is running and that its socket is ${socket} (DB_SOCKET).`
}
