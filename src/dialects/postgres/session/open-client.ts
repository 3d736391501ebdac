// Reaches the server: where it is, encrypted or not as `sslmode` says, and why not where it cannot be reached.

import { userInfo } from 'node:os'
import type { SessionOptions, TlsOptions } from '../../dialect.js'
import { ConnectionError } from '../../errors.js'
import { type ServerPlace, connectTimeoutMs, tlsNotOffered } from '../../connection-failure.js'
import { type TlsAttempt, tlsAttempts } from '../../tls.js'
import { explainConnecting, isAgainstRules, isTlsMissing, mayTryOtherwise } from './connect-errors.js'
import { type Client, type ClientConfig, connectionOf, loadClient } from './driver.js'
import { Wire } from './wire.js'

const defaultHost = '127.0.0.1'
const defaultPort = 5432
const noTls: TlsOptions = { mode: undefined, caFile: undefined }

/** @throws ConnectionError */
export async function openWire(options: SessionOptions): Promise<Wire> {
  const place = placeOf(options)
  const { server } = options
  const config: ClientConfig = {
    host: socketFolder(server?.socket)?.path ?? place.host,
    port: place.port,
    user: place.username,
    database: place.database,
    password: server?.password?.reveal(),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    fallback_application_name: 'tidemark',
  }
  const tls = server?.tls ?? noTls
  return await openFirst(place, config, tls, tlsAttempts(tls, place.host, place.socket !== undefined))
}

/** Where the options lead, with PostgreSQL's own defaults. */
export function placeOf({ database, server }: SessionOptions): ServerPlace {
  const folder = socketFolder(server?.socket)
  const port = folder?.port ?? server?.port ?? defaultPort
  return {
    label: 'PostgreSQL',
    host: server?.host ?? defaultHost,
    port,
    socket: folder && `${folder.path}/.s.PGSQL.${port}`,
    database,
    username: server?.username ?? process.env['PGUSER'] ?? userInfo().username,
  }
}

/** The ways in turn, as long as what failed may be the encryption. */
async function openFirst(
  place: ServerPlace,
  config: ClientConfig,
  { mode = 'prefer' }: TlsOptions,
  attempts: readonly TlsAttempt[],
): Promise<Wire> {
  const failures: unknown[] = []
  for (const attempt of attempts) {
    try {
      const reached = { ...config, ssl: attempt ?? false }
      return new Wire(await connect(reached), place, reached)
    } catch (error) {
      // The driver is not there.
      if (error instanceof ConnectionError) throw error
      failures.push(error)
      if (!mayTryOtherwise(error)) break
    }
  }
  const failure = mostTelling(failures)
  throw isTlsMissing(failure)
    ? tlsNotOffered(place, mode, failure)
    : explainConnecting(place, failure, config.password !== undefined)
}

/** The last one, unless the server's rules let the user in neither way: then it is no matter of encryption. */
function mostTelling(failures: readonly unknown[]): unknown {
  const last = failures.at(-1)
  return isAgainstRules(last) ? failures.find(isAgainstRules) : last
}

async function connect(config: ClientConfig): Promise<Client> {
  const Client = await loadClient()
  const client = new Client(config)
  // What goes wrong after the first error is of no more interest, and must not end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    connectionOf(client).stream.destroy()
    throw error
  }
}

/** The folder of `/run/postgresql` or of `/run/postgresql/.s.PGSQL.5433`, the socket itself. */
function socketFolder(socket: string | undefined): { path: string; port: number | undefined } | undefined {
  if (socket === undefined) return undefined
  const [, path = '', port] = /^(.*)\/\.s\.PGSQL\.(\d+)$/.exec(socket) ?? []
  return port === undefined
    ? { path: socket.replace(/(?<=.)\/+$/, ''), port: undefined }
    : { path, port: Number(port) }
}
