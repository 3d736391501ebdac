// The ledger: the table that records what was applied. One row a migration, by its name. It is made by the schema
// builder, like any other table, so that no dialect needs to know of it.

import { LiveExecutor } from '../connection/live-executor.js'
import { StatementError } from '../connection/errors.js'
import { CallQueue } from '../dialects/call-queue.js'
import type { Dialect, Row, Session } from '../dialects/dialect.js'
import type { Value } from '../schema/expression.js'
import { formatTableName, parseTableName } from '../schema/table-name.js'
import { unknownLedger } from './errors.js'
import { LockRow, lockName, lockState } from './lock-row.js'
import { type StoredDown, readDown, writeDown } from './stored-down.js'

/** What the ledger says of one migration. */
export interface LedgerRow {
  readonly id: number
  readonly name: string
  readonly batch: number
  readonly checksum: string
  readonly fingerprint: string
  readonly state: 'running' | 'applied' | 'failed'
  readonly startedAt: Date
  readonly finishedAt: Date | undefined
  readonly durationMs: number | undefined
  /** The journal's position: how many of its statements are known to have taken effect outside a transaction. */
  readonly position: number
  readonly error: string | undefined
  /** Who applied it, `ada@build-7`, and with which release of Tidemark. */
  readonly appliedBy: string | undefined
  readonly toolVersion: string | undefined
  /** How many statements it ran. */
  readonly statements: number | undefined
  /** What it did so far, while it is half-way; see journal.ts. */
  readonly journal: string | undefined
}

/** A row to write, with the compiled `down`, or undefined where it could not be compiled ahead. */
export type NewLedgerRow = Omit<LedgerRow, 'id'> & {
  /** The number of the row that it takes the place of, where it is to stay as old as that one. */
  readonly id?: number
  readonly down: StoredDown | undefined
}

const columns = [
  'id',
  'name',
  'batch',
  'checksum',
  'fingerprint',
  'state',
  'started_at',
  'finished_at',
  'duration_ms',
  'position',
  'error',
  'journal',
  'applied_by',
  'tool_version',
  'statements',
] as const

/** One after the other in this process: on SQLite one session would keep the process waiting for the other. */
const creations = new CallQueue()

export class Ledger {
  readonly table: string
  readonly #dialect: Dialect
  readonly #session: Session
  readonly #quotedTable: string
  #wasLocked = false

