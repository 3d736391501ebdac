// What the schema builder works on: something that carries out operations and can be asked what there is. A live
// executor runs them, a recording one writes them down; the builder does not know which it has.

import type { DialectName, DriverName } from './dialect-name.js'
import type { Operation } from './operations.js'
import type { Catalogue } from './snapshot.js'

export interface SchemaTarget {
  readonly dialectName: DialectName
  readonly driverName: DriverName
  readonly maxIdentifierBytes: number | undefined
  readonly catalogue: Catalogue
  /** `change()` drops what it does not mention, for the whole project (`migrations.change: 'exact'`). */
  readonly changesExactly: boolean
  /** Carries out the operations of one blueprint; they have taken effect when the promise settles. */
  change(operations: readonly Operation[]): Promise<void>
  /** Drops every table, or every view, or every type. */
  wipe(what: { readonly tables: boolean; readonly views: boolean; readonly types: boolean }): Promise<void>
  /** Switches the enforcement of foreign keys, and says what it was before. */
  enforceForeignKeys(enforced: boolean): Promise<boolean>
  /** One of the database's own settings, such as a SQLite pragma: read, or set where a value is given. */
  setting(name: string, value?: string | number): Promise<unknown>
}
