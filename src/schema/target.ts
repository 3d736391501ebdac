// What the schema builder works on: something that carries out operations and can be asked what there is. A live
// executor runs them, a recording one writes them down; the builder does not know which it has.

import type { DialectName, DriverName } from './dialect-name.js'
import type { Operation } from './operations.js'
import type { Catalogue } from './snapshot.js'

export interface SchemaTarget {
  readonly dialectName: DialectName
  readonly driverName: DriverName
  readonly maxIdentifierBytes: number | undefined
  readonly catalogue: Catalogue
  /** `change()` drops what it does not mention, for the whole project (`migrations.change: 'exact'`). */
  readonly changesExactly: boolean
  /** Carries out the operations of one blueprint; they have taken effect when the promise settles. */
  change(operations: readonly Operation[]): Promise<void>
  /** Drops every table, or every view, or every type. */
  wipe(what: { readonly tables: boolean; readonly views: boolean; readonly types: boolean }): Promise<void>
  /** Switches the enforcement of foreign keys, and says what it was before. */
  enforceForeignKeys(enforced: boolean): Promise<boolean>
  /** One of the database's own settings, such as a SQLite pragma: read, or set where a value is given. */
  setting(name: string, value?: string | number): Promise<unknown>
}

/**
 * What a schema builder reaches beside its target: whole databases, and the project's other connections. What a
 * database cannot do is refused by whoever carries it out.
 */
export interface SchemaServer {
  /** The connection's name in the configuration. */
  readonly connectionName: string
  /** The database, or the path of its file. */
  readonly databaseName: string
  /** Another connection of the project, by its name. Nothing is opened before it is used. */
  connection(name: string): { readonly target: SchemaTarget; readonly server: SchemaServer }
  /** Makes a database: a file, where a database is one. */
  createDatabase(name: string): Promise<void>
  /** Removes a database with everything in it; one that is not there is no error. */
  dropDatabaseIfExists(name: string): Promise<void>
  /** Takes everything out of the file of a database: the one at `path`, or the connection's own. */
  emptyDatabaseFile(path?: string): Promise<void>
  /** Installs an extension of the database where it is not installed yet. */
  ensureExtension(name: string, schema?: string): Promise<void>
}
