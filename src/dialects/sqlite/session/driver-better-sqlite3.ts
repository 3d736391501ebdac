// better-sqlite3 behind the interface of driver.ts.

import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
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

/**
 * The package's own loader looks for its binary in a dozen places on every start; here it is told where the package
 * puts it, and looks for itself only where it is not there.
 */
export function loadBetterSqlite(): SqliteDriver {
  const require = createRequire(import.meta.url)
  // The types of the package describe its main module.
  const Database = require('better-sqlite3') as typeof BetterSqlite3
  const nativeBinding = bindingPath(require)
  const options: BetterSqlite3.Options = nativeBinding === undefined ? {} : { nativeBinding }
  // The binary is loaded with the first connection, so that one that does not fit this Node is found out here.
  new Database(':memory:', options).close()
  return { name: 'better-sqlite3', open: (path) => new BetterSqliteConnection(new Database(path, options)) }
}

function bindingPath(require: NodeJS.Require): string | undefined {
  try {
    return require.resolve('better-sqlite3/build/Release/better_sqlite3.node')
  } catch {
    return undefined
  }
}

class BetterSqliteConnection implements DriverConnection {
  readonly #database: BetterSqlite3.Database

  constructor(database: BetterSqlite3.Database) {
    this.#database = database
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  prepare(sql: string, isReadOnly: boolean): DriverStatement {
    return new BetterSqliteStatement(this.#database.prepare(sql), isReadOnly)
  }

  exec(sql: string): void {
    this.#database.exec(sql)
  }

  close(): void {
    this.#database.close()
  }
}

/**
 * Reading every integer as a bigint costs more than the query itself. So numbers are read as they come, and only where
 * one may be a rounded integer are the rows read again exactly; a statement that writes is read exactly at once.
 */
class BetterSqliteStatement implements DriverStatement {
  readonly #statement: BetterSqlite3.Statement<unknown[], Row>
  #isExact: boolean

  constructor(statement: BetterSqlite3.Statement, isReadOnly: boolean) {
    // Every statement that gives rows gives objects, unless `raw` or `pluck` was asked for.
    this.#statement = statement as BetterSqlite3.Statement<unknown[], Row>
    this.#isExact = !isReadOnly
    statement.safeIntegers(this.#isExact)
  }

  columns(): readonly ResultColumn[] {
    return this.#statement.reader ? this.#statement.columns() : []
  }

  all(bindings: readonly BoundValue[]): Row[] {
    if (!this.#statement.reader) {
      this.#statement.run(bindings)
      return []
    }
    const rows = this.#statement.all(bindings)
    if (this.#isExact) return narrowRows(rows)
    if (!mayBeRounded(rows)) return rows
    this.#isExact = true
    this.#statement.safeIntegers(true)
    return narrowRows(this.#statement.all(bindings))
  }

  run(bindings: readonly BoundValue[]): RunResult {
    const { changes, lastInsertRowid } = this.#statement.run(bindings)
    return { changes, lastInsertId: narrow(BigInt(lastInsertRowid)) }
  }
}
