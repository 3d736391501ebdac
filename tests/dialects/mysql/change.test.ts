// `change()` keeps what it does not mention: MODIFY replaces a column's whole definition, so all of it is said again.
// Columns are made by hand, and what they are afterwards is the line of SHOW CREATE TABLE.

import { expect, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { isMariadb, openStructure } from './structure.js'

type Change = (table: Blueprint) => void

interface Kept {
  readonly has: string
  readonly change: Change
  readonly mysql: string
  readonly mariadb: string
}

const kept: Readonly<Record<string, Kept>> = {
  'the sign of a number': {
    has: 'int unsigned not null',
    change: (t) => t.bigInteger('c').change(),
    mysql: 'bigint unsigned NOT NULL',
    mariadb: 'bigint(20) unsigned NOT NULL',
  },
  'no sign of what is no number': {
    has: 'int unsigned not null',
    change: (t) => t.string('c').change(),
    mysql: 'varchar(255) COLLATE utf8mb4_unicode_ci NOT NULL',
    mariadb: 'varchar(255) NOT NULL',
  },
  'a sign that is taken away': {
    has: 'int unsigned not null',
    change: (t) => t.integer('c').unsigned(false).change(),
    mysql: 'int NOT NULL',
    mariadb: 'int(11) NOT NULL',
  },
  'nullability, default and comment': {
    has: "varchar(20) null default 'it''s' comment 'why'",
    change: (t) => t.string('c', 40).change(),
    mysql: "varchar(40) COLLATE utf8mb4_unicode_ci DEFAULT 'it''s' COMMENT 'why'",
    mariadb: "varchar(40) DEFAULT 'it''s' COMMENT 'why'",
  },
  'a default in the form that text takes': {
    has: "varchar(20) not null default 'x'",
    change: (t) => t.text('c').change(),
    mysql: "text COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT (_utf8mb4'x')",
    mariadb: "text NOT NULL DEFAULT 'x'",
  },
  'a default in the form that a string takes': {
    has: "text default ('x')",
    change: (t) => t.string('c').change(),
    mysql: "varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT 'x'",
    mariadb: "varchar(255) DEFAULT 'x'",
  },
  'a default that is an expression': {
    has: "varchar(40) not null default (concat('a', 'b''c'))",
    change: (t) => t.string('c', 50).change(),
    mysql: "varchar(50) COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT (concat(_utf8mb4'a',_utf8mb4'b\\'c'))",
    mariadb: "varchar(50) NOT NULL DEFAULT concat('a','b\\'c')",
  },
  'no default that is taken away': {
    has: "varchar(20) null default 'x'",
    change: (t) => t.string('c', 20).default(null).change(),
    mysql: 'varchar(20) COLLATE utf8mb4_unicode_ci DEFAULT NULL',
    mariadb: 'varchar(20) DEFAULT NULL',
  },
  'the moment, in as many digits as there are': {
    has: 'timestamp not null default CURRENT_TIMESTAMP on update CURRENT_TIMESTAMP',
    change: (t) => t.timestamp('c', 3).change(),
    mysql: 'timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)',
    mariadb: 'timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3)',
  },
  'no moment that is taken away': {
    has: 'timestamp null default CURRENT_TIMESTAMP on update CURRENT_TIMESTAMP',
    change: (t) => t.timestamp('c').useCurrent(false).useCurrentOnUpdate(false).change(),
    mysql: 'timestamp NULL DEFAULT NULL',
    mariadb: 'timestamp NULL DEFAULT NULL',
  },
  'a collation of its own': {
    has: "varchar(20) character set latin1 collate 'latin1_german1_ci' not null",
    change: (t) => t.text('c').change(),
    mysql: 'text CHARACTER SET latin1 COLLATE latin1_german1_ci NOT NULL',
    mariadb: 'text CHARACTER SET latin1 COLLATE latin1_german1_ci NOT NULL',
  },
  'what computes it': {
    has: "varchar(60) as (concat(`name`, '\\\\', 'it''s')) stored comment 'sum'",
    change: (t) => t.string('c', 80).change(),
    mysql: `varchar(80) COLLATE utf8mb4_unicode_ci GENERATED ALWAYS AS (concat(\`name\`,_utf8mb4'\\\\',_utf8mb4'it\\'s')) STORED COMMENT 'sum'`,
    mariadb: "varchar(80) GENERATED ALWAYS AS (concat(`name`,'\\\\','it\\'s')) STORED COMMENT 'sum'",
  },
  'nothing of what computed it where it is given a default': {
    has: 'int as (1 + 1) stored',
    change: (t) => t.integer('c').nullable().default(5).change(),
    mysql: "int DEFAULT '5'",
    mariadb: 'int(11) DEFAULT 5',
  },
  'values of an enum by the new list': {
    has: "enum('a', 'b') not null default 'b' comment 'why'",
    change: (t) => t.enum('c', ['a', 'b', 'c']).change(),
    mysql: "enum('a','b','c') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'b' COMMENT 'why'",
    mariadb: "enum('a','b','c') NOT NULL DEFAULT 'b' COMMENT 'why'",
  },
  'the numbers of a numeric default': {
    has: 'decimal(8, 2) not null default 1.5',
    change: (t) => t.decimal('c', 10, 3).change(),
    mysql: "decimal(10,3) NOT NULL DEFAULT '1.500'",
    mariadb: 'decimal(10,3) NOT NULL DEFAULT 1.500',
  },
}

test.each(Object.entries(kept))('keeps %s', async (_, { has, change, mysql, mariadb }) => {
  const { schema, session, showColumn } = await openStructure()
  await session.execute(
    `create table things (id int primary key, name varchar(20), c ${has}) default character set utf8mb4 collate utf8mb4_unicode_ci`,
  )

  await schema.table('things', change)

  expect(await showColumn('things', 'c')).toBe(isMariadb ? mariadb : mysql)
})

test('keeps the counter of an auto-incrementing column, and takes it away', async () => {
  const { schema, showColumn } = await openStructure()
  await schema.create('things', (t) => t.increments('id'))

  await schema.table('things', (t) => t.unsignedBigInteger('id').change())
  expect(await showColumn('things', 'id')).toMatch(/^bigint(\(20\))? unsigned NOT NULL AUTO_INCREMENT$/)

  await schema.table('things', (t) => t.unsignedBigInteger('id').autoIncrement(false).change())
  expect(await showColumn('things', 'id')).toMatch(/^bigint(\(20\))? unsigned NOT NULL$/)
})

test('gives a column that is to number the rows the key that it needs', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('things', (t) => {
    t.integer('n')
    t.string('a')
  })

  await schema.table('things', (t) => t.increments('n').change())

  const { primaryKey, columns } = await snapshotOf('things')
  expect([primaryKey?.columns, columns[0]?.autoIncrement]).toEqual([['n'], true])
})

