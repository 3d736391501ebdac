// The names that an operation is about.

import type { Column, Operation } from './operations.js'
import { type TableName, parseTableName } from './table-name.js'

/** The tables that an operation makes, changes or drops. */
export function tablesOf(operation: Operation): readonly TableName[] {
  if (operation.kind === 'renameTable') return [operation.table, operation.to]
  return 'table' in operation ? [operation.table] : []
}

/** The enum types that an operation makes, drops or needs. */
export function enumTypesOf(operation: Operation): readonly TableName[] {
  if ('type' in operation) return [operation.type]
  return columnsOf(operation).flatMap(({ attributes: { enumType } }) =>
    enumType === undefined ? [] : [parseTableName(enumType)],
  )
}

/** The columns that an operation describes. */
export function columnsOf(operation: Operation): readonly Column[] {
  if (operation.kind === 'createTable') return operation.columns
  return 'column' in operation ? [operation.column] : []
}
