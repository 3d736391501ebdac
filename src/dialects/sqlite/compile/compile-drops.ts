// What outside a table needs a column that is to be dropped: keys of other tables, views, triggers. All of them are
// looked at before anything runs, on a rehearsal where it takes trying.

import type { Session, Statement } from '../../dialect.js'
import { type Dependent, columnInUse } from '../../structure-errors.js'
import type { TableChange } from './alter.js'
import { type StoredObject, applyWithoutStoppers, readObjects, takeOutBroken } from './broken-objects.js'
import { literal, quoteIdentifier } from '../sql/literal.js'
import { mentions } from '../sql/mentions.js'
import { sameName } from '../sql/names.js'
import { structureCopy } from '../rehearse.js'
import { primaryKeyColumns } from './table-lookup.js'
import type { TableState } from './table-state.js'

/** Throws a `SchemaError` where a key of another table references a column that is dropped. */
export async function refuseReferencedColumns(
  session: Session,
  table: TableState,
  changes: readonly TableChange[],
): Promise<void> {
  const dropped = droppedColumns(changes)
  if (dropped.length === 0) return
  const rows = await session.query(
    `select child.name as child, key."from" as own, key."to" as other from ${quoteIdentifier(table.schema)}.sqlite_schema child ` +
      'join pragma_foreign_key_list(child.name, ?) key where child.type = \'table\' and key."table" = ? collate nocase ' +
      'and child.name <> ? collate nocase',
    [table.schema, table.name, table.name],
  )
  const isOver = (other: unknown, name: string): boolean =>
    (typeof other === 'string' ? [other] : primaryKeyColumns(table)).some((key) => sameName(key, name))
  for (const name of dropped) {
    const keys = rows.filter(({ other }) => isOver(other, name))
    const dependents = keys.map(({ child, own }) => describeKey(String(child), String(own)))
    if (dependents.length > 0) throw columnInUse(table.name, name, dependents)
  }
}

/** Throws a `SchemaError` where a view or trigger works now, and would not after `statements`. */
export async function refuseBrokenDependents(
  session: Session,
  table: TableState,
  changes: readonly TableChange[],
  statements: readonly Statement[],
): Promise<void> {
  const dropped = droppedColumns(changes)
  const objects = dropped.length === 0 ? [] : await readObjects(session)
  const wanted = dropped.filter((name) => objects.some(({ sql }) => mentions(sql, name)))
  if (wanted.length === 0) return
  const broken = await brokenBy(session, statements, objects)
  if (broken.length > 0) throw columnInUse(table.name, wanted.join('", "'), broken.map(describeObject))
}

async function brokenBy(
  session: Session,
  statements: readonly Statement[],
  objects: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const rehearsal = await structureCopy(session)
  try {
    const before = new Set(await takeOutBroken(rehearsal, objects))
    const stopping = await applyWithoutStoppers(rehearsal, statements, objects)
    const after = await takeOutBroken(rehearsal, objects)
    return [...new Set([...stopping, ...after])].filter((object) => !before.has(object))
  } finally {
    await rehearsal.close()
  }
}

function describeKey(child: string, column: string): Dependent {
  return {
    description: `the foreign key of "${child}" over "${column}"`,
    dropFirst: `schema.table('${child}', (table) => { table.dropForeign(['${column}']) })`,
  }
}

function describeObject({ type, name }: StoredObject): Dependent {
  return {
    description: `${type} "${name}"`,
    dropFirst: `db.exec(${literal(`drop ${type} ${quoteIdentifier(name)}`)})`,
  }
}

function droppedColumns(changes: readonly TableChange[]): readonly string[] {
  return changes.flatMap((change) => (change.kind === 'dropColumns' ? change.columns : []))
}
