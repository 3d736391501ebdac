// What the methods of a query take, and how it becomes operation nodes. Values are checked here, once.

import type { OperationNode } from 'kysely'
import { Expression, type Value } from '../schema/expression.js'
import type { ConditionBuilder } from './condition-builder.js'
import { comparison, comparisonOperator } from './conditions.js'
import { misuseError } from './errors.js'
import { type ColumnName, raw, reference, value } from './nodes.js'
import type { SelectQuery } from './select-query.js'
import { type JsonContainer, bindable, writable } from './values.js'

/** What a column is compared with. */
export type Operand = Value | Expression | SelectQuery

/** What a column is given: a plain object or a list becomes JSON. */
export type Written = Operand | JsonContainer

/** `{ role: 'admin', deleted_at: null }`, or `[['age', '>', 18], ['role', 'admin']]`: all of them must hold. */
type ConditionList =
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
  return sqlNode(operand) ?? value(bindable(operand, subject))
}

/** The same for what a column is given. */
export function writtenNode(written: unknown, subject: string): OperationNode {
  return sqlNode(written) ?? value(writable(written, subject))
}

function sqlNode(operand: unknown): OperationNode | undefined {
  if (operand instanceof Expression) return raw(operand.sql)
  return isQuery(operand) ? operand.toNode() : undefined
}

/** Whether it is a query: nothing else that a query is given has such a method. */
export function isQuery(operand: unknown): operand is SelectQuery {
  return typeof operand === 'object' && operand !== null && 'toNode' in operand
}

export function isList(values: MemberList): values is readonly (Value | Expression)[] {
  return Array.isArray(values)
}

export function nameOf(column: ColumnName): string {
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

/** The conditions of a list or an object, one by one. */
export function conditionsOf(given: unknown): WhereArguments[] {
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
