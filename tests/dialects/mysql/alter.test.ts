// Changes of one blueprint in as few ALTER TABLEs as mean the same as one after the other.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { isMariadb, openStructure, operationsOf } from './structure.js'

type Change = (table: Blueprint) => void

const column = fc.constantFrom('a', 'b', 'c', 'd', 'new1', 'new2')
const two = fc.uniqueArray(column, { minLength: 2, maxLength: 2 })
const name = fc.constantFrom('k1', 'k2')
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.constantFrom('new1', 'new2'), fc.option(column)).map(([added, after]) => (t: Blueprint) => {
    const made = t.unsignedBigInteger(added).nullable()
    if (after !== null) made.after(after)
  }),
  column.map(
    (changed) => (t: Blueprint) => void t.unsignedBigInteger(changed).nullable().comment('changed').change(),
  ),
  column.map((moved) => (t: Blueprint) => void t.unsignedBigInteger(moved).nullable().first().change()),
  two.map(
    ([from = '', to = '']) =>
      (t: Blueprint) =>
        void t.renameColumn(from, to),
  ),
  column.map((dropped) => (t: Blueprint) => void t.dropColumn(dropped)),
  fc.tuple(two, name).map(
    ([over, named]) =>
      (t: Blueprint) =>
        void t.index(over, named),
  ),
  fc.tuple(column, name).map(
    ([over, named]) =>
      (t: Blueprint) =>
        void t.unique(over, named),
  ),
  name.map((named) => (t: Blueprint) => void t.dropIndex(named)),
  fc.constant((t: Blueprint) => void t.renameIndex('k1', 'k2')),
  fc.tuple(column, name).map(
    ([over, named]) =>
      (t: Blueprint) =>
        void t.foreign(over, `f${named}`).references('id').on('users'),
  ),
  name.map((named) => (t: Blueprint) => void t.dropForeign(`f${named}`)),
  column.map((over) => (t: Blueprint) => void t.check('limit', `${over} < 100`)),
  fc.constant((t: Blueprint) => void t.dropCheck('limit')),
  fc.constant((t: Blueprint) => void t.dropPrimary()),
  two.map((over) => (t: Blueprint) => void t.primary(over)),
  column.map((from) => (t: Blueprint) => void t.integer('twice').virtualAs(`${from} * 2`)),
  fc.constant((t: Blueprint) => void t.dropColumn('twice')),
  fc.constant((t: Blueprint) => void t.comment('changed')),
)

test('does the same together as one by one', async () => {
  const [together, apart] = [await openStructure(), await openStructure()]
  for (const { schema } of [together, apart]) await schema.create('users', (t) => t.id())
  const start = (t: Blueprint): void => {
    for (const made of ['a', 'b', 'c', 'd']) t.unsignedBigInteger(made).nullable(made !== 'd')
    t.primary('d')
    t.index(['a', 'b'], 'k1')
    t.foreign('c', 'fk1').references('id').on('users')
    t.check('limit', 'b < 50')
  }

  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 6 }), async (changes) => {
      for (const { schema } of [together, apart]) {
        await schema.dropIfExists('things')
        await schema.create('things', start)
      }
      let done = 0
      for (const one of changes) {
        const isDone = await apart.executor.change(operationsOf('things', one, false)).then(
          () => true,
          () => false,
        )
        if (!isDone) break
        done += 1
      }
      const possible = changes.slice(0, done)

      await together.schema.table('things', (t) => possible.forEach((one) => one(t)))
      expect(await together.show('things')).toBe(await apart.show('things'))
    }),
    { numRuns: 40 },
  )
}, 180_000)

