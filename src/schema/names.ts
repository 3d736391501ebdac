// The names that indexes, keys and checks get where the user gives none: Laravel's convention,
// `posts_user_id_created_at_index`.

import { createHash } from 'node:crypto'
import type { IndexKind } from './operations.js'
import { type TableName, formatTableName } from './table-name.js'

const suffixes: Readonly<Record<IndexKind, string>> = {
  primary: 'primary',
  unique: 'unique',
  index: 'index',
  fulltext: 'fulltext',
  spatial: 'spatialindex',
  vector: 'vectorindex',
}

/** The conventional name of an index of `kind` over `columns`. */
export function indexName(table: TableName, kind: IndexKind, columns: readonly string[]): string {
  return conventionalName(table, suffixes[kind], columns)
}

/** The conventional name of a foreign key over `columns`. */
export function foreignKeyName(table: TableName, columns: readonly string[]): string {
  return conventionalName(table, 'foreign', columns)
}

function conventionalName(table: TableName, suffix: string, columns: readonly string[]): string {
  const name = [formatTableName(table), ...columns, suffix].join('_')
  return name.toLowerCase().replaceAll(/[-.]/g, '_')
}

/** Only PostgreSQL has enum types. NAMEDATALEN - 1: https://www.postgresql.org/docs/current/limits.html */
export const maxTypeNameBytes = 63

/** The conventional name of the type of an enum column, in the schema of its table. */
export function enumTypeName({ schema, name }: TableName, column: string): string {
  return formatTableName({ schema, name: fitName(`${name}_${column}`, maxTypeNameBytes) })
}

/**
 * A name that fits into `maxBytes` of UTF-8. One that is too long is cut and ends in a hash of the whole, so that the
 * same name is always shortened alike and two long names stay apart.
 */
export function fitName(name: string, maxBytes: number | undefined): string {
  if (maxBytes === undefined || Buffer.byteLength(name) <= maxBytes) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  let kept = name
  while (Buffer.byteLength(kept) > maxBytes - hash.length - 1) kept = Array.from(kept).slice(0, -1).join('')
  return `${kept}_${hash}`
}
