import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RandomChanges, type RandomTable, randomChanges, randomTable } from './rebuild-tables.js'
import { type Workbench, withWorkbench } from './workbench.js'

const withChanges = randomTable.chain((table) => fc.tuple(fc.constant(table), randomChanges(table)))

test('changes lose nothing of random tables and of what hangs on them', async () => {
  await fc.assert(
    fc.asyncProperty(withChanges, async ([table, change]) => {
      await withWorkbench(async (db) => {
        await db.exec('create table elsewhere (of unique)')
        await db.exec(table.sql)
        await fillParents(db, table)
        const before = await lookAt(db, table, (name) => name)
        const around = await surroundings(db, table)

        for (const describe of change.blueprints) await db.table(table.name, describe)

        const after = await lookAt(db, table, (name) => change.renamed.get(name) ?? name, change.dropped)
        expect(after).toEqual(without(before, change.dropped))
        expect(await surroundings(db, table)).toEqual(around)
        expect(await db.list('pragma legacy_alter_table')).toEqual([0])
        await db.assertSound()
        await checkColumns(db, table, change)
        await everythingStillRuns(db, table)
      })
    }),
    { numRuns: Number(process.env['TIDEMARK_RUNS'] ?? 300) },
  )
}, 600_000)

/** A change may add a foreign key on any column; the rows that it needs are there. */
async function fillParents(db: Workbench, table: RandomTable): Promise<void> {
  for (const { name } of table.columns) {
    await db.exec(`insert or ignore into elsewhere select ${quote(name)} from ${quote(table.name)}`)
  }
}

interface Look {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly counter: readonly unknown[]
}

/**
 * The rows under their old column names, with rowids where the table has such, in the order of the key. Each value as it
 * is stored: behind a plus no column's type says what it is to be read as.
 */
async function lookAt(
  db: Workbench,
  table: RandomTable,
  currentName: (name: string) => string,
  dropped: ReadonlySet<string> = new Set(),
): Promise<Look> {
  const rowid = table.hasRowid ? ['_rowid_ as the_rowid'] : []
  const columns = table.columns
    .filter(({ name }) => !dropped.has(name))
    .flatMap(({ name }) => [`+${quote(currentName(name))} as ${quote(name)}`])
  const counter = table.hasCounter ? await db.list('select seq from sqlite_sequence') : []
  const rows = await db.rows(
    `select ${[...rowid, 'id', 'used', ...columns].join(', ')} from ${quote(table.name)} order by id, used`,
  )
  return { rows: rows.map((row) => ({ ...row })), counter }
}

function without({ rows, counter }: Look, dropped: ReadonlySet<string>): Look {
  const kept = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !dropped.has(name)))
  return { rows: rows.map(kept), counter }
}

/** All that stands around the table, and its own indexes and triggers that were there before. */
async function surroundings(db: Workbench, table: RandomTable): Promise<unknown> {
  const objects = await db.rows(
    "select type, name, sql from sqlite_schema where name not like 'index\\_%' escape '\\' and name not like 'sqlite\\_%' escape '\\' " +
      'union all select type, name, sql from sqlite_temp_schema order by 2',
  )
  const hasChildren = objects.some(({ name }) => name === 'child')
  return {
    objects: objects.filter(({ name }) => name !== table.name),
    children: hasChildren ? await db.list('select of from child order by 1') : [],
    orphans: hasChildren ? await db.list('select of from orphan order by 1') : [],
    statistics: await statistics(db),
  }
}

/** What ANALYZE found out about the indexes that no change touches. */
async function statistics(db: Workbench): Promise<unknown> {
  const tables = await db.list("select name from sqlite_schema where name = 'sqlite_stat1'")
  const sql = "select * from sqlite_stat1 where idx in ('by_used', 'some', 'lowered') order by idx"
  return tables.length === 0 ? [] : await db.rows(sql)
}

/** Columns that were not changed are declared as they were. */
async function checkColumns(db: Workbench, table: RandomTable, change: RandomChanges): Promise<void> {
  const sql = String(await db.sql(table.name))
  for (const { name, definition } of table.columns) {
    if (change.dropped.has(name) || change.retyped.has(name)) continue
    // ADD COLUMN puts the new column before a comment that follows the last one.
    expect(sql).toContain(definition.replace(' /* made */', ''))
  }
  expect(sql).toContain('used text collate nocase')
}

/** Views, triggers and generated columns still work. */
async function everythingStillRuns(db: Workbench, table: RandomTable): Promise<void> {
  const names = await db.list('select name from sqlite_schema')
  if (names.includes('seen')) await db.rows('select * from seen')
  await db.exec(`update ${quote(table.name)} set used = used || '!'`)
  await db.exec('create table last_check (a, b); alter table last_check drop column b')
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
