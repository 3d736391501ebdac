// A way to a PostgreSQL server that a test can encrypt, slow down and cut: it passes bytes on, and answers the client's
// wish for TLS by itself.

import { readFileSync } from 'node:fs'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface ProxyOptions {
  /** The certificate in tests/fixtures/tls to show; without one the wish for TLS is refused. */
  readonly certificate?: 'server' | 'other-host'
  /** Takes connections and never answers. */
  readonly isSilent?: boolean
  /** Ends a connection on which the client sends this. */
  readonly endsAt?: string
  /** Whether the server gets what the client sent last there; it does unless this says otherwise. */
  readonly passesLastOn?: boolean
  /** Takes no more connections once one was ended so. */
  readonly isLast?: boolean
  /** Ends a connection on which the server sends an error of this state, before it says that it is ready for more. */
  readonly endsBeforeReady?: string
  /** Answers with this error instead of letting anybody in. */
  readonly refusal?: { readonly state: string; readonly message: string }
}

export interface Proxy {
  readonly port: number
  /** How many connections were encrypted. */
  readonly encrypted: () => number
  /** Ends all connections at once, as a server does that is killed, and takes no more. */
  readonly cut: () => void
}

/** The code of SSLRequest: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const sslRequest = 80_877_103

const readyForQueryBytes = 6

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url))
}

export async function startProxy(address: string, options: ProxyOptions = {}): Promise<Proxy> {
  const { hostname, port } = new URL(address)
  const sockets = new Set<Socket>()
  let encrypted = 0
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    return socket
  }
  const server = createServer((client) => {
    keep(client)
    if (options.isSilent === true) return
    client.once('data', (first) => {
      const isRequest = first.length === 8 && first.readInt32BE(4) === sslRequest
      if (!isRequest) return join(client, first)
      client.write(options.certificate === undefined ? 'N' : 'S')
      if (options.certificate === undefined) return void client.once('data', (next) => join(client, next))
      encrypted += 1
      const secret = { key: pem('key', options.certificate), cert: pem('pem', options.certificate) }
      const secure = new TLSSocket(client, { isServer: true, ...secret })
      keep(secure).once('data', (next) => join(secure, next))
    })
  })
  const join = (client: Socket, first: Buffer) => {
    if (options.refusal !== undefined) {
      client.end(errorMessage(options.refusal))
      return
    }
    const target = keep(connect({ host: hostname, port: Number(port) }))
    target.write(first)
    const { endsAt, passesLastOn = true, isLast = false, endsBeforeReady } = options
    const end = () => {
      client.destroy()
      if (!passesLastOn) target.destroy()
      if (isLast) server.close()
    }
    if (endsAt !== undefined) client.on('data', (data) => data.includes(endsAt) && end())
    client.pipe(target)
    target.on('data', (data) => {
      if (endsBeforeReady !== undefined && data.includes(`C${endsBeforeReady}\0`))
        client.end(data.subarray(0, -readyForQueryBytes))
      else client.write(data)
    })
    target.on('close', () => client.end())
  }
  const cut = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(cut)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has such an address.
  return { port: (server.address() as AddressInfo).port, encrypted: () => encrypted, cut }
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-ERRORRESPONSE */
function errorMessage({ state, message }: NonNullable<ProxyOptions['refusal']>): Buffer {
  const fields = Buffer.from(['SFATAL', 'VFATAL', `C${state}`, `M${message}`, ''].join('\0') + '\0')
  const head = Buffer.alloc(5, 'E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

function pem(extension: string, name: string): Buffer {
  return readFileSync(fixture(`${name}.${extension}`))
}
