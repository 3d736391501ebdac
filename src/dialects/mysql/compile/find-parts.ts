// What a change names in a table: found, and named as the table has it, or refused with the nearest name, before
// anything runs. Whether the server then agrees is its own affair.

import { SchemaError } from '../../../schema/errors.js'
import type {
  AddCheck,
  AddColumn,
  AddForeignKey,
  AddIndex,
  ChangeColumn,
  DropCheck,
  DropColumns,
  DropForeignKey,
  DropIndex,
  Operation,
  RenameColumn,
  RenameIndex,
  SetTableComment,
} from '../../../schema/operations.js'
import type { ForeignKeySnapshot, TableSnapshot } from '../../../schema/snapshot.js'
import { formatTableName } from '../../../schema/table-name.js'
import { alreadyExists, columnInUse, noSuch } from '../../structure-errors.js'
import { sameName } from '../sql/names.js'

/** What changes a table that is there. */
export type TableChange =
  | AddColumn
  | ChangeColumn
  | RenameColumn
  | DropColumns
  | AddIndex
  | DropIndex
  | RenameIndex
  | AddForeignKey
  | DropForeignKey
  | AddCheck
  | DropCheck
  | SetTableComment

type Find<Change> = (change: Change, table: TableSnapshot) => Change

const finders: { readonly [Kind in TableChange['kind']]: Find<Extract<TableChange, { kind: Kind }>> } = {
  addColumn: (change, table) => {
    if (findColumn(table, change.column.name) === undefined) return change
    throw columnExists(table, change.column.name)
  },
  changeColumn: (change, table) => ({
    ...change,
    column: { ...change.column, name: requireColumn(table, change.column.name) },
  }),
  renameColumn: (change, table) => {
    const from = requireColumn(table, change.from)
    const other = findColumn(table, change.to)
    if (other !== undefined && other !== from) throw columnExists(table, change.to)
    return { ...change, from }
  },
  dropColumns: (change, table) => {
    const columns = change.columns.map((name) => requireColumn(table, name))
    for (const name of columns) refuseOwnKeys(table, name)
    if (columns.length === table.columns.length) throw noColumnLeft(table)
    return { ...change, columns }
  },
  addIndex: (change, table) => {
    const { kind, name, columns } = change.index
    for (const part of columns) if ('column' in part) requireColumn(table, part.column)
    if (kind === 'primary') refuseSecondPrimaryKey(table)
    else if (table.indexes.some((index) => sameName(index.name, name)))
      throw alreadyExists(
        'index',
        name,
        `Give it another name, or first drop it: table.dropIndex('${name}').`,
        nameOf(table),
      )
    return change
  },
  dropIndex: (change, table) => {
    if (change.indexKind !== 'primary') return { ...change, name: requireIndex(table, change.name) }
    if (table.primaryKey !== undefined) return change
    throw noSuch('primary key', change.name, [], nameOf(table))
  },
  renameIndex: (change, table) => {
    const from = requireIndex(table, change.from)
    const taken = table.indexes.some(({ name }) => name !== from && sameName(name, change.to))
    if (taken) throw alreadyExists('index', change.to, 'Take another name.', nameOf(table))
    return { ...change, from }
  },
  addForeignKey: (change, table) => {
    const { columns, name } = change.foreignKey
    for (const column of columns) requireColumn(table, column)
    if (table.foreignKeys.some((key) => key.name !== undefined && sameName(key.name, name)))
      throw alreadyExists(
        'foreign key',
        name,
        `Give it another name, or first drop it: table.dropForeign('${name}').`,
        nameOf(table),
      )
    return change
  },
  dropForeignKey: (change, table) => ({ ...change, name: requireForeignKey(table, change) }),
  addCheck: (change, table) => {
    const { name } = change.check
    if (findCheck(table, name) === undefined) return change
    throw alreadyExists(
      'check',
      name,
      `Give it another name, or first table.dropCheck('${name}').`,
      nameOf(table),
    )
  },
  dropCheck: (change, table) => {
    const name = findCheck(table, change.name)
    if (name !== undefined) return { ...change, name }
    throw noSuch('check', change.name, checkNames(table), nameOf(table))
  },
  setTableComment: (change) => change,
}

