// Opens a connection, encrypted as asked, and sets up its session: the time zone, what counts as an error, how long it waits.

import type { SecureVersion, TLSSocket } from 'node:tls'
import { type ServerPlace, connectTimeoutMs } from '../../connection-failure.js'
import type { SessionOptions } from '../../dialect.js'
import { type TlsAttempt, tlsAttempts } from '../../tls.js'
import type { Flavour, MysqlServer } from '../server.js'
import { quoteText } from '../sql/literal.js'
import { MysqlConnection } from './connection.js'
import { connectionError, refusedSettings } from './connection-errors.js'
import { type DriverConnection, type MysqlDriver, loadDriver } from './driver.js'
import { errorCode, errorNumber } from './error-codes.js'
import { flavourOf, versionNumber } from './server-version.js'

export interface OpenConnection {
  readonly connection: MysqlConnection
  readonly server: MysqlServer
}

/** More of them are hardly ever in turn, and the server keeps each. */
const maxPreparedStatements = 100

const defaultCharset = 'utf8mb4'
const defaultCollation = 'utf8mb4_unicode_ci'

/** As in Laravel's strict mode. */
const strictModes = [
  'ONLY_FULL_GROUP_BY',
  'STRICT_TRANS_TABLES',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
]

/**
 * @param expected the flavour that the connection is configured as; the one that answers decides
 * @param withoutDatabase connects to the server alone
 * @throws ConnectionError
 */
export async function openConnection(
  options: SessionOptions,
  expected: Flavour,
  { withoutDatabase = false } = {},
): Promise<OpenConnection> {
  const driver = loadDriver(expected.label)
  const place = placeOf(options, expected.label)
  const reached = () => reach(driver, options, place, withoutDatabase)
  const { connection, version } = await reached()
  const flavour = await flavourOf(version, expected)
  const charset = options.server?.charset ?? defaultCharset
  const collation = options.server?.collation ?? (charset === defaultCharset ? defaultCollation : undefined)
  const open = new MysqlConnection(
    driver,
    connection,
    { ...place, label: flavour.label },
    async () => (await reached()).connection,
  )
  try {
    await open.run(settings(options, flavour, collation))
  } catch (error) {
    await open.close()
    throw refusedSettings(place, error)
  }
  return { connection: open, server: { flavour, version: versionNumber(version), charset, collation } }
}

/** The seconds that a statement waits for a lock of a row, and of a table, as SET takes them. */
export function lockWait(timeoutMs: number): string {
  const longest = 31_536_000
  const seconds = timeoutMs === 0 ? longest : Math.min(longest, Math.ceil(timeoutMs / 1000))
  return `innodb_lock_wait_timeout = ${seconds}, lock_wait_timeout = ${seconds}`
}

/** How SQL is read, and what is an error, as SET takes it. */
export function sqlMode({ sqlModes }: Flavour): string {
  return `sql_mode = '${[...strictModes, ...sqlModes].join(',')}'`
}

function settings(options: SessionOptions, flavour: Flavour, collation: string | undefined): string {
  const { foreignKeys, lockTimeoutMs, statementTimeoutMs = 0 } = options
  // What names the collation is of the character set of the connection only where that is the same.
  const collate =
    collation?.startsWith(`${defaultCharset}_`) === true ? ` collate ${quoteText(collation)}` : ''
  return [
    `set names '${defaultCharset}'${collate}`,
    "time_zone = '+00:00'",
    sqlMode(flavour),
    'autocommit = 1',
    // The errors' words are read: explanations.ts.
    "lc_messages = 'en_US'",
    `foreign_key_checks = ${foreignKeys ? 1 : 0}`,
    lockWait(lockTimeoutMs),
    flavour.statementTimeLimit(statementTimeoutMs),
  ].join(', ')
}

/** Where the options lead, with what they leave out. */
export function placeOf({ server, database }: SessionOptions, label: string): ServerPlace {
  return {
    label,
    host: server?.host ?? '127.0.0.1',
    port: server?.port ?? 3306,
    socket: server?.socket,
    database,
    username: server?.username ?? 'root',
  }
}

