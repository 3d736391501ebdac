// What every dialect may say of a change that cannot be carried out: the database lacks the feature, or the table has
// not what is to be changed. Thrown while compiling, so before anything has run.

import { TidemarkError } from '../support/errors.js'
import { didYouMean } from '../support/nearest.js'

/** The database cannot do what was asked. */
export class UnsupportedError extends TidemarkError {
  override readonly name = 'UnsupportedError'

  constructor(feature: { readonly method: string; readonly dialect: string; readonly wayRound: string }) {
    super({
      code: 'TM_UNSUPPORTED',
      message: `${feature.dialect} cannot do ${feature.method}.`,
      remedy: `Instead, ${feature.wayRound}.`,
      details: { ...feature },
    })
  }
}

/** A change that does not fit the structure that the database has. */
export class StructureError extends TidemarkError {
  override readonly name = 'StructureError'
}

/** A kind of thing that a table can have or lack, and the code that says so. */
const things = {
  table: { missing: 'TM_NO_SUCH_TABLE', present: 'TM_TABLE_EXISTS' },
  column: { missing: 'TM_NO_SUCH_COLUMN', present: 'TM_COLUMN_EXISTS' },
  index: { missing: 'TM_NO_SUCH_INDEX', present: 'TM_INDEX_EXISTS' },
  'primary key': { missing: 'TM_NO_SUCH_PRIMARY_KEY', present: 'TM_PRIMARY_KEY_EXISTS' },
  'foreign key': { missing: 'TM_NO_SUCH_FOREIGN_KEY', present: 'TM_FOREIGN_KEY_EXISTS' },
  check: { missing: 'TM_NO_SUCH_CHECK', present: 'TM_CHECK_EXISTS' },
} as const

type Thing = keyof typeof things

/** Something that is to be changed is not there; `known` are those that are. */
export function noSuch(thing: Thing, name: string, known: readonly string[], table?: string): StructureError {
  const where = table === undefined ? 'The database' : `Table "${table}"`
  const list = known.map((word) => `"${word}"`).join(', ')
  return new StructureError({
    code: things[thing].missing,
    message: `${where} has no ${thing} "${name}".${didYouMean(name, known)}`,
    remedy: known.length === 0 ? `There is no ${thing} to change.` : `Use one of these: ${list}.`,
    details: { ...(table === undefined ? {} : { table }), name, known },
  })
}

/** Something that is to be added is there already. */
export function alreadyExists(thing: Thing, name: string, remedy: string, table?: string): StructureError {
  const where = table === undefined ? 'The database' : `Table "${table}"`
  return new StructureError({
    code: things[thing].present,
    message: `${where} has a ${thing} "${name}" already.`,
    remedy,
    details: { ...(table === undefined ? {} : { table }), name },
  })
}

/** Something that would stop working, or vanish with more than the column, if the column were dropped. */
export interface Dependent {
  /** For people: `index "posts_a_b_index" over "a", "b"`. */
  readonly description: string
  /** How to drop it first: `table.dropIndex('posts_a_b_index')`. */
  readonly dropFirst: string
}

/** A column that other things need is to be dropped. */
export function columnInUse(table: string, column: string, dependents: readonly Dependent[]): StructureError {
  return new StructureError({
    code: 'TM_COLUMN_IN_USE',
    message: `Column "${column}" of table "${table}" cannot be dropped: it is used by ${dependents
      .map((dependent) => dependent.description)
      .join(', ')}.`,
    remedy: `Drop first: ${dependents.map((dependent) => dependent.dropFirst).join('; ')}.`,
    details: { table, column, dependents },
  })
}
