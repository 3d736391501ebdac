// Enum columns with a type of their own.

import { expect, test } from 'vitest'
import { RecordingExecutor } from '../../../src/connection/recording-executor.js'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { SchemaBuilder } from '../../../src/schema/schema-builder.js'
import { openSchema } from '../../database/schema/open.js'

const states = ['draft', "editor's", 'done']
const state = (table: Blueprint) => table.enum('state', states).native()

test('the type is made with the table, and made once', async () => {
  const { schema, db, executor } = await openSchema()
  await schema.create('posts', (table) => {
    state(table).default('draft')
    table.enum('before', states).native('posts_state').nullable()
  })
  await schema.create('drafts', (table) => table.enum('state', states).native('posts_state'))
  await db.table('posts').insert({ before: "editor's" })

  expect(await db.table('posts').first()).toEqual({ state: 'draft', before: "editor's" })
  expect(await executor.catalogue.types()).toEqual([
    { schema: undefined, name: 'posts_state', kind: 'enum', values: states },
  ])
  await expect(db.table('posts').insert({ state: 'lost' })).rejects.toThrow(/lost/)
})

test('a type with other values is not used, and nothing runs', async () => {
  const { schema, change } = await openSchema()
  await schema.createEnum('mood', ['sad', 'happy'])
  const created = change(() =>
    schema.create('people', (table) => table.enum('mood', ['happy', 'sad']).native('mood')),
  )

  await expect(created).rejects.toMatchObject({
    code: 'TM_TYPE_DIFFERS',
    message: `The type "mood" exists and has the values 'sad', 'happy'; the column "mood" asks for 'happy', 'sad'.`,
    remedy: expect.stringContaining('alter type "mood" add value'),
  })
  expect(await schema.hasTable('people')).toBe(false)
})

test('a type is found in its schema, by a name that only quotes can hold', async () => {
  const { schema, db, executor } = await openSchema()
  await db.statement('create schema "My App"')
  await schema.createEnum('My App.Ein "Typ"', ['ä', '☂'])
  await schema.create('My App.things', (table) => {
    table.enum('c', ['ä', '☂']).native('My App.Ein "Typ"').default('☂')
    table.enum('d', ['1']).native()
  })
  await schema.create('public.things', (table) => table.enum('c', ['x']).native('public.kind'))
  await schema.create('others', (table) => table.enum('c', ['x']).native('kind'))

  expect(await executor.catalogue.types()).toMatchObject([
    { schema: undefined, name: 'kind' },
    { schema: 'My App', name: 'Ein "Typ"', values: ['ä', '☂'] },
    { schema: 'My App', name: 'things_d' },
  ])
  expect(await schema.getColumnType('My App.things', 'c')).toBe('Ein "Typ"')
  await schema.drop('My App.things')
  await schema.dropEnum('My App.Ein "Typ"')
})

test('a text, or an enum with a check, becomes a column of a type, and a text again', async () => {
  const { schema, db, executor } = await openSchema()
  await schema.create('posts', (table) => {
    table.string('a').default('draft')
    table.enum('state', states).default('done').nullable()
  })
  await db.table('posts').insert({ a: 'done' })

  await schema.table('posts', (table) => {
    table.enum('a', states).native('posts_state').change()
    state(table).change()
  })
  expect(await db.table('posts').first()).toEqual({ a: 'done', state: 'done' })
  const posts = await executor.catalogue.table({ schema: undefined, name: 'posts' })
  expect(posts?.checks).toEqual([])
  expect(posts?.columns).toMatchObject([
    { typeName: 'posts_state', default: "'draft'::posts_state", nullable: false },
    { typeName: 'posts_state', default: "'done'::posts_state", nullable: true },
  ])

  await schema.table('posts', (table) => {
    table.string('a').change()
    table.enum('state', ['done']).change()
  })
  expect((await schema.getColumns('posts')).map(({ type, default: value }) => [type, value])).toEqual([
    ['character varying(255)', "'draft'::character varying"],
    ['character varying(255)', "'done'::character varying"],
  ])
  await schema.dropEnum('posts_state')
})

test('a recorded change makes a type once, and knows what was recorded before', async () => {
  const { dialect, session } = await openSchema()
  const executor = new RecordingExecutor(dialect, session)
  const schema = new SchemaBuilder(executor)

  await schema.create('posts', (table) => state(table))
  await schema.create('drafts', (table) => table.enum('state', states).native('posts_state'))
  await schema.drop('posts')
  await schema.drop('drafts')
  await schema.dropEnum('posts_state')
  await schema.createEnum('posts_state', ['a'])
  await executor.close()

  expect(executor.statements.map(({ sql }) => sql)).toEqual([
    `create type "posts_state" as enum ('draft', 'editor''s', 'done')`,
    'create table "posts" ("state" "posts_state" not null)',
    'create table "drafts" ("state" "posts_state" not null)',
    'drop table "posts"',
    'drop table "drafts"',
    'drop type "posts_state"',
    `create type "posts_state" as enum ('a')`,
  ])
})

test('what cannot be a type is refused in its own words', async () => {
  const { schema } = await openSchema()
  const create = (describe: (table: Blueprint) => void) => schema.create('things', describe)

  await expect(create((table) => table.string('c').native())).rejects.toMatchObject({
    code: 'TM_NOT_AN_ENUM',
  })
  await expect(create((table) => table.enum('c', ['a']).native('x'.repeat(64)))).rejects.toMatchObject({
    code: 'TM_NAME_TOO_LONG',
  })
  const longest = 'x'.repeat(63)
  await create((table) => table.enum(longest, ['a']).native())
  expect((await schema.getTypes())[0]?.name).toMatch(/^things_x{47}_[0-9a-f]{8}$/)
})
