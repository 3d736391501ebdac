// A schema builder's target on a connection that is opened when it is first needed.

import type { DialectName, DriverName } from '../schema/dialect-name.js'
import type { Operation } from '../schema/operations.js'
import type { Catalogue } from '../schema/snapshot.js'
import type { SchemaTarget } from '../schema/target.js'
import type { Executor } from './executor.js'

export class LazyTarget implements SchemaTarget {
  readonly dialectName: DialectName
  readonly driverName: DriverName
  readonly changesExactly: boolean
  readonly maxIdentifierBytes = undefined
  readonly catalogue: Catalogue
  readonly #open: () => Promise<Executor>

  constructor(
    known: Pick<SchemaTarget, 'dialectName' | 'driverName' | 'changesExactly'>,
    open: () => Promise<Executor>,
  ) {
    this.dialectName = known.dialectName
    this.driverName = known.driverName
    this.changesExactly = known.changesExactly
    this.#open = open
    this.catalogue = {
      snapshot: async () => (await open()).catalogue.snapshot(),
      table: async (name) => (await open()).catalogue.table(name),
      tables: async (schema) => (await open()).catalogue.tables(schema),
      views: async (schema) => (await open()).catalogue.views(schema),
      types: async (schema) => (await open()).catalogue.types(schema),
      schemas: async () => (await open()).catalogue.schemas(),
    }
  }

  async change(operations: readonly Operation[]): Promise<void> {
    await (await this.#open()).change(operations)
  }

  async wipe(what: { tables: boolean; views: boolean; types: boolean }): Promise<void> {
    await (await this.#open()).wipe(what)
  }

  async enforceForeignKeys(enforced: boolean): Promise<boolean> {
    return await (await this.#open()).enforceForeignKeys(enforced)
  }

  async setting(name: string, value?: string | number): Promise<unknown> {
    return await (await this.#open()).setting(name, value)
  }
}
