// One table at a glance: its columns, and what belongs to it.

import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  TableSnapshot,
} from '../../schema/snapshot.js'
import { formatTableName } from '../../schema/table-name.js'
import { type Pair, printHeading, printPairs } from './layout.js'
import type { Terminal } from './terminal.js'
import { countOf } from './units.js'

export function printTable(terminal: Terminal, table: TableSnapshot): void {
  const dim = (text: string) => terminal.style('dim', text)
  const title = [formatTableName(table), ...table.options].join(' ')
  printSection(terminal, `${title}, ${countOf(table.columns.length, 'column')}`, [
    ...(table.comment === undefined ? [] : [{ left: 'comment', right: table.comment }]),
    ...table.columns.map((column) => ({
      left: named(column.name, extrasOf(column), dim),
      right: column.type,
    })),
  ])
  printSection(terminal, 'Indexes', indexPairs(table, dim))
  printSection(
    terminal,
    'Foreign keys',
    table.foreignKeys.map((key) => foreignKeyPair(key, dim)),
  )
  printSection(terminal, 'Checks', table.checks.map(checkPair))
  printSection(
    terminal,
    'Triggers',
    table.triggers.map((trigger) => ({ left: trigger.name, right: eventOf(trigger.sql) })),
  )
  terminal.line()
}

function printSection(terminal: Terminal, title: string, pairs: readonly Pair[]): void {
  if (pairs.length === 0) return
  printHeading(terminal, title)
  printPairs(terminal, pairs)
}

function named(name: string, extras: readonly string[], dim: (text: string) => string): string {
  return extras.length === 0 ? name : `${name} ${dim(extras.join(', '))}`
}

function extrasOf(column: ColumnSnapshot): readonly string[] {
  const { generated } = column
  return [
    column.autoIncrement ? 'autoincrement' : '',
    column.nullable ? 'nullable' : '',
    column.default === undefined ? '' : `default ${column.default}`,
    generated === undefined ? '' : `${generated.stored ? 'stored' : 'virtual'} as (${generated.expression})`,
    column.collation === undefined ? '' : `collate ${column.collation}`,
    column.comment === undefined ? '' : `"${column.comment}"`,
  ].filter((extra) => extra !== '')
}

function indexPairs(table: TableSnapshot, dim: (text: string) => string): readonly Pair[] {
  const { primaryKey } = table
  const primary =
    primaryKey === undefined
      ? []
      : [{ left: named(primaryKey.name ?? 'primary', primaryKey.columns, dim), right: 'primary' }]
  return [
    ...primary,
    ...table.indexes.map((index) => ({
      left: named(index.name, partsOf(index), dim),
      right: natureOf(index),
    })),
  ]
}

function partsOf(index: IndexSnapshot): readonly string[] {
  return index.columns.map(({ column, expression, descending, collation }) =>
    [column ?? expression, collation === undefined ? '' : `collate ${collation}`, descending ? 'desc' : '']
      .filter((part) => part !== '')
      .join(' '),
  )
}

function natureOf(index: IndexSnapshot): string {
  return [
    index.unique ? 'unique' : 'index',
    index.include.length === 0 ? '' : `including ${index.include.join(', ')}`,
    index.where === undefined ? '' : `where ${index.where}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function foreignKeyPair(key: ForeignKeySnapshot, dim: (text: string) => string): Pair {
  const target = `${formatTableName(key.foreignTable)} (${key.foreignColumns.join(', ')})`
  const columns = key.columns.join(', ')
  return {
    left: `${key.name === undefined ? columns : `${key.name} ${dim(columns)}`} ${dim('→')} ${target}`,
    right: `on update ${key.onUpdate.toLowerCase()}, on delete ${key.onDelete.toLowerCase()}`,
  }
}

function checkPair(check: CheckSnapshot): Pair {
  return { left: check.name ?? 'check', right: check.expression }
}

/** `after insert`, out of `CREATE TRIGGER … AFTER INSERT ON …`. */
function eventOf(sql: string): string {
  const found = /\b(before|after|instead\s+of)?\s*\b(insert|update|delete)\b/i.exec(sql)
  return found === null ? 'trigger' : found[0].trim().toLowerCase().replaceAll(/\s+/g, ' ')
}
