// Queries in SQLite's SQL; Kysely's compiler does the wording. Loading Kysely takes longer than many a migration, so this
// module is imported when the first query is made, and by nothing that is loaded before.

import {
  type LimitNode,
  type OperatorNode,
  type SelectQueryNode,
  SqliteQueryCompiler,
  type ValueNode,
} from 'kysely'
import type { Value } from '../../schema/expression.js'
import type { TableSnapshot } from '../../schema/snapshot.js'
import type { Statement } from '../dialect.js'
import type { QueryCompiler } from '../query-compiler.js'
import { foldName, quoteTable } from './sql/names.js'

const minusOne: ValueNode = { kind: 'ValueNode', value: -1, immediate: true }
const unlimited: LimitNode = { kind: 'LimitNode', limit: minusOne }

class Compiler extends SqliteQueryCompiler {
  /** LIKE takes upper and lower case alike, of ASCII letters: https://www.sqlite.org/lang_expr.html#like */
  protected override visitOperator(node: OperatorNode): void {
    this.append(node.operator.replace('ilike', 'like'))
  }

  /** OFFSET stands only behind LIMIT; a negative one is none: https://www.sqlite.org/lang_select.html#limitoffset */
  protected override visitSelectQuery(node: SelectQueryNode): void {
    const needsLimit = node.offset !== undefined && node.limit === undefined
    super.visitSelectQuery(needsLimit ? { ...node, limit: unlimited } : node)
  }
}

const compiler = new Compiler()

export const queryCompiler: QueryCompiler = {
  // SQLITE_MAX_VARIABLE_NUMBER: https://www.sqlite.org/limits.html#max_variable_number
  maxBindings: 32_766,
  returnsInsertedId: false,

  compile(query) {
    const { sql, parameters } = compiler.compileQuery(query, { queryId: 'tidemark' })
    // Each parameter came in through a ValueNode, and the query layer puts only values into those.
    return { sql, bindings: parameters as readonly Value[] }
  },

  rowLocator,
  truncate,
}

/** The rowid, under the first of its names that no column has taken; the primary key, where there is no rowid. */
function rowLocator(table: TableSnapshot): readonly string[] {
  const key = table.primaryKey?.columns ?? []
  if (table.options.some((option) => option.toUpperCase() === 'WITHOUT ROWID')) return key
  const taken = table.columns.map(({ name }) => foldName(name))
  const free = ['rowid', '_rowid_', 'oid'].find((name) => !taken.includes(name))
  return free === undefined ? key : [free]
}

function truncate(table: TableSnapshot): readonly Statement[] {
  const emptied = { sql: `delete from ${quoteTable(table)}`, bindings: [] }
  if (!table.columns.some(({ autoIncrement }) => autoIncrement)) return [emptied]
  const counters = quoteTable({ schema: table.schema, name: 'sqlite_sequence' })
  return [emptied, { sql: `delete from ${counters} where "name" = ?`, bindings: [table.name] }]
}
