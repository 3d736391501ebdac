// Defaults and expressions as SQL that could stand in a table's definition, alike from both servers. MySQL gives literal
// defaults bare, writes a backslash before every quote of an expression, and puts `_utf8mb4` before its strings; MariaDB
// gives SQL.

import type { CatalogueWords } from '../server.js'
import { inBrackets, isCurrentMoment, isLiteral, withoutBrackets } from '../sql/expressions.js'
import { ScriptTokens } from '../sql/tokens.js'
import { textSql } from '../compile/text-sql.js'
import type { ColumnInfo } from './catalogue-rows.js'

/** The expression of a generated column, a check or an index, without brackets around the whole. */
export function expressionText(sql: string, { escapesExpressions }: CatalogueWords): string {
  return withoutBrackets(escapesExpressions ? withoutIntroducers(unescaped(withWholeCharacters(sql))) : sql)
}

/** MySQL shows the four bytes of a character beyond the basic plane as four characters. */
function withWholeCharacters(sql: string): string {
  return sql.replaceAll(/[\u00F0-\u00F4][\u0080-\u00BF]{3}/g, (bytes) =>
    Buffer.from(bytes, 'latin1').toString('utf8'),
  )
}

/** The default as SQL; undefined where there is none. */
export function defaultText(column: ColumnInfo, words: CatalogueWords): string | undefined {
  const { default: value, extra } = column
  if (value === undefined) return undefined
  if (!words.hasBareDefaults) return value === 'NULL' ? undefined : sqlDefault(value)
  if (!/\bDEFAULT_GENERATED\b/i.test(extra)) return literalText(value, column.typeName)
  if (isCurrentMoment(value)) return momentText(value)
  const expression = expressionText(value, words)
  return isLiteral(expression) ? `(${requoted(expression)})` : inBrackets(expression)
}

/** Whether the default is a text with a question mark, which may be one or stand for what the server cannot show. */
export function hasDoubtfulDefault({ default: value, extra }: ColumnInfo): boolean {
  return value?.includes('?') === true && !/\bDEFAULT_GENERATED\b/i.test(extra) && !/^\w+\(/.test(value)
}

/** What an update of the row sets the column to. */
export function onUpdateText({ extra }: ColumnInfo): string | undefined {
  const found = /on update (current_timestamp(?:\(\d*\))?)/i.exec(extra)?.[1]
  return found === undefined ? undefined : momentText(found)
}

function sqlDefault(sql: string): string {
  if (isCurrentMoment(sql)) return momentText(sql)
  return isLiteral(sql) ? requoted(sql) : inBrackets(sql)
}

/** A string with the quotes in it doubled, whichever way the server has written them. */
function requoted(sql: string): string {
  return sql.startsWith("'") ? textSql(unescaped(sql.slice(1, -1).replaceAll("''", "'"))) : sql
}

/** `current_timestamp(3)` as MySQL writes it; MariaDB writes the brackets even where nothing is in them. */
function momentText(sql: string): string {
  return sql.replace('()', '').toUpperCase()
}

const numberTypes: ReadonlySet<string> = new Set([
  'tinyint',
  'smallint',
  'mediumint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
  'year',
])

function literalText(value: string, typeName: string): string {
  if (numberTypes.has(typeName) || typeName === 'bit') return value
  if (/^(?:var)?binary$/.test(typeName))
    return value.replace(/^0x(.*)$/i, (_, hex: string) => `x'${hex.toLowerCase()}'`)
  return textSql(value)
}

/** The signs that stand for others after a backslash; every other sign stands for itself. */
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', Z: '\u001A' }

function unescaped(sql: string): string {
  return sql.replaceAll(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign)
}

/** A string says its character set only where it is another than the session's. */
function withoutIntroducers(sql: string): string {
  const tokens = [...new ScriptTokens(sql)]
  return tokens
    .filter(({ text }, index) => text !== '_utf8mb4' || tokens[index + 1]?.kind !== 'string')
    .map(({ text }) => text)
    .join('')
}
