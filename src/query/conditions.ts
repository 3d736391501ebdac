// Single conditions, as operation nodes. NULL means what it means in SQL: comparing with it says neither yes nor no, so
// that `=` and `!=` with null become `is null` and `is not null`, and every other comparison with null is refused.

import type { AndNode, OperationNode, OperatorNode, OrNode } from 'kysely'
import { misuseError, unknownOperatorError } from './errors.js'
import { binary, list, nullLiteral, parens, raw, unary } from './nodes.js'

/** How a condition is joined to those before it. */
export type Joiner = 'and' | 'or'

export interface JoinedCondition {
  readonly joiner: Joiner
  readonly node: OperationNode
}

/** The operators of `where`, and what each is called in SQL. `ilike` takes upper and lower case alike on each database. */
const operators = {
  '=': '=',
  '!=': '!=',
  '<>': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  like: 'like',
  'not like': 'not like',
  ilike: 'ilike',
  'not ilike': 'not ilike',
  is: 'is',
  'is not': 'is not',
  'is distinct from': 'is distinct from',
  'is not distinct from': 'is not distinct from',
} as const satisfies Record<string, OperatorNode['operator']>

type ComparisonOperator = keyof typeof operators

const nullTests: { readonly [Word in ComparisonOperator]?: 'is' | 'is not' } = {
  '=': 'is',
  is: 'is',
  'is not distinct from': 'is',
  '!=': 'is not',
  '<>': 'is not',
  'is not': 'is not',
  'is distinct from': 'is not',
}

/** One of the operators, however it is written. */
export function comparisonOperator(given: unknown): ComparisonOperator {
  const word = String(given).toLowerCase().trim().replaceAll(/\s+/g, ' ')
  if (isOperator(word)) return word
  throw unknownOperatorError(String(given), Object.keys(operators))
}

/** `left operator right`. */
export function comparison(
  left: OperationNode,
  word: ComparisonOperator,
  right: OperationNode,
): OperationNode {
  return binary(left, operators[word], right)
}

/** `left operator null`, as the test that it means. `subject` names the column for the error. */
export function comparisonWithNull(
  left: OperationNode,
  word: ComparisonOperator,
  subject: string,
): OperationNode {
  const test = nullTests[word]
  if (test !== undefined) return nullTest(left, test)
  throw misuseError(
    `${subject} compares with null by "${word}", which is never true.`,
    'Use whereNull() or whereNotNull(), or give a value.',
  )
}

export function nullTest(left: OperationNode, word: 'is' | 'is not'): OperationNode {
  return binary(left, word, nullLiteral)
}

/** `left in (…)`. An empty list has no members. */
export function membership(
  left: OperationNode,
  word: 'in' | 'not in',
  members: readonly OperationNode[],
): OperationNode {
  if (members.length === 0) return raw(word === 'in' ? '0 = 1' : '1 = 1')
  return binary(left, word, list(members))
}

export function range(left: OperationNode, low: OperationNode, high: OperationNode): OperationNode {
  const ends: AndNode = { kind: 'AndNode', left: low, right: high }
  return binary(left, 'between', ends)
}

export function negation(node: OperationNode): OperationNode {
  return unary('not', node.kind === 'ParensNode' ? node : parens(node))
}

/** All conditions as one; `or` binds less than `and`, as it does in SQL. Undefined where there is none. */
export function joined(conditions: readonly JoinedCondition[]): OperationNode | undefined {
  const [first, ...rest] = conditions
  if (first === undefined) return undefined
  return rest.reduce<OperationNode>((left, { joiner, node }) => {
    const pair: AndNode | OrNode =
      joiner === 'and' ? { kind: 'AndNode', left, right: node } : { kind: 'OrNode', left, right: node }
    return pair
  }, first.node)
}

/** The two ends of a `between`. */
export function rangeOf<Item>(values: readonly Item[], subject: string): readonly [Item, Item] {
  const [low, high] = values
  if (values.length === 2 && low !== undefined && high !== undefined) return [low, high]
  throw misuseError(
    `${subject} takes the two ends of a range and was given ${values.length === 2 ? 'undefined' : `${values.length} values`}.`,
    `Write ${subject.replace(')', ', [from, to])')}.`,
  )
}

function isOperator(word: string): word is ComparisonOperator {
  return Object.hasOwn(operators, word)
}
