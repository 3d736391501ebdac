import { describe, expect, test } from 'vitest'
import { explain } from '../../../src/dialects/sqlite/session/explain.js'
import { Expression } from '../../../src/schema/expression.js'
import { type Describe, openWorkbench } from './workbench.js'

describe('native changes', () => {
  test.each([
    [
      'a nullable column',
      (table) => table.string('b').nullable(),
      ['alter table "t" add column "b" varchar'],
    ],
    [
      'a column with a default',
      (table) => table.integer('b').default(1),
      ['alter table "t" add column "b" integer not null default \'1\''],
    ],
    [
      'an enum',
      (table) => table.enum('b', ['x']).nullable(),
      ['alter table "t" add column "b" varchar check ("b" in (\'x\'))'],
    ],
    [
      'a virtual column',
      (table) => table.integer('b').virtualAs('a + 1'),
      ['alter table "t" add column "b" integer as (a + 1)'],
    ],
    [
      'a column with its index',
      (table) => table.string('b').nullable().unique(),
      ['alter table "t" add column "b" varchar', 'create unique index "t_b_unique" on "t" ("b")'],
    ],
    ['an index', (table) => table.index('a'), ['create index "t_a_index" on "t" ("a")']],
    ['a dropped index', (table) => table.dropIndex('old'), ['drop index "old"']],
    [
      'a renamed index',
      (table) => table.renameIndex('old', 'new'),
      ['drop index "old"', 'CREATE INDEX "new" on t (a, z)'],
    ],
    [
      'a renamed column',
      (table) => table.renameColumn('a', 'b'),
      ['alter table "t" rename column "a" to "b"'],
    ],
    ['a dropped column', (table) => table.dropColumn('y'), ['alter table "t" drop column "y"']],
    ['a comment', (table) => table.comment('words'), []],
  ] as [string, Describe, string[]][])('are made for %s', async (_, describe, expected) => {
    const db = await openWorkbench('create table t (a int, y int, z int); create index old on t (a, z)')

    expect(await db.tableSql('t', describe)).toEqual(expected)
    await db.table('t', describe)
  })

  test.each([
    ['a unique index', 'create unique index t_a_unique on t (a)', 'a', (table) => table.dropUnique(['a'])],
    ['a primary key', '', 'id', (table) => table.dropPrimary()],
  ] as [string, string, string, Describe][])(
    'leave %s that a foreign key points to',
    async (_, index, column, describe) => {
      const db = await openWorkbench(`create table t (id int primary key, a int); ${index};
        create table child (t int references t (${column}))`)

      await expect(db.table('t', describe)).rejects.toMatchObject({
        code: 'TM_KEY_IN_USE',
        message: expect.stringContaining(`over "${column}"`) as string,
      })
    },
  )

  test('drop a unique index that a foreign key points to where another key stands in', async () => {
    const db =
      await openWorkbench(`create table t (id int primary key, a int unique); create unique index more on t (a);
      create table child (t int references t (a))`)

    await db.table('t', (table) => table.dropIndex('more'))

    expect(await db.list("select name from sqlite_schema where name = 'more'")).toEqual([])
  })

  test('drop a column together with an index over it alone', async () => {
    const db = await openWorkbench('create table t (a int, b int); create index one on t (b) where b > 1')

    await db.table('t', (table) => table.dropColumn('b'))

    expect(await db.list('select sql from sqlite_schema')).toEqual(['CREATE TABLE t (a int)'])
  })

  test('do not touch comments', async () => {
    const db = await openWorkbench(
      'create table t (a int, -- one, two\n b int, -- three, four\n c int -- five, six\n)',
    )

    await db.table('t', (table) => table.dropColumn('c'))

    expect(await db.sql('t')).toBe('CREATE TABLE "t" (a int, -- one, two\n b int -- three, four\n)')
  })
})

