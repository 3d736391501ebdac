// A column as CREATE TABLE and ALTER TABLE take it. Spelling and order of the parts are Laravel's, so that both tools
// make the same: type, unsigned, character set, collation, generated, nullability, default, on update, invisible,
// auto-increment, comment, place.

import { type ColumnTypeName, type Spelling, columnTypes } from '../../../schema/column-types.js'
import type { Column, GeneratedColumn } from '../../../schema/operations.js'
import { UnsupportedError } from '../../errors.js'
import { readJsonSelector } from '../../json-selector.js'
import type { MysqlServer } from '../server.js'
import { quoteIdentifier } from '../sql/literal.js'
import { currentMomentSql, defaultSql, isMoment } from './default-sql.js'
import { textSql } from './text-sql.js'

/** All that a definition says, each part as SQL. What is undefined is not said. */
export interface ColumnParts {
  readonly type: string
  readonly charset: string | undefined
  readonly collation: string | undefined
  readonly generated: GeneratedColumn | undefined
  readonly nullable: boolean | undefined
  readonly default: string | undefined
  readonly onUpdate: string | undefined
  readonly invisible: boolean
  readonly autoIncrement: boolean
  readonly comment: string | undefined
  /** A condition that belongs to the column rather than to the table (MariaDB). */
  readonly check: string | undefined
}

const integerTypes: ReadonlySet<ColumnTypeName> = new Set([
  'bigInteger',
  'integer',
  'mediumInteger',
  'smallInteger',
  'tinyInteger',
])

/** What the blueprint says of a column. */
export function columnParts(column: Column, { flavour: { words, name } }: MysqlServer): ColumnParts {
  return {
    type: `${typeSql(column, name)}${column.unsigned === true ? ' unsigned' : ''}`,
    charset: column.charset,
    collation: column.collation,
    generated: column.generated && {
      ...column.generated,
      expression: generatedExpression(column.generated, words.jsonText),
    },
    nullable: column.nullable,
    default: defaultSql(column, words),
    onUpdate: column.useCurrentOnUpdate === true && isMoment(column) ? currentMomentSql(column) : undefined,
    invisible: column.invisible === true,
    autoIncrement: column.autoIncrement === true && canNumber(column),
    comment: column.comment,
    check: undefined,
  }
}

/** Whether the column can number its rows. Laravel passes over `autoIncrement` on any other type. */
export function canNumber({ type }: Pick<Column, 'type'>): boolean {
  return integerTypes.has(type)
}

/** The whole definition. An auto-incrementing column that no key is over yet becomes the primary key. */
export function definitionSql(name: string, parts: ColumnParts, isPrimaryKey: boolean): string {
  const { charset, collation, generated, onUpdate, comment, check } = parts
  return [
    `${quoteIdentifier(name)} ${parts.type}`,
    charset === undefined ? '' : ` character set ${textSql(charset)}`,
    collation === undefined ? '' : ` collate ${textSql(collation)}`,
    generated === undefined ? '' : ` as (${generated.expression})${generated.stored ? ' stored' : ''}`,
    nullability(parts),
    parts.default === undefined ? '' : ` default ${parts.default}`,
    onUpdate === undefined ? '' : ` on update ${onUpdate}`,
    parts.invisible ? ' invisible' : '',
    parts.autoIncrement ? ' auto_increment' : '',
    isPrimaryKey ? ' primary key' : '',
    comment === undefined ? '' : ` comment ${textSql(comment)}`,
    check === undefined ? '' : ` check (${check})`,
  ].join('')
}

export function positionSql({ position }: Pick<Column, 'position'>): string {
  if (position === undefined) return ''
  return position === 'first' ? ' first' : ` after ${quoteIdentifier(position.after)}`
}

function typeSql(column: Column, dialect: 'mysql' | 'mariadb'): string {
  const spelling: Spelling = columnTypes[column.type].sql[dialect]
  if (typeof spelling === 'string') return spelling
  if (typeof spelling === 'function') return spelling(column)
  throw new UnsupportedError(`${column.type}()`, dialect, `Instead, ${spelling.wayRound}.`)
}

/** A generated column is left nullable unless the user says otherwise, as in Laravel. */
function nullability({ generated, nullable }: ColumnParts): string {
  if (generated !== undefined) return nullable === false ? ' not null' : ''
  return nullable === true ? ' null' : ' not null'
}

function generatedExpression(
  { expression }: GeneratedColumn,
  jsonText: (column: string, path: string) => string,
): string {
  const selector = readJsonSelector(expression)
  if (selector === undefined) return expression
  return jsonText(quoteIdentifier(selector.column), textSql(selector.path))
}
