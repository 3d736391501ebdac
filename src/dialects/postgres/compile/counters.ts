// The sequences that number rows: where a new one begins, and one for a column that numbered none before.

import type { Column, Operation } from '../../../schema/operations.js'
import type { ColumnSnapshot } from '../../../schema/snapshot.js'
import { fitName } from '../../../schema/names.js'
import type { TableName } from '../../../schema/table-name.js'
import type { Statement } from '../../dialect.js'
import { capabilities } from '../capabilities.js'
import { quoteIdentifier, quoteString } from '../sql/literal.js'
import { quoteTable } from '../sql/names.js'
import { statement } from './statement.js'

/** Lets the first number be the one that a new column asks for. */
export function startingValueStatements(
  table: TableName,
  column: Column,
  operation: Operation,
): readonly Statement[] {
  const { name, startingValue } = column
  // As in Laravel, 0 stands for no wish: no sequence begins before 1.
  if (!isCounted(column) || startingValue === undefined || startingValue === 0) return []
  const sql = 'select setval(pg_get_serial_sequence(?, ?), ?, false)'
  return [
    {
      ...statement(sql, operation, [quoteTable(table), name, startingValue]),
      note: `the next value will be ${startingValue}`,
    },
  ]
}

/** Lets the next number be beyond all that the column holds, and at least the one that it asks for. */
export function continuedStatements(
  table: TableName,
  column: Column,
  operation: Operation,
): readonly Statement[] {
  const next = `greatest(coalesce(max(${quoteIdentifier(column.name)}), 0) + 1, ?)`
  const sql = `select setval(pg_get_serial_sequence(?, ?), ${next}, false) from ${quoteTable(table)}`
  const least = Math.max(column.startingValue ?? 1, 1)
  return [
    {
      ...statement(sql, operation, [quoteTable(table), column.name, least]),
      note: 'the next value will be beyond those that are there',
    },
  ]
}

/** Whether the database numbers the rows by the column. */
export function isCounted({ autoIncrement, identity }: Column): boolean {
  return autoIncrement === true || identity !== undefined
}

/** A sequence for a column that exists, as `serial` makes one for a new column. */
export function newSequence(table: TableName, { name, typeName }: ColumnSnapshot) {
  const sequence = quoteTable({
    schema: table.schema,
    name: fitName(`${table.name}_${name}_seq`, capabilities.maxIdentifierBytes),
  })
  const width = widths[typeName]
  return {
    createSql: `create sequence ${sequence}${width === undefined ? '' : ` as ${width}`}`,
    ownSql: `alter sequence ${sequence} owned by ${quoteTable(table)}.${quoteIdentifier(name)}`,
    defaultSql: `nextval(${quoteString(sequence)}::regclass)`,
  }
}

/** A sequence is of 8 bytes unless it is told otherwise. */
const widths: Readonly<Record<string, string>> = { int2: 'smallint', int4: 'integer' }
