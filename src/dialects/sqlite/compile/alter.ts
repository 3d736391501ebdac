// One entry for all changes of a table: ALTER TABLE or a rebuild? The compiler of TypeScript names a kind of change
// that is missing here.

import type { Operation, OperationKind } from '../../../schema/operations.js'
import type { Change } from './alter-change.js'
import { addColumn, changeColumn, dropColumns, renameColumn } from './alter-columns.js'
import { addCheck, addForeignKey, dropCheck, dropForeignKey } from './alter-constraints.js'
import { addIndex, dropIndex, renameIndex } from './alter-indexes.js'
import type { TableState } from './table-state.js'

/** The kinds that act on a table as a whole, and what SQLite refuses; compile.ts sees to them. */
type OtherKind =
  | 'createTable'
  | 'dropTable'
  | 'renameTable'
  | 'setTableComment'
  | 'validateConstraint'
  | 'createEnum'
  | 'dropEnum'

export type TableChange = Extract<Operation, { kind: Exclude<OperationKind, OtherKind> }>

const changes: { readonly [Kind in TableChange['kind']]: Change<Extract<TableChange, { kind: Kind }>> } = {
  addColumn,
  changeColumn,
  renameColumn,
  dropColumns,
  addIndex,
  dropIndex,
  renameIndex,
  addForeignKey,
  dropForeignKey,
  addCheck,
  dropCheck,
}

/** Whether ALTER TABLE does it and loses nothing; if not, why. */
export type Route = { readonly isNative: true } | { readonly isNative: false; readonly reason: string }

export function canAlter(table: TableState, operation: TableChange): Route {
  const reason = changeFor(operation).rebuildReason(table, operation)
  return reason === undefined ? { isNative: true } : { isNative: false, reason }
}

/** The table's state after the operation. Throws a `SchemaError` where it does not fit the table. */
export function applyChange(table: TableState, operation: TableChange): TableState {
  return changeFor(operation).apply(table, operation)
}

/** The SQL that does the operation without a rebuild. */
export function nativeSql(table: TableState, operation: TableChange): readonly string[] {
  return changeFor(operation).native(table, operation)
}

export function isTableChange(operation: Operation): operation is TableChange {
  return Object.hasOwn(changes, operation.kind)
}

function changeFor(operation: TableChange): Change<TableChange> {
  // The mapped type above pairs each kind with the change that takes operations of that kind.
  return changes[operation.kind] as Change<TableChange>
}
