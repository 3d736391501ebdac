// Names as MySQL and MariaDB write and compare them.

import type { TableName } from '../../../schema/table-name.js'
import { quoteIdentifier } from './literal.js'

/** A table's name with the database it is in, where one is named. */
export function quoteTable(table: TableName): string {
  return table.schema === undefined
    ? quoteIdentifier(table.name)
    : `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ')
}

/**
 * Whether two names of columns, indexes or keys are one to the server, which tells no case of letters there. Names of
 * tables are another matter: `lower_case_table_names`.
 */
export function sameName(one: string, other: string): boolean {
  return foldName(one) === foldName(other)
}

/** The form in which two names that `sameName` takes for one are equal. */
export function foldName(name: string): string {
  return name.toLowerCase()
}