describe('a column added by a rebuild', () => {
  test('may have a default that varies', async () => {
    const db = await openWorkbench('create table t (a int); insert into t values (1)')

    await db.table('t', (table) => {
      table.timestamp('seen').useCurrent()
      table.integer('dice').default(new Expression('(1 + 1)'))
    })

    expect(await db.rows("select a, dice, seen > '2020' as recent from t")).toEqual([
      { a: 1, dice: 2, recent: 1 },
    ])
  })

  test('may be the key, and then takes the rowids', async () => {
    const db = await openWorkbench(
      "create table t (a text); insert into t (rowid, a) values (4, 'x'), (2, 'y')",
    )

    await db.table('t', (table) => table.id())

    expect(await db.rows('select id, a from t order by id')).toEqual([
      { id: 2, a: 'y' },
      { id: 4, a: 'x' },
    ])
    expect(await db.list('select seq from sqlite_sequence')).toEqual([4])
  })

  test('may start its counter, but not below the rows that are there', async () => {
    const db = await openWorkbench('create table t (a int); insert into t (rowid, a) values (40, 1)')

    await db.table('t', (table) => table.id().startingValue(10))
    expect(await db.list('select seq from sqlite_sequence')).toEqual([40])

    await db.table('t', (table) => table.bigIncrements('id').startingValue(100).change())
    await db.exec('insert into t (a) values (2)')
    expect(await db.list('select id from t')).toEqual([40, 100])
  })

  test('may be stored', async () => {
    const db = await openWorkbench('create table t (a int); insert into t values (1)')

    await db.table('t', (table) => table.integer('b').storedAs('a * 2'))

    expect(await db.rows('select a, b from t')).toEqual([{ a: 1, b: 2 }])
  })

  test('gets a type that a STRICT table takes', async () => {
    const db = await openWorkbench('create table t (a int) strict; insert into t values (1)')

    await db.table('t', (table) => {
      table.string('b').nullable()
      table.timestamp('c').nullable()
      table.decimal('d').default(1)
      table.boolean('e').default(true)
      table.enum('f', ['x']).nullable()
    })

    expect(await db.sql('t')).toBe(
      'CREATE TABLE t (a int, "b" text, "c" text, "d" any not null default \'1\', "e" integer not null default \'1\', ' +
        '"f" text check ("f" in (\'x\'))) strict',
    )
  })
})

describe('change()', () => {
  const column =
    "note varchar(10) not null default 'x' collate nocase unique check (note <> 'y') references p (a)"

  test.each([
    ['only the type', (table) => table.text('note').change(), column.replace('varchar(10)', 'text')],
    [
      'nullable',
      (table) => table.text('note').nullable().change(),
      "note text default 'x' collate nocase unique check (note <> 'y') references p (a)",
    ],
    [
      'not nullable',
      (table) => table.text('note').nullable(false).change(),
      "note text default 'x' collate nocase unique check (note <> 'y') references p (a) not null",
    ],
    [
      'a default',
      (table) => table.text('note').default('z').change(),
      "note text not null collate nocase unique check (note <> 'y') references p (a) default 'z'",
    ],
    [
      'no default',
      (table) => table.text('note').default(null).change(),
      "note text not null collate nocase unique check (note <> 'y') references p (a)",
    ],
    [
      'a collation',
      (table) => table.text('note').collation('rtrim').change(),
      "note text not null default 'x' unique check (note <> 'y') references p (a) collate 'rtrim'",
    ],
    [
      'exactly',
      (table) => table.text('note').change({ exact: true }),
      "note text unique check (note <> 'y') references p (a) not null",
    ],
  ] as [string, Describe, string][])('changes %s and keeps the rest', async (_, describe, expected) => {
    const db = await openWorkbench(`create table p (a primary key); create table t (a int, ${column}, b int)`)

    await db.table('t', describe)

    expect(await db.sql('t')).toBe(`CREATE TABLE "t" (a int, ${expected}, b int)`)
  })

  test('takes the list of an enum away, or puts another in its place', async () => {
    const db = await openWorkbench()
    await db.create('t', (table) => table.enum('kind', ['a', "b's"]).default('a'))

    await db.table('t', (table) => table.enum('kind', ['a', 'c']).change())
    expect(await db.sql('t')).toBe(
      'CREATE TABLE "t" ("kind" varchar not null default \'a\' check ("kind" in (\'a\', \'c\')))',
    )

    await db.table('t', (table) => table.string('kind').change())
    expect(await db.sql('t')).toBe('CREATE TABLE "t" ("kind" varchar not null default \'a\')')
  })

  test('makes a key count, and no longer', async () => {
    const db = await openWorkbench(
      "create table t (id int, note text, primary key (id)); insert into t values (7, 'x')",
    )

    await db.table('t', (table) => table.bigIncrements('id').change())
    expect(await db.sql('t')).toBe('CREATE TABLE "t" (id integer primary key autoincrement, note text)')
    expect(await db.rows('select * from sqlite_sequence')).toEqual([{ name: 't', seq: 7 }])

    await db.table('t', (table) => table.string('id').change())
    expect(await db.sql('t')).toBe('CREATE TABLE "t" (id varchar primary key, note text)')
    expect(await db.rows('select rowid, id from t')).toEqual([{ rowid: 7, id: '7' }])
  })

  test('makes a column generated, and one that was generated plain with its values', async () => {
    const db = await openWorkbench(
      'create table t (a int, b int default 9, c int as (a * 2)); insert into t (a) values (1)',
    )

    await db.table('t', (table) => {
      table.integer('b').virtualAs('a + 1').change()
      table.integer('c').nullable().change({ exact: true })
    })

    expect(await db.sql('t')).toBe('CREATE TABLE "t" (a int, b integer as (a + 1), c integer)')
    expect(await db.rows('select * from t')).toEqual([{ a: 1, b: 2, c: 2 }])
  })

  test('fails as a whole over rows that the change does not allow', async () => {
    const db = await openWorkbench(`
      create table p (a primary key);
      create table t (a text); insert into t values ('x'), (null), ('x');
    `)

    await expect(db.table('t', (table) => table.text('a').nullable(false).change())).rejects.toThrow(
      /NOT NULL/,
    )
    await expect(db.table('t', (table) => table.check('c', "a <> 'x'"))).rejects.toThrow(/CHECK/)
    await expect(db.table('t', (table) => table.primary('a'))).rejects.toThrow(/UNIQUE/)
    await expect(db.table('t', (table) => table.foreign('a').references('a').on('p'))).rejects.toMatchObject({
      code: 'TM_FOREIGN_KEY_VIOLATION',
    })
    expect(await db.sql('t')).toBe('CREATE TABLE t (a text)')
    expect(await db.list('select count(*) from t')).toEqual([3])
  })
})

