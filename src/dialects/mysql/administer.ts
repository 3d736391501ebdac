// What concerns whole databases.

import { messageOf } from '../../support/errors.js'
import { connectionFailure } from '../connection-failure.js'
import type { DatabaseOverview, DatabaseTask, Session, SessionOptions } from '../dialect.js'
import { UnsupportedError } from '../errors.js'
import type { Flavour, MysqlServer } from './server.js'
import { errorNumber } from './session/error-codes.js'
import { openConnection, placeOf } from './session/open-connection.js'
import { quoteIdentifier, quoteText } from './sql/literal.js'

/** Another process may be faster: a database that is there by then is what was wanted. */
export async function createMissingDatabase(options: SessionOptions, flavour: Flavour): Promise<void> {
  const { connection, server } = await openConnection(options, flavour, { withoutDatabase: true })
  try {
    await connection.run(createSql(options.database, server, 'create database if not exists'))
  } catch (error) {
    const isDenied = [1044, 1045, 1227].includes(errorNumber(error) ?? 0)
    throw connectionFailure(
      placeOf(options, server.flavour.label),
      isDenied ? 'TM_ACCESS_DENIED' : 'TM_CONNECTION_FAILED',
      `does not make the database "${options.database}": ${messageOf(error)}`,
      isDenied
        ? 'Grant the user the right to create it, or have the database made by one who has it.'
        : 'Make the database yourself, with the mysql client.',
      error,
    )
  } finally {
    await connection.close()
  }
}

export async function administer(session: Session, task: DatabaseTask, server: MysqlServer): Promise<void> {
  switch (task.kind) {
    case 'createDatabase':
      await session.execute(createSql(task.name, server, 'create database'))
      return
    case 'dropDatabaseIfExists':
      await session.execute(`drop database if exists ${quoteIdentifier(task.name)}`)
      return
    case 'ensureExtension':
      throw new UnsupportedError(
        'ensureExtensionExists()',
        server.flavour.label,
        `Leave it out where db.getDriverName() is '${server.flavour.driverName}'; "${task.name}" is an extension of PostgreSQL.`,
      )
    case 'emptyDatabaseFile':
      throw new UnsupportedError(
        'refreshDatabaseFile()',
        server.flavour.label,
        'Empty the database with schema.dropAllTables() and dropAllViews().',
      )
  }
}

/** The server's figures are of some time ago: it counts a table's pages now and then. */
export async function overview(session: Session): Promise<DatabaseOverview> {
  const [row] = await session.query(
    'select version() as version, ' +
      '(select sum(data_length + index_length) from information_schema.tables where table_schema = database()) as size',
  )
  const version = /^[\d.]+/.exec(String(row?.['version']))?.[0] ?? String(row?.['version'])
  return { version, sizeBytes: Number(row?.['size'] ?? 0) }
}

function createSql(name: string, { charset, collation }: MysqlServer, words: string): string {
  const collate = collation === undefined ? '' : ` default collate ${quoteText(collation)}`
  return `${words} ${quoteIdentifier(name)} default character set ${quoteText(charset)}${collate}`
}
