// What the catalogue tells of things that no blueprint makes, and that it takes the same two queries whatever there is.

import { describe, expect, inject, test } from 'vitest'
import { PostgresCatalogue } from '../../../src/dialects/postgres/catalogue/catalogue.js'
import { type OpenedSchema, openSchema } from '../../database/schema/open.js'

async function openWith(sql: string): Promise<OpenedSchema> {
  const opened = await openSchema()
  await opened.db.exec(sql)
  return opened
}

function tableOf({ executor }: OpenedSchema, name: string, schema?: string) {
  return executor.catalogue.table({ schema, name })
}

describe('a table', () => {
  test('has columns with types, defaults, collations and comments as PostgreSQL writes them', async () => {
    const opened = await openWith(`
      create domain positive as integer check (value > 0);
      create type point3 as (x float8, y float8, z float8);
      create table t (
        a integer generated always as identity (start with 5),
        b numeric(10, 2)[] not null default '{}',
        c varchar(20) collate "C" default 'x' || 'y',
        d positive,
        e point3,
        f timestamptz(3) default now(),
        g interval year to month,
        h bit varying(5),
        i text generated always as (upper(c)) stored
      );
      alter table t drop column b;
      comment on column t.c is 'c''s';
      comment on table t is 'all';
    `)
    const table = await tableOf(opened, 't')

    expect(table).toMatchObject({ schema: undefined, name: 't', comment: 'all', options: [] })
    expect(
      table?.columns.map(({ name, type, typeName, nullable }) => [name, type, typeName, nullable]),
    ).toEqual([
      ['a', 'integer', 'int4', false],
      ['c', 'character varying(20)', 'varchar', true],
      ['d', 'positive', 'positive', true],
      ['e', 'point3', 'point3', true],
      ['f', 'timestamp(3) with time zone', 'timestamptz', true],
      ['g', 'interval year to month', 'interval', true],
      ['h', 'bit varying(5)', 'varbit', true],
      ['i', 'text', 'text', true],
    ])
    expect(table?.columns[0]).toMatchObject({ identity: 'always', autoIncrement: false, default: undefined })
    expect(table?.columns[1]).toMatchObject({
      collation: 'C',
      comment: "c's",
      default: "('x'::text || 'y'::text)",
    })
    expect(table?.columns[7]).toMatchObject({
      default: undefined,
      generated: { expression: 'upper((c)::text)', stored: true },
    })
  })

  test('has indexes of every kind', async () => {
    const opened = await openWith(`
      create table t (a integer primary key, b text, c text collate "C", r int4range,
        constraint one unique (b) include (c) deferrable initially deferred,
        constraint apart exclude using gist (r with &&));
      create index plain on t (b desc, c collate "POSIX", a nulls first);
      create index pattern on t (b text_pattern_ops, lower(c)) where a > 3;
      create unique index nulls on t (b, a) nulls not distinct;
    `)
    const indexes = (await tableOf(opened, 't'))?.indexes

    const part = { column: undefined, expression: undefined, descending: false, length: undefined }
    const other = { collation: undefined, operatorClass: undefined, nulls: undefined }
    const index = { isConstraint: false, unique: false, method: 'btree', where: undefined, include: [] }
    expect(indexes).toEqual([
      {
        ...index,
        name: 'apart',
        columns: [{ ...part, ...other, column: 'r' }],
        method: 'gist',
        isConstraint: true,
        nullsNotDistinct: false,
        valid: true,
      },
      {
        ...index,
        name: 'nulls',
        columns: [
          { ...part, ...other, column: 'b' },
          { ...part, ...other, column: 'a' },
        ],
        unique: true,
        nullsNotDistinct: true,
        valid: true,
      },
      {
        ...index,
        name: 'one',
        columns: [{ ...part, ...other, column: 'b' }],
        unique: true,
        isConstraint: true,
        include: ['c'],
        nullsNotDistinct: false,
        valid: true,
        deferral: 'initially deferred',
      },
      {
        ...index,
        name: 'pattern',
        columns: [
          { ...part, ...other, column: 'b', operatorClass: 'text_pattern_ops' },
          { ...part, ...other, expression: 'lower(c)' },
        ],
        where: '(a > 3)',
        nullsNotDistinct: false,
        valid: true,
      },
      {
        ...index,
        name: 'plain',
        columns: [
          { ...part, ...other, column: 'b', descending: true },
          { ...part, ...other, column: 'c', collation: 'POSIX' },
          { ...part, ...other, column: 'a', nulls: 'first' },
        ],
        nullsNotDistinct: false,
        valid: true,
      },
    ])
  })

  test('has keys to other schemas, checks and triggers', async () => {
    const opened = await openWith(`
      create schema other;
      create table other.parents (x integer, y integer, primary key (y, x));
      create table t (a integer, b integer,
        foreign key (b, a) references other.parents on delete set default on update cascade deferrable initially deferred);
      alter table t add constraint later check (a > b) not valid;
      create function f() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger b_second after update of a on t for each row execute function f();
      create trigger a_first before insert on t for each row when (new.a > 0) execute function f();
    `)

    expect(await tableOf(opened, 't')).toMatchObject({
      foreignKeys: [
        {
          name: 't_b_a_fkey',
          columns: ['b', 'a'],
          foreignTable: { schema: 'other', name: 'parents' },
          foreignColumns: ['y', 'x'],
          onDelete: 'set default',
          onUpdate: 'cascade',
          deferrable: true,
          initiallyDeferred: true,
          validated: true,
        },
      ],
      checks: [{ name: 'later', expression: '(a > b)', validated: false }],
      triggers: [
        {
          name: 'a_first',
          sql: 'CREATE TRIGGER a_first BEFORE INSERT ON public.t FOR EACH ROW WHEN ((new.a > 0)) EXECUTE FUNCTION f()',
        },
        { name: 'b_second', sql: expect.stringContaining('AFTER UPDATE OF a ON public.t') },
      ],
    })
  })

  test('says what it is beside a plain table', async () => {
    const opened = await openWith(
      `
      create unlogged table fast (a integer) with (fillfactor = 70);
      create table base (a integer);
      create table derived (b integer) inherits (base);
      create table "Parts" (at date, a integer unique references elsewhere) partition by range (at);
    `.replace(' unique references elsewhere', ''),
    )
    await opened.db.exec(
      `create table part_1 partition of "Parts" for values from ('2025-01-01') to ('2026-01-01')`,
    )

    expect((await tableOf(opened, 'fast'))?.options).toEqual(['UNLOGGED', 'WITH (fillfactor=70)'])
    expect((await tableOf(opened, 'derived'))?.options).toEqual(['INHERITS (base)'])
    expect((await tableOf(opened, 'Parts'))?.options).toEqual(['PARTITION BY RANGE (at)'])
    expect((await tableOf(opened, 'part_1'))?.options).toEqual([
      'PARTITION OF "Parts"',
      "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
    ])
  })

  test('has each key and trigger once, where partitions have it too', async () => {
    const opened = await openWith(`
      create table parents (id integer primary key) partition by list (id);
      create table parents_1 partition of parents for values in (1);
      create table children (parent_id integer references parents) partition by list (parent_id);
      create table children_1 partition of children for values in (1);
      create function f() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger t after insert on children for each row execute function f();
    `)
    const children = await tableOf(opened, 'children')
    expect(children?.foreignKeys).toHaveLength(1)
    expect(children?.triggers).toHaveLength(1)
    expect((await tableOf(opened, 'children_1'))?.triggers).toEqual([])
  })
})

