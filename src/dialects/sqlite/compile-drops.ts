// What outside a table needs a column that is to be dropped: keys of other tables, views, triggers. Whether a view or
// trigger still works without the column, SQLite itself says, on a rehearsal: it checks all of them when it drops some
// other column (https://www.sqlite.org/lang_altertable.html#altertabdropcol).

import type { Session, Statement } from '../dialect.js'
import { messageOf } from '../../support/errors.js'
import { type Dependent, columnInUse } from '../structure-errors.js'
import type { TableChange } from './alter.js'
import { primaryKeyColumns } from './alter-indexes.js'
import { literal, quoteIdentifier } from './literal.js'
import { mentions } from './mentions.js'
import { quoteTable, sameName } from './names.js'
import { rehearse } from './rehearse.js'
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
  for (const name of dropped) {
    const dependents = rows
      .filter(({ other }) =>
        (other === null ? primaryKeyColumns(table) : [String(other)]).some((key) => sameName(key, name)),
      )
      .map(({ child, own }) => describeKey(String(child), String(own)))
    if (dependents.length > 0) throw columnInUse(table.name, name, dependents)
  }
}

function describeKey(child: string, column: string): Dependent {
  return {
    description: `the foreign key of "${child}" over "${column}"`,
    dropFirst: `schema.table('${child}', (table) => { table.dropForeign(['${column}']) })`,
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
  const suspects = dropped.filter((name) => objects.some(({ sql }) => mentions(sql, name)))
  const [column] = suspects
  if (column === undefined) return
  const rehearsal = await rehearse(session)
  try {
    const before = await takeOutBroken(rehearsal, objects)
    const stopping = await applyWithoutStoppers(rehearsal, statements, objects)
    const after = await takeOutBroken(rehearsal, objects)
    const broken = [...stopping, ...after].filter((object) => !before.includes(object))
    if (broken.length > 0) throw columnInUse(table.name, suspects.join('", "'), broken.map(describeObject))
  } finally {
    await rehearsal.close()
  }
}

interface StoredObject {
  readonly schema: string
  readonly type: string
  readonly name: string
  readonly sql: string
}

async function readObjects(session: Session): Promise<readonly StoredObject[]> {
  const schemas = await session.query('select name from pragma_database_list')
  const objects: StoredObject[] = []
  for (const row of schemas) {
    const schema = String(row['name'])
    const rows = await session.query(
      `select type, name, sql from ${quoteIdentifier(schema)}.sqlite_schema where type in ('view', 'trigger')`,
    )
    objects.push(
      ...rows.map(({ type, name, sql }) => ({
        schema,
        type: String(type),
        name: String(name),
        sql: String(sql),
      })),
    )
  }
  return objects
}

/** Runs the statements, dropping what stops one of them (`DROP COLUMN` checks views by itself), and says what that was. */
async function applyWithoutStoppers(
  rehearsal: Session,
  statements: readonly Statement[],
  objects: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const stopping: StoredObject[] = []
  for (const statement of statements) {
    stopping.push(...(await untilItRuns(rehearsal, () => rehearsal.apply([statement]), objects)))
  }
  return stopping
}

const probe = '__tidemark_probe'

/** Drops the views and triggers that SQLite finds broken, and says which those were. */
async function takeOutBroken(
  rehearsal: Session,
  objects: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const broken: StoredObject[] = []
  for (const schema of new Set(['main', 'temp', ...objects.map((object) => object.schema)])) {
    const table = quoteTable({ schema, name: probe })
    await rehearsal.execute(`create table ${table} (kept, dropped)`)
    const check = async (): Promise<unknown> => rehearsal.execute(`alter table ${table} drop column dropped`)
    broken.push(...(await untilItRuns(rehearsal, check, objects)))
    await rehearsal.execute(`drop table ${table}`)
  }
  return broken
}

/** Drops one after the other the views and triggers that `work` stumbles over, until it runs. */
async function untilItRuns(
  rehearsal: Session,
  work: () => Promise<unknown>,
  objects: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const broken: StoredObject[] = []
  for (;;) {
    try {
      await work()
      return broken
    } catch (error) {
      const object = namedIn(
        messageOf(error),
        objects.filter((candidate) => !broken.includes(candidate)),
      )
      if (object === undefined) throw error
      broken.push(object)
      await rehearsal.execute(`drop ${object.type} ${quoteTable(object)}`)
    }
  }
}

/** `error in view v after drop column: no such column: a` names the view `v`. */
function namedIn(message: string, objects: readonly StoredObject[]): StoredObject | undefined {
  return objects
    .filter(({ type, name }) =>
      [`error in ${type} ${name}: `, `error in ${type} ${name} after drop column: `].some((start) =>
        message.startsWith(start),
      ),
    )
    .sort((a, b) => b.name.length - a.name.length)[0]
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