export function isTableChange(operation: Operation): operation is TableChange {
  return Object.hasOwn(finders, operation.kind)
}

/**
 * The change with the names that the table has.
 *
 * @throws SchemaError where it does not fit the table
 */
export function fittedChange(change: TableChange, table: TableSnapshot): TableChange {
  // The mapped type above pairs each kind with the finder for changes of that kind.
  return (finders[change.kind] as Find<TableChange>)(change, table)
}

export function findColumn(table: TableSnapshot, name: string): string | undefined {
  return table.columns.find((column) => sameName(column.name, name))?.name
}

function requireColumn(table: TableSnapshot, name: string): string {
  const found = findColumn(table, name)
  if (found !== undefined) return found
  const known = table.columns.map((column) => column.name)
  throw noSuch('column', name, known, nameOf(table))
}

/** An index of that name; also one that the server has made for a foreign key, of which only the key may be known. */
function requireIndex(table: TableSnapshot, name: string): string {
  const known = table.indexes.map((index) => index.name)
  const found = known.find((index) => sameName(index, name))
  if (found !== undefined) return found
  const ofKey = table.foreignKeys.find((key) => key.name !== undefined && sameName(key.name, name))
  if (ofKey?.name !== undefined) return ofKey.name
  throw noSuch('index', name, known, nameOf(table))
}

/** A key is meant by its name, or by its columns where its name is not the one that the convention gives. */
function requireForeignKey(table: TableSnapshot, { name, columns }: DropForeignKey): string {
  const byName = table.foreignKeys.find((key) => key.name !== undefined && sameName(key.name, name))
  const found = byName ?? table.foreignKeys.find((key) => columns !== undefined && isOver(key, columns))
  if (found?.name !== undefined) return found.name
  const known = table.foreignKeys.flatMap((key) => (key.name === undefined ? [] : [key.name]))
  throw noSuch('foreign key', name, known, nameOf(table))
}

function isOver(key: ForeignKeySnapshot, columns: readonly string[]): boolean {
  return (
    key.columns.length === columns.length &&
    columns.every((column, place) => sameName(column, key.columns[place] ?? ''))
  )
}

function findCheck(table: TableSnapshot, name: string): string | undefined {
  return checkNames(table).find((known) => sameName(known, name))
}

function checkNames({ checks }: TableSnapshot): readonly string[] {
  return checks.flatMap(({ name }) => (name === undefined ? [] : [name]))
}

function refuseSecondPrimaryKey(table: TableSnapshot): void {
  if (table.primaryKey === undefined) return
  const columns = table.primaryKey.columns.join(', ')
  throw alreadyExists('primary key', columns, 'First drop it: table.dropPrimary().', nameOf(table))
}

function refuseOwnKeys(table: TableSnapshot, column: string): void {
  const keys = table.foreignKeys.filter((key) => key.columns.some((name) => sameName(name, column)))
  if (keys.length === 0) return
  throw columnInUse(
    nameOf(table),
    column,
    keys.map(({ name = '' }) => ({
      description: `foreign key "${name}"`,
      dropFirst: `table.dropForeign('${name}')`,
    })),
  )
}

function columnExists(table: TableSnapshot, name: string): SchemaError {
  return alreadyExists('column', name, 'To change it, end its definition with .change().', nameOf(table))
}

function noColumnLeft(table: TableSnapshot): SchemaError {
  return new SchemaError({
    code: 'TM_NO_COLUMN_LEFT',
    message: `Table "${nameOf(table)}" would have no column left.`,
    remedy: `Drop the table instead: schema.drop('${nameOf(table)}').`,
    details: { table: nameOf(table) },
  })
}

function nameOf(table: TableSnapshot): string {
  return formatTableName(table)
}
