// A column as PostgreSQL's CREATE TABLE and ADD COLUMN take it. Spelling and order of the parts are Laravel's, so that
// both tools make the same catalogue: type, collate, null, default, generated, identity, primary key.

import { type ColumnTypeName, type Spelling, columnTypes } from '../../../schema/column-types.js'
import { Expression, type DefaultValue } from '../../../schema/expression.js'
import type { Column, GeneratedColumn, IdentityColumn } from '../../../schema/operations.js'
import { UnsupportedError } from '../../errors.js'
import { readJsonSelector } from '../../json-selector.js'
import { literal, quoteIdentifier, quoteString } from '../sql/literal.js'

/** The whole definition: `"name" varchar(255) not null default 'x'`. */
export function columnSql(column: Column, isPrimaryKey: boolean): string {
  const value = defaultSql(column)
  return [
    `${quoteIdentifier(column.name)} ${typeSql(column)}`,
    column.collation === undefined ? '' : ` collate ${quoteIdentifier(column.collation)}`,
    column.nullable === true ? ' null' : ' not null',
    value === undefined ? '' : ` default ${value}`,
    column.generated === undefined ? '' : generatedSql(column, column.generated),
    column.identity === undefined ? '' : ` ${identitySql(column.identity)}`,
    isPrimaryKey ? ' primary key' : '',
  ].join('')
}

/** The type of a new column: a serial where it numbers the rows, with its check where it is an enum. */
export function typeSql(column: Column): string {
  const spelling: Spelling = columnTypes[column.type].sql.postgres
  if (typeof spelling === 'string') return spelling
  if (typeof spelling === 'function') return spelling(column)
  throw new UnsupportedError(`${column.type}()`, 'PostgreSQL', `Instead, ${spelling.wayRound}.`)
}

/** The type alone, as ALTER COLUMN … TYPE takes it. */
export function bareTypeSql(column: Column): string {
  return isCheckedEnum(column) ? 'varchar(255)' : typeSql({ ...column, autoIncrement: false })
}

/** Whether the column's values are listed in a check. */
export function isCheckedEnum({ type, attributes }: Column): boolean {
  return type === 'enum' && attributes.enumType === undefined
}

/** The check that lists the values of an enum. */
export function listCheckSql({ name, attributes }: Column): string {
  return `check (${quoteIdentifier(name)} in (${(attributes.allowed ?? []).map(quoteString).join(', ')}))`
}

/** What a column that gives no value gets; undefined where the definition says none. */
export function defaultSql(column: Column): string | undefined {
  if (column.useCurrent === true) return currentMoments[column.type] ?? 'CURRENT_TIMESTAMP'
  if (column.default === undefined || column.default === null) return undefined
  return defaultLiteral(column.default)
}

/** What `useCurrent()` means for a type; a moment for all others. */
const currentMoments: Partial<Readonly<Record<ColumnTypeName, string>>> = {
  date: 'CURRENT_DATE',
  year: 'EXTRACT(YEAR FROM CURRENT_DATE)',
  time: 'CURRENT_TIME',
  timeTz: 'CURRENT_TIME',
}

/** Numbers and booleans stand in quotes too: PostgreSQL turns them into what the column's type wants. */
function defaultLiteral(value: Exclude<DefaultValue, null>): string {
  if (value instanceof Expression) return value.sql
  if (value instanceof Uint8Array || value instanceof Date) return literal(value)
  if (typeof value === 'boolean') return value ? "'1'" : "'0'"
  return quoteString(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function generatedSql(column: Column, generated: GeneratedColumn): string {
  return ` generated always as (${expressionSql(column, generated)}) ${generated.stored ? 'stored' : 'virtual'}`
}

/** The expression of a computed column; `meta->owner->name` reads a JSON document, as in Laravel's queries. */
export function expressionSql(column: Column, { expression }: GeneratedColumn): string {
  const selector = readJsonSelector(expression)
  if (selector === undefined) return expression
  const keys = expression.split('->').slice(1).flatMap(jsonKeys)
  const path = keys.map((key, index) => `${index === keys.length - 1 ? '->>' : '->'}${key}`).join('')
  const text = `${quoteIdentifier(selector.column)}${path}`
  return columnTypes[column.type].value === 'string' ? text : `(${text})::${bareTypeSql(column)}`
}

/** `tags[0]` as a key and a place. */
function jsonKeys(step: string): readonly string[] {
  const [key = '', ...places] = step.split(/\]?\[|\]$/).filter((part, index) => index === 0 || part !== '')
  return [...(key === '' ? [] : [quoteString(key)]), ...places]
}

export function identitySql({ always, options }: IdentityColumn): string {
  return `generated ${always ? 'always' : 'by default'} as identity${options === undefined ? '' : ` (${options})`}`
}
