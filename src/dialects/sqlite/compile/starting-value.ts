// The first value of an auto-incrementing column: SQLite keeps the last one that was given, in sqlite_sequence.

import type { Column, Operation } from '../../../schema/operations.js'
import type { TableName } from '../../../schema/table-name.js'
import type { Statement } from '../../dialect.js'
import { quoteTable } from '../sql/names.js'

/** Lets the next value be at least the one that `column` asks for; a counter that is further on stays. */
export function startingValueSql(
  table: TableName,
  column: Column,
  operation: Operation,
): readonly Statement[] {
  const { startingValue } = column
  if (startingValue === undefined) return []
  const sequence = quoteTable({ schema: table.schema, name: 'sqlite_sequence' })
  const last = startingValue - 1
  const note = `the next value will be ${startingValue} or more`
  return [
    {
      sql: `insert into ${sequence} (name, seq) select ?, ? where not exists (select 1 from ${sequence} where name = ?)`,
      bindings: [table.name, last, table.name],
      operation,
      note,
    },
    {
      sql: `update ${sequence} set seq = max(seq, ?) where name = ?`,
      bindings: [last, table.name],
      operation,
      note,
    },
  ]
}
