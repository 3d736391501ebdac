// The `where…` methods, as a query, a nested condition and a join have them. Conditions are joined in the order of the
// calls, `or` binding less than `and`; a nested callback puts its own into brackets. A condition is never left out: what
// cannot be one is an error at the call.

import type { OperationNode, SelectQueryNode } from 'kysely'
import type { Dialect } from '../dialects/dialect.js'
import { Expression, type Value } from '../schema/expression.js'
import {
  type JoinedCondition,
  type Joiner,
  comparison,
  comparisonOperator,
  comparisonWithNull,
  joined,
  membership,
  negation,
  nullTest,
  range,
  rangeOf,
} from './conditions.js'
import { bindingCountError, misuseError } from './errors.js'
import { type ColumnName, binary, parens, raw, rawWithValues, reference, unary, value } from './nodes.js'
import type { SelectQuery } from './select-query.js'
import { bindable, bindableList } from './values.js'

/** What a column is compared with. */
export type Operand = Value | Expression | SelectQuery

/** `{ role: 'admin', deleted_at: null }`, or `[['age', '>', 18], ['role', 'admin']]`: all of them must hold. */
export type ConditionList =
  | Readonly<Record<string, Operand>>
  | readonly (
      | readonly [column: ColumnName, value: Operand]
      | readonly [column: ColumnName, operator: string, value: Operand]
    )[]

/** Adds the conditions that go into one pair of brackets. */
export type NestedConditions = (query: ConditionBuilder) => unknown

/** Describes a sub-query. */
export type SubqueryCallback = (query: SelectQuery) => unknown

/** What a column is looked for in: a list of values, or the rows of a sub-query of one column. */
export type MemberList = readonly (Value | Expression)[] | SelectQuery | SubqueryCallback

/** What `where` takes: `(column, value)`, `(column, operator, value)`, a list of conditions, or a callback. */
export type WhereArguments =
  | readonly [column: ColumnName, value: Operand]
  | readonly [column: ColumnName, operator: string, value: Operand]
  | readonly [conditions: ConditionList]
  | readonly [nested: NestedConditions]

/** What conditions need to know of the query that they are for. */
export interface QueryContext {
  readonly dialect: Dialect
  newQuery(): SelectQuery
}

export class ConditionBuilder {
  protected readonly context: QueryContext
  #conditions: readonly JoinedCondition[] = []

  constructor(context: QueryContext) {
    this.context = context
  }

  where(...condition: WhereArguments): this {
    return this.#add('and', this.#condition(condition))
  }

  orWhere(...condition: WhereArguments): this {
    return this.#add('or', this.#condition(condition))
  }

  whereNot(...condition: WhereArguments): this {
    return this.#addNot('and', this.#condition(condition))
  }

  orWhereNot(...condition: WhereArguments): this {
    return this.#addNot('or', this.#condition(condition))
  }

  whereNull(column: ColumnName): this {
    return this.#add('and', nullTest(reference(column), 'is'))
  }

  orWhereNull(column: ColumnName): this {
    return this.#add('or', nullTest(reference(column), 'is'))
  }

  whereNotNull(column: ColumnName): this {
    return this.#add('and', nullTest(reference(column), 'is not'))
  }

  orWhereNotNull(column: ColumnName): this {
    return this.#add('or', nullTest(reference(column), 'is not'))
  }

  /** An empty list matches nothing. */
  whereIn(
    column: ColumnName,
    values: readonly (Value | Expression)[] | SelectQuery | SubqueryCallback,
  ): this {
    return this.#add('and', this.#membership(column, 'in', values))
  }

  orWhereIn(
    column: ColumnName,
    values: readonly (Value | Expression)[] | SelectQuery | SubqueryCallback,
  ): this {
    return this.#add('or', this.#membership(column, 'in', values))
  }

  /** An empty list leaves every row. As in SQL, a null among the values leaves none. */
  whereNotIn(
    column: ColumnName,
    values: readonly (Value | Expression)[] | SelectQuery | SubqueryCallback,
  ): this {
    return this.#add('and', this.#membership(column, 'not in', values))
  }

