// Queries in SQLite's SQL. Kysely's compiler does the wording; loading it takes longer than many a migration, so that it
// is imported when the first query is made.

import type { OperatorNode, RootOperationNode, SelectQueryNode } from 'kysely'
import type { Value } from '../../schema/expression.js'
import type { TableSnapshot } from '../../schema/snapshot.js'
import type { Statement } from '../dialect.js'
import type { QueryCompiler } from '../query-compiler.js'
import { foldName, quoteTable } from './names.js'

// SQLITE_MAX_VARIABLE_NUMBER, https://www.sqlite.org/limits.html#max_variable_number
const maxBindings = 32_766

let loading: Promise<QueryCompiler> | undefined

/** The one compiler of the process. */
export function sqliteQueryCompiler(): Promise<QueryCompiler> {
  loading ??= load()
  return loading
}

async function load(): Promise<QueryCompiler> {
  const { SqliteQueryCompiler } = await import('kysely')

  class Compiler extends SqliteQueryCompiler {
    /** LIKE takes upper and lower case alike (of ASCII), https://www.sqlite.org/lang_expr.html#like */
    protected override visitOperator(node: OperatorNode): void {
      this.append(node.operator.replace('ilike', 'like'))
    }

    /** OFFSET stands only after LIMIT; a negative one means no limit, https://www.sqlite.org/lang_select.html#limitoffset */
    protected override visitSelectQuery(node: SelectQueryNode): void {
      const needsLimit = node.offset !== undefined && node.limit === undefined
      super.visitSelectQuery(needsLimit ? { ...node, limit: unlimited } : node)
    }
  }

  const compiler = new Compiler()
  return {
    maxBindings,
    compile: (query: RootOperationNode): Statement => {
      const { sql, parameters } = compiler.compileQuery(query, { queryId: 'tidemark' })
      // Each parameter came in through a ValueNode, and the query layer puts only values into those.
      return { sql, bindings: parameters as readonly Value[] }
    },
    rowLocator,
    truncate,
  }
}

const unlimited = {
  kind: 'LimitNode',
  limit: { kind: 'ValueNode', value: -1, immediate: true },
} as NonNullable<SelectQueryNode['limit']>

/** The rowid, under the first of its names that no column has taken; the primary key, where there is no rowid. */
function rowLocator(table: TableSnapshot): readonly string[] {
  if (table.options.some((option) => option.toUpperCase() === 'WITHOUT ROWID'))
    return table.primaryKey?.columns ?? []
  const taken = table.columns.map(({ name }) => foldName(name))
  const free = ['rowid', '_rowid_', 'oid'].find((name) => !taken.includes(name))
  return free === undefined ? (table.primaryKey?.columns ?? []) : [free]
}

function truncate(table: TableSnapshot): readonly Statement[] {
  const emptied = { sql: `delete from ${quoteTable(table)}`, bindings: [] }
  if (!table.columns.some(({ autoIncrement }) => autoIncrement)) return [emptied]
  const counters = quoteTable({ schema: table.schema, name: 'sqlite_sequence' })
  return [emptied, { sql: `delete from ${counters} where "name" = ?`, bindings: [table.name] }]
}
