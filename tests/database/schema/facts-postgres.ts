// What PostgreSQL says of a table by the views of the SQL standard and by the text of its indexes, none of which
// Tidemark's catalogue reads.

import type { Row, Session } from '../../../src/dialects/dialect.js'
import type { TableFacts } from './facts.js'

const isOurs = 'table_schema = current_schema() and table_name = ?'

export async function postgresFacts(session: Session, table: string): Promise<TableFacts> {
  const columns = await session.query(
    `select * from information_schema.columns where ${isOurs} order by ordinal_position`,
    [table],
  )
  const key = await session.query(
    'select k.column_name, k.constraint_name from information_schema.key_column_usage k ' +
      "join information_schema.table_constraints c using (constraint_schema, constraint_name) where c.constraint_type = 'PRIMARY KEY' " +
      'and c.table_schema = current_schema() and c.table_name = ? order by k.ordinal_position',
    [table],
  )
  const indexes = await session.query(
    'select indexname, indexdef from pg_indexes where schemaname = current_schema() and tablename = ? order by indexname collate "C"',
    [table],
  )
  const ofKey = new Set(key.map((row) => row['constraint_name']))
  return {
    columns: columns.map((row) => [
      text(row['column_name']),
      typeOf(row),
      row['is_nullable'] === 'YES',
      row['column_default'] === null ? null : text(row['column_default']),
    ]),
    primaryKey: key.map((row) => text(row['column_name'])),
    indexes: indexes.filter((row) => !ofKey.has(row['indexname'])).map(indexOf),
    foreignKeys: await foreignKeys(session, table),
  }
}

/** The standard keeps a type's name apart from what stands in its brackets. */
function typeOf(row: Row): string {
  const type = text(row['data_type'])
  if (type === 'USER-DEFINED') return text(row['udt_name'])
  if (type.startsWith('character')) return bracketed(type, row['character_maximum_length'])
  if (type === 'numeric') return bracketed(type, row['numeric_precision'], row['numeric_scale'])
  if (!type.startsWith('time')) return type
  const [word = '', ...zone] = type.split(' ')
  return [bracketed(word, row['datetime_precision']), ...zone].join(' ')
}

function bracketed(word: string, ...values: readonly unknown[]): string {
  const given = values.filter((value) => typeof value === 'number')
  return given.length === 0 ? word : `${word}(${given.join(',')})`
}

/** Out of `CREATE UNIQUE INDEX name ON public.things USING btree (a, lower(b)) WHERE …`. */
function indexOf(row: Row): TableFacts['indexes'][number] {
  const definition = text(row['indexdef'])
  const inside = upToItsBracket(definition.slice(definition.indexOf(' USING ')).replace(/^[^(]*\(/, ''))
  const columns = inside
    .split(/, (?![^()]*\))/)
    .map((part) => part.replace(/ (?:DESC|NULLS .*|[a-z_]+_ops)$/g, ''))
  return [
    text(row['indexname']),
    columns.map((part) => (/^\w+$|^"[^"]+"$/.test(part) ? part.replaceAll('"', '') : null)),
    definition.startsWith('CREATE UNIQUE '),
    / WHERE /.test(definition),
  ]
}

function upToItsBracket(sql: string): string {
  let depth = 1
  for (let place = 0; place < sql.length; place += 1) {
    if (sql[place] === '(') depth += 1
    if (sql[place] === ')') depth -= 1
    if (depth === 0) return sql.slice(0, place)
  }
  return sql
}

async function foreignKeys(session: Session, table: string): Promise<readonly string[]> {
  const rows = await session.query(
    'select own.column_name as own, other.table_name as "table", other.column_name as other, r.update_rule, r.delete_rule ' +
      'from information_schema.referential_constraints r ' +
      'join information_schema.key_column_usage own on own.constraint_name = r.constraint_name ' +
      'join information_schema.key_column_usage other on other.constraint_name = r.unique_constraint_name ' +
      'and other.ordinal_position = own.position_in_unique_constraint ' +
      'where own.table_schema = current_schema() and own.table_name = ?',
    [table],
  )
  const parts = ['own', 'table', 'other', 'update_rule', 'delete_rule']
  return rows.map((row) => parts.map((part) => text(row[part]).toLowerCase()).join(' ')).sort()
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
