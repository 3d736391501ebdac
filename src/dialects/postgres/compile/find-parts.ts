// What an operation names in a table: found, or refused with the nearest name. Only what has to be known is asked for;
// of everything else that does not fit, PostgreSQL's own words are good enough.

import type {
  Catalogue,
  ColumnSnapshot,
  ForeignKeySnapshot,
  TableSnapshot,
} from '../../../schema/snapshot.js'
import type { DropForeignKey } from '../../../schema/operations.js'
import { type TableName, formatTableName } from '../../../schema/table-name.js'
import { noSuch } from '../../structure-errors.js'
import { capabilities } from '../capabilities.js'

const maxNameBytes = capabilities.maxIdentifierBytes ?? Infinity

export async function requireTable(catalogue: Catalogue, name: TableName): Promise<TableSnapshot> {
  const found = await catalogue.table(name)
  if (found !== undefined) return found
  throw noSuch('table', formatTableName(name), (await catalogue.tables()).map(formatTableName))
}

export function requireColumn({ name: table, columns }: TableSnapshot, name: string): ColumnSnapshot {
  const found = columns.find((column) => column.name === name)
  if (found !== undefined) return found
  throw noSuch(
    'column',
    name,
    columns.map((column) => column.name),
    table,
  )
}

/** The name that PostgreSQL gives a primary key: of a long table name it takes what leaves room for the ending. */
export function primaryKeyName(table: string): string {
  const ending = '_pkey'
  let kept = table
  while (Buffer.byteLength(kept) + ending.length > maxNameBytes) kept = Array.from(kept).slice(0, -1).join('')
  return kept + ending
}

/** The name of the primary key, which the user cannot choose. */
export function requirePrimaryKey({ name: table, primaryKey }: TableSnapshot): string {
  if (primaryKey === undefined) throw noSuch('primary key', primaryKeyName(table), [], table)
  return primaryKey.name ?? primaryKeyName(table)
}

/** Whether the unique index of that name is a constraint's. */
export function isUniqueConstraint({ name: table, indexes }: TableSnapshot, name: string): boolean {
  const unique = indexes.filter((index) => index.unique)
  const found = unique.find((index) => index.name === name)
  if (found !== undefined) return found.isConstraint
  throw noSuch(
    'index',
    name,
    unique.map((index) => index.name),
    table,
  )
}

/** The name of a foreign key: the one that was given, or that of the key over the columns that were. */
export function requireForeignKey({ name: table, foreignKeys }: TableSnapshot, drop: DropForeignKey): string {
  const isOver = ({ columns }: ForeignKeySnapshot): boolean =>
    drop.columns !== undefined && columns.join('\0') === drop.columns.join('\0')
  const found = foreignKeys.find(({ name }) => name === drop.name) ?? foreignKeys.find(isOver)
  if (found?.name !== undefined) return found.name
  const known = foreignKeys.flatMap(({ name }) => (name === undefined ? [] : [name]))
  throw noSuch('foreign key', drop.name, known, table)
}
