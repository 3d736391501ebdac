// The package mysql2, loaded when the first connection is made. Of it the core alone is taken: a plain connection, without
// pools, which takes 33 ms to load instead of 43 (mysql2 3.24.6, Node 20).

import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { driverMissing } from '../../connection-failure.js'

/** What tells how a column of a result is sent. */
export interface Field {
  readonly name: string
  /** The protocol's number of its type; see decode.ts. */
  columnType: number
  /** 63 is that of bytes. */
  characterSet: number
  readonly columnLength: number
  readonly flags: number
  /** Digits after the point; 31 and more where they vary. */
  readonly decimals: number
  /** MariaDB: `json`, which is a text to the protocol. */
  readonly extendedFormat?: string
}

/** What the server answers to a statement without rows. */
export interface OkPacket {
  readonly affectedRows: number
  readonly insertId: number | string
  readonly info: string
  readonly serverStatus: number
}

/** A value with the type that it is sent as. */
export interface TypedParameter {
  readonly type: number
  readonly value: unknown
}

export type DriverValue = string | number | Buffer | null | TypedParameter

export interface DriverCommand {
  on(event: 'fields', listener: (fields: Field[] | undefined) => void): unknown
}

export type DriverCallback = (error: Error | null, result: unknown) => void

export interface DriverConnection {
  readonly stream: Socket
  /** The server's number of the connection; null before it has greeted. */
  readonly threadId: number | null
  connect(callback: (error: Error | null, handshake?: { readonly serverVersion: string }) => void): void
  query(options: { sql: string }, callback: DriverCallback): DriverCommand
  execute(options: { sql: string; values: readonly DriverValue[] }, callback: DriverCallback): DriverCommand
  /** Goes over to TLS, after the server's greeting and before the password is sent. */
  startTLS(onSecure: (error?: Error) => void): void
  on(event: 'error', listener: (error: Error) => void): unknown
  /** The number that the server's next packet is to have. */
  sequenceId: number
  /** Takes a packet of the server's; without one, begins the next command. */
  handlePacket(packet?: { readonly sequenceId: number }): void
  end(): void
}

export interface DriverOptions {
  readonly host: string
  readonly port: number
  readonly socketPath: string | undefined
  readonly user: string
  readonly password: string | undefined
  readonly database: string | undefined
  readonly ssl: object | undefined
  readonly [option: string]: unknown
}

type IntegerParameter = ((value: bigint) => TypedParameter) & { unsigned(value: bigint): TypedParameter }

export interface MysqlDriver {
  createConnection(options: DriverOptions): DriverConnection
  readonly types: { readonly LONGLONG: IntegerParameter }
}

let loaded: MysqlDriver | undefined

/** @throws ConnectionError TM_DRIVER_MISSING */
export function loadDriver(label: string): MysqlDriver {
  loaded ??= load(label)
  return loaded
}

function load(label: string): MysqlDriver {
  const require = createRequire(import.meta.url)
  try {
    const folder = dirname(require.resolve('mysql2/package.json'))
    // What the two modules export is what the package's main module does: connect and TypedParameter.
    return {
      createConnection: require(join(folder, 'lib/create_connection.js')) as MysqlDriver['createConnection'],
      types: (require(join(folder, 'lib/packets/typed_parameter.js')) as Pick<MysqlDriver, 'types'>).types,
    }
  } catch (error) {
    throw driverMissing(label, 'mysql2', error)
  }
}
