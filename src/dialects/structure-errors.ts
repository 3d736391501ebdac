// What every dialect says of a change that does not fit the structure that the database has: the thing to be changed
// is not there, or is there already, or something else needs it. Thrown while compiling, so before anything has run.

import { SchemaError } from '../schema/errors.js'
import { didYouMean } from '../support/nearest.js'

/** A kind of thing that can be there or not, and the codes that say so. */
const things = {
  table: { missing: 'TM_NO_SUCH_TABLE', present: 'TM_TABLE_EXISTS' },
  column: { missing: 'TM_NO_SUCH_COLUMN', present: 'TM_COLUMN_EXISTS' },
  index: { missing: 'TM_NO_SUCH_INDEX', present: 'TM_INDEX_EXISTS' },
  'primary key': { missing: 'TM_NO_SUCH_PRIMARY_KEY', present: 'TM_PRIMARY_KEY_EXISTS' },
  'foreign key': { missing: 'TM_NO_SUCH_FOREIGN_KEY', present: 'TM_FOREIGN_KEY_EXISTS' },
  check: { missing: 'TM_NO_SUCH_CHECK', present: 'TM_CHECK_EXISTS' },
} as const

type Thing = keyof typeof things

/** Something that is asked for is not there; `known` are those that are. */
export function noSuch(thing: Thing, name: string, known: readonly string[], table?: string): SchemaError {
  const list = known.map((word) => `"${word}"`).join(', ')
  return new SchemaError({
    code: things[thing].missing,
    message: `${holder(table)} has no ${thing} "${name}".${didYouMean(name, known)}`,
    remedy:
      known.length === 0
        ? `${holder(table)} has no ${thing} at all: see whether it is the right one.`
        : `Use one of these: ${list}.`,
    details: { ...(table === undefined ? {} : { table }), name, known },
  })
}

/** Something that is to be added is there already. */
export function alreadyExists(thing: Thing, name: string, remedy: string, table?: string): SchemaError {
  return new SchemaError({
    code: things[thing].present,
    message: `${holder(table)} already has the ${thing} "${name}".`,
    remedy,
    details: { ...(table === undefined ? {} : { table }), name },
  })
}

function holder(table: string | undefined): string {
  return table === undefined ? 'The database' : `Table "${table}"`
}

/** Something that would stop working, or would go along unasked, if a column were dropped. */
export interface Dependent {
  /** For people: `index "posts_a_b_index"`. */
  readonly description: string
  /** How to drop it: `table.dropIndex('posts_a_b_index')`. */
  readonly dropFirst: string
}

/** A column that other things need is to be dropped. */
export function columnInUse(table: string, column: string, dependents: readonly Dependent[]): SchemaError {
  const users = dependents.map((dependent) => dependent.description).join(', ')
  const steps = dependents.map((dependent) => dependent.dropFirst).join('; ')
  return new SchemaError({
    code: 'TM_COLUMN_IN_USE',
    message: `Column "${column}" of table "${table}" cannot be dropped: it is used by ${users}.`,
    remedy: `Drop first, or change: ${steps}.`,
    details: { table, column, dependents },
  })
}

/** A primary or unique key is to be dropped that a foreign key points to. */
export function keyInUse(table: string, columns: readonly string[], child: string): SchemaError {
  const list = columns.map((column) => `"${column}"`).join(', ')
  return new SchemaError({
    code: 'TM_KEY_IN_USE',
    message: `The key of table "${table}" over ${list} cannot be dropped: a foreign key of table "${child}" points to it.`,
    remedy: `Drop that foreign key first: schema.table('${child}', (table) => { table.dropForeign([…]) }).`,
    details: { table, columns, child },
  })
}
