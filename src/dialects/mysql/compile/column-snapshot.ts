// What the catalogue would show of a column that a blueprint describes, worked out without a server: types as servers
// spell them back, defaults as catalogue/default-value.ts reads them.

import type { Column } from '../../../schema/operations.js'
import type { ColumnSnapshot } from '../../../schema/snapshot.js'
import type { MysqlServer } from '../server.js'
import { inBrackets } from '../sql/expressions.js'
import { type ColumnParts, columnParts } from './column-sql.js'

/** What the catalogue would show of a new column. */
export function columnSnapshot(column: Column, server: MysqlServer): ColumnSnapshot {
  const parts = columnParts(column, server)
  const type = shownType(column.type === 'rawColumn' ? rawType(parts.type) : parts.type, server)
  const typeName = /^\w+/.exec(type)?.[0] ?? type
  const isText = textTypes.test(typeName)
  const isJson = column.type === 'json' || column.type === 'jsonb'
  return {
    name: column.name,
    type,
    typeName,
    nullable: parts.nullable ?? parts.generated !== undefined,
    default: shownDefault(parts, typeName),
    autoIncrement: parts.autoIncrement,
    generated: parts.generated,
    identity: undefined,
    onUpdate: parts.onUpdate,
    invisible: parts.invisible,
    ...(isText ? shownCharset(column, server, isJson) : { charset: undefined, collation: undefined }),
    comment: parts.comment === '' ? undefined : parts.comment,
  }
}

const textTypes = /^(?:char|varchar|tinytext|text|mediumtext|longtext|enum|set)$/
const numberTypes = /^(?:tinyint|smallint|mediumint|int|bigint|decimal|float|double|year)$/

/** JSON on MariaDB is text of this collation: https://mariadb.com/kb/en/json-data-type/ */
const jsonText = { charset: 'utf8mb4', collation: 'utf8mb4_bin' }

function shownCharset(
  { charset, collation }: Column,
  server: MysqlServer,
  isJson: boolean,
): Pick<ColumnSnapshot, 'charset' | 'collation'> {
  if (isJson) return jsonText
  if (collation !== undefined) return { charset: charset ?? collation.split('_')[0], collation }
  // Which collation is a character set's own depends on the server.
  if (charset !== undefined) return { charset, collation: undefined }
  return { charset: server.charset, collation: server.collation }
}

function shownDefault({ default: sql }: ColumnParts, typeName: string): string | undefined {
  if (sql === undefined) return undefined
  const inQuotes = /^'([^'\\]*)'$/.exec(sql)?.[1]
  if (inQuotes !== undefined && numberTypes.test(typeName)) return inQuotes
  return /^\w+\(/.test(sql) && !/^current_timestamp/i.test(sql) ? inBrackets(sql) : sql
}

/** What servers say where these were written. The widths are those of MariaDB and of MySQL before 8.0.19. */
const widths: Readonly<Record<string, readonly [signed: number, unsigned: number]>> = {
  tinyint: [4, 3],
  smallint: [6, 5],
  mediumint: [9, 8],
  int: [11, 10],
  bigint: [20, 20],
}

function shownType(written: string, { flavour: { words }, version }: MysqlServer): string {
  const [, word = '', rest = ''] = /^(\w+)(.*)$/s.exec(written) ?? []
  if (word === 'json') return words.jsonType
  if (word === 'float') return floatType(rest)
  if (word === 'decimal') return `${word}${rest.replace(', ', ',')}`
  if (rest.includes('srid') || rest.includes('ref_system_id')) return word
  if (!words.hasDisplayWidths(version) || rest.startsWith('(')) return written
  if (word === 'year') return 'year(4)'
  const width = widths[word]?.[rest === ' unsigned' ? 1 : 0]
  return width === undefined ? written : `${word}(${width})${rest}`
}

/** `float(53)` is a double: https://dev.mysql.com/doc/refman/9.7/en/floating-point-types.html */
function floatType(rest: string): string {
  const [, precision, end = ''] = /^\((\d+)\)(.*)$/.exec(rest) ?? []
  if (precision === undefined) return `float${rest}`
  return `${Number(precision) > 24 ? 'double' : 'float'}${end}`
}

/** The type in front of all else that a raw column says. */
function rawType(definition: string): string {
  const [, word = '', brackets = '', unsigned = ''] =
    /^\s*(\w+)\s*(\([^)]*\))?(\s+unsigned)?/i.exec(definition) ?? []
  return `${word.toLowerCase()}${brackets}${unsigned === '' ? '' : ' unsigned'}`
}
