// Names as SQLite writes and compares them.

import type { TableName } from '../../../schema/table-name.js'
import { quoteIdentifier } from './literal.js'

/** A table's name with the schema it is in, where one is named. */
export function quoteTable(table: TableName): string {
  return table.schema === undefined
    ? quoteIdentifier(table.name)
    : `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ')
}

/** Whether SQLite takes two names for one: it does not tell the case of ASCII letters. */
export function sameName(one: string, other: string): boolean {
  return foldName(one) === foldName(other)
}

/** The form in which two names that SQLite takes for one are equal. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

const temporaryPrefix = '__tidemark_new_'

/** The name that a table has while it is built anew. No user's table begins so. */
export function temporaryName(table: string): string {
  return temporaryPrefix + table
}

/** An error's message with the names that the user knows in place of temporary ones. */
export function withoutTemporaryNames(message: string): string {
  return message.replaceAll(temporaryPrefix, '')
}
