// The npm package `pg`, loaded when the first connection is made, and what of it the types do not tell.

import { once } from '../../../support/once.js'
import type { Client, ClientConfig, QueryArrayConfig } from 'pg'
import { driverMissing } from '../../connection-failure.js'

export type { Client, ClientConfig, QueryArrayConfig }

/** The part of a client's connection that is used here; in each release of `pg` 8, and in none of its types. */
export interface ClientConnection {
  on(event: 'readyForQuery', listener: (message: { readonly status: string }) => void): void
  readonly stream: { destroy(): void }
}

/** What the server gave with which a statement can be cancelled from another connection. */
export interface CancelKey {
  /** Null where nobody has said. */
  readonly processID: number | null
  readonly secretKey: number
}

/** A connection on which nothing is said but that a statement is to be cancelled; the server closes it. */
interface CancelConnection {
  connect(port: number, host: string): void
  requestSsl(): void
  cancel(processID: number, secretKey: number): void
  once(event: 'connect' | 'sslconnect' | 'end', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
}

/** @throws ConnectionError TM_DRIVER_MISSING */
export const loadClient = once(async (): Promise<new (config: ClientConfig) => Client> => {
  try {
    return (await import('pg')).default.Client
  } catch (error) {
    throw driverMissing('PostgreSQL', 'pg', error)
  }
})

export function cancelKeyOf(client: Client): CancelKey {
  // Both are public, and not declared.
  return client as unknown as CancelKey
}

/** Sends a cancel request: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS */
export async function sendCancel(
  { host, port, ssl }: Pick<ClientConfig, 'host' | 'port' | 'ssl'>,
  { processID, secretKey }: CancelKey,
): Promise<void> {
  const { Connection } = (await import('pg')).default as unknown as {
    readonly Connection: new (options: object) => CancelConnection
  }
  const connection = new Connection({ ssl: ssl ?? false })
  await new Promise<void>((resolve) => {
    const send = () => connection.cancel(processID ?? 0, secretKey)
    connection.once('connect', () => (ssl ? connection.requestSsl() : send()))
    connection.once('sslconnect', send)
    connection.once('end', () => resolve())
    // There may be several, of the socket and of what encrypts it, and one that nobody listens to ends the process.
    connection.on('error', () => resolve())
    connection.connect(
      port ?? 5432,
      host?.startsWith('/') === true ? `${host}/.s.PGSQL.${port ?? 5432}` : (host ?? ''),
    )
  })
}

export function connectionOf(client: Client): ClientConnection {
  // See above: the property is public, and not declared.
  return (client as unknown as { readonly connection: ClientConnection }).connection
}
