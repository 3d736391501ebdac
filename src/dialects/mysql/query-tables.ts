// Which tables a query reads, as far as its nodes tell.

import type { AliasNode, OperationNode, ReferenceNode, TableNode } from 'kysely'

/** The names of the tables that stand anywhere in a query's `from` and `join`, sub-queries included. */
export function tablesRead(query: OperationNode): ReadonlySet<string> {
  const names = new Set<string>()
  walk(query, (node, parent) => {
    if (node.kind === 'TableNode' && parent?.kind !== 'ReferenceNode') names.add(nameOf(node))
  })
  return names
}

/** Whether a query mentions no table but those that it reads itself, so that it means the same in any place. */
export function standsAlone(query: OperationNode): boolean {
  const known = new Set(tablesRead(query))
  const mentioned = new Set<string>()
  walk(query, (node) => {
    // The kind says which node it is.
    if (node.kind === 'AliasNode') {
      const { alias } = node as AliasNode
      if ('name' in alias && typeof alias.name === 'string') known.add(alias.name)
    } else if (node.kind === 'ReferenceNode') {
      const { table } = node as ReferenceNode
      if (table !== undefined) mentioned.add(nameOf(table))
    }
  })
  return [...mentioned].every((name) => known.has(name))
}

function nameOf(node: OperationNode): string {
  // Asked of tables only.
  const { schema, identifier } = (node as TableNode).table
  return schema === undefined ? identifier.name : `${schema.name}.${identifier.name}`
}

function walk(
  node: OperationNode,
  visit: (node: OperationNode, parent: OperationNode | undefined) => void,
  parent?: OperationNode,
): void {
  visit(node, parent)
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) walk(child, visit, node)
  }
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}
