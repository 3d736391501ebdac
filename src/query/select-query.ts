// A query as it is described: what to select, from where, how joined, grouped, ordered and cut. It is plain data until a
// `TableQuery` runs it, and as it stands it serves as a sub-query. Each method changes the query and returns it; `clone()`
// gives one that goes on apart. There is no `then`: awaiting a query that was not told what to do is found by the linter.

import type {
  GroupByItemNode,
  JoinNode,
  JoinType,
  OperationNode,
  OrderByItemNode,
  SelectQueryNode,
  SelectionNode,
} from 'kysely'
import type { Dialect } from '../dialects/dialect.js'
import type { Expression, Value } from '../schema/expression.js'
import { ConditionBuilder, type QueryContext } from './condition-builder.js'
import { misuseError } from './errors.js'
import { JoinClause } from './join-clause.js'
import { type ColumnName, raw, reference, selected, selection, source, value } from './nodes.js'
import { type ColumnComparison, type WhereArguments, refuseAsync } from './operands.js'

/** How a join is said: its columns, `('posts', 'users.id', '=', 'posts.user_id')`, or a callback that adds conditions. */
export type JoinArguments =
  | readonly [table: string | Expression, conditions: (join: JoinClause) => unknown]
  | readonly [table: string | Expression, ...columns: ColumnComparison]

/** The clauses of a query beside its conditions. */
export interface Clauses {
  readonly from: string | Expression | undefined
  readonly selections: readonly SelectionNode[]
  readonly isDistinct: boolean
  readonly joins: readonly JoinNode[]
  readonly groups: readonly GroupByItemNode[]
  readonly orders: readonly OrderByItemNode[]
  readonly limit: number | undefined
  readonly offset: number | undefined
}

const noClauses: Clauses = {
  from: undefined,
  selections: [],
  isDistinct: false,
  joins: [],
  groups: [],
  orders: [],
  limit: undefined,
  offset: undefined,
}

export class SelectQuery extends ConditionBuilder {
  protected clauses: Clauses = noClauses
  #havings: Havings

  constructor(dialect: Dialect) {
    const context: QueryContext = { dialect, newQuery: () => new SelectQuery(dialect) }
    super(context)
    this.#havings = new Havings(context)
  }

  /** A query that says the same and goes on apart from this one. */
  clone(): SelectQuery {
    return new SelectQuery(this.context.dialect).copy(this)
  }

  from(table: string | Expression): this {
    return this.set({ from: table })
  }

  /** Instead of every column: `name`, `users.name`, `name as label`, `meta->lang`, or `db.raw('…')`. */
  select(...columns: readonly ColumnArgument[]): this {
    return this.set({ selections: columns.flat().map(selected) })
  }

  /** The same, beside what is selected already. */
  addSelect(...columns: readonly ColumnArgument[]): this {
    return this.set({ selections: [...this.clauses.selections, ...columns.flat().map(selected)] })
  }

  /** Selects what SQL says, `sum(price * ?) as total`, beside what is selected already. */
  selectRaw(sql: string, bindings: readonly Value[] = []): this {
    return this.set({ selections: [...this.clauses.selections, selection(this.rawNode(sql, bindings))] })
  }

  /** Drops rows that are wholly alike. */
  distinct(): this {
    return this.set({ isDistinct: true })
  }

  join(...join: JoinArguments): this {
    return this.#join('InnerJoin', join)
  }

  leftJoin(...join: JoinArguments): this {
    return this.#join('LeftJoin', join)
  }

  rightJoin(...join: JoinArguments): this {
    return this.#join('RightJoin', join)
  }

  crossJoin(table: string | Expression): this {
    const node: JoinNode = { kind: 'JoinNode', joinType: 'CrossJoin', table: source(table) }
    return this.set({ joins: [...this.clauses.joins, node] })
  }

  groupBy(...columns: readonly ColumnArgument[]): this {
    const groups = columns.flat().map(groupItem)
    return this.set({ groups: [...this.clauses.groups, ...groups] })
  }

  /** A condition for groups; it is said as in `where`. */
  having(...condition: WhereArguments): this {
    this.#havings.where(...condition)
    return this
  }

  orHaving(...condition: WhereArguments): this {
    this.#havings.orWhere(...condition)
    return this
  }

  havingRaw(sql: string, bindings: readonly Value[] = []): this {
    this.#havings.whereRaw(sql, bindings)
    return this
  }

  orHavingRaw(sql: string, bindings: readonly Value[] = []): this {
    this.#havings.orWhereRaw(sql, bindings)
    return this
  }

  orderBy(column: ColumnName, direction: 'asc' | 'desc' = 'asc'): this {
    if (isDirection(direction)) return this.#order(reference(column), direction)
    throw misuseError(
      `"${String(direction)}" is no direction of orderBy(); allowed are asc and desc.`,
      "Write orderBy('name', 'desc').",
    )
  }

