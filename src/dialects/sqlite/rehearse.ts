// A copy of a database's structure in memory, without rows, to try changes on. Foreign keys are not enforced there.

import type { RecordedChange, Rehearsal, Row, Session } from '../dialect.js'
import { quoteIdentifier } from './sql/literal.js'
import { quoteTable } from './sql/names.js'
import { openSession } from './session/session.js'
import { inSchema } from './create-table/stored-sql.js'

export async function rehearse(session: Session): Promise<Rehearsal> {
  const copy = await structureCopy(session)
  return { session: copy, carryOut: (change) => carryOut(copy, change), close: () => copy.close() }
}

/** Raw SQL and data changes may fail for want of rows; only the structure matters here. */
async function carryOut(copy: Session, { operations, statements }: RecordedChange): Promise<void> {
  if (operations !== undefined) return await copy.apply(statements)
  for (const { sql, bindings } of statements) await copy.execute(sql, bindings).catch(() => undefined)
}

/** A session of its own on the structure that `session` sees, attached databases and temporary tables included. */
export async function structureCopy(session: Session): Promise<Session> {
  const rehearsal = await openSession({ database: ':memory:', foreignKeys: false, lockTimeoutMs: 0 })
  const schemas = (await session.query('select name from pragma_database_list order by seq')).map((row) =>
    text(row, 'name'),
  )
  for (const schema of schemas.filter((name) => name !== 'main' && name !== 'temp')) {
    await rehearsal.execute(`attach ':memory:' as ${quoteIdentifier(schema)}`)
  }
  // Triggers on tables of another database can only be made once that is there, so `temp` comes last.
  for (const schema of [...schemas.filter((name) => name !== 'temp'), 'temp'])
    await copySchema(session, rehearsal, schema)
  return rehearsal
}

async function copySchema(session: Session, rehearsal: Session, schema: string): Promise<void> {
  const rows = await session.query(
    `select type, name, sql from ${quoteIdentifier(schema)}.sqlite_schema where sql is not null ` +
      "order by type = 'trigger', type = 'view', type = 'index', sql like 'create virtual%' desc, rowid",
  )
  for (const row of rows) await copyObject(session, rehearsal, schema, row)
  if (rows.some((row) => row['name'] === 'sqlite_stat1'))
    await rehearsal.execute(`analyze ${quoteIdentifier(schema)}`)
}

async function copyObject(session: Session, rehearsal: Session, schema: string, row: Row): Promise<void> {
  const name = text(row, 'name')
  if (name.startsWith('sqlite_')) return
  const isTable = row['type'] === 'table'
  if (isTable && (await exists(rehearsal, schema, name))) return
  const sql = inSchema(text(row, 'sql'), schema === 'main' ? undefined : schema)
  await rehearsal.execute(sql).catch(async (error: unknown) => {
    if (!isTable || !/^create\s+virtual/i.test(sql)) throw error
    await copyAsPlainTable(session, rehearsal, schema, name)
  })
}

/** The tables that keep a virtual table's data are made along with it. */
async function exists(session: Session, schema: string, name: string): Promise<boolean> {
  const rows = await session.query('select 1 from pragma_table_info(?, ?) limit 1', [name, schema])
  return rows.length > 0
}

/** For a virtual table whose module is not loaded here: its columns are all that others can refer to. */
async function copyAsPlainTable(
  session: Session,
  rehearsal: Session,
  schema: string,
  name: string,
): Promise<void> {
  const rows = await session.query('select name from pragma_table_info(?, ?)', [name, schema])
  const columns = rows.map((row) => quoteIdentifier(text(row, 'name'))).join(', ')
  await rehearsal.execute(
    `create table ${quoteTable({ schema, name })} (${columns === '' ? 'placeholder' : columns})`,
  )
}

function text(row: Row, key: string): string {
  return String(row[key])
}
