// change() on PostgreSQL: what is mentioned is changed, all else stays; and what follows from a change in other things.

import { describe, expect, inject, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { Expression } from '../../../src/schema/expression.js'
import type { ColumnSnapshot } from '../../../src/schema/snapshot.js'
import { type OpenedSchema, openSchema } from '../../database/schema/open.js'

async function openWith(describeTable: (table: Blueprint) => void): Promise<OpenedSchema> {
  const opened = await openSchema()
  await opened.change(() => opened.schema.create('things', describeTable))
  return opened
}

async function changed(
  { schema, change }: OpenedSchema,
  describeTable: (table: Blueprint) => void,
): Promise<void> {
  await change(() => schema.table('things', describeTable))
}

async function columnOf({ executor }: OpenedSchema, name = 'c'): Promise<ColumnSnapshot | undefined> {
  const table = await executor.catalogue.table({ schema: undefined, name: 'things' })
  return table?.columns.find((column) => column.name === name)
}

/** The SQL of the last change. */
async function sqlOf(
  opened: OpenedSchema,
  describeTable: (table: Blueprint) => void,
): Promise<readonly string[]> {
  const before = opened.statements.length
  await changed(opened, describeTable)
  return opened.statements.slice(before).map(({ sql }) => sql)
}

const everything = (table: Blueprint) =>
  table.string('c', 50).nullable().default('x').collation('C').comment('why')

describe('what a change does not mention stays', () => {
  const kept = { default: "'x'::text", nullable: true, collation: 'C', comment: 'why' }

  test.each<readonly [string, (table: Blueprint) => void, Partial<ColumnSnapshot>]>([
    ['the type', (t) => t.text('c').change(), { ...kept, type: 'text' }],
    [
      'nullability',
      (t) => t.string('c', 50).nullable(false).change(),
      { nullable: false, collation: 'C', comment: 'why' },
    ],
    [
      'the default',
      (t) => t.string('c', 50).default("y'").change(),
      { default: "'y'''::character varying", nullable: true },
    ],
    [
      'no default any more',
      (t) => t.string('c', 50).default(null).change(),
      { default: undefined, nullable: true },
    ],
    [
      'the collation',
      (t) => t.string('c', 50).collation('POSIX').change(),
      { collation: 'POSIX', nullable: true },
    ],
    ['the comment', (t) => t.string('c', 50).comment('').change(), { comment: undefined, collation: 'C' }],
  ])('where it is %s', async (_, change, expected) => {
    const opened = await openWith(everything)
    await changed(opened, change)
    expect(await columnOf(opened)).toMatchObject(expected)
  })

  test('where it is everything, exactly', async () => {
    const opened = await openWith(everything)
    await changed(opened, (table) => table.string('c', 50).change({ exact: true }))
    expect(await columnOf(opened)).toMatchObject({
      type: 'character varying(50)',
      nullable: false,
      default: undefined,
      collation: undefined,
      comment: undefined,
    })
  })

  test('and what is so already is no statement', async () => {
    const opened = await openWith(everything)
    expect(await sqlOf(opened, (table) => table.string('c', 50).nullable().change())).toEqual([])
  })
})

test('a column that a view uses is changed where its type stays', async () => {
  const opened = await openWith(everything)
  await opened.db.exec('create view v as select c from things')

  await changed(opened, (table) => table.string('c', 50).nullable(false).change())

  expect(await columnOf(opened)).toMatchObject({ nullable: false })
  await expect(changed(opened, (table) => table.text('c').change())).rejects.toThrow(/view/)
})

test('rows are converted as using() says, and a default by its value', async () => {
  const opened = await openWith((table) => table.string('c').default('7'))
  await opened.db.table('things').insert({ c: '42' })

  await changed(opened, (table) => table.integer('c').using('c::integer').change())

  expect(await opened.db.table('things').value('c')).toBe(42)
  expect(await columnOf(opened)).toMatchObject({ type: 'integer', default: '7' })
})

test('several changes of a column in one blueprint build on each other', async () => {
  const opened = await openWith((table) => table.string('a').default('x').nullable())

  await changed(opened, (table) => {
    table.renameColumn('a', 'c')
    table.text('c').comment('first').change()
    table.text('c').nullable(false).change()
    table.renameColumn('c', 'd')
    table.text('d').unique().change()
  })

  expect(await columnOf(opened, 'd')).toMatchObject({
    type: 'text',
    nullable: false,
    default: "'x'::text",
    comment: 'first',
  })
})

describe('numbers', () => {
  test('go on after a change of the type', async () => {
    const opened = await openWith((table) => {
      table.increments('id')
      table.string('c').default('')
    })
    await opened.db.table('things').insert({ c: 'a' })
    await changed(opened, (table) => table.bigIncrements('id').change({ exact: true }))
    await opened.db.table('things').insert({ c: 'b' })

    expect(await opened.db.table('things').max('id')).toBe(2)
    expect(await columnOf(opened, 'id')).toMatchObject({ type: 'bigint', autoIncrement: true })
  })

  test('of a column that numbered nothing begin after its rows', async () => {
    const opened = await openWith((table) => {
      table.integer('id').primary()
      table.string('c')
    })
    await opened.db.table('things').insert({ id: 40, c: 'a' })
    await changed(opened, (table) => table.increments('id').change())
    await opened.db.table('things').insert({ c: 'b' })

    expect(await opened.db.table('things').max('id')).toBe(41)
    // The sequence belongs to the column, as that of a serial.
    await changed(opened, (table) => table.dropColumn('id'))
    expect(
      await opened.db.scalar("select count(*) from pg_class where relkind = 'S' and relname like 'things%'"),
    ).toBe(0)
  })

  test('by an identity take the place of a serial, and go on', async () => {
    const opened = await openWith((table) => {
      table.id()
      table.string('c')
    })
    await opened.db.table('things').insert([{ c: 'a' }, { c: 'b' }])
    await changed(opened, (table) => table.bigInteger('id').generatedAs().always().change())
    await opened.db.table('things').insert({ c: 'c' })

    expect(await opened.db.table('things').max('id')).toBe(3)
    expect(await columnOf(opened, 'id')).toMatchObject({ identity: 'always', default: undefined })

    await changed(opened, (table) => table.bigInteger('id').generatedAs().change())
    await opened.db.table('things').insert({ c: 'd' })
    expect(await columnOf(opened, 'id')).toMatchObject({ identity: 'by default' })
    expect(await opened.db.table('things').max('id')).toBe(4)
  })

  test('stop where autoIncrement(false) says so, and stay otherwise', async () => {
    const opened = await openWith((table) => table.id())
    await changed(opened, (table) => table.integer('id').change())
    expect(await columnOf(opened, 'id')).toMatchObject({ type: 'integer', autoIncrement: true })

    await changed(opened, (table) => table.integer('id').autoIncrement(false).change())
    expect(await columnOf(opened, 'id')).toMatchObject({ autoIncrement: false, default: undefined })
  })
})

describe('the list of an enum', () => {
  test('is replaced by another', async () => {
    const opened = await openWith((table) => table.enum('c', ['a', "b's"]).default('a').nullable())
    await changed(opened, (table) => table.enum('c', ['a', 'c']).change())

    await opened.db.table('things').insert({ c: 'c' })
    await expect(opened.db.table('things').insert({ c: "b's" })).rejects.toThrow(/things_c_check/)
    expect(await columnOf(opened)).toMatchObject({ default: "'a'::character varying", nullable: true })
  })

  test('comes and, with one value, goes', async () => {
    const opened = await openWith((table) => table.string('c'))
    await changed(opened, (table) => table.enum('c', ['only']).change())
    await expect(opened.db.table('things').insert({ c: 'x' })).rejects.toThrow(/things_c_check/)

    await changed(opened, (table) => table.enum('c', ['x']).change())
    await opened.db.table('things').insert({ c: 'x' })
    const things = await opened.executor.catalogue.table({ schema: undefined, name: 'things' })
    expect(things?.checks.map(({ name }) => name)).toEqual(['things_c_check'])
  })

  test('stays as a check where the column becomes a text, as in Laravel', async () => {
    const opened = await openWith((table) => table.enum('c', ['a']))
    await changed(opened, (table) => table.string('c', 20).change())
    await expect(opened.db.table('things').insert({ c: 'x' })).rejects.toThrow(/things_c_check/)

    await changed(opened, (table) => table.dropCheck('things_c_check'))
    await opened.db.table('things').insert({ c: 'x' })
  })

  test('keeps checks that the user wrote', async () => {
    const opened = await openWith((table) => {
      table.enum('c', ['a', 'bb'])
      table.check('short', "length(c) < 9 and c <> 'z'")
    })
    await changed(opened, (table) => table.enum('c', ['bb']).change())
    const things = await opened.executor.catalogue.table({ schema: undefined, name: 'things' })
    expect(things?.checks.map(({ name }) => name)).toEqual(['short', 'things_c_check'])
  })
})

describe('what a column computes', () => {
  const computed = (table: Blueprint) => {
    table.integer('a')
    table.integer('c').storedAs('a * 2')
  }

  test('is another since PostgreSQL 17', async () => {
    const opened = await openWith(computed)
    await opened.db.table('things').insert({ a: 4 })
    const change = changed(opened, (table) => table.integer('c').storedAs('a * 3').change())

    if (inject('server') === 'postgres') {
      await expect(change).rejects.toMatchObject({
        message: 'PostgreSQL before 17 has no change() to storedAs().',
        remedy: expect.stringContaining("table.dropColumn('c')"),
      })
    } else {
      await change
      expect(await opened.db.table('things').value('c')).toBe(12)
    }
  })

  test('stays in a change of something else', async () => {
    const opened = await openWith(computed)
    await changed(opened, (table) => table.bigInteger('c').storedAs('a * 2').change())
    await changed(opened, (table) => table.bigInteger('c').comment('twice').change())
    expect(await columnOf(opened)).toMatchObject({
      type: 'bigint',
      comment: 'twice',
      generated: { expression: '(a * 2)', stored: true },
    })
  })

  test('is nothing that a plain column can be told', async () => {
    const opened = await openWith((table) => table.integer('a'))
    const change = changed(opened, (table) => table.integer('a').storedAs('1').change())
    await expect(change).rejects.toMatchObject({ message: 'PostgreSQL has no change() to storedAs().' })
  })
})

test('a default that is an expression stays, and CURRENT_TIMESTAMP comes and goes', async () => {
  const opened = await openWith((table) =>
    table.timestamp('c').default(new Expression("now() + interval '1 day'")),
  )
  await changed(opened, (table) => table.timestampTz('c').change())
  expect(await columnOf(opened)).toMatchObject({ default: "(now() + '1 day'::interval)" })

  await changed(opened, (table) => table.timestampTz('c').useCurrent().change())
  expect(await columnOf(opened)).toMatchObject({ default: 'CURRENT_TIMESTAMP' })
})

test('a column, or a table, that is not there is named with the nearest', async () => {
  const opened = await openWith((table) => table.string('colour'))
  await expect(changed(opened, (table) => table.text('color').change())).rejects.toMatchObject({
    code: 'TM_NO_SUCH_COLUMN',
    message: expect.stringContaining('colour'),
  })
  await expect(opened.schema.table('thing', (table) => table.text('c').change())).rejects.toMatchObject({
    code: 'TM_NO_SUCH_TABLE',
    message: expect.stringContaining('things'),
  })
})
