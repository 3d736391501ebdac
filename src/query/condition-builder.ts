// The `where…` methods, as a query, a nested condition and a join have them. Conditions are joined in the order of the
// calls, `or` binding less than `and`; a nested callback puts its own into brackets. A condition is never left out: what
// cannot be one is an error at the call.

import type { OperationNode, SelectQueryNode } from 'kysely'
import type { Dialect } from '../dialects/dialect.js'
import type { Expression, Value } from '../schema/expression.js'
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
import { bindingCountError } from './errors.js'
import { type ColumnName, binary, parens, rawWithValues, reference, unary } from './nodes.js'
import {
  type ColumnComparison,
  type MemberList,
  type NestedConditions,
  type Operand,
  type SubqueryCallback,
  type WhereArguments,
  columnComparison,
  conditionsOf,
  isList,
  isQuery,
  nameOf,
  operandNode,
  refuseAsync,
} from './operands.js'
import type { SelectQuery } from './select-query.js'
import { bindableList } from './values.js'

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
  whereIn(column: ColumnName, values: MemberList): this {
    return this.#add('and', this.#membership(column, 'in', values))
  }

  orWhereIn(column: ColumnName, values: MemberList): this {
    return this.#add('or', this.#membership(column, 'in', values))
  }

  /** An empty list leaves every row. As in SQL, a null among the values leaves none. */
  whereNotIn(column: ColumnName, values: MemberList): this {
    return this.#add('and', this.#membership(column, 'not in', values))
  }

  orWhereNotIn(column: ColumnName, values: MemberList): this {
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
  protected closeConditions(): this {
    const node = this.conditionNode()
    this.#conditions = node === undefined ? [] : [{ joiner: 'and', node: parens(node) }]
    return this
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
