// What operations become on PostgreSQL: the statements, how many of them, and what is read to write them.

import { describe, expect, test } from 'vitest'
import { compile } from '../../../src/dialects/postgres/compile/compile.js'
import { Blueprint } from '../../../src/schema/blueprint.js'
import { Expression } from '../../../src/schema/expression.js'
import type { Catalogue } from '../../../src/schema/snapshot.js'
import { openSchema } from '../../database/schema/open.js'

const nothing = (): never => {
  throw new Error('The catalogue was read.')
}
const unread: Catalogue = {
  snapshot: nothing,
  table: nothing,
  tables: nothing,
  views: nothing,
  types: nothing,
  schemas: nothing,
}

/** The SQL of a blueprint, made without reading anything. */
async function sqlOf(table: Blueprint, version = 150_000): Promise<readonly string[]> {
  const server = { version, isPooled: false }
  const statements = await compile(table.operations(), { catalogue: unread, server, inTransaction: true })
  return statements.map(({ sql }) => sql)
}

function create(describe: (table: Blueprint) => void, name = 'posts'): Promise<readonly string[]> {
  const table = new Blueprint(name, { maxIdentifierBytes: 63 }).create()
  describe(table)
  return sqlOf(table)
}

function change(describe: (table: Blueprint) => void, name = 'posts'): Promise<readonly string[]> {
  const table = new Blueprint(name, { maxIdentifierBytes: 63 })
  describe(table)
  return sqlOf(table)
}

describe('a new table', () => {
  test('is one statement with its keys and checks, and reads nothing', async () => {
    const sql = await create((table) => {
      table.id()
      table.foreignId('user_id').constrained().cascadeOnDelete()
      table.string('title', 100).unique()
      table.enum('type', ['movie', "it's"]).default('movie')
      table.check('title_is_long', 'length(title) > 3')
      table.unique(['user_id', 'title']).nullsNotDistinct().deferrable().initiallyImmediate(false)
    })

    expect(sql).toEqual([
      `create table "posts" ("id" bigserial not null primary key, "user_id" bigint not null, ` +
        `"title" varchar(100) not null, "type" varchar(255) check ("type" in ('movie', 'it''s')) not null default 'movie', ` +
        `constraint "posts_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade, ` +
        `constraint "title_is_long" check (length(title) > 3), ` +
        `constraint "posts_user_id_title_unique" unique nulls not distinct ("user_id", "title") deferrable initially deferred, ` +
        `constraint "posts_title_unique" unique ("title"))`,
    ])
  })

  test('is followed by its indexes, first number and comments', async () => {
    const sql = await create((table) => {
      table.id().startingValue(1000)
      table.string('title').index().comment("the book's")
      table.text('body').fulltext()
      table.index(['title', 'id'], 'covering', 'btree').include('body').where('id > 3')
      table.rawIndex('lower(title)', 'by_lower')
      table.unique('title', 'live').where('body is not null')
      table.check('later', 'id > 0').notValid()
      table.comment('All of them')
    }, 'shop.posts')

    expect(sql).toEqual([
      'create table "shop"."posts" ("id" bigserial not null primary key, "title" varchar(255) not null, "body" text not null)',
      'select setval(pg_get_serial_sequence(?, ?), ?, false)',
      'create index "covering" on "shop"."posts" using "btree" ("title", "id") include ("body") where id > 3',
      'create index "by_lower" on "shop"."posts" (lower(title))',
      'create unique index "live" on "shop"."posts" ("title") where body is not null',
      'alter table "shop"."posts" add constraint "later" check (id > 0) not valid',
      `comment on column "shop"."posts"."title" is 'the book''s'`,
      'comment on table "shop"."posts" is \'All of them\'',
      'create index "shop_posts_title_index" on "shop"."posts" ("title")',
      `create index "shop_posts_body_fulltext" on "shop"."posts" using "gin" ((to_tsvector('english', "body")))`,
    ])
  })

  test('has one primary key: its own over several columns, or the one that numbers', async () => {
    const sql = await create((table) => {
      table.bigInteger('id').autoIncrement()
      table.integer('part')
      table.primary(['id', 'part'], 'a_name_that_postgres_ignores')
    })

    expect(sql).toEqual([
      'create table "posts" ("id" bigserial not null, "part" integer not null, primary key ("id", "part"))',
    ])
  })

  test('may be temporary, and no-ops are none of its statements', async () => {
    const sql = await create((table) => {
      table.temporary()
      table.engine = 'InnoDB'
      table.string('name').charset('utf8mb4').after('id').first().invisible()
      table.timestamp('at').useCurrent().useCurrentOnUpdate()
      table.unsignedInteger('age')
    })

    expect(sql).toEqual([
      'create temporary table "posts" ("name" varchar(255) not null, ' +
        '"at" timestamp(0) without time zone not null default CURRENT_TIMESTAMP, "age" integer not null)',
    ])
  })
})

