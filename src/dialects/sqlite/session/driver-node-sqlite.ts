// Node's own SQLite behind the interface of driver.ts. Its types are written down here, because the oldest Node that
// Tidemark runs on has no such module.

import type { Row } from '../../dialect.js'
import type {
  BoundValue,
  DriverConnection,
  DriverStatement,
  ResultColumn,
  RunResult,
  SqliteDriver,
} from './driver.js'
import { mayBeRounded, narrow, narrowRows } from './driver-values.js'

interface NodeSqlite {
  readonly DatabaseSync: new (path: string) => NodeDatabase
}

interface NodeDatabase {
  /** From Node 22.16 on. */
  readonly isTransaction?: boolean
  prepare(sql: string): NodeStatement
  exec(sql: string): void
  close(): void
}

interface NodeStatement {
  all(...bindings: readonly BoundValue[]): Row[]
  run(...bindings: readonly BoundValue[]): { changes: number | bigint; lastInsertRowid: number | bigint }
  setReadBigInts(enabled: boolean): void
  /** From Node 22.16 on. */
  columns?(): readonly ResultColumn[]
}

export function loadNodeSqlite(): SqliteDriver {
  const module = withoutExperimentalWarning(() => process.getBuiltinModule('node:sqlite'))
  if (module === undefined) throw new Error(`Node ${process.versions.node} has no node:sqlite`)
  // The interface above is what Node documents: https://nodejs.org/api/sqlite.html
  const { DatabaseSync } = module as unknown as NodeSqlite
  return { name: 'node:sqlite', open: (path) => new NodeConnection(new DatabaseSync(path)) }
}

/** Node 22 warns that the module is experimental when it is loaded; that one warning is held back. */
function withoutExperimentalWarning<T>(load: () => T): T {
  // oxlint-disable-next-line typescript/unbound-method -- it is put back as it was, and called with its own `this`
  const emitWarning = process.emitWarning
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    const text = typeof warning === 'string' ? warning : warning.message
    if (!text.startsWith('SQLite is an experimental feature'))
      Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}

class NodeConnection implements DriverConnection {
  readonly #database: NodeDatabase

  constructor(database: NodeDatabase) {
    this.#database = database
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction ?? !this.#canBegin()
  }

  prepare(sql: string, isReadOnly: boolean): DriverStatement {
    return new NodeSqliteStatement(this.#database.prepare(sql), isReadOnly)
  }

  exec(sql: string): void {
    this.#database.exec(sql)
  }

  close(): void {
    this.#database.close()
  }

  /** A plain BEGIN takes no lock, and fails only inside a transaction. */
  #canBegin(): boolean {
    try {
      this.#database.exec('BEGIN')
    } catch {
      return false
    }
    this.#database.exec('COMMIT')
    return true
  }
}

/**
 * As in driver-better-sqlite3.ts, integers are read as numbers until one does not fit. The driver then throws, except for
 * the smallest integer, which it rounds (Node 24.21).
 */
class NodeSqliteStatement implements DriverStatement {
  readonly #statement: NodeStatement
  #isExact: boolean

  constructor(statement: NodeStatement, isReadOnly: boolean) {
    this.#statement = statement
    this.#isExact = !isReadOnly
    statement.setReadBigInts(this.#isExact)
  }

  columns(): readonly ResultColumn[] {
    return this.#statement.columns?.() ?? []
  }

  all(bindings: readonly BoundValue[]): Row[] {
    const rows = this.#isExact ? undefined : this.#readNumbers(bindings)
    if (rows !== undefined) return rows.map(plainRow)
    this.#isExact = true
    this.#statement.setReadBigInts(true)
    return narrowRows(this.#statement.all(...bindings).map(plainRow))
  }

  run(bindings: readonly BoundValue[]): RunResult {
    const { changes, lastInsertRowid } = this.#statement.run(...bindings)
    return { changes: Number(changes), lastInsertId: narrow(BigInt(lastInsertRowid)) }
  }

  /** Undefined where an integer does not fit into a number. */
  #readNumbers(bindings: readonly BoundValue[]): Row[] | undefined {
    try {
      const rows = this.#statement.all(...bindings)
      return mayBeRounded(rows) ? undefined : rows
    } catch (error) {
      if (isOutOfRange(error)) return undefined
      throw error
    }
  }
}

function isOutOfRange(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE'
}

/** Node gives rows without a prototype, and blobs as bare Uint8Array. */
function plainRow(row: Row): Row {
  const plain: Row = { ...row }
  for (const name in plain) {
    const value = plain[name]
    if (value instanceof Uint8Array)
      plain[name] = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  return plain
}
