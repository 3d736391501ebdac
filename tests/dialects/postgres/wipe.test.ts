import { expect, test } from 'vitest'
import { openTestSession } from './sessions.js'

const everything = [
  'create schema app',
  'create schema other',
  "create type mood as enum ('sad')",
  'create domain app.tally as integer',
  'create type pair as (a integer, b mood)',
  'create type span as range (subtype = integer)',
  'create table parents (id bigserial primary key, child bigint, mood mood)',
  'create table app."chi""ldren" (id bigint generated always as identity primary key, parent bigint references parents on delete restrict, tally app.tally)',
  'alter table parents add foreign key (child) references app."chi""ldren"',
  'create table measured (at date, n integer) partition by range (at)',
  "create table measured_2025 partition of measured for values from ('2025-01-01') to ('2026-01-01')",
  'create table heir (more text) inherits (parents)',
  'create sequence loose',
  'create view seen as select id from parents',
  'create view app.twice as select id from seen',
  'create materialized view kept as select id from app.twice',
  'create function f() returns integer language sql as $$ select 1 $$',
  'create table other.stays (n integer, mood mood)',
]

const counted = `
  select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where nspname in ('public', 'app', 'other') and relkind in ('r', 'p', 'v', 'm', 'S', 'c')
  union all
  select nspname || '.' || typname from pg_type join pg_namespace on pg_namespace.oid = typnamespace
  where nspname in ('public', 'app', 'other') and typtype in ('e', 'd', 'r')
  order by 1`

async function openFilled() {
  const { open, dialect } = await openTestSession()
  const session = await open({ server: { searchPath: ['public', 'app'] } })
  for (const sql of everything) await session.execute(sql)
  const names = async () => (await session.query(counted)).map(({ name }) => name)
  return { session, dialect, names }
}

test('everything goes, in the schemas of the search path, whatever stands on it', async () => {
  const { session, dialect, names } = await openFilled()

  await dialect.wipe(session, { tables: true, views: true, types: true })

  expect(await names()).toEqual(['other.stays'])
  // A column goes with its type, and the table stays.
  expect(await session.query('select * from other.stays')).toEqual([])
  expect(await session.query('select f() as f')).toEqual([{ f: 1 }])
})

test('tables go alone, with what stands on them', async () => {
  const { session, dialect, names } = await openFilled()

  await dialect.wipe(session, { tables: true, views: false, types: false })

  expect(await names()).toEqual(['app.tally', 'other.stays', 'public.mood', 'public.pair', 'public.span'])
})

test('views go alone', async () => {
  const { session, dialect, names } = await openFilled()

  await dialect.wipe(session, { tables: false, views: true, types: false })

  const left = await names()
  expect(left).toContain('public.parents')
  expect(left.filter((name) => /seen|twice|kept/.test(String(name)))).toEqual([])
})

test('types go alone, and the columns of such with them', async () => {
  const { session, dialect, names } = await openFilled()

  await dialect.wipe(session, { tables: false, views: false, types: true })

  expect((await names()).filter((name) => /tally|mood|pair|span/.test(String(name)))).toEqual([])
  expect(
    await session.query('select column_name as name from information_schema.columns where table_name = ?', [
      'parents',
    ]),
  ).toEqual([{ name: 'id' }, { name: 'child' }])
})

test('what belongs to an extension stays', async () => {
  const { session, dialect } = await openTestSession()
  const [extension] = await session.query(
    "select name from pg_available_extensions where name in ('pg_stat_statements', 'citext', 'hstore') order by name limit 1",
  )
  if (extension === undefined) throw new Error('the server under test has no contributed extensions')
  await session.execute(`create extension ${String(extension['name'])}`)
  const members = async () =>
    await session.query("select classid, objid from pg_depend where deptype = 'e' order by 1, 2")
  const before = await members()

  await dialect.wipe(session, { tables: true, views: true, types: true })

  expect(await members()).toEqual(before)
})

test('an empty database is left as it is, and a wipe inside a transaction can be rolled back', async () => {
  const { session, dialect, names } = await openFilled()
  const before = await names()

  const wiping = session.transaction(async () => {
    await dialect.wipe(session, { tables: true, views: true, types: true })
    await dialect.wipe(session, { tables: true, views: true, types: true })
    expect(await names()).toEqual(['other.stays'])
    throw new Error('no')
  })

  await expect(wiping).rejects.toThrow('no')
  expect(await names()).toEqual(before)
})