test('an error in a rebuild names the table as the user knows it', async () => {
  const db = await openWorkbench('create table users (name text); insert into users values (null)')

  const error: unknown = await db
    .table('users', (table) => table.text('name').nullable(false).change())
    .catch((thrown: unknown) => thrown)

  expect(explain(error)).toMatchObject({
    kind: 'not-null',
    message: 'NOT NULL constraint failed: users.name',
    table: 'users',
    column: 'name',
  })
})

describe('keys and checks', () => {
  test('are added to tables that exist', async () => {
    const db = await openWorkbench(
      'create table p (a primary key); create table t (\n  a int,\n  b int -- last\n)',
    )

    await db.table('t', (table) => {
      table.primary(['a', 'b'])
      table.foreign('b').references('a').on('p').cascadeOnDelete().deferrable()
      table.check('c', 'a > b')
    })

    expect(await db.sql('t')).toBe(
      'CREATE TABLE "t" (\n  a int,\n  b int, -- last\n  primary key ("a", "b"),\n' +
        '  foreign key("b") references "p"("a") on delete cascade deferrable,\n  constraint "c" check (a > b)\n)',
    )
  })

  test.each([
    ['by columns', (table) => table.dropForeign(['b'])],
    ['by the conventional name', (table) => table.dropForeign('t_b_foreign')],
  ] as [string, Describe][])('drop %s, wherever they are written', async (_, describe) => {
    for (const body of [
      'a int, b int references p (a) on delete cascade',
      'a int, b int, foreign key (b) references p (a)',
    ]) {
      const db = await openWorkbench(`create table p (a primary key); create table t (${body})`)

      await db.table('t', describe)

      expect(await db.sql('t')).toBe('CREATE TABLE "t" (a int, b int)')
    }
  })

  test('drop by their own names', async () => {
    const db = await openWorkbench(`
      create table p (a primary key);
      create table t (a int constraint k references p (a), b int constraint u unique, c int,
        constraint k2 foreign key (b) references p (a) constraint c1 check (a > 1), constraint u2 unique (a, b), check (c > 2))
    `)

    await db.table('t', (table) => {
      table.dropForeign('k')
      table.dropForeign('K2')
      table.dropUnique('u')
      table.dropUnique('u2')
      table.dropCheck('c1')
    })

    expect(await db.sql('t')).toBe('CREATE TABLE "t" (a int, b int, c int, check (c > 2))')
  })

  test('drop a unique key of another tool by the conventional name', async () => {
    const db = await openWorkbench('create table t (a int unique, b int, unique (a, b))')

    await db.table('t', (table) => {
      table.dropUnique(['a'])
      table.dropUnique('t_a_b_unique')
    })

    expect(await db.sql('t')).toBe('CREATE TABLE "t" (a int, b int)')
  })

  test('drop the primary key, and keep the rowids', async () => {
    const db = await openWorkbench(
      'create table t (id integer primary key autoincrement, a int); insert into t values (5, 1)',
    )

    await db.table('t', (table) => table.dropPrimary())

    expect(await db.sql('t')).toBe('CREATE TABLE "t" (id integer, a int)')
    expect(await db.rows('select rowid as place, id from t')).toEqual([{ place: 5, id: 5 }])
  })
})

