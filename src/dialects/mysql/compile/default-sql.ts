// The default of a column as its definition takes it, and how a default that is there already fits another type.

import type { ColumnTypeName } from '../../../schema/column-types.js'
import { type DefaultValue, Expression } from '../../../schema/expression.js'
import type { Column } from '../../../schema/operations.js'
import { isTrivia } from '../../sql-tokens.js'
import type { StructureWords } from '../server.js'
import { inBrackets, isCurrentMoment, isLiteral, withoutBrackets } from '../sql/expressions.js'
import { literal } from '../sql/literal.js'
import { ScriptTokens } from '../sql/tokens.js'
import { textSql } from './text-sql.js'

/** The types that on MySQL take no literal as default: https://dev.mysql.com/doc/refman/9.7/en/data-type-defaults.html */
const withoutLiteral: ReadonlySet<ColumnTypeName> = new Set([
  'tinyText',
  'text',
  'mediumText',
  'longText',
  'json',
  'jsonb',
  'geometry',
  'geography',
])

const moments: ReadonlySet<ColumnTypeName> = new Set(['dateTime', 'dateTimeTz', 'timestamp', 'timestampTz'])

/** What the blueprint says the default is; undefined where it says nothing, or that there is none. */
export function defaultSql(column: Column, words: StructureWords): string | undefined {
  if (column.generated !== undefined) return undefined
  if (column.useCurrent === true) return currentSql(column)
  if (column.default === undefined || column.default === null) return undefined
  return column.default instanceof Expression
    ? expressionSql(column.default.sql)
    : fittingLiteral(column, valueSql(column.default), words)
}

/** A default that the column has, as SQL, for its new type; undefined where that can have none such. */
export function keptDefaultSql(old: string, column: Column, words: StructureWords): string | undefined {
  if (isCurrentMoment(old)) return moments.has(column.type) ? currentSql(column) : undefined
  const inner = withoutBrackets(old)
  return isLiteral(inner) ? fittingLiteral(column, inner, words) : old
}

/** `CURRENT_TIMESTAMP` with as many digits as the column has. */
export function currentMomentSql({ attributes }: Pick<Column, 'attributes'>): string {
  return attributes.precision ? `CURRENT_TIMESTAMP(${attributes.precision})` : 'CURRENT_TIMESTAMP'
}

export function isMoment({ type }: Pick<Column, 'type'>): boolean {
  return moments.has(type)
}

function currentSql(column: Column): string | undefined {
  if (column.type === 'date') return '(CURDATE())'
  if (column.type === 'year') return '(YEAR(CURDATE()))'
  return isMoment(column) ? currentMomentSql(column) : undefined
}

function fittingLiteral({ type, attributes }: Column, sql: string, words: StructureWords): string {
  const isBlob = type === 'binary' && !attributes.length
  const needsBrackets = !words.hasLiteralDefaultsOfText && (isBlob || withoutLiteral.has(type))
  return needsBrackets ? `(${sql})` : sql
}

/** Numbers and booleans stand in quotes too, as in Laravel: the server turns them into what the type wants. */
function valueSql(value: Exclude<DefaultValue, null | Expression>): string {
  if (value instanceof Uint8Array || value instanceof Date) return literal(value)
  if (typeof value === 'boolean') return value ? "'1'" : "'0'"
  return textSql(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

const plainWords: ReadonlySet<string> = new Set([
  'NULL',
  'TRUE',
  'FALSE',
  'CURRENT_TIMESTAMP',
  'NOW',
  'LOCALTIME',
  'LOCALTIMESTAMP',
])

/** The user's own SQL as it is, in brackets where the server wants them: around all but literals and the moment. */
function expressionSql(sql: string): string {
  const first = [...new ScriptTokens(sql)].find((token) => !isTrivia(token))
  if (first === undefined || first.text === '(' || first.kind !== 'word') return sql
  return plainWords.has(first.text.toUpperCase()) || first.text.startsWith('_') ? sql : inBrackets(sql)
}
