// Writing: what `db.table('orders')` gives. A write takes the conditions of the query, and refuses the clauses that it
// could only ignore. Values that Tidemark has to look at before it writes make it a transaction.

import type { DeleteQueryNode, OperationNode } from 'kysely'
import type { Row } from '../dialects/dialect.js'
import type { Value } from '../schema/expression.js'
import { formatTableName, parseTableName } from '../schema/table-name.js'
import type { TableSnapshot } from '../schema/snapshot.js'
import { misuseError } from './errors.js'
import { binary, list, reference, selection, source, splitAlias, value } from './nodes.js'
import type { Operand, SubqueryCallback } from './operands.js'
import { ReadableQuery } from './readable-query.js'
import { runQuery } from './run.js'
import type { SelectQuery } from './select-query.js'
import { bindable } from './values.js'
import {
  type RowValues,
  assignment,
  assignments,
  insertNodes,
  insertUsingNode,
  onConflict,
  proposed,
  returning,
  updateNode,
} from './write-nodes.js'

/**
 * A query of one table, to read and to write.
 *
 * @example
 * await db.table('orders')
 *   .whereNotExists((query) => query.from('customers').whereColumn('customers.id', 'orders.customer_id'))
 *   .update({ customer_id: null })
 */
export class TableQuery<R extends Row = Row> extends ReadableQuery<R> {
  override clone(): TableQuery<R> {
    return new TableQuery<R>(this.executor).copy(this)
  }

  /**
   * Inserts one row or many, all or none. Many are cut into as many statements as the database needs. An empty list does
   * nothing.
   */
  async insert(rows: RowValues | readonly RowValues[]): Promise<void> {
    await this.#insert('insert', rows)
  }

  /** The same, but leaves out rows whose unique key is there already; says how many were inserted. */
  async insertOrIgnore(rows: RowValues | readonly RowValues[]): Promise<number> {
    return await this.#insert('insertOrIgnore', rows, onConflict([], []))
  }

