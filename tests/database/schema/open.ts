// A `SchemaBuilder` on a real database of the dialect under test, thrown away when the test ends.

import { type KnownConnection, schemaServer } from '../../../src/connection/schema-server.js'
import { SchemaBuilder } from '../../../src/schema/schema-builder.js'
import { type OpenedDatabase, openDatabase } from '../query/open.js'

export interface OpenedSchema extends OpenedDatabase {
  readonly schema: SchemaBuilder
  /** Runs a change as a migration does: in a transaction where the database can undo a change of structure. */
  readonly change: (work: () => Promise<void>) => Promise<void>
}

export async function openSchema(): Promise<OpenedSchema> {
  const opened = await openDatabase()
  const { db, dialect, executor, session } = opened
  // No power is cut in a test, and waiting for the disk is most of its time.
  if (dialect.name === 'sqlite') await session.setting('synchronous', 'off')
  const find = (connectionName: string): KnownConnection => ({
    connectionName,
    databaseName: connectionName,
    dialectName: dialect.name,
    driverName: dialect.driverName,
    open: async () => ({ dialect, session: await opened.openAnother() }),
  })
  const facts = { connectionName: db.getName(), databaseName: db.getDatabaseName(), changesExactly: false }
  return {
    ...opened,
    schema: new SchemaBuilder(
      executor,
      schemaServer(() => Promise.resolve(executor), facts, find),
    ),
    change: (work) => (dialect.capabilities.transactionalDdl ? executor.transaction(work) : work()),
  }
}
