import { describe, expect, test } from 'vitest'
import { Expression } from '../../../src/schema/expression.js'
import { type Describe, openWorkbench } from './workbench.js'

describe('a new table', () => {
  test('is spelled as Laravel spells it', async () => {
    const db = await openWorkbench()

    const sql = await db.createSql('users', (table) => {
      table.id()
      table.string('name')
      table.string('email').unique()
      table.timestamp('email_verified_at').nullable()
      table.rememberToken()
      table.timestamps()
    })

    expect(sql).toEqual([
      'create table "users" ("id" integer primary key autoincrement not null, "name" varchar not null, ' +
        '"email" varchar not null, "email_verified_at" datetime, "remember_token" varchar, ' +
        '"created_at" datetime, "updated_at" datetime)',
      'create unique index "users_email_unique" on "users" ("email")',
    ])
  })

  test('takes its keys and checks into CREATE TABLE, and its indexes after it', async () => {
    const db = await openWorkbench()

    const sql = await db.createSql('grants', (table) => {
      table.foreignId('user_id').constrained().cascadeOnDelete().restrictOnUpdate()
      table.foreignId('role_id')
      table.foreign('role_id', 'grants_role').references('id').on('roles').nullOnDelete()
      table.primary(['user_id', 'role_id'])
      table.check('grants_apart', 'user_id <> role_id')
      table.index(['role_id', 'user_id'])
    })

    expect(sql).toEqual([
      'create table "grants" ("user_id" integer not null, "role_id" integer not null, ' +
        'foreign key("user_id") references "users"("id") on delete cascade on update restrict, ' +
        'constraint "grants_role" foreign key("role_id") references "roles"("id") on delete set null, ' +
        'primary key ("user_id", "role_id"), constraint "grants_apart" check (user_id <> role_id))',
      'create index "grants_role_id_user_id_index" on "grants" ("role_id", "user_id")',
    ])
  })

  test.each([
    ['a number', 0, "'0'"],
    ['a fraction', 1.5, "'1.5'"],
    ['true', true, "'1'"],
    ['false', false, "'0'"],
    ['a text with a quote', "it's", "'it''s'"],
    ['an empty text', '', "''"],
    ['an object', { a: ["'"] }, `'{"a":["''"]}'`],
    ['a moment', new Date(Date.UTC(2025, 2, 5, 10, 20, 30)), "'2025-03-05 10:20:30'"],
    ['raw SQL', new Expression('(abs(-1))'), '(abs(-1))'],
  ])('writes %s as a default', async (_, value, literal) => {
    const db = await openWorkbench()

    const sql = await db.createSql('t', (table) => table.string('c').default(value))

    expect(sql).toEqual([`create table "t" ("c" varchar not null default ${literal})`])
  })

  test('writes the current moment as the type has it', async () => {
    const db = await openWorkbench()

    const [sql] = await db.createSql('t', (table) => {
      table.timestamp('a').useCurrent()
      table.dateTime('b').useCurrent()
      table.date('c').useCurrent()
      table.year('d').useCurrent()
    })

    expect(sql).toBe(
      'create table "t" ("a" datetime not null default CURRENT_TIMESTAMP, "b" datetime not null default CURRENT_TIMESTAMP, ' +
        '"c" date not null default CURRENT_DATE, ' +
        "\"d\" integer not null default (CAST(strftime('%Y', 'now') AS INTEGER)))",
    )
  })

  test('writes an enum as a check, a collation, and generated columns', async () => {
    const db = await openWorkbench()

    const [sql] = await db.createSql('media', (table) => {
      table.enum('type', ['movie', "director's cut"]).default('movie')
      table.string('title').collation('nocase')
      table.json('meta')
      table.integer('double').virtualAs('length(title) * 2')
      table.integer('half').storedAs('length(title) / 2').nullable(false)
      table.string('owner').virtualAs('meta->owner->names[0]')
    })

    expect(sql).toBe(
      `create table "media" ("type" varchar check ("type" in ('movie', 'director''s cut')) not null default 'movie', ` +
        `"title" varchar not null collate 'nocase', "meta" text not null, ` +
        `"double" integer as (length(title) * 2), "half" integer not null as (length(title) / 2) stored, ` +
        `"owner" varchar as (json_extract("meta", '$."owner"."names"[0]')))`,
    )
  })

  test('starts its counter where it is told', async () => {
    const db = await openWorkbench()

    await db.create('orders', (table) => {
      table.id().startingValue(1000)
      table.string('name').nullable()
    })
    await db.exec('insert into orders (name) values (null)')

    expect(await db.list('select id from orders')).toEqual([1000])
  })

  test('can be temporary, and in an attached database', async () => {
    const db = await openWorkbench("attach ':memory:' as other")

    await db.create('cart', (table) => {
      table.temporary()
      table.integer('n').index()
    })
    await db.create('other.log', (table) => table.integer('n').index())

    expect(await db.list('select name from temp.sqlite_schema')).toEqual(['cart', 'cart_n_index'])
    expect(await db.list('select name from other.sqlite_schema')).toEqual(['log', 'other_log_n_index'])
  })

  test('can be temporary beside a table of its name', async () => {
    const db = await openWorkbench('create table cart (n); create index cart_n_index on cart (n)')

    await db.create('cart', (table) => {
      table.temporary()
      table.id().startingValue(5)
      table.integer('n').index()
    })
    await db.exec('insert into temp.cart (n) values (1)')

    expect(await db.list('select id from temp.cart')).toEqual([5])
    expect(await db.list("select tbl_name from temp.sqlite_schema where name = 'cart_n_index'")).toEqual([
      'cart',
    ])
  })

  test('can have partial and expression indexes', async () => {
    const db = await openWorkbench()

    const sql = await db.createSql('users', (table) => {
      table.string('email')
      table.timestamp('deleted_at').nullable()
      table.unique('email').where('deleted_at is null')
      table.rawIndex('lower(email)', 'users_lower')
    })

    expect(sql.slice(1)).toEqual([
      'create unique index "users_email_unique" on "users" ("email") where deleted_at is null',
      'create index "users_lower" on "users" (lower(email))',
    ])
  })

  test('has names with any characters', async () => {
    const db = await openWorkbench()

    await db.create('a "b" [c] 🎬', (table) => table.string('order by').index())

    expect(await db.list('select name from sqlite_schema order by type desc')).toEqual([
      'a "b" [c] 🎬',
      'a "b" [c] 🎬_order by_index',
    ])
  })

  test('makes nothing of what other databases alone have', async () => {
    const db = await openWorkbench()

    const sql = await db.createSql('t', (table) => {
      table.engine('InnoDB')
      table.charset('utf8mb4')
      table.collation('utf8mb4_bin')
      table.comment('of no effect')
      table.integer('a').unsigned().comment('none').invisible().charset('utf8mb4')
      table.timestamp('b').nullable().useCurrentOnUpdate().first()
      table.integer('c').after('a')
    })

    expect(sql).toEqual(['create table "t" ("a" integer not null, "b" datetime, "c" integer not null)'])
  })
})

