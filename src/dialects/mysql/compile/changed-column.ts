// What `change()` says of a column. MODIFY replaces the whole definition, so what the blueprint does not mention is said
// again as the catalogue has it; an exact change leaves that out, as Laravel does.

import type { ColumnTypeName } from '../../../schema/column-types.js'
import type { ChangeColumn, Column } from '../../../schema/operations.js'
import type { ColumnSnapshot, TableSnapshot } from '../../../schema/snapshot.js'
import type { MysqlServer } from '../server.js'
import { isCurrentMoment } from '../sql/expressions.js'
import { sameName } from '../sql/names.js'
import { canNumber, type ColumnParts, columnParts } from './column-sql.js'
import { currentMomentSql, isMoment, keptDefaultSql } from './default-sql.js'

const unsignedTypes: ReadonlySet<ColumnTypeName> = new Set([
  'bigInteger',
  'integer',
  'mediumInteger',
  'smallInteger',
  'tinyInteger',
  'float',
  'double',
  'decimal',
])

/** Types of text that the user may have given a collation; keys and addresses are text by accident. */
const collatedTypes: ReadonlySet<ColumnTypeName> = new Set([
  'char',
  'string',
  'tinyText',
  'text',
  'mediumText',
  'longText',
  'enum',
  'set',
])

/** The definition that `old` is to get. */
export function changedParts(
  { column, exact }: ChangeColumn,
  old: ColumnSnapshot,
  table: TableSnapshot,
  server: MysqlServer,
): ColumnParts {
  const said = columnParts(column, server)
  return exact ? said : { ...said, ...keptParts(column, said, old, table, server) }
}

function keptParts(
  column: Column,
  said: ColumnParts,
  old: ColumnSnapshot,
  table: TableSnapshot,
  { flavour: { words } }: MysqlServer,
): Partial<ColumnParts> {
  const generated = said.generated ?? keptGenerated(column, old)
  const autoIncrement =
    column.autoIncrement === undefined ? old.autoIncrement && canNumber(column) : said.autoIncrement
  return {
    type: keepsUnsigned(column, old) ? `${said.type} unsigned` : said.type,
    ...keptCollation(column, said, old, table),
    generated,
    autoIncrement,
    ...(generated === undefined
      ? { nullable: column.nullable ?? old.nullable }
      : { nullable: column.nullable ?? (words.hasGeneratedNotNull && !old.nullable ? false : undefined) }),
    default:
      generated === undefined && !autoIncrement
        ? (said.default ?? keptDefault(column, old, words))
        : undefined,
    onUpdate: said.onUpdate ?? keptOnUpdate(column, old, generated !== undefined),
    invisible: column.invisible ?? old.invisible,
    comment: column.comment ?? old.comment,
    check: words.keepsChecksInColumns ? ownCheck(column, table) : undefined,
  }
}

function keepsUnsigned(column: Column, old: ColumnSnapshot): boolean {
  return column.unsigned === undefined && unsignedTypes.has(column.type) && /\bunsigned\b/.test(old.type)
}

function keptCollation(
  column: Column,
  said: ColumnParts,
  old: ColumnSnapshot,
  table: TableSnapshot,
): Partial<ColumnParts> {
  const isSaid = said.charset !== undefined || said.collation !== undefined
  const isTables = old.collation === undefined || old.collation === table.collation
  return isSaid || isTables || !collatedTypes.has(column.type) ? {} : { collation: old.collation }
}

/** A column that is given a default or numbers its rows is generated no more. */
function keptGenerated(column: Column, old: ColumnSnapshot): ColumnParts['generated'] {
  const isOrdinary =
    column.default !== undefined || column.useCurrent === true || column.autoIncrement === true
  return isOrdinary ? undefined : old.generated
}

function keptDefault(column: Column, old: ColumnSnapshot, words: MysqlServer['flavour']['words']) {
  if (column.default !== undefined || old.default === undefined) return undefined
  if (column.useCurrent === false && isCurrentMoment(old.default)) return undefined
  return keptDefaultSql(old.default, column, words)
}

function keptOnUpdate(column: Column, old: ColumnSnapshot, isGenerated: boolean): string | undefined {
  const isKept = column.useCurrentOnUpdate === undefined && old.onUpdate !== undefined && !isGenerated
  return isKept && isMoment(column) ? currentMomentSql(column) : undefined
}

/** MariaDB keeps a check that was written in a column's definition there, under the column's name. */
function ownCheck({ name }: Column, { checks }: TableSnapshot): string | undefined {
  return checks.find((check) => check.name !== undefined && sameName(check.name, name))?.expression
}
