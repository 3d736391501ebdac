import { expect, test } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import { structureCopy } from '../../../src/dialects/sqlite/rehearse.js'
import { openWorkbench } from './workbench.js'

async function structure(session: Session): Promise<unknown> {
  const schemas = ['main', 'temp', 'other']
  const found = schemas.map((schema) =>
    session.query(`select type, name, sql from ${schema}.sqlite_schema order by name`),
  )
  return await Promise.all(found)
}

test('a rehearsal has the structure, attached and temporary parts too, and no rows', async () => {
  const db = await openWorkbench(`
    attach ':memory:' as other;
    create view early as select * from users;
    create table users (id integer primary key autoincrement, name text collate nocase); -- note
    create unique index by_name on users (name desc) where name <> '';
    create trigger noted after insert on users begin delete from users; end;
    create table posts (user_id references users (id));
    create virtual table docs using fts5 (body);
    create temp table cart (n);
    create temp trigger passing after insert on main.users begin select 1; end;
    create temp view temporary_view as select * from cart;
    create table other.log (what text unique);
    create index other.by_what on log (what, 1);
    insert into users (name) values ('x');
  `)

  const rehearsal = await structureCopy(db.session)

  expect(await structure(rehearsal)).toEqual(await structure(db.session))
  expect(await rehearsal.query('select * from users')).toEqual([])
  await rehearsal.close()
})

test('a rehearsal can be changed and leaves the database alone, and foreign keys do not stand in its way', async () => {
  const db = await openWorkbench(
    'create table users (id integer primary key); create table posts (u references users)',
  )

  const rehearsal = await structureCopy(db.session)
  await rehearsal.execute('insert into posts values (7)')
  await rehearsal.execute('drop table users')
  await rehearsal.close()

  expect(await db.list('select name from sqlite_schema order by name')).toEqual(['posts', 'users'])
})

test('a rehearsal knows that the database was analysed', async () => {
  const db = await openWorkbench(
    'create table t (a); create index i on t (a); insert into t values (1); analyze',
  )

  const rehearsal = await structureCopy(db.session)

  expect(await rehearsal.query("select name from sqlite_schema where name = 'sqlite_stat1'")).toHaveLength(1)
  await rehearsal.close()
})

test('the columns of a name that is changed twice in one blueprint are read from a rehearsal', async () => {
  const db = await openWorkbench('create table t (a int, note varchar); create view v as select a from t')

  const sql = await db.tableSql('t', (table) => {
    table.renameColumn('a', 'b')
    table.dropColumn('note')
    table.rename('u')
  })

  expect(sql).toEqual([
    'alter table "t" rename column "a" to "b"',
    'alter table "t" drop column "note"',
    'alter table "t" rename to "u"',
  ])
  expect(await db.sql('t')).toBe('CREATE TABLE t (a int, note varchar)')
})
