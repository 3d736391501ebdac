// Finds the table that the user named, or says which ones there are.

import { noSuch } from '../dialects/structure-errors.js'
import type { TableSnapshot } from '../schema/snapshot.js'
import { formatTableName } from '../schema/table-name.js'
import type { Tidemark } from '../tidemark.js'

/** A table, or a view as one. @throws SchemaError naming the nearest of those that there are */
export async function knownTable(tidemark: Tidemark, name: string): Promise<TableSnapshot> {
  const table = await tidemark.table(name)
  if (table !== undefined) return table
  const known = [...(await tidemark.tables()), ...(await tidemark.views())]
  throw noSuch('table', name, known.map(formatTableName))
}