  constructor(dialect: Dialect, session: Session, table: string) {
    this.#dialect = dialect
    this.#session = session
    this.table = table
    const { schema, name } = parseTableName(table)
    this.#quotedTable = [schema, name]
      .filter((part) => part !== undefined)
      .map((part) => dialect.quoteIdentifier(part))
      .join('.')
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
    await this.#session.execute(`delete from ${this.#quotedTable} where ${this.#name('name')} <> ?`, [
      lockName,
    ])
  }

  /** Drops the table, and the lock in it. */
  async drop(): Promise<void> {
    await this.#session.execute(`drop table ${this.#quotedTable}`)
  }

  lockRow(): LockRow {
    return new LockRow(this.#dialect, this.#quotedTable)
  }

  async exists(): Promise<boolean> {
    return (await this.#dialect.catalogue(this.#session).table(parseTableName(this.table))) !== undefined
  }

  /** Whether the lock was among the rows that were read last. */
  get wasLocked(): boolean {
    return this.#wasLocked
  }

  /** Every row, in the order in which the migrations were applied; none where there is no ledger yet. */
  async rows(): Promise<readonly LedgerRow[]> {
    try {
      const rows = await this.#session.query(
        `select ${this.#names(columns)} from ${this.#quotedTable} order by ${this.#name('id')}`,
      )
      const migrations = rows.filter((row) => row['state'] !== lockState)
      this.#wasLocked = migrations.length < rows.length
      return migrations.map(toLedgerRow)
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      if (error.code === 'TM_SQL_NO_SUCH_TABLE') return []
      if (error.code === 'TM_SQL_NO_SUCH_COLUMN')
        throw unknownLedger(formatTableName(parseTableName(this.table)))
      throw error
    }
  }

  async find(name: string): Promise<LedgerRow | undefined> {
    const [row] = await this.#session.query(
      `select ${this.#names(columns)} from ${this.#quotedTable} where ${this.#name('name')} = ?`,
      [name],
    )
    return row === undefined ? undefined : toLedgerRow(row)
  }

  /** The compiled `down` of a migration, where the ledger has it. */
  async storedDown(name: string): Promise<StoredDown | undefined> {
    const sql = `select ${this.#name('down')} from ${this.#quotedTable} where ${this.#name('name')} = ?`
    const down = (await this.#session.query(sql, [name]))[0]?.['down']
    return typeof down === 'string' ? readDown(down) : undefined
  }

  /** Writes a row, in place of one of the same name. */
  async write(row: NewLedgerRow): Promise<void> {
    await this.remove(row.name)
    const [, ...read] = columns
    const given = [...(row.id === undefined ? [] : (['id'] as const)), ...read, 'down'] as const
    const values = { id: row.id ?? null, ...fromLedgerRow(row) }
    await this.#session.execute(
      `insert into ${this.#quotedTable} (${this.#names(given)}) values (${given.map(() => '?').join(', ')})`,
      given.map((column) => values[column]),
    )
  }

  async remove(name: string): Promise<void> {
    await this.#session.execute(`delete from ${this.#quotedTable} where ${this.#name('name')} = ?`, [name])
  }

  /** Adds to the journal of a migration that is under way; `false` where it has no row yet. */
  async addToJournal(name: string, text: string, position: number): Promise<boolean> {
    const journal = this.#name('journal')
    // PostgreSQL takes no value for concat() whose type nothing tells; coalesce() does.
    const { changes } = await this.#session.execute(
      `update ${this.#quotedTable} set ${journal} = concat(${journal}, coalesce(?, '')), ${this.#name('position')} = ? where ${this.#name('name')} = ?`,
      [text, position, name],
    )
    return changes > 0
  }

  /** Notes how many statements of a migration outside a transaction have taken effect. */
  async advance(name: string, position: number): Promise<void> {
    await this.#session.execute(
      `update ${this.#quotedTable} set ${this.#name('position')} = ? where ${this.#name('name')} = ?`,
      [position, name],
    )
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

  #name(column: string): string {
    return this.#dialect.quoteIdentifier(column)
  }

  #names(names: readonly string[]): string {
    return names.map((name) => this.#name(name)).join(', ')
  }
}

function toLedgerRow(row: Row): LedgerRow {
  const text = (column: string): string | undefined => {
    const value = row[column]
    return typeof value === 'string' ? value : undefined
  }
  const number = (column: string): number | undefined =>
    row[column] === null || row[column] === undefined ? undefined : Number(row[column])
  const date = (column: string): Date | undefined => {
    const value = text(column)
    return value === undefined ? undefined : new Date(value)
  }
  const state = text('state')
  return {
    id: number('id') ?? 0,
    name: text('name') ?? '',
    batch: number('batch') ?? 0,
    checksum: text('checksum') ?? '',
    fingerprint: text('fingerprint') ?? '',
    state: state === 'applied' || state === 'failed' ? state : 'running',
    startedAt: date('started_at') ?? new Date(0),
    finishedAt: date('finished_at'),
    durationMs: number('duration_ms'),
    position: number('position') ?? 0,
    error: text('error'),
    journal: text('journal'),
    appliedBy: text('applied_by'),
    toolVersion: text('tool_version'),
    statements: number('statements'),
  }
}

function fromLedgerRow(
  row: NewLedgerRow,
): Readonly<Record<Exclude<(typeof columns)[number], 'id'> | 'down', Value>> {
  return {
    name: row.name,
    batch: row.batch,
    checksum: row.checksum,
    fingerprint: row.fingerprint,
    state: row.state,
    started_at: row.startedAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
    duration_ms: row.durationMs === undefined ? null : Math.round(row.durationMs * 10) / 10,
    position: row.position,
    error: row.error ?? null,
    journal: row.journal ?? null,
    applied_by: row.appliedBy ?? null,
    tool_version: row.toolVersion ?? null,
    statements: row.statements ?? null,
    down: row.down === undefined ? null : writeDown(row.down),
  }
}
