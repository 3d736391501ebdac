// What MySQL and MariaDB say of a table in SHOW CREATE TABLE, SHOW COLUMNS and SHOW INDEX; Tidemark's catalogue reads
// none of them. What the two write differently is brought together: numbers in quotes, brackets around expressions.

import { inject } from 'vitest'
import type { Row, Session } from '../../../src/dialects/dialect.js'
import type { TableFacts } from './facts.js'

export async function mysqlFacts(session: Session, table: string): Promise<TableFacts> {
  const [created = {}] = await session.query(`show create table \`${table}\``)
  const lines = String(created['Create Table']).split('\n')
  const columns = await session.query(`show columns from \`${table}\``)
  const indexes = indexFacts(await session.query(`show index from \`${table}\``))
  return {
    columns: columns.map((row) => columnFact(row, lines)),
    primaryKey: indexes.find(([name]) => name === 'PRIMARY')?.[1].map(String) ?? [],
    indexes: indexes.filter(([name]) => name !== 'PRIMARY'),
    foreignKeys: lines.flatMap(foreignKeyFacts).sort(),
  }
}

function columnFact(row: Row, lines: readonly string[]): TableFacts['columns'][number] {
  const name = String(row['Field'])
  const type = String(row['Type'])
  const line = lines.find((text) => text.startsWith(`  \`${name}\` `)) ?? ''
  const [, written] =
    / DEFAULT ('(?:[^']|'')*'|\w'[^']*'|\(.*?\)(?=,?$| COMMENT| ON UPDATE)|\S+?\(.*?\)(?=,?$| COMMENT| ON UPDATE)|[^ ,]+)/.exec(
      line,
    ) ?? []
  return [name, type, row['Null'] === 'YES', written === undefined ? null : defaultFact(written, type)]
}

function defaultFact(written: string, type: string): string | null {
  const plain = written.replaceAll('_utf8mb4', '').replace(/^\(\((.*)\)\)$/, '($1)')
  if (plain === 'NULL') return null
  if (/^current_timestamp/i.test(plain)) return plain.toUpperCase().replace('()', '')
  if (/^\w+\(/.test(plain)) return `(${plain})`
  return /^(?:\w*int|decimal|float|double|year)\b/.test(type) ? plain.replace(/^'(.*)'$/, '$1') : plain
}

function indexFacts(rows: readonly Row[]): readonly TableFacts['indexes'][number][] {
  const names = [...new Set(rows.map((row) => String(row['Key_name'])))].sort()
  return names.map((name) => {
    const parts = rows.filter((row) => row['Key_name'] === name)
    const columns = parts.map((row) => (typeof row['Column_name'] === 'string' ? row['Column_name'] : null))
    return [name, columns, Number(parts[0]?.['Non_unique']) === 0, false]
  })
}

/** An action that was not named is said by neither server; they take it for different ones. */
function foreignKeyFacts(line: string): readonly string[] {
  const found =
    /FOREIGN KEY \((.*?)\) REFERENCES `(.*?)` \((.*?)\)(?: ON DELETE (CASCADE|SET NULL|RESTRICT|NO ACTION))?(?: ON UPDATE (CASCADE|SET NULL|RESTRICT|NO ACTION))?/.exec(
      line,
    )
  if (found === null) return []
  const unsaid = inject('dialect') === 'mariadb' ? 'restrict' : 'no action'
  const [, own = '', table = '', foreign = '', onDelete = unsaid, onUpdate = unsaid] = found
  const names = (list: string) => list.split(', ').map((name) => name.slice(1, -1))
  return names(own).map((column, place) =>
    [column, table, names(foreign)[place], onUpdate, onDelete].join(' ').toLowerCase(),
  )
}
