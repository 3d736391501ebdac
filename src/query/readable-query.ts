// Reading: a query that can be run. Each method compiles the query as it stands at the call; the query itself is left as
// it was, so that `count()` and then `get()` of one query both say what they seem to.

import type { RootOperationNode, SelectQueryNode } from 'kysely'
import type { Executor } from '../connection/executor.js'
import type { Row, Statement } from '../dialects/dialect.js'
import type { QueryCompiler } from '../dialects/query-compiler.js'
import { Expression, type Value } from '../schema/expression.js'
import { overRows, overSubquery } from './aggregates.js'
import { misuseError, tooManyBindingsError } from './errors.js'
import { type ColumnName, alias, raw, reference, selection, splitAlias, unqualified } from './nodes.js'
import { runQuery } from './run.js'
import { type ColumnArgument, SelectQuery } from './select-query.js'

/** A callback that gets the rows by portions. `false` ends the walk. */
export type ChunkCallback<R> = (rows: R[], page: number) => unknown

export abstract class ReadableQuery<R extends Row> extends SelectQuery {
  protected readonly executor: Executor

  constructor(executor: Executor) {
    super(executor.dialect)
    this.executor = executor
  }

  abstract override clone(): ReadableQuery<R>

  /** The SQL that `get()` would run, with `?` for each value. */
  async toSql(): Promise<string> {
    return (await this.compile(this.toNode())).sql
  }

  /** The values of `toSql()`, in order. */
  async getBindings(): Promise<readonly Value[]> {
    return (await this.compile(this.toNode())).bindings
  }

  /** All rows. `columns` are selected where nothing else is. */
  async get(...columns: readonly ColumnArgument[]): Promise<R[]> {
    const query = columns.length === 0 ? this : this.#selecting(columns)
    return await query.rows()
  }

  /** The first row, or `null`. */
  async first(...columns: readonly ColumnArgument[]): Promise<R | null> {
    const rows = await this.clone()
      .limit(1)
      .get(...columns)
    return rows[0] ?? null
  }

  /** The row whose `key` is `id`, or `null`. */
  async find(id: Value, key: ColumnName = 'id'): Promise<R | null> {
    return await this.clone().closeConditions().where(key, id).first()
  }

  /** One column of the first row, or `null` where there is no row. */
  async value(column: ColumnName): Promise<unknown> {
    const [row] = await this.#columns({ value: column }, 1)
    return row?.['value'] ?? null
  }

  /** One column of every row, as a list; with `key`, as an object by that column. */
  async pluck(column: ColumnName): Promise<unknown[]>
  async pluck(column: ColumnName, key: ColumnName): Promise<Record<string, unknown>>
  async pluck(column: ColumnName, key?: ColumnName): Promise<unknown[] | Record<string, unknown>> {
    if (key === undefined) return (await this.#columns({ value: column })).map((row) => row['value'])
    const rows = await this.#columns({ value: column, key })
    return Object.fromEntries(rows.map((row) => [String(row['key']), row['value']]))
  }

  /** How many rows `get()` would give; with a column, how many of them have a value there. */
  async count(column: ColumnName = '*'): Promise<number> {
    return Number(await this.#aggregate('count', column))
  }

  async min(column: ColumnName): Promise<unknown> {
    return await this.#aggregate('min', column)
  }

  async max(column: ColumnName): Promise<unknown> {
    return await this.#aggregate('max', column)
  }

  /** 0 where there is nothing to add up. */
  async sum(column: ColumnName): Promise<number | bigint> {
    return total(await this.#aggregate('sum', column))
  }

  /** `null` where there is no value. */
  async avg(column: ColumnName): Promise<number | null> {
    const average = await this.#aggregate('avg', column)
    return average === null ? null : Number(average)
  }

  /** Whether there is any row. */
  async exists(): Promise<boolean> {
    const query = this.clone().limit(Math.min(this.clauses.limit ?? 1, 1))
    if (this.clauses.selections.length === 0) query.set({ selections: [selection(raw('1'))] })
    return (await query.rows()).length > 0
  }

  /** Whether there is no row. */
  async doesntExist(): Promise<boolean> {
    return !(await this.exists())
  }

  /**
   * Hands over the rows by portions of `size`, until they are at an end or the callback gives `false`; says whether they
   * came to an end. The query needs an order. Where the callback changes what the query asks for, use `chunkById`.
   */
  async chunk(size: number, callback: ChunkCallback<R>): Promise<boolean> {
    if (this.clauses.orders.length === 0) throw unorderedError('chunk')
    const start = this.clauses.offset ?? 0
    return await this.#walk(size, callback, (count, seen) =>
      this.clone()
        .offset(start + seen)
        .limit(count),
    )
  }

  /** The same in the order of `column`, which must be unique; rows may be changed on the way. */
  async chunkById(size: number, callback: ChunkCallback<R>, column: ColumnName = 'id'): Promise<boolean> {
    if (this.clauses.orders.length > 0 || this.clauses.offset !== undefined) throw orderedByIdError()
    const name = resultName(column, 'chunkById')
    return await this.#walk(size, callback, (count, _seen, last) => {
      const next = this.clone().orderBy(column).limit(count)
      return last === undefined ? next : next.after(column, last[name], name)
    })
  }

  /** Hands over the rows one by one; reads them by portions of `size`. The query needs an order. */
  async each(callback: (row: R, index: number) => unknown, size = 1000): Promise<boolean> {
    let index = 0
    return await this.chunk(size, async (rows) => {
      for (const row of rows) if ((await callback(row, index++)) === false) return false
      return true
    })
  }