  orWhereNotIn(
    column: ColumnName,
    values: readonly (Value | Expression)[] | SelectQuery | SubqueryCallback,
  ): this {
    return this.#add('or', this.#membership(column, 'not in', values))
  }

  /** Both ends belong to the range. */
  whereBetween(column: ColumnName, values: readonly (Value | Expression)[]): this {
    return this.#add('and', this.#range(column, values, 'whereBetween'))
  }

  orWhereBetween(column: ColumnName, values: readonly (Value | Expression)[]): this {
    return this.#add('or', this.#range(column, values, 'orWhereBetween'))
  }

  whereNotBetween(column: ColumnName, values: readonly (Value | Expression)[]): this {
    return this.#addNot('and', this.#range(column, values, 'whereNotBetween'))
  }

  orWhereNotBetween(column: ColumnName, values: readonly (Value | Expression)[]): this {
    return this.#addNot('or', this.#range(column, values, 'orWhereNotBetween'))
  }

  /** Compares two columns: `('updated_at', '>', 'created_at')`, or `('a', 'b')` for equal ones. */
  whereColumn(...columns: ColumnComparison): this {
    return this.#add('and', columnComparison(columns))
  }

  orWhereColumn(...columns: ColumnComparison): this {
    return this.#add('or', columnComparison(columns))
  }

  /** A condition in SQL, with `?` for each binding. It is put into brackets. */
  whereRaw(sql: string, bindings: readonly Value[] = []): this {
    return this.#add('and', parens(this.rawNode(sql, bindings)))
  }

  orWhereRaw(sql: string, bindings: readonly Value[] = []): this {
    return this.#add('or', parens(this.rawNode(sql, bindings)))
  }

  /** `%` stands for any text and `_` for one letter. Upper and lower case are alike. */
  whereLike(column: ColumnName, pattern: string): this {
    return this.where(column, 'ilike', pattern)
  }

  orWhereLike(column: ColumnName, pattern: string): this {
    return this.orWhere(column, 'ilike', pattern)
  }

  whereNotLike(column: ColumnName, pattern: string): this {
    return this.where(column, 'not ilike', pattern)
  }

  orWhereNotLike(column: ColumnName, pattern: string): this {
    return this.orWhere(column, 'not ilike', pattern)
  }

  whereExists(query: SelectQuery | SubqueryCallback): this {
    return this.#add('and', unary('exists', this.subquery(query)))
  }

  orWhereExists(query: SelectQuery | SubqueryCallback): this {
    return this.#add('or', unary('exists', this.subquery(query)))
  }

  whereNotExists(query: SelectQuery | SubqueryCallback): this {
    return this.#add('and', unary('not exists', this.subquery(query)))
  }

  orWhereNotExists(query: SelectQuery | SubqueryCallback): this {
    return this.#add('or', unary('not exists', this.subquery(query)))
  }

  /** All conditions as one operation node. For the query layer itself. */
  conditionNode(): OperationNode | undefined {
    return joined(this.#conditions)
  }

  /** Takes over the conditions of another, which go on apart from then on. */
  protected copyConditions(other: ConditionBuilder): void {
    this.#conditions = other.#conditions
  }

  /** Puts all conditions so far into one pair of brackets, so that one more holds for the whole of them. */
  protected closeConditions(): void {
    const node = this.conditionNode()
    this.#conditions = node === undefined ? [] : [{ joiner: 'and', node: parens(node) }]
  }

  protected rawNode(sql: string, bindings: readonly Value[]): OperationNode {
    const placeholders = this.context.dialect.placeholders(sql)
    if (placeholders.length !== bindings.length)
      throw bindingCountError(sql, placeholders.length, bindings.length)
    return rawWithValues(sql, placeholders, bindableList(bindings, 'the raw SQL'))
  }

  protected subquery(query: SelectQuery | SubqueryCallback): SelectQueryNode {
    if (typeof query !== 'function') return query.toNode()
    const fresh = this.context.newQuery()
    const described = query(fresh)
    refuseAsync(described)
    return (isQuery(described) ? described : fresh).toNode()
  }

  #add(joiner: Joiner, node: OperationNode | undefined): this {
    if (node !== undefined) this.#conditions = [...this.#conditions, { joiner, node }]
    return this
  }

