// `count`, `min`, `max`, `sum` and `avg` of a query, as a query that gives one row with the column `aggregate`.

import type { AggregateFunctionNode, SelectQueryNode } from 'kysely'
import { type ColumnName, alias, reference, selection, unqualified } from './nodes.js'

/** Over the rows themselves. `distinct` becomes the function's own. */
export function overRows(func: string, column: ColumnName, query: SelectQueryNode): SelectQueryNode {
  const { orderBy: _order, frontModifiers, ...rest } = query
  return { ...rest, selections: [aggregate(func, column, frontModifiers !== undefined)] }
}

/** Over the rows that the query gives, as a sub-query: they are grouped, cut or distinct. */
export function overSubquery(func: string, column: ColumnName, query: SelectQueryNode): SelectQueryNode {
  const name = typeof column === 'string' ? unqualified(column) : column
  return {
    kind: 'SelectQueryNode',
    selections: [aggregate(func, name, false)],
    from: { kind: 'FromNode', froms: [alias(query, 'rows')] },
  }
}

function aggregate(func: string, column: ColumnName, distinct: boolean) {
  const node: AggregateFunctionNode = {
    kind: 'AggregateFunctionNode',
    func,
    aggregated: [reference(column)],
    ...(distinct && { distinct }),
  }
  return selection(alias(node, 'aggregate'))
}