  protected async rows(): Promise<R[]> {
    // The array is this call's own. R is Row, or the columns that were generated from the table that is read.
    return (await this.#select(this.toNode())) as R[]
  }

  /** Passes the gate, because it may first have to be loaded. */
  protected async compiler(): Promise<QueryCompiler> {
    return await this.executor.gate.pass(() => this.executor.dialect.queryCompiler())
  }

  protected async compile(node: RootOperationNode): Promise<Statement> {
    const compiler = await this.compiler()
    const statement = compiler.compile(node)
    const count = statement.bindings.length
    if (count > compiler.maxBindings) throw tooManyBindingsError(statement.sql, count, compiler.maxBindings)
    return statement
  }

  /** The table of `from`, without its alias, for messages. */
  protected tableNames(): string[] {
    const { from } = this.clauses
    return typeof from === 'string' ? [splitAlias(from).text] : []
  }

  /** Only the rows behind `last`. */
  protected after(column: ColumnName, last: unknown, name: string): this {
    if (last === undefined || last === null) throw missingIdError(name)
    // It came out of the database, so that it can be bound; `where` checks it once more.
    return this.closeConditions().where(column, '>', last as Value)
  }

  #selecting(columns: readonly ColumnArgument[]): ReadableQuery<R> {
    return this.clauses.selections.length > 0 ? this : this.clone().select(...columns)
  }

  /** The named columns of each row. What was selected before stands, and is then asked for by its name. */
  async #columns(named: Readonly<Record<string, ColumnName>>, limit = this.clauses.limit): Promise<Row[]> {
    const query = this.clone()
    if (limit !== undefined) query.limit(limit)
    const columns = Object.entries(named)
    if (this.clauses.selections.length === 0) {
      query.set({ selections: columns.map(([name, column]) => selection(alias(reference(column), name))) })
      return await query.rows()
    }
    const rows: Row[] = await query.rows()
    return rows.map((row) =>
      Object.fromEntries(columns.map(([name, column]) => [name, selectedCell(row, column)])),
    )
  }

  /** Over the rows that `get()` would give: where those are grouped, cut or distinct, they become a sub-query. */
  async #aggregate(func: string, column: ColumnName): Promise<unknown> {
    const { isDistinct, limit, offset } = this.clauses
    const isNested =
      this.isGrouped || limit !== undefined || offset !== undefined || (isDistinct && column === '*')
    const over = isNested ? overSubquery : overRows
    const [row] = await this.#select(over(func, column, this.toNode()))
    return row?.['aggregate'] ?? null
  }

  async #select(node: SelectQueryNode): Promise<readonly Row[]> {
    const statement = await this.compile(node)
    const origin = { tables: this.tableNames() }
    return await runQuery(this.executor, () => this.executor.query(statement), origin)
  }

  async #walk(
    size: number,
    callback: ChunkCallback<R>,
    portion: (count: number, seen: number, last: R | undefined) => ReadableQuery<R>,
  ): Promise<boolean> {
    if (!Number.isSafeInteger(size) || size < 1) throw portionError(size)
    const wanted = this.clauses.limit ?? Infinity
    return await this.executor.gate.pass(async () => {
      let last: R | undefined
      for (let seen = 0, page = 1; seen < wanted; page += 1) {
        const count = Math.min(size, wanted - seen)
        const rows = await portion(count, seen, last).rows()
        if (rows.length > 0 && (await callback(rows, page)) === false) return false
        if (rows.length < count) return true
        seen += rows.length
        last = rows.at(-1)
      }
      return true
    })
  }
}

function selectedCell(row: Row, column: ColumnName): unknown {
  const name = resultName(column, 'pluck')
  if (Object.hasOwn(row, name)) return row[name]
  throw misuseError(
    `The query selects ${Object.keys(row).join(', ')}, and was then asked for "${name}".`,
    `Add "${name}" to select(), or leave select() out.`,
  )
}

/** What a column is called in a row. */
function resultName(column: ColumnName, method: string): string {
  if (column instanceof Expression) {
    throw misuseError(
      `${method}() cannot tell the name of ${column.sql} in the rows.`,
      `Select it under a name, db.raw('… as total'), and give ${method}('total').`,
    )
  }
  const { text, as } = splitAlias(column)
  return as ?? unqualified(text)
}

function unorderedError(method: string): Error {
  return misuseError(
    `${method}() reads portion after portion, and without an order these may overlap.`,
    `Add orderBy('id') before ${method}(), or use chunkById().`,
  )
}

function orderedByIdError(): Error {
  return misuseError(
    'chunkById() has an order and a start of its own; the query has orderBy() or offset() too.',
    'Take them out, or use chunk().',
  )
}

function missingIdError(name: string): Error {
  return misuseError(
    `chunkById() goes on behind the last "${name}", and the rows have no "${name}" or it is null.`,
    `Add "${name}" to select(), or name a unique column that is never null: chunkById(100, callback, 'id').`,
  )
}

function portionError(size: number): Error {
  return misuseError(
    `A portion must be a whole number of rows from 1; given was ${size}.`,
    'Write chunk(1000, …).',
  )
}

/** A server adds integers up to a decimal, which is a text; one that a number would round becomes a bigint. */
function total(sum: unknown): number | bigint {
  if (typeof sum === 'bigint') return sum
  const number = Number(sum ?? 0)
  return typeof sum === 'string' && /^-?\d+$/.test(sum) && !Number.isSafeInteger(number)
    ? BigInt(sum)
    : number
}
