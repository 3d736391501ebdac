// What a rebuild must keep, one test each. Every rebuild here is brought about by changing a column's type, which
// ALTER TABLE cannot do.

import { describe, expect, test } from 'vitest'
import { type Describe, openWorkbench } from './workbench.js'

const changeNote: Describe = (table) => table.text('note').nullable().change()

describe('a rebuild keeps', () => {
  test('rows, with values of every type', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key, note varchar, any_value);
      insert into t values (1, 'a', x'00ff'), (2, null, 9007199254740993), (9, '', 1.5), (-4, '🎬', null);
    `)
    const before = await db.rows('select id, note, any_value, typeof(any_value) from t order by id')

    await db.table('t', changeNote)

    expect(await db.rows('select id, note, any_value, typeof(any_value) from t order by id')).toEqual(before)
    await db.assertSound()
  })

  test('the rowids of a table without an integer primary key', async () => {
    const db = await openWorkbench(`
      create table t (note varchar, "rowid" text);
      insert into t (_rowid_, note, "rowid") values (7, 'a', 'x'), (3, 'b', 'y');
    `)

    await db.table('t', changeNote)

    expect(await db.rows('select _rowid_ as id, note, "rowid" as shadow from t order by 1')).toEqual([
      { id: 3, note: 'b', shadow: 'y' },
      { id: 7, note: 'a', shadow: 'x' },
    ])
  })

  test('the rowids of a table whose primary key only looks like one', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key desc, note varchar);
      insert into t (rowid, id, note) values (5, 1, 'a'), (8, 2, 'b');
    `)

    await db.table('t', changeNote)

    expect(await db.rows('select rowid as place, id from t order by 1')).toEqual([
      { place: 5, id: 1 },
      { place: 8, id: 2 },
    ])
  })

  test('the counter, also when the highest row is gone', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key autoincrement, note varchar);
      insert into t values (41, 'a'), (42, 'b');
      delete from t where id = 42;
    `)

    await db.table('t', changeNote)
    await db.exec("insert into t (note) values ('c')")

    expect(await db.list('select id from t')).toEqual([41, 43])
    expect(await db.rows('select * from sqlite_sequence')).toEqual([{ name: 't', seq: 43 }])
  })

  test('the counter of an empty table', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key autoincrement, note varchar);
      insert into t values (42, 'b');
      delete from t;
    `)

    await db.table('t', changeNote)

    expect(await db.rows('select * from sqlite_sequence')).toEqual([{ name: 't', seq: 42 }])
  })

  test('indexes of every kind, as they were written', async () => {
    const indexes = [
      'CREATE UNIQUE INDEX a on t(email)',
      'CREATE INDEX b ON t (email COLLATE nocase DESC, lower(note)) WHERE note is not null -- partial',
      'CREATE INDEX [c d] ON "t" ([email] asc)',
    ]
    const db = await openWorkbench(`create table t (email text, note varchar); ${indexes.join('\n; ')}\n;`)

    await db.table('t', changeNote)

    expect(await db.list("select sql from sqlite_schema where type = 'index'")).toEqual([
      'CREATE UNIQUE INDEX a on t(email)',
      'CREATE INDEX b ON t (email COLLATE nocase DESC, lower(note)) WHERE note is not null',
      'CREATE INDEX [c d] ON "t" ([email] asc)',
    ])
  })

  test('all of the statement that it does not change', async () => {
    const db = await openWorkbench(
      `create table t (
  -- who
  id integer constraint pk primary key on conflict replace autoincrement, /* the key */
  email text collate nocase unique on conflict ignore check (email like '%@%'), -- where to
  note int, -- free text
  total int generated always as (length(email) + 1) stored,
  "from" int default (1 + 1) references t (id) on delete set null deferrable initially deferred,
  constraint both unique (email, "from") on conflict fail, -- together
  check (length(note) < 10)
) strict`,
    )

    await db.table('t', changeNote)

    expect(await db.sql('t')).toBe(`CREATE TABLE "t" (
  -- who
  id integer constraint pk primary key on conflict replace autoincrement, /* the key */
  email text collate nocase unique on conflict ignore check (email like '%@%'), -- where to
  note text, -- free text
  total int generated always as (length(email) + 1) stored,
  "from" int default (1 + 1) references t (id) on delete set null deferrable initially deferred,
  constraint both unique (email, "from") on conflict fail, -- together
  check (length(note) < 10)
) strict`)
  })

  test('a table without rowid', async () => {
    const db = await openWorkbench(`
      create table t (a text, b text, note varchar, primary key (b, a desc)) without rowid;
      insert into t values ('1', '2', 'n');
    `)

    await db.table('t', changeNote)

    expect(await db.sql('t')).toBe(
      'CREATE TABLE "t" (a text, b text, note text, primary key (b, a desc)) without rowid',
    )
    expect(await db.rows('select * from t')).toEqual([{ a: '1', b: '2', note: 'n' }])
  })

  test('a row that the ON CONFLICT clause of a new key would drop, by failing instead', async () => {
    const db = await openWorkbench(`
      create table t (a text unique on conflict ignore, note varchar);
      insert into t values ('1', 'n'), ('2', 'm');
      create table other (b);
    `)

    await db.table('t', changeNote)

    expect(await db.list('select count(*) from t')).toEqual([2])
    const sql = await db.tableSql('t', changeNote)
    expect(sql.some((statement) => statement.startsWith('insert or abort into'))).toBe(true)
  })

  test('its triggers, and the triggers and views elsewhere that mention it', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key, note varchar);
      create table log (what text);
      create trigger own after insert on t begin insert into log values ('own ' || new.note); end;
      create trigger other after delete on log begin update t set note = 'logged' where id = 1; end;
      create view seen as select id, note as words from t where note is not null;
      create trigger into_view instead of insert on seen begin insert into t (note) values (new.words); end;
      create temp trigger passing after update on t begin insert into log values ('temp'); end;
      create temp view passing_view as select count(*) as n from main.t;
    `)
    const before = await db.rows(
      'select type, name, sql from sqlite_schema union all select type, name, sql from sqlite_temp_schema order by 2',
    )

    await db.table('t', changeNote)

    const after = await db.rows(
      'select type, name, sql from sqlite_schema union all select type, name, sql from sqlite_temp_schema order by 2',
    )
    expect(after.filter(({ name }) => name !== 't')).toEqual(before.filter(({ name }) => name !== 't'))
    await db.exec("insert into seen (words) values ('x'); update t set note = 'y'; delete from log")
    expect(await db.rows('select words, n from seen, passing_view')).toEqual([{ words: 'logged', n: 1 }])
    expect(await db.list('pragma legacy_alter_table')).toEqual([0])
  })

  test('rows of tables that reference it, whatever their ON DELETE action', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key, note varchar);
      create table a (t_id references t (id) on delete cascade);
      create table b (t_id references t on delete set null);
      create table c (t_id default 2 references t (id) on delete set default);
      create table d (t_id references t (id) on delete restrict);
      insert into t values (1, 'x'), (2, 'y');
      insert into a values (1); insert into b values (1); insert into c values (1); insert into d values (1);
    `)

    await db.table('t', changeNote)

    expect(
      await db.rows('select a.t_id as a, b.t_id as b, c.t_id as c, d.t_id as d from a, b, c, d'),
    ).toEqual([{ a: 1, b: 1, c: 1, d: 1 }])
    expect(await db.list('pragma foreign_keys')).toEqual([1])
    await db.exec('delete from d; delete from t where id = 1')
    expect(await db.rows('select (select count(*) from a) as a, b.t_id as b, c.t_id as c from b, c')).toEqual(
      [{ a: 0, b: null, c: 2 }],
    )
    await db.assertSound()
  })

  test('rows that reference rows of the same table', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key, parent integer references t (id) on delete cascade, note varchar);
      insert into t values (1, null, 'x'), (2, 1, 'y'), (3, 2, 'z');
    `)

    await db.table('t', changeNote)

    expect(await db.list('select parent from t order by id')).toEqual([null, 1, 2])
    expect(await db.sql('t')).toContain('references t (id) on delete cascade')
  })

  test('what ANALYZE found out', async () => {
    const db = await openWorkbench(`
      create table t (a text unique, note varchar);
      create index by_note on t (note);
      insert into t values ('1', 'n'), ('2', 'n');
      analyze;
    `)
    const before = await db.rows('select tbl, idx, stat from sqlite_stat1 order by idx')

    await db.table('t', changeNote)

    expect(await db.rows('select tbl, idx, stat from sqlite_stat1 order by idx')).toEqual(before)
    expect(before).toHaveLength(2)
  })

  test('a check that names the table', async () => {
    const db = await openWorkbench(`
      create table t (age int check (t.age > 0), note varchar, constraint c check ("T" . note <> ''));
      insert into t values (1, 'a');
    `)

    await db.table('t', changeNote)

    expect(await db.list('select age from t')).toEqual([1])
    await expect(db.exec("insert into t values (0, 'b')")).rejects.toThrow(/CHECK/)
    await expect(db.exec("insert into t values (1, '')")).rejects.toThrow(/CHECK/)
  })

  test.each([
    'a "b"',
    "it's",
    'order',
    '[c]',
    '`d`',
    'ta ble',
    '🎬',
    'x'.repeat(300),
    '1st',
    'sqlit_e',
    '%_',
  ])('a table called %s', async (name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`
    const db = await openWorkbench(`
        create table ${quoted} (id integer primary key autoincrement, note varchar unique);
        create index ${quoted.slice(0, -1)} i" on ${quoted} (note);
        insert into ${quoted} (note) values ('a');
        create trigger ${quoted.slice(0, -1)} t" after delete on ${quoted} begin select 1; end;
      `)
    const before = await db.list('select name from sqlite_schema order by name')

    await db.table(name.includes('.') ? `main.${name}` : name, changeNote)

    expect(await db.list('select name from sqlite_schema order by name')).toEqual(before)
    expect(await db.rows(`select * from ${quoted}`)).toEqual([{ id: 1, note: 'a' }])
  })

  test('a temporary table and one of an attached database where they are', async () => {
    const db = await openWorkbench(`
      attach ':memory:' as other;
      create table t (note varchar, where_is text default 'main');
      create temp table t (note varchar, where_is text default 'temp');
      create table other.t (id integer primary key autoincrement, note varchar, where_is text default 'other');
      create index temp.t_temp on t (note);
      create index other.t_other on t (note);
      create trigger other.t_trigger after insert on t begin select 1; end;
      insert into temp.t (note) values ('a'); insert into main.t (note) values ('b'); insert into other.t (note) values ('c');
    `)

    await db.table('main.t', changeNote)
    await db.table('other.t', changeNote)
    await db.table('t', changeNote)

    expect(
      await db.rows(
        'select note, where_is from temp.t union all select note, where_is from main.t union all select note, where_is from other.t',
      ),
    ).toEqual([
      { note: 'a', where_is: 'temp' },
      { note: 'b', where_is: 'main' },
      { note: 'c', where_is: 'other' },
    ])
    expect(await db.list('select name from temp.sqlite_schema order by name')).toEqual(['t', 't_temp'])
    expect(await db.list('select name from other.sqlite_schema order by name')).toEqual([
      'sqlite_sequence',
      't',
      't_other',
      't_trigger',
    ])
  })

  test('what an earlier statement of the same transaction has written', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key, note varchar);
      create table a (t_id references t (id) on delete cascade);
    `)

    await db.session.transaction(async () => {
      await db.exec("insert into t values (1, 'x'); insert into a values (1)")
      await db.table('t', changeNote)
    })

    expect(await db.rows('select t.note, a.t_id from t, a')).toEqual([{ note: 'x', t_id: 1 }])
  })
})

describe('a rebuild that fails', () => {
  test('leaves the table, the setting and the foreign keys as they were', async () => {
    const db = await openWorkbench(`
      create table t (id integer primary key, note varchar);
      create view seen as select note from t;
      insert into t values (1, null);
    `)
    const before = await db.rows('select name, sql from sqlite_schema')

    const change = db.table('t', (table) => table.text('note').nullable(false).change())

    await expect(change).rejects.toThrow(/NOT NULL constraint failed/)
    expect(await db.rows('select name, sql from sqlite_schema')).toEqual(before)
    expect(await db.list('select id from t')).toEqual([1])
    expect(await db.list('pragma legacy_alter_table')).toEqual([0])
    expect(await db.list('pragma foreign_keys')).toEqual([1])
  })

  test('is refused for virtual tables and the tables behind them', async () => {
    const db = await openWorkbench('create virtual table docs using fts5 (note)')

    await expect(db.table('docs', changeNote)).rejects.toMatchObject({ code: 'TM_VIRTUAL_TABLE' })
    await expect(db.table('docs_content', changeNote)).rejects.toMatchObject({ code: 'TM_VIRTUAL_TABLE' })
  })
})

describe('the changes of one blueprint', () => {
  test('are one rebuild', async () => {
    const db = await openWorkbench('create table t (id integer primary key, a text, b text, note varchar)')

    const sql = await db.tableSql('t', (table) => {
      changeNote(table)
      table.renameColumn('a', 'c')
      table.string('added').default('x')
      table.dropColumn('b')
      table.check('c_set', "c <> ''")
      table.foreign('id').references('id').on('t')
      table.index('added')
    })

    expect(sql).toEqual([
      'alter table "t" rename column "a" to "c"',
      'CREATE TABLE "__tidemark_new_t" (id integer primary key, "c" text, note text, "added" varchar not null default \'x\', ' +
        'constraint "c_set" check (c <> \'\'), foreign key("id") references "t"("id"))',
      'insert or abort into "__tidemark_new_t" ("id", "c", "note") select "id", "c", "note" from "t"',
      'drop table "t"',
      'pragma legacy_alter_table = on',
      'alter table "__tidemark_new_t" rename to "t"',
      'pragma legacy_alter_table = off',
      'create index "t_added_index" on "t" ("added")',
    ])
  })

  test('mean the same when a rename runs before them', async () => {
    const db = await openWorkbench(`
      create table t (a integer, b integer, note varchar);
      insert into t values (1, 2, 'n');
      create view seen as select a, b from t;
    `)

    await db.table('t', (table) => {
      changeNote(table)
      table.text('a').change()
      table.renameColumn('a', 'c')
      table.renameColumn('b', 'a')
      table.integer('b').default(7)
    })

    expect(await db.rows('select *, typeof(c) as kind from t')).toEqual([
      { c: '1', a: 2, note: 'n', b: 7, kind: 'text' },
    ])
    expect(await db.rows('select * from seen')).toHaveLength(1)
  })

  test('are cut in two where a rename takes the name of a dropped column', async () => {
    const db = await openWorkbench(`
      create table t (a integer, b integer, note varchar, unique (a, note));
      insert into t values (1, 2, 'n');
    `)

    await db.table('t', (table) => {
      changeNote(table)
      table.dropUnique('t_a_note_unique')
      table.dropColumn('a')
      table.renameColumn('b', 'a')
      table.text('a').change()
    })

    expect(await db.rows('select * from t')).toEqual([{ a: '2', note: 'n' }])
  })

  test('do not copy a dropped column into a new one of its name', async () => {
    const db = await openWorkbench("create table t (a integer, note varchar); insert into t values (1, 'n')")

    await db.table('t', (table) => {
      changeNote(table)
      table.dropColumn('a')
      table.integer('a').default(5)
    })

    expect(await db.rows('select * from t')).toEqual([{ note: 'n', a: 5 }])
  })
})
