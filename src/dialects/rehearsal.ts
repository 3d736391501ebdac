// A rehearsal without a database: the structure is kept as a snapshot, and each operation that is recorded is applied to
// it. What raw SQL would change is not seen; what is compiled after it stands on the structure as far as it is known.

import { type StructureRules, applyOperation, isSameTable } from '../schema/apply-operation.js'
import { enumTypesOf, tablesOf } from '../schema/operation-names.js'
import type { Operation } from '../schema/operations.js'
import type {
  Catalogue,
  DatabaseSnapshot,
  TableSnapshot,
  TableSummary,
  TypeSnapshot,
} from '../schema/snapshot.js'
import type { TableName } from '../schema/table-name.js'
import type { Blocker } from './blocker.js'
import type { ExecuteResult, Rehearsal, Row, Session } from './dialect.js'

/** A rehearsal that begins with the structure that `live` shows. It reads of that what it is asked for, and no more. */
export function rehearseOnSnapshot(live: Catalogue, rules: StructureRules): Rehearsal {
  const structure = new ImaginedCatalogue(live, rules)
  const session = new ImaginedSession(structure)
  return {
    session,
    carryOut: ({ operations = [] }) => {
      structure.add(operations)
      return Promise.resolve()
    },
    close: () => session.close(),
  }
}

/** The live structure with some operations carried out. The tables that these touch are read when somebody asks. */
class ImaginedCatalogue implements Catalogue {
  readonly #live: Catalogue
  readonly #rules: StructureRules
  #pending: readonly Operation[] = []
  /** The tables that operations have touched, as they are now. */
  #touched: readonly TableSnapshot[] = []
  /** The names that operations have touched; of these, what is not in `#touched` is not there. */
  #names: readonly TableName[] = []
  /** The types as they are now, once an operation is about one. */
  #types: readonly TypeSnapshot[] | undefined

  constructor(live: Catalogue, rules: StructureRules) {
    this.#live = live
    this.#rules = rules
  }

  add(operations: readonly Operation[]): void {
    this.#pending = [...this.#pending, ...operations]
  }

  async table(name: TableName): Promise<TableSnapshot | undefined> {
    await this.#catchUp()
    if (!this.#isTouched(name)) return await this.#live.table(name)
    return this.#touched.find((table) => isSameTable(table, name))
  }

  async snapshot(): Promise<DatabaseSnapshot> {
    await this.#catchUp()
    const live = await this.#live.snapshot()
    return {
      ...live,
      tables: [...this.#untouched(live.tables), ...this.#touched],
      types: this.#types ?? live.types,
    }
  }

  async tables(schema?: string): Promise<readonly TableSummary[]> {
    await this.#catchUp()
    const live = await this.#live.tables(schema)
    const touched = this.#touched.filter((table) => schema === undefined || table.schema === schema)
    return [...this.#untouched(live), ...touched.map((table) => ({ ...table, size: undefined }))]
  }

  async views(schema?: string) {
    return await this.#live.views(schema)
  }

  async types(schema?: string) {
    await this.#catchUp()
    const types = this.#types
    if (types === undefined) return await this.#live.types(schema)
    return types.filter((type) => schema === undefined || type.schema === schema)
  }

  async schemas() {
    return await this.#live.schemas()
  }

  async #catchUp(): Promise<void> {
    const operations = this.#pending
    this.#pending = []
    for (const operation of operations) await this.#apply(operation)
  }

  async #apply(operation: Operation): Promise<void> {
    for (const name of tablesOf(operation)) await this.#touch(name)
    if (enumTypesOf(operation).length > 0) this.#types ??= await this.#live.types()
    const database = { tables: this.#touched, views: [], types: this.#types ?? [] }
    const { tables, types } = applyOperation(database, operation, this.#rules)
    this.#touched = tables
    if (this.#types !== undefined) this.#types = types
  }

  async #touch(name: TableName): Promise<void> {
    if (this.#isTouched(name)) return
    this.#names = [...this.#names, name]
    const found = await this.#live.table(name)
    if (found !== undefined) this.#touched = [...this.#touched, found]
  }

  #isTouched(name: TableName): boolean {
    return this.#names.some((touched) => isSameTable(touched, name))
  }

  #untouched<Named extends TableName>(tables: readonly Named[]): readonly Named[] {
    return tables.filter((table) => !this.#isTouched(table))
  }
}

/** A session with a structure and no rows, which nothing changes. */
class ImaginedSession implements Session {
  readonly structure: Catalogue
  readonly inTransaction = true

  constructor(structure: Catalogue) {
    this.structure = structure
  }

  query(): Promise<readonly Row[]> {
    return Promise.resolve([])
  }

  execute(): Promise<ExecuteResult> {
    return Promise.resolve({ changes: 0, lastInsertId: undefined })
  }

  apply(): Promise<void> {
    return Promise.resolve()
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    return await work()
  }

  enforceForeignKeys(): Promise<boolean> {
    return Promise.resolve(true)
  }

  limitLockWait(): Promise<void> {
    return Promise.resolve()
  }

  restoreSettings(): Promise<void> {
    return Promise.resolve()
  }

  setting(): Promise<unknown> {
    return Promise.resolve(undefined)
  }

  cancel(): Promise<void> {
    return Promise.resolve()
  }

  blockers(): Promise<readonly Blocker[]> {
    return Promise.resolve([])
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