test('views, materialized ones and types', async () => {
  const { executor } = await openWith(`
    create table t (a integer, b text);
    create view v as select b, a + 1 as "next one" from t where a > 0;
    create materialized view m as select count(*) as n from t;
    create type mood as enum ('sad', 'it''s', 'happy');
    create domain positive as integer not null default 1 constraint above check (value > 0);
    create type pair as (a integer, b varchar(3));
    create function f() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger into_t instead of insert on v for each row execute function f();
  `)
  const { views, types, tables } = await executor.catalogue.snapshot()

  expect(tables.map(({ name }) => name)).toEqual(['t'])
  expect(views).toMatchObject([
    {
      name: 'm',
      columns: ['n'],
      isMaterialized: true,
      definition: expect.stringMatching(/count\(\*\) AS n\s+FROM t;/),
    },
    { name: 'v', columns: ['b', 'next one'], isMaterialized: false, triggers: [{ name: 'into_t' }] },
  ])
  expect(types).toEqual([
    { schema: undefined, name: 'mood', kind: 'enum', values: ['sad', "it's", 'happy'] },
    { schema: undefined, name: 'pair', kind: 'composite', values: ['a integer', 'b character varying(3)'] },
    {
      schema: undefined,
      name: 'positive',
      kind: 'domain',
      values: ['integer', 'NOT NULL', 'DEFAULT 1', 'CHECK ((VALUE > 0))'],
    },
  ])
  expect(await tableByName(executor.catalogue, 'v')).toMatchObject({
    columns: [{ name: 'b' }, { name: 'next one' }],
    indexes: [],
  })
})

async function tableByName(catalogue: OpenedSchema['executor']['catalogue'], name: string) {
  return await catalogue.table({ schema: undefined, name })
}

