// The two ways to SQLite, behind one small interface: better-sqlite3, which is faster and may not be installed or be
// built for another Node, and node:sqlite, which Node brings along from 22.13 on. What a caller sees is the same with
// both: integers that a number would round come as bigint, all others as number; blobs as Buffer; rows as plain objects.
// Node before 22.16 does not tell the types of columns: its rows are not decoded (decode.ts).

import type { Row } from '../../dialect.js'
import { ConnectionError } from '../../errors.js'

/** A value as a driver takes it. */
export type BoundValue = string | number | bigint | null | Uint8Array

export interface RunResult {
  /** Of the last statement that changed rows; another kind of statement leaves it as it was. */
  readonly changes: number
  readonly lastInsertId: number | bigint
}

/** A column of a result, with the type that a table declares for it; an expression has none. */
export interface ResultColumn {
  readonly name: string
  readonly type: string | null
}

export interface DriverStatement {
  /** As they were when the statement ran last. None where it gives no rows, or where the driver cannot tell. */
  columns(): readonly ResultColumn[]
  all(bindings: readonly BoundValue[]): Row[]
  run(bindings: readonly BoundValue[]): RunResult
}

export interface DriverConnection {
  /** `isReadOnly` promises that running the statement twice does no harm. */
  prepare(sql: string, isReadOnly: boolean): DriverStatement
  /** Runs SQL without bindings and rows. */
  exec(sql: string): void
  readonly inTransaction: boolean
  close(): void
}

export interface SqliteDriver {
  readonly name: DriverName
  /** Opens the file, making it where it is not there. */
  open(path: string): DriverConnection
}

export const driverNames = ['better-sqlite3', 'node:sqlite'] as const
export type DriverName = (typeof driverNames)[number]

let loaded: SqliteDriver | undefined

/**
 * The driver that this process has, or the one that `TIDEMARK_SQLITE_DRIVER` asks for.
 *
 * @throws ConnectionError TM_DRIVER_MISSING where there is none
 */
export async function loadDriver(variables = process.env): Promise<SqliteDriver> {
  const asked = variables['TIDEMARK_SQLITE_DRIVER']
  if (asked !== undefined && asked !== '') return await loadAsked(asked)
  loaded ??= await loadFirst()
  return loaded
}

async function loadFirst(): Promise<SqliteDriver> {
  try {
    return await load('better-sqlite3')
  } catch (error) {
    return await load('node:sqlite').catch(() => {
      throw missing('Neither better-sqlite3 nor the SQLite of Node itself can be loaded', error)
    })
  }
}

async function loadAsked(name: string): Promise<SqliteDriver> {
  const known = driverNames.find((driver) => driver === name)
  if (known === undefined) {
    throw new ConnectionError({
      code: 'TM_DRIVER_MISSING',
      message: `TIDEMARK_SQLITE_DRIVER is "${name}"; it can be ${driverNames.join(' or ')}.`,
      remedy: 'Correct the variable, or remove it to take the driver that is there.',
    })
  }
  return await load(known).catch((error: unknown) => {
    throw missing(`TIDEMARK_SQLITE_DRIVER asks for ${known}, which cannot be loaded`, error)
  })
}

async function load(name: DriverName): Promise<SqliteDriver> {
  if (name === 'better-sqlite3') return (await import('./driver-better-sqlite3.js')).loadBetterSqlite()
  return (await import('./driver-node-sqlite.js')).loadNodeSqlite()
}

function missing(what: string, cause: unknown): ConnectionError {
  const isBuiltForAnother = cause instanceof Error && 'code' in cause && cause.code === 'ERR_DLOPEN_FAILED'
  return new ConnectionError({
    code: 'TM_DRIVER_MISSING',
    message: `${what} (Node ${process.versions.node}).`,
    remedy: isBuiltForAnother
      ? 'better-sqlite3 was built for another Node. Run: npm rebuild better-sqlite3'
      : 'Run: npm install better-sqlite3',
    cause,
  })
}