test('keeps the place of a column, or moves it', async () => {
  const { schema } = await openStructure()
  await schema.create('things', (t) => {
    for (const name of ['a', 'b', 'c']) t.string(name)
  })

  await schema.table('things', (t) => t.text('b').change())
  expect(await schema.getColumnListing('things')).toEqual(['a', 'b', 'c'])

  await schema.table('things', (t) => {
    t.string('a').after('c').change()
    t.string('c').first().change()
  })
  expect(await schema.getColumnListing('things')).toEqual(['c', 'b', 'a'])
})

test('drops what an exact change does not mention', async () => {
  const { schema, session, showColumn } = await openStructure()
  await session.execute(
    "create table things (c varchar(20) character set latin1 null default 'x' comment 'why') collate utf8mb4_unicode_ci",
  )

  await schema.table('things', (t) => t.string('c', 30).change({ exact: true }))

  expect(await showColumn('things', 'c')).toBe(
    isMariadb ? 'varchar(30) NOT NULL' : 'varchar(30) COLLATE utf8mb4_unicode_ci NOT NULL',
  )
})

test('changes a column that was renamed before, by its new name', async () => {
  const { schema, showColumn } = await openStructure()
  await schema.create('things', (t) => t.string('a').nullable().comment('why'))

  await schema.table('things', (t) => {
    t.renameColumn('a', 'b')
    t.string('b', 50).change()
  })

  expect(await showColumn('things', 'b')).toMatch(/^varchar\(50\) .*DEFAULT NULL COMMENT 'why'$/)
})

test('keeps a check that MariaDB has in the column itself', async (context) => {
  if (!isMariadb) context.skip('MySQL makes it a check of the table')
  const { schema, session, showColumn } = await openStructure()
  await session.execute("create table things (c varchar(20) not null check (c <> ''))")

  await schema.table('things', (t) => t.string('c', 30).change())

  expect(await showColumn('things', 'c')).toBe("varchar(30) NOT NULL CHECK (`c` <> '')")
})

test('keeps JSON a JSON column, and lets it become text', async () => {
  const { schema, showColumn, snapshotOf } = await openStructure()
  await schema.create('things', (t) => t.json('c').nullable())

  await schema.table('things', (t) => t.json('c').comment('why').change())
  expect(await showColumn('things', 'c')).toMatch(
    isMariadb ? /CHECK \(json_valid\(`c`\)\)/ : /^json DEFAULT NULL/,
  )

  await schema.table('things', (t) => t.longText('c').change())
  expect(await showColumn('things', 'c')).not.toContain('json')
  expect((await snapshotOf('things')).columns[0]).toMatchObject({ type: 'longtext', comment: 'why' })
})

test('keeps a default that the server shows without its characters, where there is a row to tell it', async () => {
  const { schema, db, snapshotOf } = await openStructure()
  await schema.create('things', (t) => {
    t.id()
    t.string('c').default('ok? \u{1F642}')
    t.json('j').default({ really: '?' })
  })
  await db.table('things').insert({ id: 1 })

  await schema.table('things', (t) => {
    t.string('c', 40).change()
    t.json('j').comment('why').change()
  })

  await db.table('things').insert({ id: 2 })
  expect(await db.table('things').where('id', 2).value('j')).toEqual({ really: '?' })
  expect(await db.table('things').pluck('c')).toEqual(['ok? \u{1F642}', 'ok? \u{1F642}'])
  expect((await snapshotOf('things')).columns[1]?.default).toBe("'ok? \u{1F642}'")
})

test('keeps a column out of sight, and shows it again', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('things', (t) => {
    t.id()
    t.string('c').default('x').invisible()
  })

  await schema.table('things', (t) => t.string('c', 30).change())
  expect((await snapshotOf('things')).columns[1]).toMatchObject({
    type: 'varchar(30)',
    invisible: true,
    default: "'x'",
  })

  await schema.table('things', (t) => t.string('c', 30).invisible(false).change())
  expect((await snapshotOf('things')).columns[1]).toMatchObject({ type: 'varchar(30)', invisible: false })
})
