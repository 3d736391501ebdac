// What a schema builder reaches beside its tables: whole databases, and the project's other connections, each opened
// when it is first used.

import type { DatabaseTask, Dialect, Session } from '../dialects/dialect.js'
import type { DialectName, DriverName } from '../schema/dialect-name.js'
import type { SchemaServer } from '../schema/target.js'
import { once } from '../support/once.js'
import type { Executor } from './executor.js'
import { LazyTarget } from './lazy-target.js'

/** A connection as the configuration describes it, before it is opened. */
export interface KnownConnection {
  readonly connectionName: string
  readonly databaseName: string
  readonly dialectName: DialectName
  readonly driverName: DriverName
  open(): Promise<{ readonly dialect: Dialect; readonly session: Session }>
}

/** Looks a connection up by its name. @throws ConfigError where there is none of that name */
export type FindConnection = (name: string) => KnownConnection

/** What a server is called, and how the project has `change()`, which is the same on its other connections. */
export interface ServerFacts extends Pick<KnownConnection, 'connectionName' | 'databaseName'> {
  readonly changesExactly: boolean
}

/** The server behind `executor`, which is of the connection `self`. */
export function schemaServer(
  executor: () => Promise<Executor>,
  self: ServerFacts,
  find: FindConnection,
): SchemaServer {
  const administer = async (task: DatabaseTask): Promise<void> => (await executor()).administer(task)
  return {
    connectionName: self.connectionName,
    databaseName: self.databaseName,
    createDatabase: (name) => administer({ kind: 'createDatabase', name }),
    dropDatabaseIfExists: (name) => administer({ kind: 'dropDatabaseIfExists', name }),
    emptyDatabaseFile: (path) => administer({ kind: 'emptyDatabaseFile', path }),
    ensureExtension: (name, schema) => administer({ kind: 'ensureExtension', name, schema }),
    connection: (name) => {
      const found = find(name)
      const facts = { ...found, changesExactly: self.changesExactly }
      const other = once(async () => {
        const { dialect, session } = await found.open()
        return (await executor()).on(dialect, session)
      })
      return { target: new LazyTarget(facts, other), server: schemaServer(other, facts, find) }
    },
  }
}
