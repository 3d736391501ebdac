// Renames of columns run natively, because only ALTER TABLE rewrites views and triggers. So that all other changes of a
// blueprint still are one rebuild, a rename runs before the changes that were written before it, and those are told the
// new name. Where that would change what they mean, the blueprint is cut in two at the rename. Pure.

import type { RenameColumn } from '../../schema/operations.js'
import type { TableChange } from './alter.js'
import { mentions } from './mentions.js'
import { foldName, sameName } from './names.js'
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
  return (
    names.has(foldName(rename.from)) &&
    isFree &&
    changes.every((change) => keepsMeaning(table, change, rename))
  )
}

/** Whether a change means the same when the rename has been made before it and it has been told the new name. */
function keepsMeaning(table: TableState, change: TableChange, { from, to }: RenameColumn): boolean {
  const isOther = (name: string): boolean => !sameName(name, from) && !sameName(name, to)
  const isUnmentioned = (sql: string | undefined): boolean => sql === undefined || !mentions(sql, from)
  switch (change.kind) {
    case 'addColumn':
      return isOther(change.column.name) && isUnmentioned(change.column.generated?.expression)
    case 'changeColumn':
      return isUnmentioned(change.column.generated?.expression)
    case 'dropColumns':
      return change.columns.every(isOther)
    case 'addIndex':
      return (
        isUnmentioned(change.index.where) &&
        change.index.columns.every((item) => 'column' in item || isUnmentioned(item.expression))
      )
    case 'dropIndex':
      return change.indexKind === 'primary' || table.indexes.some(({ name }) => sameName(name, change.name))
    case 'dropForeignKey':
      return change.columns !== undefined
    case 'addCheck':
      return isUnmentioned(change.check.expression)
    case 'renameColumn':
    case 'renameIndex':
    case 'addForeignKey':
    case 'dropCheck':
      return true
  }
}

function renamedIn(change: TableChange, { from, to }: RenameColumn): TableChange {
  const rename = (name: string): string => (sameName(name, from) ? to : name)
  switch (change.kind) {
    case 'changeColumn':
      return { ...change, column: { ...change.column, name: rename(change.column.name) } }
    case 'addIndex': {
      const columns = change.index.columns.map((item) =>
        'column' in item ? { column: rename(item.column) } : item,
      )
      return { ...change, index: { ...change.index, columns } }
    }
    case 'addForeignKey': {
      const { foreignKey, table } = change
      const isOwn = sameName(foreignKey.foreignTable.name, table.name)
      const foreignColumns = isOwn ? foreignKey.foreignColumns.map(rename) : foreignKey.foreignColumns
      return {
        ...change,
        foreignKey: { ...foreignKey, columns: foreignKey.columns.map(rename), foreignColumns },
      }
    }
    case 'dropForeignKey':
      return change.columns === undefined ? change : { ...change, columns: change.columns.map(rename) }
    default:
      return change
  }
}
