// What concerns whole databases.

import { messageOf } from '../../support/errors.js'
import { connectionFailure } from '../connection-failure.js'
import type { DatabaseOverview, DatabaseTask, Session, SessionOptions } from '../dialect.js'
import { ConnectionError, UnsupportedError } from '../errors.js'
import { placeOf } from './session/open-client.js'
import { sqlState } from './session/sql-state.js'
import { openSession } from './session/session.js'
import { quoteIdentifier } from './sql/literal.js'

/** The databases that every server begins with, one of which lets in whoever may make another. */
const maintenanceDatabases = ['postgres', 'template1']

/** Another process may be faster: a database that is there by then is what was wanted. */
export async function createMissingDatabase(options: SessionOptions): Promise<void> {
  const session = await openMaintenance(options, maintenanceDatabases)
  try {
    await createDatabase(session, options.database)
  } catch (error) {
    if (!isThere(error)) throw notMade(options, error)
  } finally {
    await session.close()
  }
}

export async function administer(session: Session, task: DatabaseTask): Promise<void> {
  switch (task.kind) {
    case 'createDatabase':
      return await createDatabase(session, task.name)
    case 'dropDatabaseIfExists':
      await session.execute(`drop database if exists ${quoteIdentifier(task.name)}`)
      return
    case 'ensureExtension':
      await session.execute(ensureExtensionSql(task.name, task.schema))
      return
    case 'emptyDatabaseFile':
      throw new UnsupportedError(
        'refreshDatabaseFile()',
        'PostgreSQL',
        'Empty the database with schema.dropAllTables(), dropAllViews() and dropAllTypes().',
      )
  }
}

export async function overview(session: Session): Promise<DatabaseOverview> {
  const [row] = await session.query(
    "select split_part(current_setting('server_version'), ' ', 1) as version, " +
      'pg_database_size(current_database()) as size',
  )
  return { version: String(row?.['version']), sizeBytes: Number(row?.['size']) }
}

async function openMaintenance(
  options: SessionOptions,
  [database, ...others]: readonly string[],
): Promise<Session> {
  try {
    const { server, ...rest } = options
    // The schemas of the search path belong to the database that is yet to be.
    const elsewhere = { ...rest, ...(server !== undefined && { server: { ...server, searchPath: [] } }) }
    // Who is faster holds the lock until the database is there: it is waited for.
    const maintenance = { ...elsewhere, database: database ?? 'postgres', lockTimeoutMs: 0 }
    return (await openSession(maintenance)).session
  } catch (error) {
    const isOfDatabase =
      error instanceof ConnectionError && ['TM_DATABASE_MISSING', 'TM_ACCESS_DENIED'].includes(error.code)
    if (!isOfDatabase || others.length === 0) throw error
    return await openMaintenance(options, others)
  }
}

async function createDatabase(session: Session, name: string): Promise<void> {
  await session.execute(`create database ${quoteIdentifier(name)} encoding 'utf8'`)
}

function notMade(options: SessionOptions, error: unknown): ConnectionError {
  const isDenied = sqlState(error) === '42501'
  return connectionFailure(
    placeOf(options),
    isDenied ? 'TM_ACCESS_DENIED' : 'TM_CONNECTION_FAILED',
    `does not make the database "${options.database}": ${messageOf(error)}`,
    isDenied
      ? 'Give the user the right (alter role … createdb), or have the database made by one who has it.'
      : 'Make the database yourself, with createdb.',
    error,
  )
}

/** `duplicate_database`, or the same found out by the catalogue's own unique index. */
function isThere(error: unknown): boolean {
  return ['42P04', '23505'].includes(sqlState(error) ?? '')
}

function ensureExtensionSql(name: string, schema: string | undefined): string {
  const where = schema === undefined ? '' : ` with schema ${quoteIdentifier(schema)}`
  return `create extension if not exists ${quoteIdentifier(name)}${where}`
}