test('indexes with methods, operator classes and languages of their own', async () => {
  const sql = await change((table) => {
    table.index('body', 'by_hash', 'HASH')
    table.index('body', 'by_trigrams').algorithm('gin').operatorClass('gin_trgm_ops')
    table.spatialIndex('place', 'by_place', 'gist_geometry_ops_nd')
    table.vectorIndex('embedding')
    table.fullText(['title', 'body']).language("o'wn")
  })

  expect(sql).toEqual([
    'create index "by_hash" on "posts" using "hash" ("body")',
    'create index "by_trigrams" on "posts" using "gin" ("body" gin_trgm_ops)',
    'create index "by_place" on "posts" using "gist" ("place" gist_geometry_ops_nd)',
    'create index "posts_embedding_vectorindex" on "posts" using "hnsw" ("embedding" vector_cosine_ops)',
    `create index "posts_title_body_fulltext" on "posts" using "gin" ((to_tsvector('o''wn', "title") || to_tsvector('o''wn', "body")))`,
  ])
})

test('additions, renames and drops by name read nothing', async () => {
  const sql = await change((table) => {
    table.rename('articles')
    table.string('slug').nullable()
    table.renameColumn('body', 'text')
    table.renameIndex('old', 'new')
    table.dropColumn('a', 'b')
    table.dropIndex(['title'])
    table.dropCheck('later')
  }, 'shop.posts')

  expect(sql).toEqual([
    'alter table "shop"."posts" add column "slug" varchar(255) null',
    'alter table "shop"."posts" rename column "body" to "text"',
    'alter index "shop"."old" rename to "new"',
    'alter table "shop"."posts" drop column "a", drop column "b"',
    'drop index "shop"."shop_posts_title_index"',
    'alter table "shop"."posts" drop constraint "later"',
    'alter table "shop"."posts" rename to "articles"',
  ])
})

test('a table goes into another schema by its new name', async () => {
  expect(await change((table) => table.rename('archive.posts'))).toEqual([
    'alter table "posts" set schema "archive"',
  ])
  expect(await change((table) => table.rename('archive.old'), 'shop.posts')).toEqual([
    'alter table "shop"."posts" set schema "archive"',
    'alter table "archive"."posts" rename to "old"',
  ])
})

test('identity columns, generated ones and JSON paths', async () => {
  const sql = await create((table) => {
    table.integer('n').generatedAs('start with 10').always().primary()
    table.bigInteger('m').generatedAs().autoIncrement().nullable(false)
    table.json('meta')
    table.string('lang').storedAs('meta->i18n->lang')
    table.integer('size').storedAs('meta->sizes[0]')
    table.tsvector('words').storedAs("to_tsvector('english', lang)")
  })

  expect(sql).toEqual([
    'create table "posts" ("n" integer not null generated always as identity (start with 10), ' +
      '"m" bigint not null generated by default as identity, "meta" json not null, ' +
      `"lang" varchar(255) not null generated always as ("meta"->'i18n'->>'lang') stored, ` +
      `"size" integer not null generated always as (("meta"->'sizes'->>0)::integer) stored, ` +
      `"words" tsvector not null generated always as (to_tsvector('english', lang)) stored, primary key ("n"))`,
  ])
})