describe('a table that cannot be made', () => {
  test('is refused where it exists', async () => {
    const db = await openWorkbench('create table Users (id)')

    await expect(db.create('users', (table) => table.id())).rejects.toMatchObject({
      code: 'TM_TABLE_EXISTS',
      message: 'The database already has the table "users".',
      remedy: "To change it: schema.table('users', …). To make it anew, first schema.drop('users').",
    })
  })

  test('is refused where an index names a column that it lacks', async () => {
    const db = await openWorkbench()

    const create = db.create('users', (table) => {
      table.string('email')
      table.index('emial_')
      table.index('emails')
    })

    await expect(create).rejects.toMatchObject({ code: 'TM_NO_SUCH_COLUMN' })
  })

  test('is refused where another table has an index of that name', async () => {
    const db = await openWorkbench('create table a (n); create index everywhere on a (n)')

    const create = db.create('b', (table) => table.integer('n').index('everywhere'))

    await expect(create).rejects.toMatchObject({
      code: 'TM_INDEX_EXISTS',
      message: expect.stringContaining('already has the index "everywhere"'),
    })
  })

  test('is refused with a primary key beside an auto-incrementing column', async () => {
    const db = await openWorkbench()

    const create = db.create('t', (table) => {
      table.id()
      table.integer('tenant')
      table.primary(['id', 'tenant'])
    })

    await expect(create).rejects.toMatchObject({ code: 'TM_TWO_PRIMARY_KEYS' })
  })

  test('is refused with a NUL in a default', async () => {
    const db = await openWorkbench()

    const create = db.create('t', (table) => table.string('c').default('a\0b'))

    await expect(create).rejects.toThrow(/NUL/)
  })

  test.each([
    ['fullText()', (table) => table.fullText('body')],
    ['spatialIndex()', (table) => table.spatialIndex('body')],
    ['set()', (table) => table.set('tags', ['a'])],
    ['vector()', (table) => table.vector('v', 3)],
    ['tsvector()', (table) => table.tsvector('v')],
    ['computed()', (table) => table.computed('c', 'a + b')],
    ['include()', (table) => table.index('body').include(['n'])],
    ['concurrently()', (table) => table.index('body').concurrently()],
    ['algorithm()', (table) => table.index('body').algorithm('hash')],
    ['nullsNotDistinct()', (table) => table.unique('body').nullsNotDistinct()],
    ['unique().deferrable()', (table) => table.unique('body').deferrable()],
    ['notValid()', (table) => table.check('c', 'n > 0').notValid()],
    ['lock()', (table) => table.index('body').lock('none')],
    ['instant()', (table) => table.integer('m').instant()],
  ] as [string, Describe][])('is refused with %s', async (method, describe) => {
    const db = await openWorkbench()

    const create = db.create('t', (table) => {
      table.text('body')
      table.integer('n')
      describe(table)
    })

    await expect(create).rejects.toMatchObject({
      code: 'TM_UNSUPPORTED',
      message: `SQLite has no ${method}.`,
    })
    expect(await db.list('select name from sqlite_schema')).toEqual([])
  })
})

