// A change of what a column computes. PostgreSQL neither makes a plain column compute nor the reverse with a new
// expression, and only since 17 does it take another expression.

import type { GeneratedColumn } from '../../../schema/operations.js'
import { formatTableName } from '../../../schema/table-name.js'
import { UnsupportedError } from '../../errors.js'
import type { PostgresServer } from '../server.js'
import type { Changing } from './change-column.js'
import { expressionSql } from './column-sql.js'

/** https://www.postgresql.org/docs/17/sql-altertable.html */
const setExpressionSince = 170_000

export function changedGeneration(changing: Changing, server: PostgresServer): readonly string[] {
  const { generated } = changing.column
  if (generated === undefined) return []
  const { generated: current } = changing.current
  if (current === undefined || current.stored !== generated.stored)
    throw unchangeable(changing, generated, 'PostgreSQL')
  const sql = expressionSql(changing.column, generated)
  if (current.expression === sql || current.expression === `(${sql})`) return []
  if (server.version < setExpressionSince) throw unchangeable(changing, generated, 'PostgreSQL before 17')
  return [`set expression as (${sql})`]
}

function unchangeable(
  { column, operation }: Changing,
  { stored }: GeneratedColumn,
  label: string,
): UnsupportedError {
  const method = stored ? 'storedAs' : 'virtualAs'
  return new UnsupportedError(
    `change() to ${method}()`,
    label,
    `Make the column anew, in two blueprints: schema.table('${formatTableName(operation.table)}', (table) => ` +
      `table.dropColumn('${column.name}')), then add it with ${method}().`,
  )
}
