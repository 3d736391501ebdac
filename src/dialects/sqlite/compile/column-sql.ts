// A column as SQLite's CREATE TABLE and ADD COLUMN take it. Spelling and order of the parts are Laravel's, so that both
// tools make the same text: type, primary key, not null, default, collate, generated.

import { type ColumnTypeName, type Spelling, columnTypes } from '../../../schema/column-types.js'
import { Expression, type DefaultValue } from '../../../schema/expression.js'
import type { Column, GeneratedColumn } from '../../../schema/operations.js'
import { UnsupportedError } from '../../errors.js'
import { readJsonSelector } from '../../json-selector.js'
import { literal, quoteIdentifier } from '../sql/literal.js'

/** The whole definition: `"name" varchar not null default 'x'`. STRICT tables take only some types. */
export function columnSql(column: Column, isStrict = false): string {
  const parts = [
    column.autoIncrement === true ? ' primary key autoincrement' : '',
    nullability(column),
    column.generated === undefined ? defaultSql(column) : '',
    column.collation === undefined ? '' : ` collate ${literal(column.collation)}`,
    column.generated === undefined ? '' : generatedSql(column.generated),
  ]
  const type = isStrict && column.type !== 'rawColumn' ? strictType(typeSql(column)) : typeSql(column)
  return `${quoteIdentifier(column.name)} ${type}${parts.join('')}`
}

function typeSql(column: Column): string {
  const spelling: Spelling = columnTypes[column.type].sql.sqlite
  if (typeof spelling === 'string') return spelling
  if (typeof spelling === 'function') return spelling(column)
  throw new UnsupportedError(`${column.type}()`, 'SQLite', `Instead, ${spelling.wayRound}.`)
}

/** The type of a STRICT table that holds the same values (https://www.sqlite.org/stricttables.html). */
function strictType(type: string): string {
  return type.replace(/^\w+(?:\(\d+\))?/, (word) => {
    if (/int/.test(word)) return 'integer'
    if (/char|text|date|time/.test(word)) return 'text'
    if (/float|double/.test(word)) return 'real'
    return word === 'blob' ? 'blob' : 'any'
  })
}

/** A generated column is left nullable unless the user says otherwise, as in Laravel. */
function nullability(column: Column): string {
  const isNotNull = column.generated === undefined ? column.nullable !== true : column.nullable === false
  return isNotNull ? ' not null' : ''
}

function defaultSql(column: Column): string {
  if (column.useCurrent === true) return ` default ${currentMoments[column.type] ?? 'CURRENT_TIMESTAMP'}`
  if (column.default === undefined || column.default === null) return ''
  return ` default ${defaultLiteral(column.default)}`
}

/** What `useCurrent()` means for a type; a moment for all others. */
const currentMoments: Partial<Readonly<Record<ColumnTypeName, string>>> = {
  date: 'CURRENT_DATE',
  year: "(CAST(strftime('%Y', 'now') AS INTEGER))",
  time: 'CURRENT_TIME',
  timeTz: 'CURRENT_TIME',
}

/** Numbers and booleans stand in quotes too: SQLite turns them into what the column's type wants. */
function defaultLiteral(value: Exclude<DefaultValue, null>): string {
  if (value instanceof Expression) return value.sql
  if (value instanceof Uint8Array || value instanceof Date) return literal(value)
  if (typeof value === 'boolean') return value ? "'1'" : "'0'"
  return literal(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function generatedSql({ expression, stored }: GeneratedColumn): string {
  return ` as (${jsonPathSql(expression) ?? expression})${stored ? ' stored' : ''}`
}

/** Laravel's `meta->owner->name` as a call of json_extract; undefined for any other expression. */
function jsonPathSql(expression: string): string | undefined {
  const selector = readJsonSelector(expression)
  return selector && `json_extract(${quoteIdentifier(selector.column)}, '${selector.path}')`
}
