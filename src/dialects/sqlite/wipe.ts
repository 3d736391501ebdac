// Empties a database: tables with their indexes and triggers, views. Attached databases are left alone.

import type { TableName } from '../../schema/table-name.js'
import type { Row, Session, WipeOptions } from '../dialect.js'
import { quoteTable, sameName } from './sql/names.js'

/** All in one transaction; SQLite has no types to drop. */
export async function wipe(session: Session, what: WipeOptions): Promise<void> {
  await session.transaction(async () => {
    await drop(session, what.views ? ['view'] : [], what.except)
    await drop(session, what.tables ? ['virtual'] : [], what.except)
    await drop(session, what.tables ? ['table', 'shadow'] : [], what.except)
    if (what.tables) await clearCounters(session, what.except)
  })
}

/** Asked anew for each kind, because dropping a virtual table drops the tables that keep its data. */
async function drop(
  session: Session,
  types: readonly string[],
  except: TableName | undefined,
): Promise<void> {
  if (types.length === 0) return
  const rows = await session.query(
    "select schema, name, type from pragma_table_list where schema in ('main', 'temp') " +
      "and name not like 'sqlite\\_%' escape '\\' order by schema = 'temp' desc, name",
  )
  const statements = rows
    .filter((row) => types.includes(String(row['type'])) && !isExcepted(row, except))
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

function isExcepted(row: Row, except: TableName | undefined): boolean {
  return (
    except !== undefined &&
    sameName(String(row['name']), except.name) &&
    sameName(String(row['schema']), except.schema ?? 'main')
  )
}

/** Dropping a table takes its counter along; what is left belongs to no table. */
async function clearCounters(session: Session, except: TableName | undefined): Promise<void> {
  const rows = await session.query("select 1 from main.sqlite_schema where name = 'sqlite_sequence'")
  if (rows.length > 0)
    await session.execute('delete from main.sqlite_sequence where name <> ?', [except?.name ?? ''])
}
