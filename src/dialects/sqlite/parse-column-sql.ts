// Definitions that Tidemark itself wrote, taken apart by the same parser as stored statements.

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
  if (item === undefined) throw new SyntaxError(`SQLite would not take this definition: ${sql}`)
  return item
}
