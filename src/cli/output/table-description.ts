// A table as MySQL's DESCRIBE shows it: Field, Type, Null, Key, Default.

import type { ColumnSnapshot, TableSnapshot } from '../../schema/snapshot.js'
import { printColumns } from './layout.js'
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
    Null: column.nullable ? 'YES' : 'NO',
    Key: keyOf(table, column),
    Default:
      column.default === undefined || /^null$/i.test(column.default) ? null : withoutQuotes(column.default),
  }))
}

export function printDescription(terminal: Terminal, rows: readonly DescribedColumn[]): void {
  const cells = rows.map(({ Field, Type, Null, Key, Default }) => [Field, Type, Null, Key, Default ?? 'NULL'])
  terminal.line()
  printColumns(terminal, ['Field', 'Type', 'Null', 'Key', 'Default'], cells)
  terminal.line()
}

/** `PRI`: of the primary key; `UNI`: alone in a unique index; `MUL`: first in any other index. */
function keyOf(table: TableSnapshot, { name }: ColumnSnapshot): DescribedColumn['Key'] {
  if (table.primaryKey?.columns.includes(name) === true) return 'PRI'
  const leading = table.indexes.filter((index) => index.columns[0]?.column === name)
  if (leading.some((index) => index.unique && index.columns.length === 1)) return 'UNI'
  return leading.length > 0 ? 'MUL' : ''
}

/** `'draft'` is shown as `draft`; an expression as it is. */
function withoutQuotes(sql: string): string {
  return /^'(?:[^']|'')*'$/.test(sql) ? sql.slice(1, -1).replaceAll("''", "'") : sql
}
