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
import { withoutParentheses } from './sql-text.js'
import type { Terminal } from './terminal.js'
import { countOf } from './units.js'

export function printTable(terminal: Terminal, table: TableSnapshot): void {
  const dim = (text: string) => terminal.style('dim', text)
  const title = [formatTableName(table), ...table.options].join(' ')
  printSection(terminal, `${title}, ${countOf(table.columns.length, 'column')}`, [
    ...tablePairs(table),
    ...table.columns.map((column) => ({
      left: named(column.name, extrasOf(column, table), dim),
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

/** What holds for the table as a whole. */
function tablePairs({ comment, engine, collation }: TableSnapshot): readonly Pair[] {
  const facts = { comment, engine, collation }
  return Object.entries(facts).flatMap(([left, right]) => (right === undefined ? [] : [{ left, right }]))
}

/** What is to be said of a column beside its type. A collation that is the table's own is not. */
function extrasOf(column: ColumnSnapshot, table: TableSnapshot): readonly string[] {
  const { generated, identity, onUpdate, collation } = column
  return present([
    column.autoIncrement && identity === undefined && 'autoincrement',
    identity !== undefined && `generated ${identity} as identity`,
    column.nullable && 'nullable',
    // That of a column which counts by itself is how the database does it: `nextval(…)`.
    column.default !== undefined && !column.autoIncrement && `default ${column.default}`,
    onUpdate !== undefined && `on update ${onUpdate}`,
    generated !== undefined &&
      `${generated.stored ? 'stored' : 'virtual'} as (${withoutParentheses(generated.expression)})`,
    collation !== undefined && collation !== table.collation && `collate ${collation}`,
    column.invisible && 'invisible',
    column.comment !== undefined && `"${column.comment}"`,
  ])
}

function present(parts: readonly (string | false | undefined)[]): readonly string[] {
  return parts.filter((part): part is string => typeof part === 'string' && part !== '')
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
  return index.columns.map(({ column, expression, length, collation, operatorClass, descending }) =>
    present([
      `${column ?? expression}${length === undefined ? '' : `(${length})`}`,
      collation !== undefined && `collate ${collation}`,
      operatorClass,
      descending && 'desc',
    ]).join(' '),
  )
}

function natureOf(index: IndexSnapshot): string {
  return present([
    index.method !== undefined && index.method !== 'btree' && index.method,
    index.unique ? 'unique' : 'index',
    index.nullsNotDistinct && 'nulls not distinct',
    index.include.length > 0 && `including ${index.include.join(', ')}`,
    index.where !== undefined && `where ${index.where}`,
    !index.valid && 'not valid',
  ]).join(' ')
}

function foreignKeyPair(key: ForeignKeySnapshot, dim: (text: string) => string): Pair {
  const target = `${formatTableName(key.foreignTable)} (${key.foreignColumns.join(', ')})`
  const columns = key.columns.join(', ')
  return {
    left: `${key.name === undefined ? columns : `${key.name} ${dim(columns)}`} ${dim('→')} ${target}`,
    right: present([
      `on update ${key.onUpdate.toLowerCase()}`,
      `on delete ${key.onDelete.toLowerCase()}`,
      key.deferrable && (key.initiallyDeferred ? 'initially deferred' : 'deferrable'),
      !key.validated && 'not valid',
    ]).join(', '),
  }
}

function checkPair(check: CheckSnapshot): Pair {
  const expression = withoutParentheses(check.expression)
  return { left: check.name ?? 'check', right: check.validated ? expression : `${expression}, not valid` }
}

/** `after insert`, out of `CREATE TRIGGER … AFTER INSERT ON …`. */
function eventOf(sql: string): string {
  const found = /\b(before|after|instead\s+of)?\s*\b(insert|update|delete)\b/i.exec(sql)
  return found === null ? 'trigger' : found[0].trim().toLowerCase().replaceAll(/\s+/g, ' ')
}
