// Keys that other tables reference. SQLite lets one be dropped, and then refuses every write to the tables that
// reference it ("foreign key mismatch"), so it is refused here, as PostgreSQL and MySQL do.

import { keyInUse } from '../../structure-errors.js'
import type { Session } from '../../dialect.js'
import { foldName } from '../sql/names.js'
import { quoteIdentifier } from '../sql/literal.js'
import { type TableChange, applyChange } from './alter.js'
import { primaryKeyColumns } from './table-lookup.js'
import type { TableState } from './table-state.js'

interface Reference {
  readonly child: string
  /** The columns that it points to, in any order. */
  readonly columns: readonly string[]
}

/** Throws a `SchemaError` where a foreign key points to columns that are a key now, and would be none after. */
export async function refuseReferencedKeys(
  session: Session,
  table: TableState,
  changes: readonly TableChange[],
): Promise<void> {
  if (!changes.some(({ kind }) => kind === 'dropIndex')) return
  const after = changes.reduce(applyChange, table)
  for (const { child, columns } of await referencesTo(session, table)) {
    if (isKey(table, columns) && !isKey(after, columns)) throw keyInUse(table.name, columns, child)
  }
}

async function referencesTo(session: Session, table: TableState): Promise<readonly Reference[]> {
  const rows = await session.query(
    `select child.name as child, key.id as id, json_group_array(key."to") as columns from ${quoteIdentifier(table.schema)}.sqlite_schema child ` +
      'join pragma_foreign_key_list(child.name, ?) key where child.type = \'table\' and key."table" = ? collate nocase ' +
      'group by child.name, key.id',
    [table.schema, table.name],
  )
  return rows.map((row) => {
    // The text was made by json_group_array; a reference that names no columns means the primary key.
    const columns = JSON.parse(String(row['columns'])) as readonly (string | null)[]
    const named = columns.filter((column) => column !== null)
    return { child: String(row['child']), columns: named.length > 0 ? named : primaryKeyColumns(table) }
  })
}

function isKey(table: TableState, columns: readonly string[]): boolean {
  const wanted = setOf(columns)
  return keysOf(table).some((key) => setOf(key) === wanted)
}

function keysOf(table: TableState): readonly (readonly string[])[] {
  const { columns, constraints } = table.source
  return [
    primaryKeyColumns(table),
    ...constraints.flatMap((item) => (item.kind === 'unique' ? [item.columns] : [])),
    ...columns.flatMap(({ name, constraints }) =>
      constraints.some(({ kind }) => kind === 'unique') ? [[name]] : [],
    ),
    ...table.indexes
      .filter(({ isUnique, where }) => isUnique && where === undefined)
      .map(({ items }) => items.flatMap(({ column }) => (column === undefined ? [] : [column]))),
  ]
}

function setOf(columns: readonly string[]): string {
  return JSON.stringify([...new Set(columns.map(foldName))].sort())
}