describe('a table as a whole', () => {
  test('is dropped, and only where it is', async () => {
    const db = await openWorkbench('create table users (id)')

    expect(await db.tableSql('users', (table) => table.dropIfExists())).toEqual([
      'drop table if exists "users"',
    ])
    expect(await db.tableSql('none', (table) => table.dropIfExists())).toEqual([
      'drop table if exists "none"',
    ])
    await db.table('users', (table) => table.drop())
    expect(await db.list('select name from sqlite_schema')).toEqual([])
  })

  test('that is not there is named, with the nearest', async () => {
    const db = await openWorkbench('create table users (id); create table posts (id)')

    await expect(db.table('user', (table) => table.drop())).rejects.toMatchObject({
      code: 'TM_NO_SUCH_TABLE',
      message: 'The database has no table "user". Did you mean "users"?',
      remedy: 'Use one of these: "posts", "users".',
    })
  })

  test('that is not there is not looked for in vain in an empty database', async () => {
    const db = await openWorkbench()

    await expect(db.table('users', (table) => table.drop())).rejects.toMatchObject({
      remedy: 'The database has no table at all: see whether it is the right one.',
    })
  })

  test('is renamed after the changes that were written with it', async () => {
    const db = await openWorkbench('create table posts (id)')

    const sql = await db.tableSql('posts', (table) => {
      table.rename('articles')
      table.string('title').nullable()
    })

    expect(sql).toEqual([
      'alter table "posts" add column "title" varchar',
      'alter table "posts" rename to "articles"',
    ])
  })

  test('is not renamed over another', async () => {
    const db = await openWorkbench('create table posts (id); create table articles (id)')

    await expect(db.table('posts', (table) => table.rename('articles'))).rejects.toMatchObject({
      code: 'TM_TABLE_EXISTS',
    })
  })
})
