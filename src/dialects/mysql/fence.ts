// The fence on MySQL and MariaDB. The mark is a user lock of the token's name, which tells every session of the server
// which connection has it. On a Galera cluster it is known to its own node alone; there the limit on idleness ends a
// session that another node cannot see, and reads wait for what other nodes have committed.

import { setTimeout as pause } from 'node:timers/promises'
import type { Fence, Session } from '../dialect.js'
import { ExpulsionError } from '../errors.js'
import type { MysqlServer } from './server.js'

const pauseMs = 50
const patienceMs = 10_000
/** The server's own default, in seconds: https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html */
const usualIdleLimit = 28_800

export const fenceOf = ({ flavour, version }: MysqlServer): Fence => ({
  endsIdleSessions: true,
  afresh: flavour.afresh(version),

  async raise(session, token, idleLimitMs) {
    await session.query('select get_lock(?, 0)', [markOf(token)])
    await session.execute(`set session wait_timeout = ${Math.ceil(idleLimitMs / 1000)}`)
    if (await isInCluster(session)) await session.execute('set session wsrep_sync_wait = 1')
  },

  async lower(session) {
    await session.query('select release_all_locks()')
    await session.execute(`set session wait_timeout = ${usualIdleLimit}`)
  },

  async expel(session, token) {
    const until = performance.now() + patienceMs
    for (let id = await holderOf(session, token); id !== undefined; id = await holderOf(session, token)) {
      if (performance.now() > until) throw new ExpulsionError('the server', markOf(token))
      // It may have ended by itself in the meantime.
      await session.execute(`kill ${id}`).catch(() => undefined)
      await pause(pauseMs)
    }
  },
})

/** At most 64 characters, which is MySQL's limit. */
function markOf(token: string): string {
  return `tidemark ${token}`
}

async function holderOf(session: Session, token: string): Promise<bigint | undefined> {
  const [row] = await session.query('select is_used_lock(?) as id', [markOf(token)])
  const id = row?.['id']
  return typeof id === 'number' || typeof id === 'bigint' ? BigInt(id) : undefined
}

async function isInCluster(session: Session): Promise<boolean> {
  const [row] = await session.query("show variables like 'wsrep_on'")
  return row !== undefined && Object.values(row).includes('ON')
}