  #addNot(joiner: Joiner, node: OperationNode | undefined): this {
    return this.#add(joiner, node === undefined ? undefined : negation(node))
  }

  /** Undefined only where a callback added nothing. */
  #condition(given: WhereArguments): OperationNode | undefined {
    if (given.length === 3) return this.#comparison(given[0], given[1], given[2])
    if (given.length === 2) return this.#comparison(given[0], '=', given[1])
    const [conditions] = given
    if (typeof conditions === 'function') return this.#nested(conditions)
    return this.#nested((nested) => {
      for (const condition of conditionsOf(conditions)) nested.where(...condition)
    })
  }

  #nested(callback: NestedConditions): OperationNode | undefined {
    const nested = new ConditionBuilder(this.context)
    refuseAsync(callback(nested))
    const node = nested.conditionNode()
    return node === undefined ? undefined : parens(node)
  }

  #comparison(column: ColumnName, operator: string, operand: Operand): OperationNode {
    const word = comparisonOperator(operator)
    const subject = `where(${nameOf(column)})`
    const left = reference(column)
    return operand === null
      ? comparisonWithNull(left, word, subject)
      : comparison(left, word, operandNode(operand, subject))
  }

  #membership(column: ColumnName, word: 'in' | 'not in', values: MemberList): OperationNode {
    const left = reference(column)
    if (!isList(values)) return binary(left, word, this.subquery(values))
    const subject = `${word === 'in' ? 'whereIn' : 'whereNotIn'}(${nameOf(column)})`
    return membership(
      left,
      word,
      values.map((member) => operandNode(member, subject)),
    )
  }

  #range(column: ColumnName, values: readonly (Value | Expression)[], method: string): OperationNode {
    const subject = `${method}(${nameOf(column)})`
    const [low, high] = rangeOf(values, subject)
    return range(reference(column), operandNode(low, subject), operandNode(high, subject))
  }
}

/** `(left, right)` or `(left, operator, right)`. */
export type ColumnComparison =
  | readonly [left: ColumnName, right: ColumnName]
  | readonly [left: ColumnName, operator: string, right: ColumnName]

/** Two columns compared, as a node. */
export function columnComparison(columns: ColumnComparison): OperationNode {
  const [left, operator, right] = columns.length === 3 ? columns : ([columns[0], '=', columns[1]] as const)
  return comparison(reference(left), comparisonOperator(operator), reference(right))
}

/** A value bound, SQL as it stands, a sub-query in brackets. `subject` names for the error what it was given to. */
export function operandNode(operand: unknown, subject: string): OperationNode {
  if (operand instanceof Expression) return raw(operand.sql)
  if (isQuery(operand)) return operand.toNode()
  return value(bindable(operand, subject))
}

function isQuery(operand: unknown): operand is SelectQuery {
  return operand instanceof ConditionBuilder && 'toNode' in operand
}

function isList(values: MemberList): values is readonly (Value | Expression)[] {
  return Array.isArray(values)
}

function nameOf(column: ColumnName): string {
  return column instanceof Expression ? column.sql : `"${column}"`
}

/** What an async callback adds after its first `await` would come too late to be a condition. */
export function refuseAsync(result: unknown): void {
  if (!(result instanceof Promise)) return
  throw misuseError(
    'The callback that describes conditions is async; what it adds after its first await would be left out.',
    'Await what it needs before the query, and make the callback a plain function.',
  )
}

function conditionsOf(given: unknown): WhereArguments[] {
  const conditions = Array.isArray(given) ? given : isRecord(given) ? Object.entries(given) : []
  // Each is a tuple as WhereArguments has them, or the `where` that it is given to refuses it.
  if (conditions.length > 0) return conditions as WhereArguments[]
  throw misuseError(
    'where() was given no condition: an empty list, an empty object, or a column without a value.',
    "Write where('column', value) or where({ column: value }), or leave the call out to mean every row.",
  )
}

function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !(given instanceof Expression)
}
