// Which views and triggers do not work, as SQLite itself says. It checks the names in all of them when it drops a column
// (https://www.sqlite.org/lang_altertable.html#altertabdropcol), except the columns that a trigger writes; those it
// finds when it compiles a statement that fires the trigger. All of this is tried on a rehearsal, which it changes.

import { messageOf } from '../../../support/errors.js'
import type { Session, Statement } from '../../dialect.js'
import { quoteIdentifier } from '../sql/literal.js'
import { quoteTable } from '../sql/names.js'
import { triggerEvent } from '../create-table/stored-sql.js'

/** A view or trigger. */
export interface StoredObject {
  readonly schema: string
  readonly type: string
  readonly name: string
  /** What a trigger is on; the view's own name otherwise. */
  readonly table: string
  readonly sql: string
}

/** All views and triggers. */
export async function readObjects(session: Session): Promise<readonly StoredObject[]> {
  const objects: StoredObject[] = []
  for (const { name } of await session.query('select name from pragma_database_list')) {
    const schema = String(name)
    const rows = await session.query(
      `select type, name, tbl_name, sql from ${quoteIdentifier(schema)}.sqlite_schema where type in ('view', 'trigger')`,
    )
    for (const row of rows) {
      const [type, name, table, sql] = [row['type'], row['name'], row['tbl_name'], row['sql']].map(String)
      objects.push({ schema, type: type ?? '', name: name ?? '', table: table ?? '', sql: sql ?? '' })
    }
  }
  return objects
}

/** Drops those of `objects` that do not work, and says which they were. */
export async function takeOutBroken(
  rehearsal: Session,
  objects: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const unreadable: StoredObject[] = []
  for (const schema of new Set(['main', 'temp', ...objects.map((object) => object.schema)])) {
    const table = quoteTable({ schema, name: '__tidemark_probe' })
    await rehearsal.execute(`create table ${table} (kept, dropped)`)
    const check = async (): Promise<unknown> => rehearsal.execute(`alter table ${table} drop column dropped`)
    unreadable.push(...(await untilItRuns(rehearsal, check, objects)))
    await rehearsal.execute(`drop table ${table}`)
  }
  return [
    ...unreadable,
    ...(await takeOutUnfit(
      rehearsal,
      objects.filter((object) => !unreadable.includes(object)),
    )),
  ]
}

/** Runs the statements, dropping what stops one of them (`DROP COLUMN` makes the check by itself), and says what. */
export async function applyWithoutStoppers(
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

/** Drops one after the other what `work` stumbles over, until it runs. */
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
      const rest = objects.filter((object) => !broken.includes(object))
      const object = namedIn(messageOf(error), rest)
      if (object === undefined) throw error
      broken.push(object)
      await drop(rehearsal, object)
    }
  }
}

/** `error in view v after drop column: no such column: a` names the view `v`. */
function namedIn(message: string, objects: readonly StoredObject[]): StoredObject | undefined {
  const isNamed = ({ type, name }: StoredObject): boolean =>
    message.startsWith(`error in ${type} ${name}: `) ||
    message.startsWith(`error in ${type} ${name} after drop column: `)
  return objects.filter(isNamed).sort((a, b) => b.name.length - a.name.length)[0]
}

/** Triggers that no statement can fire. One that only fires a broken one is found so itself, and is as broken. */
async function takeOutUnfit(
  rehearsal: Session,
  objects: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const unfit: StoredObject[] = []
  for (const object of objects) {
    if (object.type !== 'trigger' || (await canFire(rehearsal, object))) continue
    unfit.push(object)
    await drop(rehearsal, object)
  }
  return unfit
}

async function canFire(rehearsal: Session, { schema, table, sql }: StoredObject): Promise<boolean> {
  // A temporary trigger may be on a table elsewhere, which SQLite finds by its name alone.
  const name = schema === 'temp' ? quoteIdentifier(table) : quoteTable({ schema, name: table })
  const columns = await rehearsal.query('select name from pragma_table_info(?)', [table])
  const all = columns.map((row) => `${quoteIdentifier(String(row['name']))} = null`).join(', ')
  const firing = {
    INSERT: `insert into ${name} default values`,
    UPDATE: `update ${name} set ${all}`,
    DELETE: `delete from ${name}`,
  }[triggerEvent(sql)]
  try {
    await rehearsal.query(`explain ${firing}`)
    return true
  } catch {
    return false
  }
}

async function drop(rehearsal: Session, { type, schema, name }: StoredObject): Promise<void> {
  await rehearsal.execute(`drop ${type} if exists ${quoteTable({ schema, name })}`)
}
