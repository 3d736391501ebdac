// What a new project gets for each kind of database.

import type { ConnectionName } from '../config/options.js'

type ByConnection<T> = Readonly<Record<ConnectionName, T>>

/** The package that talks to the database, where Tidemark does not bring it along. */
export const drivers: ByConnection<readonly string[]> = {
  sqlite: [],
  pgsql: ['pg'],
  mysql: ['mysql2'],
  mariadb: ['mysql2'],
}

/** Whose SQL it is written in: the folder of an example that has one for each. */
export const sqlOf: ByConnection<string> = {
  sqlite: 'sqlite',
  pgsql: 'pgsql',
  mysql: 'mysql',
  mariadb: 'mysql',
}

/** Neither the database nor what is secret belongs into version control. */
export const ignoredLines: ByConnection<readonly string[]> = {
  sqlite: ['.env', '/database/*.sqlite*'],
  pgsql: ['.env'],
  mysql: ['.env'],
  mariadb: ['.env'],
}

const settings: ByConnection<(database: string) => Readonly<Record<string, string>>> = {
  sqlite: () => ({ DB_DATABASE: 'database/database.sqlite' }),
  pgsql: (database) => server('5432', database, 'postgres'),
  mysql: (database) => server('3306', database, 'root'),
  mariadb: (database) => server('3306', database, 'root'),
}

function server(port: string, database: string, username: string): Readonly<Record<string, string>> {
  return {
    DB_HOST: '127.0.0.1',
    DB_PORT: port,
    DB_DATABASE: database,
    DB_USERNAME: username,
    DB_PASSWORD: '',
  }
}

/** What a server keeps for itself, and `migrate:fresh` would empty. */
const serverDatabases: ReadonlySet<string> = new Set([
  'information_schema',
  'mysql',
  'performance_schema',
  'postgres',
  'sys',
  'template0',
  'template1',
])

/** The text of `.env`. A server's database is called as the project's folder is. */
export function environmentFile(connection: ConnectionName, folder: string): string {
  const name =
    folder
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '') || 'app'
  const database = serverDatabases.has(name) ? `${name}_app` : name
  const lines = Object.entries({ DB_CONNECTION: connection, ...settings[connection](database) })
  return lines.map(([key, value]) => `${key}=${value}\n`).join('')
}