describe('a column that is dropped', () => {
  test('takes the keys over it alone along', async () => {
    const db = await openWorkbench(`
      create table p (a primary key);
      create table t (a int, b int, foreign key (b) references p (a), unique (b), check (b > 1));
    `)

    await db.table('t', (table) => table.dropColumn('b'))

    expect(await db.sql('t')).toBe('CREATE TABLE "t" (a int)')
  })

  test('goes with other columns and what is over all of them', async () => {
    const db = await openWorkbench(
      'create table t (a int, b int, c int, unique (b, c)); create index i on t (c, b)',
    )

    await db.table('t', (table) => table.dropColumn(['b', 'c']))

    expect(await db.list('select sql from sqlite_schema')).toEqual(['CREATE TABLE "t" (a int)'])
  })

  test.each([
    ['create index i on t (a, b)', 'index "i"', "table.dropIndex('i')"],
    ['create unique index i on t (a) where b > 1', 'index "i"', "table.dropUnique('i')"],
    ['create index i on t (a, lower(B))', 'index "i"', "table.dropIndex('i')"],
    ['create view v as select t.b from t', 'view "v"', `db.exec('drop view "v"')`],
    ['create view w as select b from (select * from t)', 'view "w"', `db.exec('drop view "w"')`],
    ['create temp view w as select b from t', 'view "w"', `db.exec('drop view "w"')`],
    [
      'create trigger r after insert on t begin select new.b; end',
      'trigger "r"',
      `db.exec('drop trigger "r"')`,
    ],
    [
      'create table o (x); create trigger r after insert on o begin update t set b = 1; end',
      'trigger "r"',
      `db.exec('drop trigger "r"')`,
    ],
    [
      'create view v as select a from t; create trigger r instead of insert on v begin insert into t (b) values (1); end',
      'trigger "r"',
      `db.exec('drop trigger "r"')`,
    ],
    [
      'create table child (x references t (b))',
      'the foreign key of "child" over "x"',
      "schema.table('child', (table) => { table.dropForeign(['x']) })",
    ],
  ])('is refused while it is needed: %s', async (sql, description, dropFirst) => {
    const db = await openWorkbench(`create table t (a int, b int unique, c int); ${sql}`)
    const before = await db.rows('select * from sqlite_schema')

    await expect(db.table('t', (table) => table.dropColumn('b'))).rejects.toMatchObject({
      code: 'TM_COLUMN_IN_USE',
      message: `Column "b" of table "t" cannot be dropped: it is used by ${description}.`,
      remedy: `Drop first, or change: ${dropFirst}.`,
    })
    expect(await db.rows('select * from sqlite_schema')).toEqual(before)
  })

  test.each([
    ['b int, check (a > b)', 'check'],
    ['b int, constraint c check (a > b)', 'check "c"'],
    ['b int, primary key (a, b)', 'the primary key'],
    ['b int, unique (a, b)', 'unique key'],
    ['b int, foreign key (a, b) references p (a, b)', 'foreign key'],
    ['b int, c int as (b + 1)', 'generated column "c"'],
    ['b int, c int check (c > b)', 'the check of column "c"'],
    ['b int unique, c int references T (B)', 'the foreign key over "c"'],
    ['b int primary key, c int, foreign key (c) references t', 'foreign key'],
  ])('is refused while the table itself needs it: %s', async (columns, description) => {
    const db = await openWorkbench(`create table p (a, b, unique (a, b)); create table t (a int, ${columns})`)

    await expect(db.table('t', (table) => table.dropColumn('b'))).rejects.toMatchObject({
      code: 'TM_COLUMN_IN_USE',
      message: `Column "b" of table "t" cannot be dropped: it is used by ${description}.`,
    })
  })

  test('is not held by views that mention another column of that name, or that are broken anyhow', async () => {
    const db = await openWorkbench(`
      create table t (a int, b int);
      create table o (b int);
      create view v as select o.b, t.a from t, o;
    `)
    await db.table('t', (table) => table.dropColumn('b'))
    expect(await db.rows('select * from v')).toEqual([])

    await db.exec(
      'create table u (a int, b int unique); create view w as select b, missing from u; create trigger r after update on u begin select new.missing; end',
    )
    await db.table('u', (table) => table.dropColumn('b'))
    expect(await db.sql('u')).toBe('CREATE TABLE "u" (a int)')
  })
})

