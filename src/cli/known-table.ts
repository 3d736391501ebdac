// Finds the table that the user named, or says which ones there are.

import type { TableSnapshot } from '../schema/snapshot.js'
import { didYouMean } from '../support/nearest.js'
import type { Tidemark } from '../tidemark.js'
import { NotFoundError } from './errors.js'

export async function knownTable(tidemark: Tidemark, name: string): Promise<TableSnapshot> {
  const table = await tidemark.table(name)
  if (table !== undefined) return table
  const known = [...(await tidemark.tables()), ...(await tidemark.views())].map((found) => found.name)
  const { label } = (await tidemark.config()).connection()
  throw new NotFoundError(
    name,
    `There is no table "${name}" in ${label}.${didYouMean(name, known)}`,
    'Run tidemark db:show --views to see what there is.',
  )
}
