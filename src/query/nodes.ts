// The words of a query as Kysely's operation nodes. They are plain data, written down here without loading Kysely: only
// the dialect's compiler, which turns them into SQL, needs it. A name is always quoted, a value always bound.

import type {
  AliasNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  JSONPathLegNode,
  JSONReferenceNode,
  OperationNode,
  OperatorNode,
  ParensNode,
  RawNode,
  ReferenceNode,
  SelectAllNode,
  SelectionNode,
  TableNode,
  UnaryOperationNode,
  ValueListNode,
  ValueNode,
} from 'kysely'
import { Expression, type Value } from '../schema/expression.js'
import { misuseError } from './errors.js'

/** `name`, `users.name`, `main.users.name`, `settings->theme->dark`, or SQL by `db.raw()`. */
export type ColumnName = string | Expression

const aliasPattern = /^(.+?)\s+as\s+(.+)$/is

function identifier(name: string): IdentifierNode {
  return { kind: 'IdentifierNode', name }
}

export function column(name: string): ColumnNode {
  return { kind: 'ColumnNode', column: identifier(name) }
}

export function value(bound: Value): ValueNode {
  return { kind: 'ValueNode', value: bound }
}

export const nullLiteral: ValueNode = { kind: 'ValueNode', value: null, immediate: true }

/** `(a, b)`, of values or of columns. */
export function list(values: readonly OperationNode[]): ValueListNode {
  return { kind: 'ValueListNode', values }
}

/** SQL as it stands. */
export function raw(sql: string): RawNode {
  return { kind: 'RawNode', sqlFragments: [sql], parameters: [] }
}

/** SQL in which each offset of `placeholders` stands for the value at the same position. */
export function rawWithValues(
  sql: string,
  placeholders: readonly number[],
  values: readonly Value[],
): RawNode {
  const starts = [0, ...placeholders.map((offset) => offset + 1)]
  const ends = [...placeholders, sql.length]
  return {
    kind: 'RawNode',
    sqlFragments: starts.map((start, index) => sql.slice(start, ends[index])),
    parameters: values.map(value),
  }
}

function operator(word: OperatorNode['operator']): OperatorNode {
  return { kind: 'OperatorNode', operator: word }
}

export function binary(
  leftOperand: OperationNode,
  word: OperatorNode['operator'],
  rightOperand: OperationNode,
): BinaryOperationNode {
  return { kind: 'BinaryOperationNode', leftOperand, operator: operator(word), rightOperand }
}

export function unary(word: OperatorNode['operator'], operand: OperationNode): UnaryOperationNode {
  return { kind: 'UnaryOperationNode', operator: operator(word), operand }
}

export function parens(node: OperationNode): ParensNode {
  return { kind: 'ParensNode', node }
}

export function alias(node: OperationNode, name: string): AliasNode {
  return { kind: 'AliasNode', node, alias: identifier(name) }
}

export function selection(node: OperationNode): SelectionNode {
  // Kysely types a selection by the nodes that its own builder puts there; its compiler visits any node.
  return { kind: 'SelectionNode', selection: node as SelectionNode['selection'] }
}

/** A table, `users` or `main.users`. */
export function table(name: string): TableNode {
  const parts = name.split('.')
  const last = identifier(parts.at(-1) ?? name)
  const schema = parts.length > 1 ? { schema: identifier(parts.slice(0, -1).join('.')) } : {}
  return { kind: 'TableNode', table: { kind: 'SchemableIdentifierNode', identifier: last, ...schema } }
}

/** A table as it stands after `from` and `join`: `users`, `users as u`, or SQL. */
export function source(name: string | Expression): OperationNode {
  if (name instanceof Expression) return raw(name.sql)
  const { text, as } = splitAlias(checkedName(name, 'table'))
  return as === undefined ? table(text) : alias(table(text), as)
}

/** A column where it is read or compared. */
export function reference(name: ColumnName): OperationNode {
  if (name instanceof Expression) return raw(name.sql)
  const [path, ...legs] = checkedName(name, 'column').split('->')
  if (path === undefined || legs.length === 0) return columnReference(name)
  return jsonReference(columnReference(path), legs)
}

/** A column where it is selected: with an alias, where one is given. */
export function selected(name: ColumnName): SelectionNode {
  if (name instanceof Expression) return selection(raw(name.sql))
  const { text, as } = splitAlias(checkedName(name, 'column'))
  const legs = text.split('->')
  const result = as ?? (legs.length > 1 ? legs.at(-1) : undefined)
  return selection(result === undefined ? reference(text) : alias(reference(text), result))
}

/** `users as u` as its two parts. */
export function splitAlias(name: string): { readonly text: string; readonly as: string | undefined } {
  const [, text, as] = aliasPattern.exec(name) ?? []
  return text === undefined ? { text: name, as: undefined } : { text, as }
}

/** A column's name without the table, `users.name` as `name`. */
export function unqualified(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** A caller without types may give anything; an empty name would be quoted like any other. */
function checkedName(name: unknown, what: 'table' | 'column'): string {
  if (typeof name === 'string' && name !== '') return name
  throw misuseError(
    `The name of a ${what} was given as ${name === '' ? 'an empty string' : String(name)}.`,
    `Give the name of a ${what}.`,
  )
}

function columnReference(name: string): ReferenceNode {
  const dot = name.lastIndexOf('.')
  const last = unqualified(name)
  const node: ColumnNode | SelectAllNode = last === '*' ? { kind: 'SelectAllNode' } : column(last)
  return { kind: 'ReferenceNode', column: node, ...(dot > 0 ? { table: table(name.slice(0, dot)) } : {}) }
}

function jsonReference(of: ReferenceNode, legs: readonly string[]): JSONReferenceNode {
  return {
    kind: 'JSONReferenceNode',
    reference: of,
    traversal: { kind: 'JSONPathNode', inOperator: operator('->>'), pathLegs: legs.flatMap(pathLegs) },
  }
}

/** `tags[0]` is a member and a position in it. */
function pathLegs(leg: string): JSONPathLegNode[] {
  const member = leg.replace(/(\[\d+\])+$/, '')
  const positions = leg.slice(member.length).match(/\d+/g) ?? []
  return [
    ...(member === '' ? [] : [{ kind: 'JSONPathLegNode', type: 'Member', value: member } as const]),
    ...positions.map((position): JSONPathLegNode => ({
      kind: 'JSONPathLegNode',
      type: 'ArrayLocation',
      value: Number(position),
    })),
  ]
}