describe('changes that do not fit', () => {
  test.each([
    ['a table that is not there', 'tt', (table) => table.string('x'), 'TM_NO_SUCH_TABLE'],
    ['a column that is there', 't', (table) => table.string('A'), 'TM_COLUMN_EXISTS'],
    ['a change of no column', 't', (table) => table.string('x').change(), 'TM_NO_SUCH_COLUMN'],
    ['a rename of no column', 't', (table) => table.renameColumn('x', 'y'), 'TM_NO_SUCH_COLUMN'],
    ['a rename over a column', 't', (table) => table.renameColumn('a', 'b'), 'TM_COLUMN_EXISTS'],
    ['a drop of no column', 't', (table) => table.dropColumn('x'), 'TM_NO_SUCH_COLUMN'],
    ['a drop of all columns', 't', (table) => table.dropColumn(['a', 'b']), 'TM_NO_COLUMN_LEFT'],
    ['an index that is there', 't', (table) => table.index('b', 'I'), 'TM_INDEX_EXISTS'],
    ['an index on no column', 't', (table) => table.index('x'), 'TM_NO_SUCH_COLUMN'],
    ['a drop of no index', 't', (table) => table.dropIndex('j'), 'TM_NO_SUCH_INDEX'],
    ['a rename of no index', 't', (table) => table.renameIndex('j', 'k'), 'TM_NO_SUCH_INDEX'],
    ['a drop of no foreign key', 't', (table) => table.dropForeign(['a']), 'TM_NO_SUCH_FOREIGN_KEY'],
    ['a drop of no primary key', 't', (table) => table.dropPrimary(), 'TM_NO_SUCH_PRIMARY_KEY'],
    ['a second primary key', 'k', (table) => table.primary('b'), 'TM_PRIMARY_KEY_EXISTS'],
    ['a second counted key', 'k', (table) => table.id(), 'TM_PRIMARY_KEY_EXISTS'],
    [
      'a definition that is no SQL',
      't',
      (table) => table.rawColumn('x', 'int default (1'),
      'TM_INVALID_DEFINITION',
    ],
    ['a check that is there', 'k', (table) => table.check('C', 'b > 1'), 'TM_CHECK_EXISTS'],
    ['a drop of no check', 'k', (table) => table.dropCheck('d'), 'TM_NO_SUCH_CHECK'],
  ] as [string, string, Describe, string][])('are refused: %s', async (_, name, describe, code) => {
    const db = await openWorkbench(`
      create table t (a int, b int); create index i on t (a);
      create table k (a int primary key, b int, constraint c check (b > 0));
    `)
    const before = await db.rows('select * from sqlite_schema')

    await expect(db.table(name, describe)).rejects.toMatchObject({ code })
    expect(await db.rows('select * from sqlite_schema')).toEqual(before)
  })
})
