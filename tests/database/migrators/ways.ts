// The ways into one database that migrators come by: on a Galera cluster two of its nodes, elsewhere the address under test.

import { inject } from 'vitest'
import { makeDatabase } from '../../helpers/database.js'
import { onAnotherNode } from '../../helpers/galera.js'

export type Variables = Readonly<Record<string, string>>

/** @returns the way of the first, and of the second, which may be the same */
export async function makeWays(): Promise<readonly [Variables, Variables]> {
  const { variables } = await makeDatabase()
  if (inject('server') !== 'galera') return [variables, variables]
  return [variables, { ...variables, DB_URL: await onAnotherNode(variables['DB_URL'] ?? '') }]
}
