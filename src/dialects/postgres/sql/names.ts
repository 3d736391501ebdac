// Names as PostgreSQL writes them.

import type { TableName } from '../../../schema/table-name.js'
import { quoteIdentifier } from './literal.js'

/** A table's name with the schema it is in, where one is named. */
export function quoteTable({ schema, name }: TableName): string {
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ')
}
