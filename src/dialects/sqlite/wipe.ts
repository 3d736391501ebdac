// Empties a database: tables with their indexes and triggers, views. Attached databases are left alone.

import type { Session, WipeOptions } from '../dialect.js'
import { quoteTable } from './sql/names.js'

/** All in one transaction; SQLite has no types to drop. */
export async function wipe(session: Session, what: WipeOptions): Promise<void> {
  await session.transaction(async () => {
    await drop(session, what.views ? ['view'] : [])
    await drop(session, what.tables ? ['virtual'] : [])
    await drop(session, what.tables ? ['table', 'shadow'] : [])
    if (what.tables) await clearCounters(session)
  })
}

/** Asked anew for each kind, because dropping a virtual table drops the tables that keep its data. */
async function drop(session: Session, types: readonly string[]): Promise<void> {
  if (types.length === 0) return
  const rows = await session.query(
    "select schema, name, type from pragma_table_list where schema in ('main', 'temp') " +
      "and name not like 'sqlite\\_%' escape '\\' order by schema = 'temp' desc, name",
  )
  const statements = rows
    .filter((row) => types.includes(String(row['type'])))
    .map((row) => {
      const name = quoteTable({ schema: String(row['schema']), name: String(row['name']) })
      return {
        sql: `drop ${row['type'] === 'view' ? 'view' : 'table'} ${name}`,
        bindings: [],
        // A row that references another is dropped along with it; no ON DELETE action is wanted.
        withoutForeignKeys: true,
      }
    })
  await session.apply(statements)
}

/** Dropping a table takes its counter along; what is left belongs to no table. */
async function clearCounters(session: Session): Promise<void> {
  const rows = await session.query("select 1 from main.sqlite_schema where name = 'sqlite_sequence'")
  if (rows.length > 0) await session.execute('delete from main.sqlite_sequence')
}
