// The ledger's table as SQL names it, for the three that keep rows in it: the ledger itself, its lock and long journals.

import type { Dialect, ExecuteResult, Session } from '../dialects/dialect.js'
import type { Value } from '../schema/expression.js'
import { parseTableName } from '../schema/table-name.js'

export class LedgerTable {
  /** Quoted, with its schema. */
  readonly sql: string
  readonly #dialect: Dialect

  /** @param name as the configuration has it */
  constructor(dialect: Dialect, name: string) {
    this.#dialect = dialect
    const { schema, name: table } = parseTableName(name)
    this.sql = [schema, table]
      .filter((part) => part !== undefined)
      .map((part) => this.column(part))
      .join('.')
  }

  /** What an UPDATE begins with that must find what others have committed in the meantime. */
  get afresh(): string {
    return this.#dialect.fence.afresh
  }

  column(name: string): string {
    return this.#dialect.quoteIdentifier(name)
  }

  columns(names: readonly string[]): string {
    return names.map((name) => this.column(name)).join(', ')
  }

  async insert(session: Session, values: Readonly<Record<string, Value>>): Promise<ExecuteResult> {
    const names = Object.keys(values)
    const sql = `insert into ${this.sql} (${this.columns(names)}) values (${names.map(() => '?').join(', ')})`
    return await session.execute(sql, Object.values(values))
  }
}
