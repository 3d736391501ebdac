// Tables as other tools write them, changed here and there; all else stays as it was written.

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { openSession } from '../../../src/dialects/sqlite/session/session.js'
import { Workbench, openWorkbench } from './workbench.js'

test('a table of Rails', async () => {
  const db = await openWorkbench(`
    CREATE TABLE IF NOT EXISTS "articles" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "title" varchar DEFAULT NULL, "author_id" integer NOT NULL, "created_at" datetime(6) NOT NULL, CONSTRAINT "fk_rails_e74ce85cbc"
    FOREIGN KEY ("author_id")
      REFERENCES "authors" ("id")
    );
    CREATE TABLE "authors" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL);
    CREATE INDEX "index_articles_on_author_id" ON "articles" ("author_id");
    INSERT INTO authors VALUES (1); INSERT INTO articles VALUES (5, 'a', 1, '2025-01-01');
  `)

  await db.table('articles', (table) => {
    table.string('title').nullable(false).default('untitled').change()
    table.dropForeign('fk_rails_e74ce85cbc')
    table.foreign('author_id').references('id').on('authors').cascadeOnDelete()
  })

  expect(
    await db.list("select sql from sqlite_schema where tbl_name = 'articles' and sql is not null"),
  ).toEqual([
    'CREATE TABLE "articles" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "title" varchar not null default \'untitled\', ' +
      '"author_id" integer NOT NULL, "created_at" datetime(6) NOT NULL, ' +
      'foreign key("author_id") references "authors"("id") on delete cascade\n    )',
    'CREATE INDEX "index_articles_on_author_id" ON "articles" ("author_id")',
  ])
  expect(await db.rows('select * from articles')).toEqual([
    { id: 5, title: 'a', author_id: 1, created_at: new Date('2025-01-01T00:00:00Z') },
  ])
})

test('a table of Django', async () => {
  const db = await openWorkbench(`
    CREATE TABLE "shop_order" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "amount" integer unsigned NOT NULL CHECK ("amount" >= 0), "paid" bool NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), CONSTRAINT "once" UNIQUE ("user_id", "amount"));
    CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT);
    CREATE UNIQUE INDEX "shop_order_paid_uniq" ON "shop_order" ("paid") WHERE "paid";
    INSERT INTO auth_user VALUES (7); INSERT INTO shop_order VALUES (3, 10, 1, 7, '{}');
  `)

  await db.table('shop_order', (table) => {
    table.decimal('amount').change()
    table.dropUnique('once')
    table.dropForeign(['user_id'])
    table.renameColumn('data', 'extra')
  })

  expect(await db.sql('shop_order')).toBe(
    'CREATE TABLE "shop_order" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "amount" numeric NOT NULL CHECK ("amount" >= 0), ' +
      '"paid" bool NOT NULL, "user_id" integer NOT NULL, ' +
      '"extra" text NOT NULL CHECK ((JSON_VALID("extra") OR "extra" IS NULL)))',
  )
  expect(await db.sql('shop_order_paid_uniq')).toBe(
    'CREATE UNIQUE INDEX "shop_order_paid_uniq" ON "shop_order" ("paid") WHERE "paid"',
  )
  expect(await db.rows('select * from shop_order')).toEqual([
    { id: 3, amount: '10', paid: true, user_id: 7, extra: '{}' },
  ])
})

test('a table of Prisma', async () => {
  const db = await openWorkbench(`
    -- CreateTable
    CREATE TABLE "Post" (
        "id" TEXT NOT NULL PRIMARY KEY,
        "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
        "authorId" TEXT,
        CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
    );
    CREATE TABLE "User" ("id" TEXT NOT NULL PRIMARY KEY);
    INSERT INTO User VALUES ('u'); INSERT INTO Post (rowid, id, authorId) VALUES (9, 'p', 'u');
  `)

  await db.table('Post', (table) => {
    table.string('slug').default('none')
    table.dropColumn('createdAt')
    table.check('slugged', "slug <> ''")
  })

  expect(await db.sql('Post')).toBe(`CREATE TABLE "Post" (
        "id" TEXT NOT NULL PRIMARY KEY,
        "authorId" TEXT,
        "slug" varchar not null default 'none',
        CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
        constraint "slugged" check (slug <> '')
    )`)
  expect(await db.rows('select rowid as place, * from Post')).toEqual([
    { place: 9, id: 'p', authorId: 'u', slug: 'none' },
  ])
})

test('a table written by hand', async () => {
  const db = await openWorkbench(`
    create table [Stock Items] ( -- what we have
      [Item No] integer primary key, -- printed on the shelf
      \`name\` varchar(80) collate nocase not null /* as on the bill */ unique on conflict abort,
      'left' int default (0) check ("left" >= 0), -- pieces
      -- in cents
      price decimal(10,2)
      , unique (\`name\`, price) on conflict rollback check (price > 0) -- never free
    );
    insert into [Stock Items] values (12, 'nut', 5, 10);
  `)

  await db.table('Stock Items', (table) => {
    table.integer('left').default(1).change()
    table.dropUnique(['name', 'price'])
    table.string('shelf').nullable()
  })

  expect(await db.sql('Stock Items')).toBe(`CREATE TABLE "Stock Items" ( -- what we have
      [Item No] integer primary key, -- printed on the shelf
      \`name\` varchar(80) collate nocase not null /* as on the bill */ unique on conflict abort,
      'left' integer check ("left" >= 0) default '1', -- pieces
      -- in cents
      price decimal(10,2)
      ,
      "shelf" varchar, check (price > 0) -- never free
    )`)
  expect(await db.rows('select * from [Stock Items]')).toEqual([
    { 'Item No': 12, name: 'nut', left: 5, price: '10', shelf: null },
  ])
})

test('a table with texts in double quotes, written by a SQLite that takes them', async () => {
  const { path, session } = await openWorkbench(`
    create table t (id integer primary key, n int, status text constraint "ok" check (status <> 'bad' and "t"."n" is not 'x'),
      label text as (status || '!'), check ("n" <> 'it,('));
    create index active on t (status collate "nocase", (status || '?')) where status = 'on';
    insert into t (n, status) values (1, 'on');
  `)
  await session.close()
  // This SQLite does not take them, so they are put into the file behind its back.
  const file = readFileSync(path, 'latin1').replaceAll(/'(bad|x|!|it,\(|\?|on)'(?=[ ,)\0]|$)/g, '"$1"')
  writeFileSync(path, file, 'latin1')
  const reopened = await openSession({ database: path, foreignKeys: true, lockTimeoutMs: 1000 })
  onTestFinished(() => reopened.close())
  const bench = new Workbench(path, reopened)
  expect(await bench.sql('t')).toContain('<> "bad" and')

  await bench.table('t', (table) => table.bigInteger('n').nullable().change())

  expect(await bench.sql('t')).toContain(`constraint "ok" check (status <> 'bad' and "n" is not 'x')`)
  expect(await bench.sql('t')).toContain(`as (status || '!'), check ("n" <> 'it,(')`)
  expect(await bench.sql('active')).toMatch(
    /t \(status collate "nocase", \(status \|\| '\?'\)\) where status = ['"]on['"]$/,
  )
  expect(await bench.rows('select * from t')).toEqual([{ id: 1, n: 1, status: 'on', label: 'on!' }])
  await bench.assertSound()
})
