// Columns with their defaults as they are. What the servers show of structure is in a character set without the
// characters beyond the basic plane: of a default they show a question mark in the place of each. What the default is
// they tell as the value of an expression, of a table that has a row; of an empty one nobody can tell.

import type { Session } from '../../dialect.js'
import type { CatalogueWords } from '../server.js'
import { quoteIdentifier } from '../sql/literal.js'
import { quoteTable } from '../sql/names.js'
import { textSql } from '../compile/text-sql.js'
import { type ColumnInfo, type Place, readColumns, text } from './catalogue-rows.js'
import { hasDoubtfulDefault } from './expression-text.js'

/** Of one table; where all are read, defaults are as the server shows them. */
export async function readWholeColumns(
  session: Session,
  place: Place,
  words: CatalogueWords,
): Promise<readonly ColumnInfo[]> {
  const columns = await readColumns(session, place)
  const doubtful = columns.filter(hasDoubtfulDefault)
  if (place.table === undefined || doubtful.length === 0) return columns
  const table = quoteTable({ schema: place.schema, name: place.table })
  const values = doubtful.map(
    ({ name }, index) => `cast(default(t.${quoteIdentifier(name)}) as char) as v${index}`,
  )
  const [row] = await session.query(`select ${values.join(', ')} from ${table} as t limit 1`)
  if (row === undefined) return columns
  const known = new Map(doubtful.map((column, index) => [column, text(row, `v${index}`)]))
  return columns.map((column) => {
    const value = known.get(column)
    return value === undefined
      ? column
      : { ...column, default: words.hasBareDefaults ? value : textSql(value) }
  })
}
