// A column that is not made yet as the catalogue will show it: types by the names that PostgreSQL gives them, whatever
// word they were asked for with.

import type { Column } from '../../../schema/operations.js'
import type { ColumnSnapshot } from '../../../schema/snapshot.js'
import { parseTableName } from '../../../schema/table-name.js'
import { bareTypeSql, defaultSql, expressionSql } from './column-sql.js'

/** What the catalogue would show of a new column. */
export function columnSnapshot(column: Column): ColumnSnapshot {
  const { generated, identity } = column
  return {
    name: column.name,
    ...shownType(column),
    nullable: column.nullable === true,
    default: defaultSql(column),
    autoIncrement: column.autoIncrement === true && identity === undefined,
    generated: generated && {
      expression: `(${expressionSql(column, generated)})`,
      stored: generated.stored,
    },
    identity: identity && (identity.always ? 'always' : 'by default'),
    onUpdate: undefined,
    invisible: false,
    charset: undefined,
    collation: column.collation,
    comment: column.comment === '' ? undefined : column.comment,
  }
}

type ShownType = Pick<ColumnSnapshot, 'type' | 'typeName'>

function shownType(column: Column): ShownType {
  const { enumType } = column.attributes
  if (column.type === 'enum' && enumType !== undefined) return shownEnumType(enumType)
  const [, word = '', args = '', rest = ''] = /^([\w ]+?)(\(.*?\))?( with(?:out)? time zone)?$/.exec(
    bareTypeSql(column),
  ) ?? ['', bareTypeSql(column)]
  if (word === 'float') return floatOf(column.attributes.precision)
  const [shown, typeName] = shownWords[word] ?? [word, word]
  const zoned = rest === ' with time zone' ? `${typeName}tz` : typeName
  return { type: `${shown}${args.replaceAll(' ', '')}${rest}`, typeName: zoned }
}

/** Words of Tidemark's spellings that `format_type` writes otherwise, or whose name in pg_type is another one. */
const shownWords: Readonly<Record<string, readonly [shown: string, typeName: string]>> = {
  smallint: ['smallint', 'int2'],
  integer: ['integer', 'int4'],
  bigint: ['bigint', 'int8'],
  boolean: ['boolean', 'bool'],
  varchar: ['character varying', 'varchar'],
  char: ['character', 'bpchar'],
  decimal: ['numeric', 'numeric'],
  'double precision': ['double precision', 'float8'],
}

/** https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-FLOAT */
function floatOf(bits: number | null | undefined): ShownType {
  const isSingle = bits !== undefined && bits !== null && bits > 0 && bits <= 24
  return isSingle ? { type: 'real', typeName: 'float4' } : { type: 'double precision', typeName: 'float8' }
}

function shownEnumType(enumType: string): ShownType {
  const { schema, name } = parseTableName(enumType)
  const quoted = (part: string): string =>
    /^[a-z_][a-z0-9_$]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`
  return {
    type: schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`,
    typeName: name,
  }
}
