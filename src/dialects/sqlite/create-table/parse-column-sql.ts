// Definitions of columns and constraints that are on their way into a table, taken apart by the same parser as stored
// statements. Raw SQL of the user's may be part of them.

import { SchemaError } from '../../../schema/errors.js'
import type { ColumnSource, CreateTableSource, TableConstraintSource } from './create-table.js'
import { parseCreateTable } from './parse-create-table.js'

/** A column's definition as a piece for a CREATE TABLE. */
export function parseColumnSql(sql: string): ColumnSource {
  return required(parseItems(sql).columns[0], sql)
}

/** A table constraint as a piece for a CREATE TABLE. */
export function parseConstraintSql(sql: string): TableConstraintSource {
  return required(parseItems(`placeholder, ${sql}`).constraints[0], sql)
}

function parseItems(items: string): CreateTableSource {
  return required(parseCreateTable(`create table placeholder (${items})`), items)
}

function required<Item>(item: Item | undefined, sql: string): Item {
  if (item !== undefined) return item
  throw new SchemaError({
    code: 'TM_INVALID_DEFINITION',
    message: `SQLite cannot read this part of a table: ${sql}`,
    remedy: 'Correct the SQL that you gave for it: are all brackets and quotes closed?',
    details: { sql },
  })
}
