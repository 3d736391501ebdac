// The place where an application's generated row types come in.

import type { Row } from '../dialects/dialect.js'

/**
 * Is augmented by the generated `database/schema.d.ts` with `tables: { users: { … } }`. Empty, every table has rows of
 * any column, and each value is `unknown`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- it is there to be augmented
export interface Register {}

/** The row type of the table that `db.table(name)` names, with or without an alias. */
export type RowOf<Name extends string> = Register extends { readonly tables: infer Tables }
  ? Name extends `${infer Table} as ${string}`
    ? LookUp<Tables, Table>
    : LookUp<Tables, Name>
  : Row

type LookUp<Tables, Name> = Name extends keyof Tables ? Tables[Name] & Row : Row
