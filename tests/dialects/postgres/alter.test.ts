// What is dropped and renamed on PostgreSQL under the name that it really has.

import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { type OpenedSchema, openSchema } from '../../database/schema/open.js'

async function openWith(describeTable: (table: Blueprint) => void, name = 'things'): Promise<OpenedSchema> {
  const opened = await openSchema()
  await opened.schema.create('users', (table) => table.id())
  await opened.schema.create(name, describeTable)
  return opened
}

describe('a primary key is dropped', () => {
  test('whatever the table was called when it was made', async () => {
    const { schema } = await openWith((table) => table.string('c').primary(), 'old')
    await schema.rename('old', 'things')
    await schema.table('things', (table) => table.dropPrimary('things_c_primary'))
    expect(await schema.getIndexes('things')).toEqual([])
    await expect(schema.table('things', (table) => table.dropPrimary())).rejects.toMatchObject({
      code: 'TM_NO_SUCH_PRIMARY_KEY',
    })
  })

  test('of a table with a long name, in the blueprint that makes it', async () => {
    const name = `${'ä'.repeat(30)}xyz`
    const { schema } = await openWith((table) => table.string('c').primary(), name)
    await schema.table(name, (table) => {
      table.dropPrimary()
      table.primary('c')
      table.dropPrimary()
    })
    expect(await schema.getIndexes(name)).toEqual([])
  })
})

describe('dropUnique', () => {
  test('drops a constraint, and an index that can be none', async () => {
    const { schema } = await openWith((table) => {
      table.string('a').unique()
      table.string('b')
      table.unique('b').where("b <> ''")
    })
    await schema.table('things', (table) => table.dropUnique(['a']).dropUnique(['b']))
    expect(await schema.getIndexes('things')).toEqual([])
  })

  test('of one that the same blueprint made, and of none', async () => {
    const { schema } = await openWith((table) => table.string('a').unique())
    await schema.table('things', (table) => {
      table.unique('a', 'again')
      table.dropUnique('again')
    })
    await expect(schema.table('things', (table) => table.dropUnique('things_a_uniq'))).rejects.toMatchObject({
      code: 'TM_NO_SUCH_INDEX',
      message: expect.stringContaining('things_a_unique'),
    })
  })
})

test('a foreign key is dropped by its columns, whatever it is called', async () => {
  const { schema } = await openWith((table) => {
    table.foreignId('user_id')
    table.foreign('user_id', 'belongs').references('id').on('users')
  })
  await schema.table('things', (table) => table.dropForeign(['user_id']))
  expect(await schema.getForeignKeys('things')).toEqual([])
  await expect(schema.table('things', (table) => table.dropForeign(['user_id']))).rejects.toMatchObject({
    code: 'TM_NO_SUCH_FOREIGN_KEY',
  })
})

test('several columns are dropped at once, with what is on them', async () => {
  const { schema, statements } = await openWith((table) => {
    table.id()
    table.foreignId('user_id').constrained()
    table.string('a').unique()
    table.string('b').index()
  })
  await schema.table('things', (table) => table.dropColumn('user_id', 'a', 'b'))

  expect(statements.at(-1)?.sql).toBe(
    'alter table "things" drop column "user_id", drop column "a", drop column "b"',
  )
  expect(await schema.getIndexListing('things')).toEqual(['things_pkey'])
})

test('a deferrable unique constraint waits until the transaction ends', async () => {
  const { schema, db, change } = await openWith((table) => table.integer('place'))
  await schema.table('things', (table) => table.unique('place').deferrable().initiallyImmediate(false))
  await db.table('things').insert([{ place: 1 }, { place: 2 }])

  await change(async () => {
    await db.table('things').where('place', 1).update({ place: 2 })
    await db.statement('update things set place = 3 where ctid = (select min(ctid) from things)')
  })

  expect(await db.table('things').distinct().count('place')).toBe(2)
})

test('a key that is not valid yet lets old rows be, and is validated later', async () => {
  const { schema, db, executor } = await openWith((table) => table.unsignedBigInteger('user_id'))
  await db.table('things').insert({ user_id: 9 })
  await schema.table('things', (table) => table.foreign('user_id').references('id').on('users').notValid())

  const validated = async () =>
    (await executor.catalogue.table({ schema: undefined, name: 'things' }))?.foreignKeys[0]?.validated
  expect(await validated()).toBe(false)
  await expect(schema.validateConstraint('things', 'things_user_id_foreign')).rejects.toThrow(/foreign key/i)

  await db.table('users').insert({ id: 9 })
  await schema.validateConstraint('things', 'things_user_id_foreign')
  expect(await validated()).toBe(true)
})

describe('tables of schemas', () => {
  test('have their indexes and keys in their own', async () => {
    const { schema, db } = await openSchema()
    await db.statement('create schema shop')
    await schema.create('shop.users', (table) => table.id())
    await schema.create('shop.posts', (table) => {
      table.id()
      table.foreignId('user_id').references('id').on('shop.users').cascadeOnDelete()
      table.string('title').unique('one_title')
      table.index('title')
    })
    expect(await schema.getIndexListing('shop.posts')).toEqual([
      'posts_pkey',
      'one_title',
      'shop_posts_title_index',
    ])
    expect(await schema.getForeignKeys('shop.posts')).toMatchObject([
      { name: 'shop_posts_user_id_foreign', foreign_schema: 'shop', foreign_table: 'users' },
    ])

    await schema.table('shop.posts', (table) => {
      table.renameIndex('shop_posts_title_index', 'by_title')
      table.dropUnique('one_title')
      table.dropForeign(['user_id'])
      table.dropPrimary()
      table.dropIndex('by_title')
      table.text('title').comment('why').change()
    })
    expect(await schema.getIndexes('shop.posts')).toEqual([])
    await schema.drop('shop.posts')
    expect(await schema.hasTable('shop.posts')).toBe(false)
  })

  test('are moved between them', async () => {
    const { schema, db } = await openWith((table) => table.id())
    await db.statement('create schema archive')
    await schema.rename('things', 'archive.old_things')
    expect([await schema.hasTable('things'), await schema.hasTable('archive.old_things')]).toEqual([
      false,
      true,
    ])
  })
})

test('a temporary table is changed like any other', async () => {
  const { schema, change } = await openSchema()
  await change(() =>
    schema.create('scratch', (table) => {
      table.temporary()
      table.id()
      table.string('c').index()
    }),
  )
  await schema.table('scratch', (table) => {
    table.text('c').nullable().change()
    table.unique('c')
    table.dropPrimary()
  })
  expect(await schema.getIndexListing('scratch')).toEqual(['scratch_c_index', 'scratch_c_unique'])
  await schema.drop('scratch')
})
