// A rehearsal imagines what the server would make of a change: for every case of the contract it must come to the columns,
// keys and indexes that the server then has.

import { expect, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { TableSnapshot } from '../../../src/schema/snapshot.js'
import { addedCases } from '../../database/schema/added-cases.js'
import { expectedOf } from '../../database/schema/expectations.js'
import { openWithOthers } from '../../database/schema/things.js'
import { operationsOf } from './structure.js'

const cases = Object.entries(addedCases).filter(([, added]) => expectedOf(added) !== undefined)

/** What only a server knows: its spelling of expressions, and which collation is a character set's own. */
function known(table: TableSnapshot | undefined) {
  return {
    columns: table?.columns.map((column) => ({
      ...column,
      default: column.default !== undefined,
      generated: column.generated !== undefined,
      charset: undefined,
      collation: undefined,
    })),
    primaryKey: table?.primaryKey?.columns,
    indexes: table?.indexes.map(({ name, unique }) => [name, unique]),
    foreignKeys: table?.foreignKeys.map(({ name, columns }) => [name, columns]),
    checks: table?.checks.map(({ name }) => name),
  }
}

test.each(cases)('imagines %s as it becomes', async (name, added) => {
  const opened = await openWithOthers()
  const rehearsal = await opened.dialect.rehearse(opened.session)
  const describe = (table: Blueprint): void => {
    table.integer('anchor')
    added.add(table)
  }
  const operations = operationsOf('things', describe, true)

  const place = { schema: undefined, name: 'things' }
  await rehearsal.carryOut({ operations, statements: [] })
  const imagined = known(await rehearsal.session.structure?.table(place))

  await opened.schema.create('things', describe)
  const real = known(await opened.executor.catalogue.table(place))
  // A raw column's definition is the user's own, and CREATE TABLE has the columns in order.
  const order = ({ columns = [] }: ReturnType<typeof known>) =>
    [...columns].sort((one, other) => one.name.localeCompare(other.name))
  expect({ ...imagined, columns: name === 'rawColumn' ? [] : order(imagined) }).toEqual({
    ...real,
    columns: name === 'rawColumn' ? [] : order(real),
  })
})