/** Each default with what the catalogue then shows, and what a row then has. */
const defaults: readonly (readonly [string, (table: Blueprint) => void, string, unknown])[] = [
  [
    'a text with quotes',
    (t) => t.string('c').default("it's \\ n"),
    `'it''s \\ n'::character varying`,
    "it's \\ n",
  ],
  ['a number', (t) => t.decimal('c', 8, 2).default(1.5), '1.5', '1.50'],
  ['a negative integer', (t) => t.integer('c').default(-5), `'-5'::integer`, -5],
  [
    'a big integer',
    (t) => t.bigInteger('c').default(9_007_199_254_740_993n),
    `'9007199254740993'::bigint`,
    9_007_199_254_740_993n,
  ],
  ['true', (t) => t.boolean('c').default(true), 'true', true],
  ['true of an integer', (t) => t.tinyInteger('c').default(true), `'1'::smallint`, 1],
  ['an object', (t) => t.jsonb('c').default({ a: [1] }), `'{"a": [1]}'::jsonb`, { a: [1] }],
  ['a list', (t) => t.json('c').default([]), `'[]'::json`, []],
  [
    'a date',
    (t) => t.timestamp('c').default(new Date(0)),
    `'1970-01-01 00:00:00'::timestamp without time zone`,
    new Date(0),
  ],
  ['bytes', (t) => t.binary('c').default(Uint8Array.of(1, 255)), `'\\x01ff'::bytea`, Buffer.from([1, 255])],
  [
    'an expression',
    (t) => t.uuid('c').default(new Expression('gen_random_uuid()')),
    'gen_random_uuid()',
    expect.any(String),
  ],
  ['the time', (t) => t.time('c').useCurrent(), 'CURRENT_TIME', expect.any(String)],
]

test.each(defaults)('a default that is %s', async (_, add, shown, value) => {
  const { schema, db, change } = await openSchema()
  await change(() =>
    schema.create('things', (table) => {
      table.id()
      add(table)
    }),
  )
  await db.table('things').insert({ id: 1 })

  const [, column] = await schema.getColumns('things')
  expect(column?.default).toBe(shown)
  expect(await db.table('things').value('c')).toEqual(value)
})

test('the first number of a serial and of an identity column', async () => {
  const { schema, db, change } = await openSchema()
  await change(async () => {
    await schema.create('Odd "names"', (table) => {
      table.increments('a "n"').startingValue(7)
      table.string('c').default('')
    })
    await schema.create('others', (table) => {
      table.integer('n').generatedAs().from(9)
      table.string('c')
    })
  })
  await db.statement('insert into "Odd ""names""" default values')
  await db.table('others').insert({ c: '' })

  expect(await db.scalar('select "a ""n""" from "Odd ""names"""')).toBe(7)
  expect(await db.scalar('select n from others')).toBe(9)
})

describe('concurrently', () => {
  test('is refused inside a transaction, and builds outside of one', async () => {
    const { schema, db, change, executor } = await openSchema()
    await schema.create('things', (table) => table.string('c'))
    const build = () => schema.table('things', (table) => table.index('c').concurrently())
    await expect(change(build)).rejects.toMatchObject({
      message: 'PostgreSQL has no concurrently() inside a transaction.',
      remedy: expect.stringContaining('transaction: false'),
    })

    await build()
    await schema.table('things', (table) => table.unique('c').online())

    const things = await executor.catalogue.table({ schema: undefined, name: 'things' })
    expect(things?.indexes).toMatchObject([
      { name: 'things_c_index', valid: true, isConstraint: false },
      { name: 'things_c_unique', unique: true, isConstraint: true },
    ])
    expect(
      await db.scalar(
        "select count(*) from pg_constraint where conrelid = 'things'::regclass and contype = 'u'",
      ),
    ).toBe(1)
  })

  test('that failed leaves an index that is shown as such', async () => {
    const { schema, db, executor } = await openSchema()
    await schema.create('things', (table) => table.string('c'))
    await db.table('things').insert([{ c: 'twice' }, { c: 'twice' }])
    const failing = schema.table('things', (table) => table.unique('c').where('true').concurrently())
    await expect(failing).rejects.toThrow(/could not create unique index/)

    const things = await executor.catalogue.table({ schema: undefined, name: 'things' })
    expect(things?.indexes).toMatchObject([{ name: 'things_c_unique', valid: false }])
  })
})
