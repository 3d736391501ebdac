// In which order, and in which pieces, the operations of one blueprint are compiled. How a database compares names is
// up to its dialect.

import type { AddCheck, AddForeignKey, AddIndex, Operation } from '../schema/operations.js'
import type { TableName } from '../schema/table-name.js'

/** Whether a database takes two names for one table. */
export type SameTable = (one: TableName, other: TableName) => boolean

/** What can follow a table's creation and is part of it. */
export type CreationPart = AddForeignKey | AddIndex | AddCheck

export function isCreationPart(operation: Operation): operation is CreationPart {
  return operation.kind === 'addForeignKey' || operation.kind === 'addIndex' || operation.kind === 'addCheck'
}

/** A blueprint names its table by one name throughout, so what is written after `rename()` still means the old name. */
export function withRenamesLast(
  operations: readonly Operation[],
  isSameTable: SameTable,
): readonly Operation[] {
  const isPremature = (operation: Operation, index: number): boolean =>
    operation.kind === 'renameTable' &&
    operations.slice(index + 1).some((later) => 'table' in later && isSameTable(later.table, operation.table))
  return [
    ...operations.filter((operation, index) => !isPremature(operation, index)),
    ...operations.filter(isPremature),
  ]
}

/** The operations at the front that `isPart` accepts and that are of the same table. */
export function leading<Part extends Operation & { readonly table: TableName }>(
  operations: readonly Operation[],
  isPart: (operation: Operation) => operation is Part,
  table: TableName,
  isSameTable: SameTable,
): readonly Part[] {
  const parts: Part[] = []
  for (const operation of operations) {
    if (!isPart(operation) || !isSameTable(operation.table, table)) break
    parts.push(operation)
  }
  return parts
}
