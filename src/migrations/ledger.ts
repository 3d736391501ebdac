// The ledger: the table that records what was applied. One row a migration, by its name. It is made by the schema
// builder, like any other table, so that no dialect needs to know of it.

import { LiveExecutor } from '../connection/live-executor.js'
import { StatementError } from '../connection/errors.js'
import { CallQueue } from '../dialects/call-queue.js'
import type { Dialect, Session } from '../dialects/dialect.js'
import { formatTableName, parseTableName } from '../schema/table-name.js'
import { unknownLedger } from './errors.js'
import { JournalPieces, pieceState } from './journal-pieces.js'
import {
  type LedgerRow,
  type NewLedgerRow,
  fromLedgerRow,
  ledgerColumns,
  pendingRow,
  toLedgerRow,
} from './ledger-row.js'
import { LedgerTable } from './ledger-table.js'
import { LockRow, lockName, lockState } from './lock-row.js'
import { type StoredDown, readDown } from './stored-down.js'

/** One after the other in this process: on SQLite one session would keep the process waiting for the other. */
const creations = new CallQueue()

export class Ledger {
  readonly table: string
  readonly #dialect: Dialect
  readonly #session: Session
  readonly #table: LedgerTable
  readonly #pieces: JournalPieces
  #wasLocked = false

  constructor(dialect: Dialect, session: Session, table: string) {
    this.#dialect = dialect
    this.#session = session
    this.table = table
    this.#table = new LedgerTable(dialect, table)
    this.#pieces = new JournalPieces(this.#table)
  }

  /** Makes the table; `false` where it was there. Of several processes that come at once, one makes it, whole. */
  async create(): Promise<boolean> {
    return await creations.add(() => this.#create())
  }

  async #create(): Promise<boolean> {
    if (await this.exists()) return false
    try {
      const make = () => this.#make()
      await (this.#dialect.capabilities.transactionalDdl ? this.#session.transaction(make) : make())
      return true
    } catch (error) {
      if (await this.exists()) return false
      throw error
    }
  }

  /** Forgets every migration; the lock stays. */
  async clear(): Promise<void> {
    await this.#session.execute(`delete from ${this.#table.sql} where ${this.#table.column('name')} <> ?`, [
      lockName,
    ])
  }

  /** Drops the table, and the lock in it. */
  async drop(): Promise<void> {
    await this.#session.execute(`drop table ${this.#table.sql}`)
  }

  lockRow(): LockRow {
    return new LockRow(this.#table)
  }

  /** @throws LedgerError where a table of its name is somebody else's */
  async exists(): Promise<boolean> {
    const columns = await this.#columns()
    if (columns === undefined) return false
    if (!ledgerColumns.every((name) => columns.includes(name))) throw await this.#foreign(columns)
    return true
  }

  async #columns(): Promise<readonly string[] | undefined> {
    const found = await this.#dialect.catalogue(this.#session).table(parseTableName(this.table))
    return found?.columns.map(({ name }) => name)
  }

  async #foreign(columns: readonly string[]): Promise<Error> {
    const table = parseTableName(this.table)
    const { toolOf } = await import('./other-ledgers.js')
    return unknownLedger(formatTableName(table), toolOf(table.name, columns))
  }

  /** Whether the lock was among the rows that were read last. */
  get wasLocked(): boolean {
    return this.#wasLocked
  }

  /** Every row, in the order in which the migrations were applied; none where there is no ledger yet. */
  async rows(): Promise<readonly LedgerRow[]> {
    try {
      const rows = await this.#session.query(
        `select ${this.#table.columns(ledgerColumns)} from ${this.#table.sql} order by ${this.#table.column('id')}`,
      )
      const journals = this.#pieces.assemble(rows)
      this.#wasLocked = rows.some((row) => row['state'] === lockState)
      return rows
        .filter((row) => row['state'] !== lockState && row['state'] !== pieceState)
        .map((row) => toLedgerRow(row, journals.get(row['name'])))
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      if (error.code === 'TM_SQL_NO_SUCH_TABLE') return []
      if (error.code === 'TM_SQL_NO_SUCH_COLUMN') throw await this.#foreign((await this.#columns()) ?? [])
      throw error
    }
  }

  async find(name: string): Promise<LedgerRow | undefined> {
    const [row] = await this.#session.query(
      `select ${this.#table.columns(ledgerColumns)} from ${this.#table.sql} where ${this.#table.column('name')} = ?`,
      [name],
    )
    if (row === undefined) return undefined
    const first = row['journal']
    return toLedgerRow(
      row,
      typeof first === 'string' ? await this.#pieces.read(this.#session, name, first) : undefined,
    )
  }

  /** The compiled `down` of a migration, where the ledger has it. */
  async storedDown(name: string): Promise<StoredDown | undefined> {
    const sql = `select ${this.#table.column('down')} from ${this.#table.sql} where ${this.#table.column('name')} = ?`
    const down = (await this.#session.query(sql, [name]))[0]?.['down']
    return typeof down === 'string' ? readDown(down) : undefined
  }

  /** Writes a row, in place of one of the same name. */
  async write(row: NewLedgerRow): Promise<void> {
    await this.remove(row.name)
    const journal = row.journal === undefined ? undefined : this.#pieces.first(row.journal)
    const values = fromLedgerRow({ ...row, journal })
    await this.#table.insert(this.#session, { ...(row.id !== undefined && { id: row.id }), ...values })
    if (row.journal !== undefined) await this.#pieces.writeRest(this.#session, row.name, row.journal)
  }

  async remove(name: string): Promise<void> {
    await this.#pieces.remove(this.#session, name)
    await this.#session.execute(`delete from ${this.#table.sql} where ${this.#table.column('name')} = ?`, [
      name,
    ])
  }

  /**
   * Removes the row of a migration that is not applied. Where a later one is (`isPassed`), the ledger keeps that it may run
   * all the same: it was there in time.
   */
  async leave(name: string, isPassed: boolean): Promise<void> {
    await (isPassed ? this.write(pendingRow(name)) : this.remove(name))
  }

  /** Adds to the journal of a migration that is under way; `false` where it has no row yet. */
  async addToJournal(name: string, text: string, position: number): Promise<boolean> {
    return (await this.#pieces.add(this.#session, name, text)) && (await this.advance(name, position))
  }

  /** Notes how many statements of a migration outside a transaction have taken effect; `false` where it has no row. */
  async advance(name: string, position: number): Promise<boolean> {
    const { changes } = await this.#session.execute(
      `update ${this.#table.sql} set ${this.#table.column('position')} = ? where ${this.#table.column('name')} = ?`,
      [position, name],
    )
    return changes > 0
  }

  async #make(): Promise<void> {
    const { SchemaBuilder } = await import('../schema/schema-builder.js')
    const schema = new SchemaBuilder(new LiveExecutor(this.#dialect, this.#session))
    await schema.create(this.table, (table) => {
      table.id()
      table.string('name').unique()
      table.integer('batch')
      table.char('checksum', 64)
      table.string('fingerprint', 64)
      table.string('state', 16)
      table.string('started_at', 32)
      table.string('finished_at', 32).nullable()
      table.double('duration_ms').nullable()
      table.integer('position').default(0)
      table.text('error').nullable()
      table.longText('journal').nullable()
      table.string('applied_by').nullable()
      table.string('tool_version', 32).nullable()
      table.integer('statements').nullable()
      table.longText('down').nullable()
    })
  }
}
