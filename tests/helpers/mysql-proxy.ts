// A way to a MySQL or MariaDB server that a test can encrypt, slow down and cut. It passes bytes on; of the greeting it
// changes whether TLS is offered, and does the TLS by itself, so that any server can be asked any way.

import { readFileSync } from 'node:fs'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import { fixture } from './postgres-proxy.js'

export interface ProxyOptions {
  /** The certificate in tests/fixtures/tls to show; without one no TLS is offered. */
  readonly certificate?: 'server' | 'other-host'
  /** Takes connections and never answers. */
  readonly isSilent?: boolean
  /** Ends a connection on which the client sends this. */
  readonly endsAt?: string
  /** Greets with this error instead of letting anybody in. */
  readonly refusal?: { readonly errno: number; readonly message: string }
}

export interface Proxy {
  readonly port: number
  /** How many connections were encrypted. */
  readonly encrypted: () => number
  /** How many connections there were. */
  readonly connections: () => number
  /** Ends all connections at once, as a server does that is killed, and takes no more. */
  readonly cut: () => void
}

/** CLIENT_SSL: https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html */
const tlsFlag = 0x08
/** Of the two bytes in which it is, the second. */
const ofTlsFlag = 1

export async function startProxy(address: string, options: ProxyOptions = {}): Promise<Proxy> {
  const { hostname, port } = new URL(address)
  const sockets = new Set<Socket>()
  let encrypted = 0
  let connections = 0
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    return socket
  }
  const server = createServer((client) => {
    keep(client)
    connections += 1
    const { endsAt } = options
    if (endsAt !== undefined) client.on('data', (data) => data.includes(endsAt) && client.destroy())
    if (options.isSilent === true) return
    if (options.refusal !== undefined) {
      client.end(errorPacket(options.refusal))
      return
    }
    const target = keep(connect({ host: hostname, port: Number(port) }))
    target.once('data', (greeting) => {
      client.write(withTls(greeting, options.certificate !== undefined))
      client.once('data', (first) => {
        if (first.readUIntLE(0, 3) !== 32) return join(client, target, first)
        encrypted += 1
        // The client may not have waited before it went on in TLS.
        client.pause()
        client.unshift(first.subarray(36))
        const secure = keep(new TLSSocket(client, { isServer: true, ...keyAndCertificate(options) }))
        secure.once('data', (response) => joinEncrypted(secure, target, response))
      })
    })
  })
  const cut = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(cut)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A server that listens on TCP has such an address.
    port: (server.address() as AddressInfo).port,
    encrypted: () => encrypted,
    connections: () => connections,
    cut,
  }
}

function join(client: Socket, target: Socket, first: Buffer): void {
  target.write(first)
  client.pipe(target).pipe(client)
}

/** To the server there was no TLS: packets of the log-in are numbered one less there, and the answer one more here. */
function joinEncrypted(client: Socket, target: Socket, response: Buffer): void {
  response.writeUInt8(response.readUInt8(4 + ofTlsFlag) & ~tlsFlag, 4 + ofTlsFlag)
  target.write(renumbered(response, -1))
  target.once('data', (answer) => {
    client.write(renumbered(answer, 1))
    client.pipe(target).pipe(client)
  })
}

/** Each test's log-in is answered by one packet, because it has no password. */
function renumbered(packet: Buffer, by: number): Buffer {
  packet.writeUInt8(packet.readUInt8(3) + by, 3)
  return packet
}

/** The capabilities stand behind the version, a thread's number, eight bytes of salt and a filler. */
function withTls(greeting: Buffer, isOffered: boolean): Buffer {
  const at = greeting.indexOf(0, 5) + 1 + 4 + 8 + 1 + ofTlsFlag
  const flags = greeting.readUInt8(at)
  greeting.writeUInt8(isOffered ? flags | tlsFlag : flags & ~tlsFlag, at)
  return greeting
}

function errorPacket({ errno, message }: NonNullable<ProxyOptions['refusal']>): Buffer {
  const text = Buffer.from(message)
  const head = Buffer.from([text.length + 3, 0, 0, 0, 0xff, errno & 0xff, errno >> 8])
  return Buffer.concat([head, text])
}

function keyAndCertificate({ certificate = 'server' }: ProxyOptions): { key: Buffer; cert: Buffer } {
  return {
    key: readFileSync(fixture(`${certificate}.key`)),
    cert: readFileSync(fixture(`${certificate}.pem`)),
  }
}