  /** Inserts one row and says which number it got as its key. */
  async insertGetId(values: RowValues, key = 'id'): Promise<number | bigint> {
    this.#refuseClauses('insertGetId', [])
    const [node] = insertNodes(this.#tableName(), [values], Number.MAX_SAFE_INTEGER)
    if (node === undefined) throw noTableError()
    const { returnsInsertedId } = await this.compiler()
    const { lastInsertId } = await this.#execute(returnsInsertedId ? returning(node, key) : node)
    return lastInsertId ?? (await this.#expectedId(key))
  }

  /** Inserts the rows that a query gives; says how many. */
  async insertUsing(columns: readonly string[], query: SelectQuery | SubqueryCallback): Promise<number> {
    this.#refuseClauses('insertUsing', [])
    const { changes } = await this.#execute(insertUsingNode(this.#tableName(), columns, this.subquery(query)))
    return changes
  }

  /**
   * Inserts rows, or updates those that are there already, told by the unique key `uniqueBy`; says how many rows were
   * inserted or changed. `update` names the columns to change, or gives their values; all of them unless given.
   */
  async upsert(
    rows: RowValues | readonly RowValues[],
    uniqueBy: string | readonly string[],
    update?: readonly string[] | RowValues,
  ): Promise<number> {
    const list = listOf(rows)
    const keys = typeof uniqueBy === 'string' ? [uniqueBy] : uniqueBy
    const columns = update ?? Object.keys(list[0] ?? {}).filter((name) => !keys.includes(name))
    const updates = isList(columns)
      ? columns.map((name) => assignment(name, proposed(name)))
      : assignments(columns, 'upsert')
    return await this.#insert('upsert', list, onConflict(keys, updates))
  }

  /** Changes the rows of the query; says how many. */
  async update(values: RowValues): Promise<number> {
    return await this.#update('update', assignments(values, 'update'))
  }

  /** Changes the first row that has `attributes`, or inserts one with both; says whether anything was written. */
  async updateOrInsert(
    attributes: Readonly<Record<string, Operand>>,
    values: RowValues = {},
  ): Promise<boolean> {
    return await this.executor.transaction(async () => {
      const matching = this.clone().closeConditions().where(attributes)
      const matches = await matching.clone().limit(2).count()
      if (matches === 0) {
        await this.#fresh().insert({ ...attributes, ...values })
        return true
      }
      if (Object.keys(values).length === 0) return true
      // A limit costs a look at the table's keys, which a unique match does without.
      return (await (matches === 1 ? matching : matching.limit(1)).update(values)) > 0
    })
  }

  /** Adds `amount` to a column, and sets the other values; says how many rows changed. */
  async increment(column: string, amount: number | bigint = 1, others: RowValues = {}): Promise<number> {
    return await this.#step('increment', column, amount, others)
  }

  /** Takes `amount` off a column, and sets the other values; says how many rows changed. */
  async decrement(column: string, amount: number | bigint = 1, others: RowValues = {}): Promise<number> {
    return await this.#step('decrement', column, amount, others)
  }

  /** Deletes the rows of the query, or of them the one with this `id`; says how many. */
  async delete(...id: readonly [] | readonly [id: Value]): Promise<number> {
    const query = id.length === 0 ? this : this.clone().closeConditions().where('id', id[0])
    return await query.#delete()
  }

  /** Empties the table and starts its counter anew. */
  async truncate(): Promise<void> {
    this.#refuseClauses('truncate', [])
    const table = await this.#snapshot()
    const compiler = await this.compiler()
    const statements = compiler.truncate(table)
    const run = async () => {
      for (const statement of statements) await this.executor.execute(statement)
    }
    await (statements.length > 1 ? this.executor.transaction(run) : run())
  }

  async #insert(
    method: string,
    rows: RowValues | readonly RowValues[],
    conflict?: ReturnType<typeof onConflict>,
  ): Promise<number> {
    this.#refuseClauses(method, [])
    const compiler = await this.compiler()
    const nodes = insertNodes(this.#tableName(), listOf(rows), compiler.maxBindings, conflict)
    const run = async () => {
      let changes = 0
      for (const node of nodes) changes += (await this.#execute(node)).changes
      return changes
    }
    return nodes.length > 1 ? await this.executor.transaction(run) : await run()
  }

  async #update(method: string, updates: ReturnType<typeof assignments>): Promise<number> {
    this.#refuseClauses(method, ['join', 'orderBy', 'limit', 'offset'])
    if (updates.length === 0) return 0
    const { changes } = await this.#execute(
      updateNode(source(this.#target()), updates, await this.#writeCondition()),
    )
    return changes
  }

  async #step(
    method: 'increment' | 'decrement',
    column: string,
    amount: number | bigint,
    others: RowValues,
  ): Promise<number> {
    const by = value(bindable(amount, `${method}("${column}")`))
    const stepped = assignment(column, binary(reference(column), method === 'increment' ? '+' : '-', by))
    return await this.#update(method, [stepped, ...assignments(others, method)])
  }

  async #delete(): Promise<number> {
    this.#refuseClauses('delete', ['join', 'orderBy', 'limit', 'offset'])
    const where = await this.#writeCondition()
    const node: DeleteQueryNode = {
      kind: 'DeleteQueryNode',
      from: { kind: 'FromNode', froms: [source(this.#target())] },
      ...(where !== undefined && { where: { kind: 'WhereNode', where } }),
    }
    return (await this.#execute(node)).changes
  }

  /** The rows to write to. Joins and limits, which not every database has there, go into a sub-query of the rows' keys. */
  async #writeCondition(): Promise<OperationNode | undefined> {
    const { joins, limit, offset } = this.clauses
    if (joins.length === 0 && limit === undefined && offset === undefined) return this.conditionNode()
    const compiler = await this.compiler()
    const { text, as } = splitAlias(this.#target())
    const columns = compiler
      .rowLocator(await this.#snapshot())
      .map((name) => reference(`${as ?? text}.${name}`))
    const rows = { ...this.toNode(), selections: columns.map(selection) }
    const [first, ...others] = columns
    if (first === undefined) throw untoldRowsError(text)
    return binary(others.length === 0 ? first : list(columns), 'in', rows)
  }

  async #execute(node: Parameters<typeof this.compile>[0]) {
    const statement = await this.compile(node)
    return await runQuery(this.executor, () => this.executor.execute(statement), {
      tables: this.tableNames(),
    })
  }

  /** The id of a row that was written down and not inserted: the next one, as far as the rows of now tell. */
  async #expectedId(key: string): Promise<number> {
    return Number((await this.#fresh().max(key)) ?? 0) + 1
  }

  #fresh(): TableQuery {
    return new TableQuery(this.executor).from(this.#tableName())
  }

  async #snapshot(): Promise<TableSnapshot> {
    const name = parseTableName(this.#tableName())
    const table = await this.executor.gate.pass(() => this.executor.catalogue.table(name))
    if (table !== undefined) return table
    throw misuseError(
      `There is no table "${formatTableName(name)}".`,
      'Look at the tables that there are: tidemark db:show.',
    )
  }

  #tableName(): string {
    return splitAlias(this.#target()).text
  }

  #target(): string {
    const { from } = this.clauses
    if (from === undefined) throw noTableError()
    if (typeof from === 'string') return from
    throw misuseError(`Rows cannot be written to ${from.sql}.`, "Name a table: db.table('users').")
  }

  /** A clause that a write would ignore is a misunderstanding, and one that can cost rows. */
  #refuseClauses(method: string, allowed: readonly string[]): void {
    const { selections, isDistinct, joins, orders, limit, offset } = this.clauses
    const isWhereAllowed = allowed.length > 0
    const given = {
      where: !isWhereAllowed && this.conditionNode() !== undefined,
      select: selections.length > 0,
      distinct: isDistinct,
      join: joins.length > 0,
      'groupBy or having': this.isGrouped,
      orderBy: orders.length > 0,
      limit: limit !== undefined,
      offset: offset !== undefined,
    }
    const refused = Object.entries(given).find(([clause, isGiven]) => isGiven && !allowed.includes(clause))
    if (refused === undefined) return
    throw misuseError(
      `${method}() takes no ${refused[0]}.`,
      `Leave it out; ${method}() would pay no heed to it.`,
    )
  }
}

function untoldRowsError(table: string): Error {
  return misuseError(
    `The rows of "${table}" cannot be told apart, so that a join or a limit of a write cannot choose among them.`,
    'Say with where() alone which rows to write to.',
  )
}

function noTableError(): Error {
  return misuseError('The query has no table.', "Name one: db.table('users'), or db.query().from('users').")
}

function listOf(rows: RowValues | readonly RowValues[]): readonly RowValues[] {
  return isList(rows) ? rows : [rows]
}

function isList<Item>(given: RowValues | readonly Item[]): given is readonly Item[] {
  return Array.isArray(given)
}
