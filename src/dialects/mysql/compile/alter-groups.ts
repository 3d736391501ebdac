// Which changes of a table share one ALTER TABLE, and so take effect together or not at all. All clauses of one ALTER
// TABLE speak of the table as it was before, so a change that names what an earlier one of the same statement has
// renamed, changed or dropped begins a new statement. Pure.

import type { IndexSnapshot, TableSnapshot } from '../../../schema/snapshot.js'
import { foldName } from '../sql/names.js'
import { hintClauses } from './alter-clauses.js'
import type { TableChange } from './find-parts.js'

/** What the changes that are in a statement so far have to do with. */
export class AlterGroup {
  /** Columns that are new. */
  readonly #added = new Set<string>()
  /** Columns that are changed, renamed or dropped. */
  readonly #altered = new Set<string>()
  /** Columns that new keys and indexes are over. */
  readonly #keyed = new Set<string>()
  /** Columns that dropped keys were over: they can be dropped too, and not be changed. */
  readonly #unkeyed = new Set<string>()
  /** Columns that others are placed after: they can be changed too, and neither renamed nor dropped. */
  readonly #anchors = new Set<string>()
  /** Indexes, keys and checks, by kind and name. */
  readonly #named = new Set<string>()
  #hasFreeSql = false
  #isClosed = false
  #isEmpty = true

  /** Whether the change can be a further clause of this statement. */
  takes(change: TableChange, table: TableSnapshot): boolean {
    if (this.#isEmpty) return true
    if (this.#isClosed || standsAlone(change)) return false
    const { refers, adds, alters, names, isFreeSql, needs } = touched(change, table)
    const isAltered = (column: string): boolean => this.#altered.has(column)
    const isNeeded = (column: string): boolean =>
      this.#added.has(column) ||
      this.#keyed.has(column) ||
      (this.#unkeyed.has(column) && change.kind !== 'dropColumns') ||
      (this.#anchors.has(column) && change.kind !== 'changeColumn')
    return (
      // An index over a column that is dropped would be over the new one of that name.
      ![...refers, ...alters, ...adds].some(isAltered) &&
      !alters.some(isNeeded) &&
      !needs.some((column) => this.#added.has(column) || this.#keyed.has(column)) &&
      !names.some((name) => this.#named.has(name)) &&
      !(isFreeSql && this.#altered.size > 0) &&
      !(this.#hasFreeSql && alters.length > 0)
    )
  }

  add(change: TableChange, table: TableSnapshot): void {
    const { refers, alters, adds, names, isFreeSql, keys } = touched(change, table)
    for (const column of adds) this.#added.add(column)
    for (const column of alters) this.#altered.add(column)
    if (adds.length > 0 || change.kind === 'changeColumn')
      for (const column of refers) this.#anchors.add(column)
    const keyed = keys === 'added' ? this.#keyed : this.#unkeyed
    if (keys !== undefined) for (const column of refers) keyed.add(column)
    for (const name of names) this.#named.add(name)
    this.#hasFreeSql ||= isFreeSql
    this.#isClosed ||= standsAlone(change)
    this.#isEmpty = false
  }
}

interface Touched {
  /** Columns that must be there. */
  readonly refers: readonly string[]
  /** Columns that must be there with their indexes: to MariaDB a key to its own table is one to the table as it was. */
  readonly needs: readonly string[]
  readonly adds: readonly string[]
  readonly alters: readonly string[]
  readonly names: readonly string[]
  /** The user's SQL may mention any column. */
  readonly isFreeSql: boolean
  /** What becomes of the key or index that `refers` are the columns of. */
  readonly keys: 'added' | 'dropped' | undefined
}

const nothing: Touched = {
  refers: [],
  needs: [],
  adds: [],
  alters: [],
  names: [],
  isFreeSql: false,
  keys: undefined,
}

/** A hint is meant for one change; and InnoDB makes one full-text index at a time (error 1795). */
function standsAlone(change: TableChange): boolean {
  const isFullText = change.kind === 'addIndex' && change.index.kind === 'fulltext'
  return isFullText || hintClauses(change).length > 0
}

function touched(change: TableChange, table: TableSnapshot): Touched {
  const found = { ...nothing, ...touchedBy(change, table) }
  return {
    ...found,
    refers: found.refers.map(foldName),
    needs: found.needs.map(foldName),
    adds: found.adds.map(foldName),
    alters: found.alters.map(foldName),
    names: found.names.map(foldName),
  }
}

type Touches<Change> = (change: Change, table: TableSnapshot) => Partial<Touched>

const touches: { readonly [Kind in TableChange['kind']]: Touches<Extract<TableChange, { kind: Kind }>> } = {
  addColumn: touchedByColumn,
  changeColumn: touchedByColumn,
  // Checks that mention the column are made anew along with it.
  renameColumn: ({ from, to }, { checks }) => ({
    alters: [from, to],
    names: checks.map(({ name = '' }) => `check ${name}`),
  }),
  dropColumns: ({ columns }) => ({ alters: columns }),
  addIndex: ({ index: { kind, name, columns } }) => ({
    refers: columns.flatMap((part) => ('column' in part ? [part.column] : [])),
    names: [kind === 'primary' ? 'primary key' : `index ${name}`],
    isFreeSql: columns.some((part) => 'expression' in part),
    keys: 'added',
  }),
  dropIndex: ({ indexKind, name }, { primaryKey }) =>
    indexKind === 'primary'
      ? { refers: primaryKey?.columns ?? [], keys: 'dropped' }
      : { names: [`index ${name}`] },
  // An index goes with its last column, and then there is none to rename.
  renameIndex: ({ from, to }, { indexes }) => ({
    refers: columnsOf(indexes.find(({ name }) => name === from)),
    names: [`index ${from}`, `index ${to}`],
    keys: 'added',
  }),
  addForeignKey: ({ table, foreignKey: { name, columns, foreignTable, foreignColumns } }) => ({
    refers: [...columns, ...foreignColumns],
    needs: foldName(foreignTable.name) === foldName(table.name) ? foreignColumns : [],
    names: [`foreign ${name}`],
    keys: 'added',
  }),
  dropForeignKey: ({ name }, { foreignKeys }) => ({
    refers: foreignKeys.find((key) => key.name === name)?.columns ?? [],
    names: [`foreign ${name}`],
    keys: 'dropped',
  }),
  addCheck: ({ check }) => ({ names: [`check ${check.name}`], isFreeSql: true }),
  dropCheck: ({ name }) => ({ names: [`check ${name}`] }),
  setTableComment: () => ({ names: ['comment'] }),
}

function columnsOf(index: IndexSnapshot | undefined): readonly string[] {
  return (index?.columns ?? []).flatMap(({ column }) => (column === undefined ? [] : [column]))
}

function touchedBy(change: TableChange, table: TableSnapshot): Partial<Touched> {
  // The mapped type above pairs each kind with what tells it of changes of that kind.
  return (touches[change.kind] as Touches<TableChange>)(change, table)
}

function touchedByColumn(
  change: Extract<TableChange, { kind: 'addColumn' | 'changeColumn' }>,
): Partial<Touched> {
  const { column } = change
  const { position } = column
  return {
    refers: typeof position === 'object' ? [position.after] : [],
    adds: change.kind === 'addColumn' ? [column.name] : [],
    alters: change.kind === 'changeColumn' ? [column.name] : [],
    names: column.autoIncrement === true ? ['auto-increment'] : [],
    isFreeSql: column.generated !== undefined || column.type === 'rawColumn',
  }
}
