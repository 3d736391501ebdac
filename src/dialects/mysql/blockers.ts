// Who keeps a session waiting. MySQL tells it in performance_schema, of rows and of tables; MariaDB of rows in
// information_schema, and of tables only where performance_schema is on or the plugin METADATA_LOCK_INFO is there.
// Only who may read these tables, and other users' processes, is told.

import type { Value } from '../../schema/expression.js'
import { type Blocker, momentOf, shortText } from '../blocker.js'
import type { Row, Session } from '../dialect.js'
import type { Flavour } from './server.js'

type Ask = (sql: string, bindings: readonly Value[]) => Promise<readonly Row[]>

/** What is told of a blocker `t` of performance_schema's threads, and what has to be joined for it. */
const thread = `distinct t.processlist_id as id, t.processlist_user as user, t.processlist_command as command,
  coalesce(t.processlist_info, e.sql_text) as statement, unix_timestamp(x.trx_started) as since, x.trx_state = 'LOCK WAIT' as waits`
const threadJoins = `left join performance_schema.events_statements_current e on e.thread_id = t.thread_id and e.nesting_event_level = 0
  left join information_schema.innodb_trx x on x.trx_mysql_thread_id = t.processlist_id`

const rowLocks = `select ${thread} from performance_schema.data_lock_waits w
  join performance_schema.threads r on r.thread_id = w.requesting_thread_id
  join performance_schema.threads t on t.thread_id = w.blocking_thread_id
  ${threadJoins} where r.processlist_id = ?`

const tableLocks = `select ${thread} from performance_schema.metadata_locks p
  join performance_schema.threads r on r.thread_id = p.owner_thread_id
  join performance_schema.metadata_locks g on g.object_type = p.object_type and g.object_schema <=> p.object_schema
    and g.object_name <=> p.object_name and g.owner_thread_id <> p.owner_thread_id and g.lock_status = 'GRANTED'
    and not (g.lock_type = 'INTENTION_EXCLUSIVE' and p.lock_type = 'INTENTION_EXCLUSIVE')
  join performance_schema.threads t on t.thread_id = g.owner_thread_id
  ${threadJoins} where r.processlist_id = ? and p.lock_status = 'PENDING'`

/** What is told of a blocker `p` of the list of processes. */
const process = `distinct p.id as id, p.user as user, p.command as command, p.info as statement,
  unix_timestamp(x.trx_started) as since, x.trx_state = 'LOCK WAIT' as waits`

const rowLocksOfMariadb = `select ${process} from information_schema.innodb_lock_waits w
  join information_schema.innodb_trx r on r.trx_id = w.requesting_trx_id
  join information_schema.innodb_trx x on x.trx_id = w.blocking_trx_id
  join information_schema.processlist p on p.id = x.trx_mysql_thread_id where r.trx_mysql_thread_id = ?`

/** It does not say who waits for what: the table is one that the waiting statement names. */
const tableLocksOfPlugin = `select ${process} from information_schema.processlist r
  join information_schema.metadata_lock_info m on m.thread_id <> r.id and instr(r.info, m.table_name) > 0 and m.table_name <> ''
  join information_schema.processlist p on p.id = m.thread_id
  left join information_schema.innodb_trx x on x.trx_mysql_thread_id = p.id
  where r.state like 'Waiting for table%' and r.id = ?`

const queries: Readonly<Record<Flavour['name'], readonly string[]>> = {
  mysql: [rowLocks, tableLocks],
  mariadb: [rowLocksOfMariadb, tableLocks, tableLocksOfPlugin],
}

/** @param threadId of the session that waits */
export async function blockersOf(ask: Ask, threadId: number, flavour: Flavour): Promise<readonly Blocker[]> {
  for (const sql of queries[flavour.name]) {
    const rows = await ask(`${sql} order by waits, since limit 3`, [threadId]).catch(() => [])
    if (rows.length > 0) return rows.map(toBlocker)
  }
  return []
}

/** The other sessions with an open transaction, the oldest first. */
export async function openTransactions(session: Session): Promise<readonly Blocker[]> {
  const rows = await session.query(
    `select ${process} from information_schema.innodb_trx x join information_schema.processlist p on p.id = x.trx_mysql_thread_id
      where p.id <> connection_id() order by since limit 3`,
  )
  return rows.map(toBlocker)
}

function toBlocker({ id, user, command, statement, since }: Row): Blocker {
  const began = momentOf(since)
  const state = command === 'Sleep' ? (began === undefined ? 'idle' : 'idle in transaction') : 'running'
  return {
    who: `session ${String(id)} of ${String(user)}`,
    ...(began !== undefined && { since: began }),
    doing: statement === null ? state : `${state}: ${shortText(statement)}`,
    ending: `kill ${String(id)}`,
  }
}
