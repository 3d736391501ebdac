// A `Database` with one table, `things`, on the server under test.

import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { Database } from '../../../src/query/database.js'
import { SchemaBuilder } from '../../../src/schema/schema-builder.js'
import { openDatabase } from '../query/open.js'

export async function openTable(describe: (table: Blueprint) => void): Promise<Database> {
  const { db, executor } = await openDatabase()
  await new SchemaBuilder(executor).create('things', describe)
  return db
}