test('shares a statement among changes that do not touch one another', async () => {
  const { schema, statements } = await openStructure()
  await schema.create('users', (t) => t.id())
  await schema.create('posts', (t) => {
    t.id()
    t.string('title')
  })
  const before = statements.length

  await schema.table('posts', (t) => {
    t.foreignId('user_id').nullable().after('id').constrained()
    t.string('slug').unique()
    t.text('title').change()
    t.comment('all of them')
  })

  expect(statements.slice(before).map(({ sql }) => sql)).toEqual([
    'alter table `posts` add `user_id` bigint unsigned null after `id`, ' +
      'add constraint `posts_user_id_foreign` foreign key (`user_id`) references `users` (`id`), ' +
      "add `slug` varchar(255) not null, modify `title` text not null, comment = 'all of them', " +
      'add unique `posts_slug_unique`(`slug`)',
  ])
})

test('carries out all of a blueprint or nothing, where it is one statement', async () => {
  const { schema, show } = await openStructure()
  await schema.create('posts', (t) => t.id())
  const before = await show('posts')

  const changed = schema.table('posts', (t) => {
    t.string('slug')
    t.foreign('id').references('id').on('nowhere')
  })

  await expect(changed).rejects.toThrow()
  expect(await show('posts')).toBe(before)
})

test('gives a change with a hint a statement of its own', async () => {
  const { schema, statements } = await openStructure()
  await schema.create('things', (t) => t.id())
  const before = statements.length

  await schema.table('things', (t) => {
    t.string('a')
    t.string('b').nullable().instant()
    t.index('a').lock('none')
  })

  expect(statements.slice(before).map(({ sql }) => sql)).toEqual([
    'alter table `things` add `a` varchar(255) not null',
    'alter table `things` add `b` varchar(255) null, algorithm=instant',
    'alter table `things` add index `things_a_index`(`a`), lock=none',
  ])
})

test('drops a key and its index, and makes another key of that name', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('users', (t) => t.id())
  await schema.create('people', (t) => t.id())
  await schema.create('posts', (t) => {
    t.id()
    t.foreignId('user_id').constrained()
  })

  await schema.table('posts', (t) => {
    t.dropForeign(['user_id'])
    t.dropIndex('posts_user_id_foreign')
    t.foreign('user_id').references('id').on('people').cascadeOnDelete()
  })

  const { foreignKeys, indexes } = await snapshotOf('posts')
  expect(foreignKeys).toMatchObject([{ foreignTable: { name: 'people' }, onDelete: 'cascade' }])
  expect(indexes.map((index) => index.name)).toEqual(['posts_user_id_foreign'])
})

test('makes two full-text indexes, one after the other', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('things', (t) => {
    t.text('a')
    t.text('b')
  })

  await schema.table('things', (t) => {
    t.fullText('a')
    t.fullText(['a', 'b'])
  })

  const { indexes } = await snapshotOf('things')
  expect(indexes.map(({ name: named, method }) => [named, method])).toEqual([
    ['things_a_b_fulltext', 'fulltext'],
    ['things_a_fulltext', 'fulltext'],
  ])
})

test('cuts the words of a full-text index with a parser', async (context) => {
  const { schema, show } = await openStructure()
  if (isMariadb) context.skip('MariaDB brings no parser along')

  await schema.create('things', (t) => {
    t.text('a')
    t.fullText('a', 'words', 'ngram')
  })

  expect(await show('things')).toContain('FULLTEXT KEY `words` (`a`) /*!50100 WITH PARSER `ngram` */')
})

test('indexes the first letters of a column, and in descending order', async () => {
  const { schema, snapshotOf, db } = await openStructure()
  await schema.create('things', (t) => {
    t.text('a')
    t.integer('b')
  })

  await schema.table('things', (t) => {
    t.index([db.raw('a(10)'), 'b'], 'by_start')
    t.rawIndex('b desc, a(3)', 'by_b')
  })

  const { indexes } = await snapshotOf('things')
  expect(
    indexes.map((index) =>
      index.columns.map(({ column: over, length, descending }) => [over, length, descending]),
    ),
  ).toEqual([
    [
      ['b', undefined, true],
      ['a', 3, false],
    ],
    [
      ['a', 10, false],
      ['b', undefined, false],
    ],
  ])
})