interface Reached {
  readonly connection: DriverConnection
  /** As the server greets with it. */
  readonly version: string
}

async function reach(
  driver: MysqlDriver,
  { server }: SessionOptions,
  place: ServerPlace,
  withoutDatabase: boolean,
): Promise<Reached> {
  const tls = server?.tls ?? { mode: undefined, caFile: undefined }
  const attempts = tlsAttempts(tls, place.host, place.socket !== undefined)
  let failure: unknown
  for (const attempt of attempts) {
    try {
      return await connect(driver, place, attempt, server?.password?.reveal(), withoutDatabase)
    } catch (error) {
      // That there is no other way either, is not why the first one failed.
      if (failure === undefined || errorCode(error) !== 'HANDSHAKE_NO_SSL_SUPPORT') failure = error
      if (!isWorthAnotherWay(error, attempt)) break
    }
  }
  throw connectionError(place, failure, {
    hasPassword: server?.password !== undefined,
    tlsMode: tls.mode ?? 'prefer',
  })
}

/** Whether to go on to the next way of connecting: the other of encrypted and not. */
function isWorthAnotherWay(error: unknown, attempt: TlsAttempt): boolean {
  if (attempt !== undefined)
    return ['HANDSHAKE_NO_SSL_SUPPORT', 'HANDSHAKE_SSL_ERROR'].includes(errorCode(error) ?? '')
  // ER_ACCESS_DENIED_ERROR, ER_SECURE_TRANSPORT_REQUIRED
  return [1045, 3159].includes(errorNumber(error) ?? 0)
}

const minVersion: SecureVersion = 'TLSv1.2'

async function connect(
  driver: MysqlDriver,
  place: ServerPlace,
  tls: TlsAttempt,
  password: string | undefined,
  withoutDatabase: boolean,
): Promise<Reached> {
  const connection = driver.createConnection({
    host: place.host,
    port: place.port,
    socketPath: place.socket,
    user: place.username,
    password,
    database: withoutDatabase ? undefined : place.database,
    ssl: tls && { rejectUnauthorized: tls.rejectUnauthorized, ca: tls.ca, minVersion },
    charset: 'UTF8MB4_UNICODE_CI',
    // Files are never sent. Of an update the server says both how many rows matched and how many changed: see row-counts.ts.
    flags: ['-LOCAL_FILES', '-ODBC', '-IGNORE_SPACE', '-FOUND_ROWS'],
    connectTimeout: connectTimeoutMs,
    maxPreparedStatements,
    dateStrings: true,
    jsonStrings: true,
    supportBigNumbers: true,
  })
  if (tls !== undefined) checkCertificate(connection, place.host, tls)
  acceptUnasked(connection)
  return await new Promise<Reached>((resolve, reject) => {
    connection.on('error', reject)
    connection.connect((error, handshake) => {
      if (error === null) return resolve({ connection, version: handshake?.serverVersion ?? '' })
      connection.stream.destroy()
      reject(error)
    })
  })
}

/**
 * What the server says unasked, before it ends a session that was idle for too long, has the number 0. Where a statement
 * was sent meanwhile, the driver takes it for the answer, which is well, and warns of its number on standard error.
 */
function acceptUnasked(connection: DriverConnection): void {
  const handlePacket = connection.handlePacket.bind(connection)
  connection.handlePacket = (packet) => {
    if (packet?.sequenceId === 0) connection.sequenceId = 0
    handlePacket(packet)
  }
}

/**
 * The driver would compare the certificate with `localhost` where the host is an IP address, and it replaces the code
 * that tells what is wrong with a certificate by one of its own.
 */
function checkCertificate(connection: DriverConnection, host: string, tls: NonNullable<TlsAttempt>): void {
  const startTLS = connection.startTLS.bind(connection)
  connection.startTLS = (onSecure) => {
    startTLS((error) => {
      const { stream } = connection
      // The driver has replaced the socket by the encrypted one before it calls back.
      const fault = error ?? tls.checkServerIdentity(host, (stream as TLSSocket).getPeerCertificate())
      onSecure(fault === undefined ? undefined : Object.assign(fault, { tlsCode: errorCode(fault) }))
    })
  }
}
