// Which columns a rebuild copies, and how it keeps the rowids: by the INTEGER PRIMARY KEY that stands for them where
// there is one, else by a name of the rowid that no column has taken.

import type { ColumnSource, CreateTableSource } from '../create-table/create-table.js'
import { findColumn } from '../create-table/edit-table.js'
import { foldName, sameName } from '../sql/names.js'
import type { TableState } from './table-state.js'
import { unquote } from '../sql/tokens.js'

export interface CopiedColumns {
  readonly into: readonly string[]
  readonly from: readonly string[]
}

export function copiedColumns(before: TableState, after: TableState): CopiedColumns {
  const pairs = after.source.columns
    .filter((column) => !isGenerated(column))
    .flatMap(({ name }) => {
      const origin = after.origins.get(foldName(name))
      return origin === undefined ? [] : [{ into: name, from: origin }]
    })
  const all = [...rowidPair(before.source, after.source, pairs), ...pairs]
  return { into: all.map(({ into }) => into), from: all.map(({ from }) => from) }
}

/** Whether the table has a counter in sqlite_sequence. */
export function hasCounter(source: CreateTableSource): boolean {
  return (
    source.columns.some((column) =>
      column.constraints.some((item) => item.kind === 'primaryKey' && item.autoincrement),
    ) || source.constraints.some((item) => item.kind === 'primaryKey' && item.autoincrement)
  )
}

interface Pair {
  readonly into: string
  readonly from: string
}

/** What carries the rowid over, where no copied column does. */
function rowidPair(
  before: CreateTableSource,
  after: CreateTableSource,
  pairs: readonly Pair[],
): readonly Pair[] {
  if (before.isWithoutRowid || after.isWithoutRowid) return []
  const into = rowidColumn(after) ?? freeAlias(after)
  const from = rowidColumn(before) ?? freeAlias(before)
  if (into === undefined || from === undefined || pairs.some((pair) => sameName(pair.into, into))) return []
  return [{ into, from }]
}

/**
 * The column that stands for the rowid: INTEGER, in so many letters, and alone the primary key. With DESC in the
 * column's own definition it does not (https://www.sqlite.org/lang_createtable.html#rowid).
 */
function rowidColumn(source: CreateTableSource): string | undefined {
  const own = source.columns.find((column) =>
    column.constraints.some((item) => item.kind === 'primaryKey' && !item.descending),
  )
  const key = source.constraints.find((item) => item.kind === 'primaryKey')
  const [name, ...others] = key?.kind === 'primaryKey' ? key.columns : [own?.name]
  const column = name === undefined || others.length > 0 ? undefined : findColumn(source, name)
  return column !== undefined && foldName(unquote(column.type)) === 'integer' ? column.name : undefined
}

function freeAlias(source: CreateTableSource): string | undefined {
  return ['rowid', '_rowid_', 'oid'].find((alias) => findColumn(source, alias) === undefined)
}

function isGenerated(column: ColumnSource): boolean {
  return column.constraints.some(({ kind }) => kind === 'generated')
}
