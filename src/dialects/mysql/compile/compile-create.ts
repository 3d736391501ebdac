// A new table in one statement, with its keys, indexes, checks and comment, so that it is there whole or not at all.
// The server makes the same of it as of Laravel's many statements: tests/dialects/mysql/compile-create.test.ts compares.

import type { Column, CreateTable, SetTableComment } from '../../../schema/operations.js'
import type { CreationPart } from '../../blueprint-order.js'
import type { MysqlServer } from '../server.js'
import { quoteTable, sameName } from '../sql/names.js'
import { columnParts, definitionSql } from './column-sql.js'
import { checkSql, foreignKeySql, indexSql } from './constraint-sql.js'
import { textSql } from './text-sql.js'

/** What can stand in the statement that makes a table. */
export type TablePart = CreationPart | SetTableComment

export function createTableSql(
  { table, columns, options }: CreateTable,
  parts: readonly TablePart[],
  server: MysqlServer,
): string {
  const hasPrimaryKey = parts.some((part) => part.kind === 'addIndex' && part.index.kind === 'primary')
  const items = [
    ...inPlace(columns).map((column) => {
      const said = columnParts(column, server)
      return definitionSql(column.name, said, said.autoIncrement && !hasPrimaryKey)
    }),
    ...parts.flatMap(constraintSql),
  ]
  return [
    `create ${options.temporary ? 'temporary ' : ''}table ${quoteTable(table)} (${items.join(', ')})`,
    encodingSql(options, server),
    options.engine === undefined ? '' : ` engine = ${textSql(options.engine)}`,
    startSql(columns),
    ...parts.map((part) => (part.kind === 'setTableComment' ? ` comment = ${textSql(part.comment)}` : '')),
  ].join('')
}

function constraintSql(part: TablePart): readonly string[] {
  if (part.kind === 'addIndex') return [indexSql(part.index)]
  if (part.kind === 'addForeignKey') return [foreignKeySql(part.foreignKey)]
  return part.kind === 'addCheck' ? [checkSql(part.check)] : []
}

/** A collation without a character set is of the connection's; one that is not its own would be refused. */
function encodingSql({ charset, collation }: CreateTable['options'], server: MysqlServer): string {
  const isOwnCharset = charset === undefined || charset === server.charset
  const actual = collation ?? (isOwnCharset ? server.collation : undefined)
  const start = ` default character set ${textSql(charset ?? server.charset)}`
  return actual === undefined ? start : `${start} collate ${textSql(actual)}`
}

/** The first number that the table gives; 0 and 1 are what it begins with anyway. */
function startSql(columns: readonly Column[]): string {
  const start = columns.find(({ autoIncrement }) => autoIncrement === true)?.startingValue
  return start === undefined || start === 0 ? '' : ` auto_increment = ${start}`
}

/** CREATE TABLE knows no `after`: the columns are written in the order that is asked for. */
function inPlace(columns: readonly Column[]): readonly Column[] {
  return columns.reduce<readonly Column[]>((placed, column) => {
    const { position } = column
    if (position === undefined) return [...placed, column]
    if (position === 'first') return [column, ...placed]
    const before = placed.findIndex(({ name }) => sameName(name, position.after))
    if (before === -1) return [...placed, column]
    return [...placed.slice(0, before + 1), column, ...placed.slice(before + 1)]
  }, [])
}
