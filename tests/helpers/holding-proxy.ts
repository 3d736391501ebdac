// A way to a server on which one packet is kept back until a test lets it go on, with all that comes after it on that
// connection: as a network does that stalls. Nothing may be encrypted.

import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'

export interface HoldingProxy {
  readonly port: number
  /** Settles when the packet is kept back. */
  readonly held: Promise<void>
  readonly release: () => void
}

/**
 * @param words what a client says on one connection, one after the other: what has the last of them is kept back
 */
export async function startHoldingProxy(address: string, words: readonly RegExp[]): Promise<HoldingProxy> {
  const { hostname, port } = new URL(address)
  const sockets: Socket[] = []
  let hold: () => void = () => undefined
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (hold = resolve))
  const released = new Promise<void>((resolve) => (release = resolve))
  const server = createServer((client) => {
    const target = connect({ host: hostname, port: Number(port) })
    for (const socket of [client, target]) {
      socket.on('error', () => undefined)
      sockets.push(socket)
    }
    target.pipe(client)
    client.on('close', () => target.destroy())
    // A server that ends a session may do so without a word.
    target.on('close', () => client.end())
    const expected = [...words]
    let isHeld = false
    let passed = Promise.resolve()
    client.on('data', (data) => {
      while (expected[0]?.test(data.toString('latin1')) === true) expected.shift()
      if (expected.length === 0 && !isHeld) {
        isHeld = true
        passed = released
        hold()
      }
      if (isHeld) void passed.then(() => target.write(data))
      else target.write(data)
    })
  })
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has such an address.
  return { port: (server.address() as AddressInfo).port, held, release }
}
