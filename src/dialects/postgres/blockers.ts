// Who keeps a session waiting. What another user's session runs is seen by a superuser or a member of pg_read_all_stats.

import { type Blocker, momentOf, shortText } from '../blocker.js'
import type { Row, Session } from '../dialect.js'
import type { Client } from './session/driver.js'

const told =
  'a.pid, a.usename as user, a.application_name as application, extract(epoch from a.xact_start)::float8 as since, a.state, a.query'

/** Those that wait themselves come last. A prepared transaction has no session, and the number 0. */
export async function blockersOf(client: Client, processId: number): Promise<readonly Blocker[]> {
  const { rows } = await client.query<Row>(
    `select ${told} from (select distinct unnest(pg_blocking_pids($1))) b (pid) left join pg_stat_activity a on a.pid = b.pid ` +
      "order by a.wait_event_type is not distinct from 'Lock', a.xact_start limit 3",
    [processId],
  )
  return rows.map(toBlocker)
}

/** The other sessions with an open transaction, the oldest first. */
export async function openTransactions(session: Session): Promise<readonly Blocker[]> {
  const rows = await session.query(
    `select ${told} from pg_stat_activity a where a.xact_start is not null and a.pid <> pg_backend_pid() ` +
      'and a.datname = current_database() order by a.xact_start limit 3',
  )
  return rows.map(toBlocker)
}

function toBlocker({ pid, user, application, since, state, query }: Row): Blocker {
  if (typeof pid !== 'number') return { who: 'a prepared transaction (pg_prepared_xacts)' }
  const began = momentOf(since)
  return {
    who: `session ${pid} of ${String(user)}${application === '' ? '' : ` (${String(application)})`}`,
    ...(began !== undefined && { since: began }),
    doing: `${String(state)}: ${shortText(query)}`,
    ending: `select pg_terminate_backend(${pid})`,
  }
}
