// Opens a database file, and says plainly why where it cannot: SQLite itself says "unable to open database file" for
// nearly everything, and finds out only with the first statement that a file is none of its own.

import { type Stats, accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf } from '../../../support/errors.js'
import type { SessionOptions } from '../../dialect.js'
import { ConnectionError } from '../../errors.js'
import { type SqliteDriver, loadDriver } from './driver.js'
import { Handle } from './handle.js'
import { LockWait } from './lock-wait.js'
import { resultCode } from './result-code.js'

export interface OpenDatabase {
  readonly handle: Handle
  readonly lockWait: LockWait
}

/** @throws ConnectionError where the file cannot be opened or is no database */
export async function openDatabase(options: SessionOptions): Promise<OpenDatabase> {
  const driver = await loadDriver()
  if (options.database !== ':memory:') makeRoom(options.database)
  const handle = openFile(driver, options.database)
  try {
    const lockWait = new LockWait(handle, options.lockTimeoutMs)
    handle.exec(`PRAGMA foreign_keys = ${options.foreignKeys ? 'ON' : 'OFF'}`)
    await lockWait.take(() => handle.query('SELECT 1 FROM sqlite_schema LIMIT 1'))
    return { handle, lockWait }
  } catch (error) {
    handle.close()
    throw unreadable(options.database, error)
  }
}

function makeRoom(path: string): void {
  const stats = statOf(path)
  if (stats?.isDirectory() === true) throw isDirectory(path)
  if (stats !== undefined) return
  try {
    makeFolder(dirname(path))
  } catch (error) {
    throw failed(
      `The folder of the database "${path}" cannot be made: ${messageOf(error)}.`,
      `Make ${dirname(path)} yourself, or configure another file with DB_DATABASE.`,
      error,
    )
  }
}

/** One by one: Node's own recursive way never ends in a folder that takes none, such as /proc. */
function makeFolder(path: string): void {
  if (statOf(path)?.isDirectory() === true) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process may have been faster.
    if (statOf(path)?.isDirectory() !== true) throw error
  }
}

/** Undefined where there is nothing, or where a folder on the way is none. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function openFile(driver: SqliteDriver, path: string): Handle {
  try {
    return new Handle(driver.open(path))
  } catch (error) {
    throw failed(
      `The database "${path}" cannot be opened: ${reason(path, error)}.`,
      permissionRemedy(path),
      error,
    )
  }
}

/** What stands in the way, as the file system says it. */
function reason(path: string, error: unknown): string {
  const exists = statOf(path) !== undefined
  const place = exists ? path : dirname(path)
  try {
    accessSync(place, exists ? constants.R_OK : constants.W_OK)
  } catch {
    return exists ? 'the file may not be read' : `nothing may be written into ${place}`
  }
  return messageOf(error)
}

function permissionRemedy(path: string): string {
  return `Give this user the right to read and write ${path}, or configure another file with DB_DATABASE.`
}

function unreadable(path: string, error: unknown): ConnectionError {
  switch (resultCode(error) ?? '') {
    case 'SQLITE_NOTADB':
      return new ConnectionError({
        code: 'TM_NOT_A_DATABASE',
        message: `The file "${path}" is not a SQLite database (or is an encrypted one).`,
        remedy: 'Check DB_DATABASE, or move the file away to have a new database made in its place.',
        cause: error,
      })
    case 'SQLITE_BUSY':
      return new ConnectionError({
        code: 'TM_DATABASE_LOCKED',
        kind: 'locked',
        message: `The database "${path}" is locked by another process.`,
        remedy: 'Wait until the other process is done, or raise migrations.lockTimeout.',
        cause: error,
      })
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
    case 'SQLITE_IOERR':
      return failed(
        `The database "${path}" cannot be read: ${reason(path, error)}.`,
        permissionRemedy(path),
        error,
      )
    default:
      return failed(
        `The database "${path}" cannot be read: ${messageOf(error)}.`,
        'Restore it from a backup, or repair it with sqlite3 and its command .recover.',
        error,
      )
  }
}

function isDirectory(path: string): ConnectionError {
  return failed(
    `The database "${path}" is a folder, not a file.`,
    `Name a file in it, for instance DB_DATABASE=${path}/database.sqlite.`,
  )
}

function failed(message: string, remedy: string, cause?: unknown): ConnectionError {
  return new ConnectionError({ code: 'TM_CONNECTION_FAILED', message, remedy, cause })
}
