// Names that look like SQL, or are long: made, read back and dropped. What the servers cannot keep is refused.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStructure } from './structure.js'

const hostile = [
  '`',
  '``; drop table users; --',
  `it's`,
  '"quoted"',
  'two words',
  'a,b',
  'select',
  'naïve ☂ 表',
  '?',
  '\\',
  "\\'",
  '100%',
  '/* comment',
  '#',
  'tab\there',
  'x'.repeat(64),
]

test.each(hostile)('keeps a table, column, index, key and check called %s', async (name) => {
  const { schema, snapshotOf, executor } = await openStructure()
  await schema.create('users', (t) => t.id())

  await schema.create(name, (t) => {
    t.unsignedBigInteger(name).nullable().comment(name)
    t.integer('other')
    t.string('d').default(name)
    t.index('other', name)
    t.foreign(name, `${name.slice(0, 60)}_key`)
      .references('id')
      .on('users')
    t.comment(name)
  })

  const made = await snapshotOf(name)
  expect([made.name, made.comment, made.columns[0]?.name, made.columns[0]?.comment]).toEqual([
    name,
    name,
    name,
    name,
  ])
  expect(made.indexes.map((index) => index.name)).toContain(name)
  expect(made.foreignKeys[0]).toMatchObject({ name: `${name.slice(0, 60)}_key`, columns: [name] })
  expect((await executor.catalogue.tables()).map((table) => table.name)).toContain(name)

  await schema.table(name, (t) => {
    t.dropForeign(`${name.slice(0, 60)}_key`)
    t.renameColumn(name, 'plain')
    t.renameIndex(name, 'plain')
    t.check(`${name.slice(0, 60)}_ok`, 'other > 0')
  })
  await schema.table(name, (t) => {
    t.dropCheck(`${name.slice(0, 60)}_ok`)
    t.renameColumn('plain', name)
  })
  await schema.rename(name, 'plain')
  expect(await schema.getColumnListing('plain')).toEqual([name, 'other', 'd'])
  await schema.drop('plain')
})

test('keeps any name that is allowed', async () => {
  const { schema } = await openStructure()
  const name = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() !== '' && !/[ \t\n\v\f\r]$/.test(text) && !text.includes('.'))
    .filter(
      (text) => !/[\0\u{D800}-\u{DFFF}\u{10000}-\u{10FFFF}]/u.test(text) && Buffer.byteLength(text) <= 64,
    )

  await fc.assert(
    fc.asyncProperty(name, name, async (table, column) => {
      await schema.create(table, (t) => t.integer(column))
      expect(await schema.getColumnListing(table)).toEqual([column])
      await schema.drop(table)
      expect(await schema.hasTable(table)).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('refuses names that the server would turn into others', async () => {
  const { schema, session } = await openStructure()
  await schema.create('things', (t) => t.integer('a'))
  const asked = [
    () => schema.create('smile \u{1F642}', (t) => t.id()),
    () => schema.create('fine', (t) => t.integer('smile \u{1F642}')),
    () => schema.create('ends in a space ', (t) => t.id()),
    () => schema.create('fine', (t) => t.integer('ends in a tab\t')),
    () => schema.table('things', (t) => t.integer('\u{20000}')),
    () => schema.table('things', (t) => t.index('a', 'by \u{1F642}')),
    () => schema.table('things', (t) => t.renameColumn('a', '\u{1F642}')),
    () => schema.table('things', (t) => t.check('\u{1F642}', 'a > 0')),
    () => schema.table('things', (t) => t.enum('mood', ['\u{1F642}', 'sad'])),
    () => schema.rename('things', '\u{1F642}'),
    () => schema.table('things', (t) => t.integer('a\0b')),
    () => schema.create('y'.repeat(65), (t) => t.id()),
  ]

  for (const ask of asked)
    await expect(ask()).rejects.toMatchObject({
      code: expect.stringMatching(/^TM_(INVALID_NAME|NAME_TOO_LONG)$/),
    })

  expect(await schema.getColumnListing('things')).toEqual(['a'])
  expect(await session.query('show tables')).toHaveLength(1)
})

test('shortens the names that it makes itself', async () => {
  const { schema } = await openStructure()

  await schema.create('a_table_with_a_rather_long_name', (t) => {
    t.string('a_column_with_a_long_name')
    t.string('another_column_with_a_long_name')
    t.index(['a_column_with_a_long_name', 'another_column_with_a_long_name'])
  })

  const [index = ''] = await schema.getIndexListing('a_table_with_a_rather_long_name')
  expect(index).toHaveLength(64)
  await schema.table('a_table_with_a_rather_long_name', (t) =>
    t.dropIndex(['a_column_with_a_long_name', 'another_column_with_a_long_name']),
  )
})