  orderByDesc(column: ColumnName): this {
    return this.orderBy(column, 'desc')
  }

  orderByRaw(sql: string, bindings: readonly Value[] = []): this {
    return this.#order(this.rawNode(sql, bindings))
  }

  /** The newest first. */
  latest(column: ColumnName = 'created_at'): this {
    return this.orderBy(column, 'desc')
  }

  /** The oldest first. */
  oldest(column: ColumnName = 'created_at'): this {
    return this.orderBy(column)
  }

  /** Takes back every order so far. */
  reorder(): this {
    return this.set({ orders: [] })
  }

  limit(count: number): this {
    return this.set({ limit: wholeNumber(count, 'limit') })
  }

  /** The same as `limit`. */
  take(count: number): this {
    return this.limit(count)
  }

  offset(count: number): this {
    return this.set({ offset: wholeNumber(count, 'offset') })
  }

  /** The same as `offset`. */
  skip(count: number): this {
    return this.offset(count)
  }

  /** Calls `then` with the query where `condition` holds, else `otherwise`. */
  when<Condition>(
    condition: Condition,
    then: (query: this, condition: Condition) => unknown,
    otherwise?: (query: this, condition: Condition) => unknown,
  ): this {
    const chosen = condition ? then : otherwise
    chosen?.(this, condition)
    return this
  }

  /** The query as an operation node. For the query layer itself. */
  toNode(): SelectQueryNode {
    const { selections, isDistinct, from, joins, groups, orders, limit, offset } = this.clauses
    const where = this.conditionNode()
    const having = this.#havings.conditionNode()
    return {
      kind: 'SelectQueryNode',
      selections: selections.length === 0 ? [selection({ kind: 'SelectAllNode' })] : selections,
      ...(isDistinct && { frontModifiers: [{ kind: 'SelectModifierNode', modifier: 'Distinct' }] }),
      ...(from !== undefined && { from: { kind: 'FromNode', froms: [source(from)] } }),
      ...(joins.length > 0 && { joins }),
      ...(where !== undefined && { where: { kind: 'WhereNode', where } }),
      ...(groups.length > 0 && { groupBy: { kind: 'GroupByNode', items: groups } }),
      ...(having !== undefined && { having: { kind: 'HavingNode', having } }),
      ...(orders.length > 0 && { orderBy: { kind: 'OrderByNode', items: orders } }),
      ...(limit !== undefined && { limit: { kind: 'LimitNode', limit: value(limit) } }),
      ...(offset !== undefined && { offset: { kind: 'OffsetNode', offset: value(offset) } }),
    }
  }

  protected set(clauses: Partial<Clauses>): this {
    this.clauses = { ...this.clauses, ...clauses }
    return this
  }

  protected copy(other: SelectQuery): this {
    this.copyConditions(other)
    this.#havings = other.#havings.clone()
    return this.set(other.clauses)
  }

  protected get isGrouped(): boolean {
    return this.clauses.groups.length > 0 || this.#havings.conditionNode() !== undefined
  }

  #order(orderBy: OperationNode, direction?: 'asc' | 'desc'): this {
    const item: OrderByItemNode = {
      kind: 'OrderByItemNode',
      orderBy,
      ...(direction !== undefined && { direction: raw(direction) }),
    }
    return this.set({ orders: [...this.clauses.orders, item] })
  }

  #join(joinType: JoinType, [table, ...conditions]: JoinArguments): this {
    const clause = new JoinClause(this.context)
    const [first] = conditions
    if (typeof first === 'function') refuseAsync(first(clause))
    // Without a callback, what follows the table is a comparison of columns: JoinArguments has no third form.
    else clause.on(...(conditions as unknown as ColumnComparison))
    const on = clause.conditionNode()
    const node: JoinNode = {
      kind: 'JoinNode',
      joinType,
      table: source(table),
      ...(on !== undefined && { on: { kind: 'OnNode', on } }),
    }
    return this.set({ joins: [...this.clauses.joins, node] })
  }
}

/** Columns one by one, or in a list. */
export type ColumnArgument = ColumnName | readonly ColumnName[]

class Havings extends ConditionBuilder {
  clone(): Havings {
    const copy = new Havings(this.context)
    copy.copyConditions(this)
    return copy
  }
}

function groupItem(column: ColumnName): GroupByItemNode {
  return { kind: 'GroupByItemNode', groupBy: reference(column) }
}

function isDirection(given: unknown): given is 'asc' | 'desc' {
  return given === 'asc' || given === 'desc'
}

function wholeNumber(given: number, method: string): number {
  if (Number.isSafeInteger(given) && given >= 0) return given
  throw misuseError(
    `${method}() takes a whole number that is not negative, and was given ${given}.`,
    `Give such a number, or leave ${method}() out.`,
  )
}
