// Names that only quotes can hold, for everything that a blueprint names: made, read back, renamed and dropped.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OpenedSchema } from '../../database/schema/open.js'
import { openSchema } from '../../database/schema/open.js'

const maxBytes = 63
const awkward = [
  'select',
  'user',
  'Order',
  'UPPER',
  '"',
  '""x"',
  "it's",
  '`x`',
  'a b',
  ' a',
  'a.b.c',
  '.',
  '$1',
  '?',
  '??',
  ':x',
  '%s',
  '\\',
  '-- no',
  '/*',
  'ж',
  '👩‍👩‍👧',
  '\t',
  'x\ny',
  'x'.repeat(63),
  '☂'.repeat(21),
]
/** Every table has columns of these names already. */
const ofTheSystem = new Set(['tableoid', 'cmax', 'xmax', 'cmin', 'xmin', 'ctid'])

const name = fc
  .oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }))
  .filter((text) => Buffer.byteLength(text) <= maxBytes && text.trim() !== '' && !text.includes('\0'))
const columnName = name.filter((text) => !ofTheSystem.has(text))

/** Names of columns differ among themselves; so do those of tables, indexes and constraints. */
const names = fc.record({
  columns: fc.uniqueArray(columnName, { minLength: 5, maxLength: 5 }),
  others: fc.uniqueArray(name, { minLength: 9, maxLength: 9 }),
  comment: fc.string({ unit: 'grapheme' }).filter((text) => text !== '' && !text.includes('\0')),
})

type Names = typeof names extends fc.Arbitrary<infer Value> ? Value : never

async function makeAndTakeAway(opened: OpenedSchema, given: Names): Promise<void> {
  const { schema, executor, change } = opened
  const [id = '', a = '', b = '', c = '', other = ''] = given.columns
  const [own = '', table = '', renamed = '', index = '', unique = '', newIndex = '', ...rest] = given.others
  const [type = '', check = '', key = ''] = rest
  const inPublic = (text: string) => `public.${text}`
  const short = Array.from(given.comment).slice(0, 9).join('')
  await schema.dropAllTables()
  await schema.dropAllTypes()

  await change(() =>
    schema.create(inPublic(table), (t) => {
      t.id(id).startingValue(5)
      t.string(a, 20).default(short).comment(given.comment)
      t.enum(b, [given.comment, 'x'.repeat(30)])
      t.unsignedBigInteger(c).nullable()
      t.enum(other, [short]).native(inPublic(type))
      t.index([a, c], index)
      t.unique([a, b], unique)
      t.check(check, 'true')
      t.foreign(c, key).references(id).on(inPublic(table))
      t.comment(given.comment)
    }),
  )
  expect(await executor.catalogue.table({ schema: 'public', name: table })).toMatchObject({
    name: table,
    comment: given.comment,
    columns: [
      { name: id, autoIncrement: true },
      { name: a, comment: given.comment },
      { name: b },
      { name: c },
      { name: other, typeName: type },
    ],
    primaryKey: { columns: [id] },
    indexes: [
      { name: index, columns: [{ column: a }, { column: c }] },
      { name: unique, columns: [{ column: a }, { column: b }] },
    ].sort((one, two) => (one.name < two.name ? -1 : 1)),
    foreignKeys: [{ name: key, columns: [c], foreignTable: { name: table }, foreignColumns: [id] }],
  })

  await change(() =>
    schema.table(inPublic(table), (t) => {
      t.renameColumn(a, own)
      t.renameIndex(index, newIndex)
      t.text(own).nullable().change()
      t.dropForeign(key)
      t.dropCheck(check)
      t.dropUnique(unique)
      t.dropIndex(newIndex)
      t.dropPrimary()
      t.dropColumn([id, b, c, other])
      t.rename(inPublic(renamed))
    }),
  )
  expect(await executor.catalogue.snapshot()).toMatchObject({
    tables: [
      {
        name: renamed,
        columns: [{ name: own, type: 'text', nullable: true }],
        indexes: [],
        checks: [],
        foreignKeys: [],
      },
    ],
    types: [{ name: type }],
  })
  await schema.drop(inPublic(renamed))
  await schema.dropEnum(inPublic(type))
  expect(await executor.catalogue.snapshot()).toEqual({ tables: [], views: [], types: [] })
}

describe('any name', () => {
  test('is made, read back, renamed and dropped', async () => {
    const opened = await openSchema()
    const usable = names.filter(
      ({ columns, others: [own = '', ...others] }) =>
        // A column is renamed to it.
        !columns.includes(own) &&
        !ofTheSystem.has(own) &&
        // The sequence and the primary key have names of PostgreSQL's own.
        !others.some((one) => /_(?:seq\d*|pkey)$/.test(one)),
    )
    await fc.assert(
      fc.asyncProperty(usable, (given) => makeAndTakeAway(opened, given)),
      { numRuns: Number(process.env['TIDEMARK_RUNS'] ?? 60) },
    )
  })
})

describe('a name of more than 63 bytes', () => {
  const tooLong = `${'ä'.repeat(31)}xy`

  test.each<readonly [string, (opened: OpenedSchema) => Promise<void>]>([
    ['a table', ({ schema }) => schema.create(tooLong, (t) => t.id())],
    ['a column', ({ schema }) => schema.create('t', (t) => t.id(tooLong))],
    ['an index', ({ schema }) => schema.create('t', (t) => t.string('a').index(tooLong))],
    ['a check', ({ schema }) => schema.create('t', (t) => t.check(tooLong, 'true'))],
    ['a type', ({ schema }) => schema.createEnum(tooLong, ['a'])],
    ['a new name', ({ schema }) => schema.rename('t', tooLong)],
  ])('of %s is refused, because the server would cut it', async (_, make) => {
    await expect(make(await openSchema())).rejects.toMatchObject({ code: 'TM_NAME_TOO_LONG' })
  })

  test('that is made out of others is shortened, and found again', async () => {
    const { schema } = await openSchema()
    const columns = ['a_rather_long_name_of_a_column', 'another_long_name_of_a_column']
    await schema.create('things', (table) => {
      for (const column of columns) table.unsignedBigInteger(column).unique()
      table.unique(columns)
      table.index(columns)
    })
    const listed = await schema.getIndexListing('things')
    expect(listed.every((index) => Buffer.byteLength(index) <= maxBytes)).toBe(true)
    expect(listed).toHaveLength(4)

    await schema.table('things', (table) => table.dropUnique(columns).dropIndex(columns))
    expect(await schema.getIndexListing('things')).toHaveLength(2)
  })
})

test('a name with a NUL character is refused', async () => {
  const { schema } = await openSchema()
  const created = schema.create('t', (table) => table.string('a\0b'))
  await expect(created).rejects.toMatchObject({ code: 'TM_INVALID_NAME' })
})