test('renames a column that checks mention, together with them', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('things', (t) => {
    t.integer('a')
    t.integer('b')
    t.check('order', "a < b and 'a' <> 'b'")
    t.check('positive', 'b > 0')
  })

  await schema.table('things', (t) => t.renameColumn('a', 'c').renameColumn('b', 'd'))

  expect(
    (await snapshotOf('things')).checks.map((check) => [
      check.name,
      check.expression.replaceAll(/[()]/g, ''),
    ]),
  ).toEqual([
    ['order', "`c` < `d` and 'a' <> 'b'"],
    ['positive', '`d` > 0'],
  ])
})

test('refuses what does not fit the table before anything runs', async () => {
  const { schema, snapshotOf } = await openStructure()
  await schema.create('users', (t) => t.id())
  await schema.create('posts', (t) => {
    t.id()
    t.foreignId('user_id').constrained()
    t.string('title').index()
  })
  const before = await snapshotOf('posts')
  const refusals: readonly [string, Change][] = [
    ['TM_NO_SUCH_COLUMN', (t) => t.dropColumn('titel')],
    ['TM_NO_SUCH_COLUMN', (t) => t.string('titel').change()],
    ['TM_COLUMN_EXISTS', (t) => t.string('TITLE')],
    ['TM_COLUMN_EXISTS', (t) => t.renameColumn('title', 'id')],
    ['TM_COLUMN_IN_USE', (t) => t.dropColumn('user_id')],
    ['TM_NO_SUCH_INDEX', (t) => t.dropIndex('posts_titel_index')],
    ['TM_INDEX_EXISTS', (t) => t.index('title')],
    ['TM_NO_SUCH_FOREIGN_KEY', (t) => t.dropForeign(['title'])],
    ['TM_FOREIGN_KEY_EXISTS', (t) => t.foreign('user_id').references('id').on('users')],
    ['TM_NO_SUCH_CHECK', (t) => t.dropCheck('none')],
    ['TM_PRIMARY_KEY_EXISTS', (t) => t.primary('title')],
  ]

  for (const [code, ask] of refusals) {
    const changed = schema.table('posts', (t) => {
      t.string('added_first')
      ask(t)
    })
    await expect(changed).rejects.toMatchObject({ code })
  }
  await expect(schema.table('none', (t) => t.id())).rejects.toMatchObject({ code: 'TM_NO_SUCH_TABLE' })
  await expect(schema.create('posts', (t) => t.id())).rejects.toMatchObject({ code: 'TM_TABLE_EXISTS' })
  await expect(schema.rename('posts', 'users')).rejects.toMatchObject({ code: 'TM_TABLE_EXISTS' })
  expect(await snapshotOf('posts')).toEqual(before)
})

test('takes names in whichever case they are written', async () => {
  const { schema } = await openStructure()
  await schema.create('things', (t) => {
    t.string('Title').index('By_Title')
    t.integer('b')
  })

  await schema.table('things', (t) => t.dropIndex('by_title').renameColumn('TITLE', 'name').dropColumn('B'))

  expect(await schema.getColumnListing('things')).toEqual(['name'])
})

test('changes a temporary table', async () => {
  const { schema } = await openStructure()
  await schema.create('scratch', (t) => {
    t.temporary()
    t.id()
    t.string('a').default('x')
  })

  await schema.table('scratch', (t) => {
    t.text('b').nullable()
    t.string('a', 30).change()
  })

  expect(await schema.getColumnListing('scratch')).toEqual(['id', 'a', 'b'])
  expect(await schema.getColumnType('scratch', 'a', true)).toBe('varchar(30)')
})

test('renames a table into another database', async () => {
  const { schema, db } = await openStructure()
  const other = `${db.getDatabaseName()}_other`
  await schema.createDatabase(other)
  try {
    await schema.create(`${other}.things`, (t) => t.id())
    await schema.rename(`${other}.things`, 'stuff')
    expect(await schema.hasTable(`${other}.stuff`)).toBe(true)

    await schema.rename(`${other}.stuff`, `${db.getDatabaseName()}.stuff`)
    expect(await schema.hasTable('stuff')).toBe(true)
  } finally {
    await schema.dropDatabaseIfExists(other)
  }
})
