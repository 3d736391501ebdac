// A table as MySQL's DESCRIBE shows it: Field, Type, Null, Key, Default.

import type { ColumnSnapshot, TableSnapshot } from '../../schema/snapshot.js'
import { printColumns } from './layout.js'
import { withoutParentheses } from './sql-text.js'
import type { Terminal } from './terminal.js'

export interface DescribedColumn {
  readonly Field: string
  readonly Type: string
  readonly Null: 'YES' | 'NO'
  readonly Key: 'PRI' | 'UNI' | 'MUL' | ''
  /** `null` where there is no default. */
  readonly Default: string | null
}

export function describeColumns(table: TableSnapshot): readonly DescribedColumn[] {
  return table.columns.map((column) => ({
    Field: column.name,
    Type: column.type,
    // A key that counts by itself is never null, whether or not its table says so.
    Null: column.nullable && !column.autoIncrement ? 'YES' : 'NO',
    Key: keyOf(table, column),
    Default: defaultOf(column),
  }))
}

export function printDescription(terminal: Terminal, rows: readonly DescribedColumn[]): void {
  const cells = rows.map(({ Field, Type, Null, Key, Default }) => [Field, Type, Null, Key, Default ?? 'NULL'])
  terminal.line()
  printColumns(terminal, ['Field', 'Type', 'Null', 'Key', 'Default'], cells)
  terminal.line()
}

/**
 * `PRI`: of the primary key, or of the unique index that can stand for one; `UNI`: alone in a unique index; `MUL`: first in
 * any other index.
 */
function keyOf(table: TableSnapshot, { name }: ColumnSnapshot): DescribedColumn['Key'] {
  if (keyColumns(table).includes(name)) return 'PRI'
  const leading = table.indexes.filter((index) => index.columns[0]?.column === name)
  if (leading.some((index) => index.unique && index.columns.length === 1)) return 'UNI'
  return leading.length > 0 ? 'MUL' : ''
}

/** MySQL says `PRI` of a unique index too where there is no primary key and none of its columns can be null. */
function keyColumns({ primaryKey, indexes, columns }: TableSnapshot): readonly string[] {
  if (primaryKey !== undefined) return primaryKey.columns
  const isNeverNull = (wanted: string | undefined): boolean =>
    columns.some(({ name, nullable }) => name === wanted && !nullable)
  const identifying = indexes.find(
    (index) =>
      index.unique &&
      index.where === undefined &&
      index.columns.every(({ column, length }) => length === undefined && isNeverNull(column)),
  )
  return identifying?.columns.flatMap(({ column }) => column ?? []) ?? []
}

/** A column that counts by itself has none, as in MySQL, even where the database writes it as one. */
function defaultOf({ default: sql, autoIncrement }: ColumnSnapshot): string | null {
  if (sql === undefined || autoIncrement || /^null\b/i.test(sql)) return null
  return textOf(sql) ?? withoutParentheses(sql.replace(/^x'([\da-f]*)'$/i, '0x$1'))
}

/** `'draft'` is shown as `draft`, and so is `'draft'::character varying`; in MySQL's a backslash is doubled. */
function textOf(sql: string): string | undefined {
  const text = /^'((?:[^']|'')*)'(?:::[\w .,()[\]"]+)?$/.exec(sql)?.[1]
  return text?.replaceAll("''", "'").replaceAll('\\\\', '\\')
}
