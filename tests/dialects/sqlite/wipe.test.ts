import { expect, test } from 'vitest'
import { wipe } from '../../../src/dialects/sqlite/wipe.js'
import { openWorkbench } from './workbench.js'

const everything = `
  create table parents (id integer primary key autoincrement, child references children (id));
  create table children (id integer primary key, parent references parents (id) on delete restrict);
  create index by_parent on children (parent);
  create trigger t after delete on children begin select raise(abort, 'never'); end;
  create view seen as select * from parents;
  create trigger into_view instead of insert on seen begin select 1; end;
  create virtual table docs using fts5 (body);
  create virtual table places using rtree (id, x, y);
  create temp table cart (n);
  create table "ta ble ""x""" (n);
  insert into parents values (41, null);
  insert into children values (1, 41);
  insert into docs values ('words');
`

test('tables go with all that hangs on them, whatever references them; views stay', async () => {
  const db = await openWorkbench(everything)

  await wipe(db.session, { tables: true, views: false, types: true })

  expect(
    await db.list("select name from sqlite_schema where name not like 'sqlite_%' order by name"),
  ).toEqual(['into_view', 'seen'])
  expect(await db.list('select name from sqlite_temp_schema')).toEqual([])
  expect(await db.list('select count(*) from sqlite_sequence')).toEqual([0])
  expect(await db.list('pragma foreign_keys')).toEqual([1])
  await db.assertSound()
})

test('views go where that is asked', async () => {
  const db = await openWorkbench(everything)

  await wipe(db.session, { tables: false, views: true, types: false })

  expect(await db.list("select name from sqlite_schema where type = 'view'")).toEqual([])
  expect(await db.list('select id from parents')).toEqual([41])
})

test('an empty database is left as it is', async () => {
  const db = await openWorkbench()

  await wipe(db.session, { tables: true, views: true, types: true })

  expect(await db.list('select count(*) from sqlite_schema')).toEqual([0])
})

test('a counter begins at 1 again in a table made anew', async () => {
  const db = await openWorkbench(everything)

  await wipe(db.session, { tables: true, views: true, types: true })
  await db.create('parents', (table) => {
    table.id()
    table.string('name').nullable()
  })
  await db.exec('insert into parents (name) values (null)')

  expect(await db.list('select id from parents')).toEqual([1])
})

test('a wipe inside a transaction can be rolled back', async () => {
  const db = await openWorkbench(everything)
  const before = await db.rows('select name, sql from sqlite_schema order by name')

  const wiping = db.session.transaction(async () => {
    await wipe(db.session, { tables: true, views: true, types: true })
    throw new Error('no')
  })

  await expect(wiping).rejects.toThrow('no')
  expect(await db.rows('select name, sql from sqlite_schema order by name')).toEqual(before)
  expect(await db.list('select parent from children')).toEqual([41])
})

test('attached databases are left alone', async () => {
  const db = await openWorkbench(
    "attach ':memory:' as other; create table other.kept (n); create table gone (n)",
  )

  await wipe(db.session, { tables: true, views: true, types: true })

  expect(await db.list('select name from other.sqlite_schema')).toEqual(['kept'])
})
