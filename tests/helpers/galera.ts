// The nodes of the Galera cluster under test.

import { createConnection } from 'mysql2/promise'
import type { RowDataPacket } from 'mysql2/promise'

/** The address of the same database on another node, which the given one knows of. It is there when the promise settles. */
export async function onAnotherNode(address: string): Promise<string> {
  const node = new URL(address)
  const [row] = await ask(node, ["show status like 'wsrep_incoming_addresses'"])
  const other = String(row?.['Value'])
    .split(',')
    .find((host) => host !== node.host)
  if (other === undefined) throw new Error(`The node at ${node.host} is the only one of its cluster.`)
  node.host = other
  // What was made on one node is there on another a little later.
  await ask(new URL('/', node), ['set session wsrep_sync_wait = 1', 'show databases'])
  return node.href
}

/** The rows that the last of the statements gives. */
async function ask(node: URL, statements: readonly string[]): Promise<readonly RowDataPacket[]> {
  const connection = await createConnection(node.href)
  try {
    let rows: readonly RowDataPacket[] = []
    for (const sql of statements) [rows] = await connection.query<RowDataPacket[]>(sql)
    return rows
  } finally {
    await connection.end()
  }
}
