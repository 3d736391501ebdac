// Renames of columns run natively, because only ALTER TABLE rewrites views and triggers. So that all other changes of a
// blueprint still are one rebuild, a rename runs before the changes that were written before it, and those are told the
// new name. Where that would change what they mean, the blueprint is cut in two at the rename. Pure.

import type { RenameColumn } from '../../../schema/operations.js'
import type { TableChange } from './alter.js'
import { mentions } from '../sql/mentions.js'
import { foldName, sameName } from '../sql/names.js'
import type { TableState } from './table-state.js'

export interface Hoisted {
  readonly renames: readonly RenameColumn[]
  readonly changes: readonly TableChange[]
  /** What must wait until the changes have been made. */
  readonly rest: readonly TableChange[]
}

export function hoistRenames(table: TableState, operations: readonly TableChange[]): Hoisted {
  const renames: RenameColumn[] = []
  let changes: readonly TableChange[] = []
  const names = new Set(table.source.columns.map((column) => foldName(column.name)))
  for (const [index, operation] of operations.entries()) {
    if (operation.kind !== 'renameColumn') changes = [...changes, operation]
    else if (canHoist(table, names, changes, operation)) {
      renames.push(operation)
      changes = changes.map((change) => renamedIn(change, operation))
      names.delete(foldName(operation.from))
      names.add(foldName(operation.to))
    } else return { renames, changes, rest: operations.slice(index) }
  }
  return { renames, changes, rest: [] }
}

function canHoist(
  table: TableState,
  names: ReadonlySet<string>,
  changes: readonly TableChange[],
  rename: RenameColumn,
): boolean {
  const isFree = sameName(rename.from, rename.to) || !names.has(foldName(rename.to))
  return names.has(foldName(rename.from)) && isFree && changes.every((change) => means(change, rename, table))
}

type KeepsMeaning<Kind extends TableChange> = (
  change: Kind,
  rename: RenameColumn,
  table: TableState,
) => boolean

/** Whether a change means the same when the rename has been made before it and it has been told the new name. */
const keepsMeaning: {
  readonly [Kind in TableChange['kind']]: KeepsMeaning<Extract<TableChange, { kind: Kind }>>
} = {
  addColumn: ({ column }, rename) =>
    !isNamed(column.name, rename) && !isMentioned(column.generated?.expression, rename),
  changeColumn: ({ column }, rename) => !isMentioned(column.generated?.expression, rename),
  dropColumns: ({ columns }, rename) => !columns.some((name) => isNamed(name, rename)),
  addIndex: ({ index }, rename) =>
    !isMentioned(index.where, rename) &&
    !index.columns.some((item) => 'expression' in item && isMentioned(item.expression, rename)),
  // A unique key in the table's statement may be known by a name that is made of its columns.
  dropIndex: ({ indexKind, name }, _, table) =>
    indexKind === 'primary' || table.indexes.some((index) => sameName(index.name, name)),
  dropForeignKey: ({ columns }) => columns !== undefined,
  addCheck: ({ check }, rename) => !isMentioned(check.expression, rename),
  renameColumn: () => true,
  renameIndex: () => true,
  addForeignKey: () => true,
  dropCheck: () => true,
}

function means(change: TableChange, rename: RenameColumn, table: TableState): boolean {
  // The mapped type above pairs each kind with the answer for changes of that kind.
  return (keepsMeaning[change.kind] as KeepsMeaning<TableChange>)(change, rename, table)
}

function isNamed(name: string, { from, to }: RenameColumn): boolean {
  return sameName(name, from) || sameName(name, to)
}

function isMentioned(sql: string | undefined, { from }: RenameColumn): boolean {
  return sql !== undefined && mentions(sql, from)
}

function renamedIn(change: TableChange, { from, to }: RenameColumn): TableChange {
  const rename = (name: string): string => (sameName(name, from) ? to : name)
  if (change.kind === 'changeColumn') {
    return { ...change, column: { ...change.column, name: rename(change.column.name) } }
  }
  if (change.kind === 'addIndex') {
    const columns = change.index.columns.map((item) =>
      'column' in item ? { column: rename(item.column) } : item,
    )
    return { ...change, index: { ...change.index, columns } }
  }
  if (change.kind === 'addForeignKey') {
    const { foreignKey, table } = change
    const isOwn = sameName(foreignKey.foreignTable.name, table.name)
    const foreignColumns = isOwn ? foreignKey.foreignColumns.map(rename) : foreignKey.foreignColumns
    return {
      ...change,
      foreignKey: { ...foreignKey, columns: foreignKey.columns.map(rename), foreignColumns },
    }
  }
  if (change.kind !== 'dropForeignKey' || change.columns === undefined) return change
  return { ...change, columns: change.columns.map(rename) }
}
