// A new table in as few statements as there can be: its keys and checks go into CREATE TABLE, and indexes and comments
// follow. What is the same in the catalogue whichever way it is made is not made one by one, as Laravel does. Nothing is
// read.

import type { CreationPart } from '../../blueprint-order.js'
import type { AddIndex, Column, CreateTable, IndexColumn, Operation } from '../../../schema/operations.js'
import type { TableName } from '../../../schema/table-name.js'
import type { Statement } from '../../dialect.js'
import { quoteIdentifier, quoteString } from '../sql/literal.js'
import { quoteTable } from '../sql/names.js'
import { columnSql } from './column-sql.js'
import {
  checkSql,
  createIndexSql,
  foreignKeySql,
  isConstraint,
  isMadeFromIndex,
  primaryKeySql,
  uniqueSql,
  uniqueUsingIndexSql,
} from './constraint-sql.js'
import { startingValueStatements } from './counters.js'
import { statement } from './statement.js'

export function compileCreate(operation: CreateTable, parts: readonly CreationPart[]): readonly Statement[] {
  const { table, columns, options } = operation
  const key = parts.find(isPrimary)
  const isKey = (column: Column): boolean => column.autoIncrement === true && key === undefined
  const later = repeated(
    parts,
    key?.index.columns ?? columns.filter(isKey).map(({ name }) => ({ column: name })),
  )
  const inline = parts.map((part) => (later.has(part) ? undefined : inlineSql(part)))
  const items = [
    ...columns.map((column) => columnSql(column, isKey(column))),
    ...inline.flatMap((sql) => (sql === undefined ? [] : [sql])),
  ]
  const temporary = options.temporary ? 'temporary ' : ''
  return [
    statement(`create ${temporary}table ${quoteTable(table)} (${items.join(', ')})`, operation),
    ...columns.flatMap((column) => startingValueStatements(table, column, operation)),
    ...parts.flatMap((part, index) => (inline[index] === undefined ? compilePart(part) : [])),
    ...columns.flatMap((column) => commentStatements(table, column, operation)),
  ]
}

/** An index, key or check on a table that exists. */
export function compilePart(part: CreationPart): readonly Statement[] {
  const alter = `alter table ${quoteTable(part.table)} add `
  if (part.kind === 'addForeignKey') return [statement(alter + foreignKeySql(part.foreignKey), part)]
  if (part.kind === 'addCheck') return [statement(alter + checkSql(part.check), part)]
  const { index } = part
  if (!isConstraint(index)) return [statement(createIndexSql(part.table, index), part)]
  if (index.kind === 'primary') return [statement(alter + primaryKeySql(index), part)]
  if (!isMadeFromIndex(index)) return [statement(alter + uniqueSql(index), part)]
  return [
    statement(createIndexSql(part.table, index), part),
    statement(alter + uniqueUsingIndexSql(index), part),
  ]
}

export function commentStatements(
  table: TableName,
  column: { readonly name: string; readonly comment?: string },
  operation: Operation,
): readonly Statement[] {
  const { name, comment } = column
  if (comment === undefined) return []
  const subject = `column ${quoteTable(table)}.${quoteIdentifier(name)}`
  return [statement(`comment on ${subject} is ${quoteString(comment)}`, operation)]
}

function isPrimary(part: CreationPart): part is AddIndex {
  return part.kind === 'addIndex' && part.index.kind === 'primary'
}

/**
 * The unique constraints over the columns of the primary key, or of another of them. Of two in one CREATE TABLE
 * PostgreSQL makes one, under either name; so these follow.
 */
function repeated(parts: readonly CreationPart[], key: readonly IndexColumn[]): ReadonlySet<CreationPart> {
  const seen = new Set([JSON.stringify(key)])
  return new Set(
    parts.filter((part) => {
      if (part.kind !== 'addIndex' || part.index.kind !== 'unique') return false
      const columns = JSON.stringify(part.index.columns)
      const isSeen = seen.has(columns)
      seen.add(columns)
      return isSeen
    }),
  )
}

/** The part as an item of CREATE TABLE; undefined for one that has to wait until the table is there. */
function inlineSql(part: CreationPart): string | undefined {
  if (part.kind === 'addForeignKey')
    return part.foreignKey.notValid === true ? undefined : foreignKeySql(part.foreignKey)
  // CREATE TABLE takes NOT VALID and pays no heed to it.
  if (part.kind === 'addCheck') return part.check.notValid === true ? undefined : checkSql(part.check)
  const { index } = part
  if (!isConstraint(index) || isMadeFromIndex(index)) return undefined
  return index.kind === 'primary' ? primaryKeySql(index) : uniqueSql(index)
}
