// What the driver's errors carry beside their words: the server's number, or the network's code.

/** Errors after which the server, or the driver, has ended the connection. */
const endings: ReadonlySet<number | string> = new Set([
  // ER_SERVER_SHUTDOWN, ER_NET_READ_ERROR and the like, ER_CONNECTION_KILLED (MariaDB), ER_CLIENT_INTERACTION_TIMEOUT
  1053,
  1158,
  1159,
  1160,
  1161,
  1927,
  4031,
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

/** The server's number of an error; undefined for one that the server did not send. */
export function errorNumber(error: unknown): number | undefined {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' && error.errno > 0
    ? error.errno
    : undefined
}

/** The driver's or the network's code: `ECONNREFUSED`, `ER_NO_SUCH_TABLE`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export function endsConnection(error: unknown): boolean {
  const isFatal = error instanceof Error && 'fatal' in error && error.fatal === true
  return isFatal || endings.has(errorNumber(error) ?? '') || endings.has(errorCode(error) ?? '')
}
