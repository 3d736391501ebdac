// The lock is a row of the ledger: whoever inserts it holds the lock, on every database, behind a pooler and on each node
// of a cluster, because a primary or unique key is what all of them keep. It is deleted when the work is done. `checksum`
// holds the token of the holder, `position` counts its heartbeats, `error` says who it is.

import { StatementError } from '../connection/errors.js'
import type { Session } from '../dialects/dialect.js'
import type { Value } from '../schema/expression.js'
import { unknownLedger } from './errors.js'
import type { LedgerTable } from './ledger-table.js'
import type { LockHolder } from './lock-holder.js'

/** A name that no file has. */
export const lockName = '(lock)'
export const lockState = 'lock'

export interface LockState {
  readonly token: string
  readonly heartbeats: number
  readonly since: Date
  readonly holder: LockHolder
}

export class LockRow {
  readonly #table: LedgerTable

  constructor(table: LedgerTable) {
    this.#table = table
  }

  /** Inserts the row; `false` where there is one. */
  async insert(session: Session, token: string, holder: LockHolder): Promise<boolean> {
    const values: Readonly<Record<string, Value>> = {
      name: lockName,
      batch: 0,
      checksum: token,
      fingerprint: '',
      state: lockState,
      started_at: new Date().toISOString(),
      position: 0,
      error: JSON.stringify(holder),
    }
    return (await unlessTaken(this.#table, this.#table.insert(session, values))) !== undefined
  }

  async read(session: Session): Promise<LockState | undefined> {
    const columns = this.#table.columns(['checksum', 'position', 'started_at', 'error'])
    const sql = `select ${columns} from ${this.#table.sql} where ${this.#table.column('name')} = ?`
    const [row] = await session.query(sql, [lockName])
    if (row === undefined) return undefined
    return {
      // PostgreSQL fills a char(64) up with spaces.
      token: String(row['checksum']).trimEnd(),
      heartbeats: Number(row['position']),
      since: new Date(String(row['started_at'])),
      // The row was written by `insert` or `replace`.
      holder: JSON.parse(String(row['error'])) as LockHolder,
    }
  }

  /** Takes the place of a holder that was last seen in `state`; `false` where it has moved since. */
  async replace(session: Session, state: LockState, token: string, holder: LockHolder): Promise<boolean> {
    const set = ['checksum', 'started_at', 'error']
      .map((name) => `${this.#table.column(name)} = ?`)
      .join(', ')
    const sql =
      `update ${this.#table.sql} set ${set} where ${this.#table.column('name')} = ? ` +
      `and ${this.#table.column('checksum')} = ? and ${this.#table.column('position')} = ?`
    const bindings = [
      token,
      new Date().toISOString(),
      JSON.stringify(holder),
      lockName,
      state.token,
      state.heartbeats,
    ]
    return (await unlessTaken(this.#table, session.execute(sql, bindings)))?.changes === 1
  }

  /** Shows that the holder is alive; `false` where the lock is no longer its own. */
  async beat(session: Session, token: string): Promise<boolean> {
    const position = this.#table.column('position')
    const sql =
      `${this.#table.afresh}update ${this.#table.sql} set ${position} = ${position} + 1 where ${this.#table.column('name')} = ? ` +
      `and ${this.#table.column('checksum')} = ?`
    return (await session.execute(sql, [lockName, token])).changes === 1
  }

  async remove(session: Session, token: string): Promise<boolean> {
    const sql = `delete from ${this.#table.sql} where ${this.#table.column('name')} = ? and ${this.#table.column('checksum')} = ?`
    return (await session.execute(sql, [lockName, token])).changes === 1
  }
}

/** The outcome; undefined where another has the row. */
async function unlessTaken<T>(table: LedgerTable, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
    if (error.code === 'TM_UNIQUE_VIOLATION') return undefined
    if (error.code === 'TM_SQL_NO_SUCH_COLUMN') throw unknownLedger(table.sql)
    throw error
  }
}
