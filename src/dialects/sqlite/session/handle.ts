// One open database file, with the statements that were prepared on it. Synchronous, and knows nothing of
// transactions: session.ts does.

import type { ExecuteResult, Row } from '../../dialect.js'
import { type RowDecoder, rowDecoder } from './decode.js'
import type { BoundValue, DriverConnection, DriverStatement } from './driver.js'
import { resultCode } from './result-code.js'
import { quoteIdentifier } from '../sql/literal.js'
import {
  type StatementKind,
  assertSingleStatement,
  isExplanation,
  statementKind,
} from '../sql/statement-kind.js'

/** Preparing costs several times what running a kept statement does; more than these are hardly ever in turn. */
const maxKeptStatements = 100

/** Another process may give a column another type; so long a kept statement may read it as it was before. */
const decoderLifeMs = 1000

interface PreparedStatement {
  readonly kind: StatementKind
  readonly statement: DriverStatement
  /** How its rows are decoded. */
  decoder: RowDecoder
  decoderUntil: number
}

export class Handle {
  readonly #connection: DriverConnection
  readonly #prepared = new Map<string, PreparedStatement>()
  #isClosed = false

  constructor(connection: DriverConnection) {
    this.#connection = connection
  }

  get inTransaction(): boolean {
    return this.#connection.inTransaction
  }

  query(sql: string, bindings: readonly BoundValue[] = []): Row[] {
    const prepared = this.#prepare(sql)
    const rows = prepared.statement.all(bindings)
    if (rows.length > 0) decoderOf(prepared)?.(rows)
    else if (prepared.kind === 'other' && !isPragma(sql)) this.#prepared.clear()
    return rows
  }

  execute(sql: string, bindings: readonly BoundValue[] = []): ExecuteResult {
    const { kind, statement } = this.#prepare(sql)
    const { changes, lastInsertId } = statement.run(bindings)
    if (kind === 'other') this.#prepared.clear()
    const own = kind === 'insert' || kind === 'change' ? changes : 0
    return { changes: own, lastInsertId: kind === 'insert' && own > 0 ? lastInsertId : undefined }
  }

  /** Runs one of the words of a transaction, or a pragma. */
  exec(sql: string): void {
    this.#connection.exec(sql)
    if (/^rollback/i.test(sql)) this.#prepared.clear()
  }

  pragma(name: string): unknown {
    return Object.values(this.query(`PRAGMA ${name}`)[0] ?? {})[0]
  }

  kindOf(sql: string): StatementKind {
    return this.#prepared.get(sql)?.kind ?? statementKind(sql)
  }

  /** Rows changed since the file was opened, those that triggers and foreign keys changed among them. */
  totalChanges(): number {
    return Number(this.query('SELECT total_changes() AS total')[0]?.['total'])
  }

  /** May be called again. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#prepared.clear()
    this.#connection.close()
  }

  /**
   * Keeps statements that read and write rows; those that change the structure or explain others run once, and none is
   * kept beyond a change of structure, or the rollback of one: the columns that it gives may be others then.
   */
  #prepare(sql: string): PreparedStatement {
    const kept = this.#prepared.get(sql)
    if (kept !== undefined) {
      this.#prepared.delete(sql)
      this.#prepared.set(sql, kept)
      return kept
    }
    assertSingleStatement(sql)
    const kind = statementKind(sql)
    const statement = this.#prepareAnew(sql, kind === 'read')
    const prepared: PreparedStatement = {
      kind,
      statement,
      decoder: undefined,
      decoderUntil: 0,
    }
    if (kind === 'other' || isExplanation(sql)) return prepared
    if (this.#prepared.size >= maxKeptStatements) this.#forgetOldest()
    this.#prepared.set(sql, prepared)
    return prepared
  }

  /**
   * While another connection has the file alone, SQLite knows the structure only as it last was, and says "no such table" of
   * one that is new. So before that is believed, the structure is read, which fails for the lock where there is one.
   */
  #prepareAnew(sql: string, isReadOnly: boolean): DriverStatement {
    try {
      return this.#connection.prepare(sql, isReadOnly)
    } catch (error) {
      if (resultCode(error) !== 'SQLITE_ERROR') throw error
      this.#readStructure()
      return this.#connection.prepare(sql, isReadOnly)
    }
  }

  #readStructure(): void {
    for (const { name } of this.#connection.prepare('PRAGMA database_list', true).all([])) {
      const schema = quoteIdentifier(String(name))
      this.#connection.prepare(`SELECT 1 FROM ${schema}.sqlite_schema LIMIT 1`, true).all([])
    }
  }

  #forgetOldest(): void {
    for (const sql of this.#prepared.keys()) {
      this.#prepared.delete(sql)
      return
    }
  }
}

/** To be asked after the statement has run: only then does the driver know of columns that have changed. */
function decoderOf(prepared: PreparedStatement): RowDecoder {
  const now = performance.now()
  if (now >= prepared.decoderUntil) {
    prepared.decoder = rowDecoder(prepared.statement.columns())
    prepared.decoderUntil = now + decoderLifeMs
  }
  return prepared.decoder
}

function isPragma(sql: string): boolean {
  return /^\s*pragma\b/i.test(sql)
}