describe('a name without a schema', () => {
  const schemas = `
    create schema one; create schema two;
    create table one.t (in_one integer); create table two.t (in_two integer); create table two.only_two (a integer);
    create table public.t (in_public integer);
  `
  const columns = async (opened: OpenedSchema, name: string, schema?: string) =>
    (await tableOf(opened, name, schema))?.columns.map((column) => column.name)

  test('is found by the search path, temporary tables first', async () => {
    const opened = await openWith(schemas)
    await opened.db.statement('set search_path = two, one, nowhere')
    expect(await columns(opened, 't')).toEqual(['in_two'])
    expect(await tableOf(opened, 't')).toMatchObject({ schema: undefined })
    expect(await tableOf(opened, 't', 'one')).toMatchObject({ schema: 'one' })
    expect(await columns(opened, 't', 'public')).toEqual(['in_public'])

    await opened.db.statement('create temporary table t (is_temporary integer)')
    expect(await columns(opened, 't')).toEqual(['is_temporary'])
    expect(await tableOf(opened, 't')).toMatchObject({ schema: 'pg_temp', options: ['TEMPORARY'] })
    expect(await columns(opened, 't', 'two')).toEqual(['in_two'])
    expect(await opened.schema.hasTable('pg_temp.t')).toBe(true)

    expect(await opened.executor.catalogue.schemas()).toEqual([
      { name: 'two', path: undefined, default: true },
      { name: 'one', path: undefined, default: true },
      { name: 'public', path: undefined, default: false },
    ])
    expect(await opened.schema.getTableListing()).toEqual([
      'two.only_two',
      'two.t',
      'one.t',
      'pg_temp.t',
      'public.t',
    ])
    expect(await opened.schema.getTableListing('one')).toEqual(['one.t'])
  })

  test('is none of the system, of an extension, of an index', async () => {
    const opened = await openWith('create extension hstore; create table t (a integer primary key)')
    const found = await Promise.all(
      ['pg_class', 't_pkey', 'hstore', 'missing'].map((name) => tableOf(opened, name)),
    )
    expect(found).toEqual([undefined, undefined, undefined, undefined])
    expect(await tableOf(opened, 'tables', 'information_schema')).toBeUndefined()
    expect((await opened.executor.catalogue.snapshot()).types).toEqual([])
  })

  test('of no schema at all leaves each table in its own', async () => {
    const opened = await openWith(schemas)
    await opened.db.statement("set search_path = ''")
    expect(await tableOf(opened, 't')).toBeUndefined()
    expect((await opened.executor.catalogue.tables()).map(({ schema, name }) => `${schema}.${name}`)).toEqual(
      ['one.t', 'public.t', 'two.only_two', 'two.t'],
    )
  })
})

test('tables have their size with their indexes, and their comment', async () => {
  const { executor, db } = await openWith("create table t (a text primary key); comment on table t is 'why'")
  await db.statement("insert into t select repeat('x', 100) || n from generate_series(1, 1000) n")
  const [summary] = await executor.catalogue.tables()

  expect(summary).toMatchObject({
    schema: undefined,
    name: 't',
    comment: 'why',
    collation: undefined,
    engine: undefined,
  })
  expect(summary?.size).toBe(await db.scalar("select pg_total_relation_size('t')"))
})

test('a thousand tables with all that tables have are read in two queries and in two seconds', async () => {
  const { db, session } = await openSchema()
  await db.exec(`
    create function f() returns trigger language plpgsql as $$ begin return new; end $$;
    create table users (id bigserial primary key);
  `)
  await db.statement(`do $$ begin
    for n in 1..1000 loop
      execute format('create table things_%s (id bigserial primary key, user_id bigint not null references users on delete cascade,
        name varchar(255) not null default ''x'' unique, price numeric(8, 2) check (price > 0), meta jsonb, at timestamp(0))', n);
      execute format('create index on things_%s (lower(name)) where price > 1', n);
      execute format('create index on things_%s (user_id, at desc)', n);
      execute format('comment on column things_%s.meta is ''why''', n);
      execute format('create trigger t before insert on things_%s for each row execute function f()', n);
    end loop; end $$`)
  const queries: string[] = []
  const counted = new Proxy(session, {
    get: (target, key) =>
      key === 'query'
        ? (...call: Parameters<typeof session.query>) => {
            queries.push(call[0])
            return target.query(...call)
          }
        : Reflect.get(target, key, target),
  })
  const version = inject('server') === 'postgres' ? 150_000 : 180_000
  const catalogue = new PostgresCatalogue(counted, { version, isPooled: false })

  const startedAt = performance.now()
  const { tables } = await catalogue.snapshot()
  const took = performance.now() - startedAt

  expect(queries).toHaveLength(2)
  expect(tables).toHaveLength(1001)
  expect(tables[500]).toMatchObject({
    columns: { length: 6 },
    indexes: { length: 3 },
    foreignKeys: { length: 1 },
    checks: { length: 1 },
    triggers: { length: 1 },
  })
  // Two seconds on a machine that does nothing else: the limit is for a mistake in the query, not for a busy machine.
  expect(took).toBeLessThan(process.env['CI'] === undefined ? 8000 : 4000)
  const once = performance.now()
  await catalogue.table({ schema: undefined, name: 'things_500' })
  expect(queries).toHaveLength(3)
  expect(performance.now() - once).toBeLessThan(1000)
}, 120_000)
