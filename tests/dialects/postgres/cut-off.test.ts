// Statements of PostgreSQL that take effect in several steps, cut off between two of them: another session makes them wait
// there, and then the migrator's own session is ended. The migration goes on, and nothing of the first try is left.

import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { type Project, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

const name = '001_a'

function projectOf(statement: string): Project {
  const up = `await db.statement('update a set v = v + 1')
    await db.statement(${JSON.stringify(statement)})
    await db.statement('update a set v = v + 1')`
  return makeProject({
    [`database/migrations/${name}.ts`]: migrationFile(up, '').replace(
      'migration({',
      'migration({ transaction: false,',
    ),
  })
}

/** The indexes of `a` and its partition, those that are not valid with a question mark. */
async function indexes(tidemark: Tidemark): Promise<unknown> {
  const db = await tidemark.db()
  return await db.scalar(
    "select coalesce(json_agg(indexrelid::regclass::text || case when indisvalid then '' else '?' end order by indexrelid::regclass::text), '[]') " +
      "from pg_index where indrelid in (to_regclass('a'), to_regclass('a_1'))",
  )
}

/** Waits until a statement of another session that begins like this waits for a lock, and gives its session's number. */
async function waiting(tidemark: Tidemark, statement: string): Promise<number> {
  const db = await tidemark.db()
  for (;;) {
    const sql = `select pid from pg_stat_activity where datname = current_database() and query ilike ? || '%' and wait_event_type = 'Lock'`
    const [row] = await db.select(sql, [statement])
    if (row !== undefined) return Number(row['pid'])
    await pause(10)
  }
}

/** While `hold` is a transaction that is open, the statement cannot go on; there its session is ended. */
async function cutOff(project: Project, statement: string, hold: string): Promise<void> {
  const [migrator, holder, other] = [
    await openTidemark(project),
    await openTidemark(project),
    await openTidemark(project),
  ]
  const db = await holder.db()
  await db.transaction(async () => {
    await db.exec(hold)
    const migrated = expect(migrator.migrate()).rejects.toMatchObject({ code: 'TM_CONNECTION_LOST' })
    await (await other.db()).select('select pg_terminate_backend(?)', [await waiting(other, statement)])
    await migrated
  })
}

const table = 'create table a (v integer); insert into a values (0); create index a_v on a (v)'
/** Both are waited for by some steps, and only the second by others; neither stands in the way of other rows. */
const [read, write] = ['select * from a', 'delete from a where false']

test.each([
  {
    statement: 'create index concurrently a_v2 on a (v)',
    hold: write,
    left: ['a_v', 'a_v2?'],
    then: ['a_v', 'a_v2'],
  },
  {
    statement: 'create index concurrently on a (v)',
    hold: write,
    left: ['a_v', 'a_v_idx?'],
    then: ['a_v', 'a_v_idx'],
  },
  { statement: 'drop index concurrently a_v', hold: read, left: ['a_v?'], then: [] },
  { statement: 'reindex index concurrently a_v', hold: write, left: ['a_v', 'a_v_ccnew?'], then: ['a_v'] },
  { statement: 'reindex index concurrently a_v', hold: read, left: ['a_v', 'a_v_ccold?'], then: ['a_v'] },
  {
    statement: 'reindex (verbose) table concurrently public.a',
    hold: write,
    left: ['a_v', 'a_v_ccnew?'],
    then: ['a_v'],
  },
])('$statement, with $left left behind', async ({ statement, hold, left, then }) => {
  const project = projectOf(statement)
  const tidemark = await openTidemark(project)
  const db = await tidemark.db()
  await db.exec(table)
  await cutOff(project, statement, hold)
  expect(await indexes(tidemark)).toEqual(left)

  await tidemark.migrate()

  expect(await indexes(tidemark)).toEqual(then)
  expect(await db.scalar('select v from a')).toBe(2)
  expect(await states(tidemark)).toEqual({ [name]: 'applied' })
})

test('a partition that was only marked as detached is detached', async () => {
  const statement = 'alter table public.a detach partition public.a_1 concurrently'
  const project = projectOf(statement)
  const tidemark = await openTidemark(project)
  const db = await tidemark.db()
  await db.exec(
    'create table a (v integer) partition by range (v); create table a_1 partition of a for values from (0) to (10); insert into a values (0)',
  )
  await cutOff(project, statement, read)
  expect(await db.scalar('select inhdetachpending from pg_inherits')).toBe(true)

  await tidemark.migrate()

  expect(await db.scalar('select count(*) from pg_inherits')).toBe(0)
  expect(await db.scalar('select v from a_1')).toBe(1)
  expect(await states(tidemark)).toEqual({ [name]: 'applied' })
})

test('what others do to other tables meanwhile is not taken for the effect of what was cut off', async () => {
  const statement = 'create index concurrently a_v2 on a (v)'
  const project = projectOf(statement)
  const tidemark = await openTidemark(project)
  const db = await tidemark.db()
  await db.exec(`${table}; create table b (v integer primary key)`)
  await cutOff(project, statement, write)

  await db.exec('truncate b; create temporary table c (v integer primary key)')
  await tidemark.migrate()

  expect(await indexes(tidemark)).toEqual(['a_v', 'a_v2'])
})

test('a build that waited in vain for others is tried again without what it left', async () => {
  const project = projectOf('create index concurrently a_v2 on a (v)')
  project.write('tidemark.config.ts', `export default { migrations: { lockTimeout: '300ms' } }`)
  const [tidemark, holder] = [await openTidemark(project), await openTidemark(project)]
  const [db, held] = [await tidemark.db(), await holder.db()]
  await db.exec(table)

  let migrated: Promise<unknown> | undefined
  await held.transaction(async () => {
    await held.exec(write)
    migrated = tidemark.migrate()
    // The second try has begun.
    await waiting(await openTidemark(project), 'drop index concurrently')
  })
  await migrated

  expect(await indexes(tidemark)).toEqual(['a_v', 'a_v2'])
})

test('what set_config() set for the session is set again when the migration goes on', async () => {
  const insert = (table: string): string =>
    `await db.statement("insert into ${table} select current_setting('app.step')::integer")`
  const up = `await db.select("select pg_catalog.set_config('app.step', '7', false)")
    ${insert('a')}
    ${insert('b')}`
  const project = makeProject({
    [`database/migrations/${name}.ts`]: migrationFile(up, '').replace(
      'migration({',
      'migration({ transaction: false,',
    ),
  })
  const tidemark = await openTidemark(project)
  const db = await tidemark.db()
  await db.exec('create table a (v integer)')
  await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })
  await db.exec('create table b (v integer)')

  await (await openTidemark(project)).migrate()

  expect(await db.table('a').pluck('v')).toEqual([7])
  expect(await db.table('b').pluck('v')).toEqual([7])
})
