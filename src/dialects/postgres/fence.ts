// The fence on PostgreSQL. The mark is the session's application_name: it is seen by every other session of the same role,
// and PgBouncer carries it over to whichever connection serves the client, which it does for no lock and no other setting.

import { setTimeout as pause } from 'node:timers/promises'
import type { Fence, Session } from '../dialect.js'
import { ExpulsionError } from '../errors.js'
import type { PostgresServer } from './server.js'

const pauseMs = 50
const patienceMs = 10_000

/** Behind a pooler the limit on idleness is left out: it would stay with a connection that others get next. */
export const fenceOf = ({ isPooled }: PostgresServer): Fence => ({
  endsIdleSessions: !isPooled,
  afresh: '',

  async raise(session, token, idleLimitMs) {
    await session.query("select set_config('application_name', ?, false)", [markOf(token)])
    if (!isPooled) await limitIdleness(session, idleLimitMs)
  },

  async lower(session) {
    await session.query("select set_config('application_name', 'tidemark', false)")
    if (!isPooled) await limitIdleness(session, 0)
  },

  async expel(session, token) {
    const until = performance.now() + patienceMs
    while ((await terminate(session, token)) > 0) {
      if (performance.now() > until) throw new ExpulsionError('PostgreSQL', markOf(token))
      await pause(pauseMs)
    }
  },
})

function markOf(token: string): string {
  return `tidemark ${token}`
}

/** How long the session may idle, inside a transaction or outside: 14 and later know the latter. */
async function limitIdleness(session: Session, limitMs: number): Promise<void> {
  await session.query(
    "select set_config(name, ?, false) from pg_settings where name in ('idle_in_transaction_session_timeout', 'idle_session_timeout')",
    [String(limitMs)],
  )
}

/** How many sessions there still were. */
async function terminate(session: Session, token: string): Promise<number> {
  const rows = await session.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = ? and pid <> pg_backend_pid()',
    [markOf(token)],
  )
  return rows.length
}
