// Every method of `schema` that is not a blueprint's, on a real database. The record is typed by the builder's own
// methods: one without an entry does not compile.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import type { SchemaBuilder } from '../../../src/schema/schema-builder.js'
import { shownOnPostgres } from './builder-postgres.js'
import { builderWords as words } from './builder-words.js'
import { type OpenedSchema, openSchema } from './open.js'

type Shown = (opened: OpenedSchema) => Promise<void>

/** `authors` and `posts`, which the methods ask about and change, and a view of them. */
async function openWithPosts(): Promise<OpenedSchema> {
  const opened = await openSchema()
  const { schema, db, change } = opened
  await change(async () => {
    await schema.create('authors', (table) => {
      table.id()
      table.string('name').unique()
    })
    await schema.create('posts', (table) => {
      table.id()
      table.foreignId('author_id').constrained().cascadeOnDelete()
      table.string('title').default('Untitled').index()
      table.integer('words').nullable()
      table.integer('pages').nullable().storedAs('words / 300')
    })
    await db.exec('create view titles as select id, title from posts')
  })
  return opened
}

/** The macro that another test declares aside. */
type Method = Exclude<keyof SchemaBuilder, 'createTags'>

const shown: Readonly<Record<Method, Shown>> = {
  create: async ({ schema }) => {
    await schema.create('tags', (table) => table.id())
    expect(await schema.hasTable('tags')).toBe(true)
  },
  table: async ({ schema }) => {
    await schema.table('authors', async (table) => {
      if (!(await schema.hasColumn('authors', 'email'))) table.string('email').nullable()
    })
    expect(await schema.getColumnListing('authors')).toEqual(['id', 'name', 'email'])
  },
  drop: async ({ schema, db }) => {
    await db.exec('drop view titles')
    await schema.drop('posts')
    expect(await schema.hasTable('posts')).toBe(false)
    await expect(schema.drop('posts')).rejects.toMatchObject({ code: 'TM_NO_SUCH_TABLE' })
  },
  dropIfExists: async ({ schema, db }) => {
    await db.exec('drop view titles')
    await schema.dropIfExists('posts')
    await schema.dropIfExists('posts')
    expect(await schema.hasTable('posts')).toBe(false)
  },
  rename: async ({ schema }) => {
    await schema.rename('authors', 'writers')
    expect(await schema.getForeignKeys('posts')).toMatchObject([{ foreign_table: 'writers' }])
  },
  dropColumns: async ({ schema }) => {
    await schema.dropColumns('posts', ['pages', 'words'])
    expect(await schema.getColumnListing('posts')).toEqual(['id', 'author_id', 'title'])
  },
  dropAllTables: async ({ schema }) => {
    await schema.dropAllTables()
    expect(await schema.getTables()).toEqual([])
  },
  dropAllViews: async ({ schema }) => {
    await schema.dropAllViews()
    expect(await schema.getViews()).toEqual([])
    expect(await schema.hasTable('posts')).toBe(true)
  },
  dropAllTypes: async ({ schema }) => {
    await schema.dropAllTypes()
    expect(await schema.getTypes()).toEqual([])
  },
  whenTableHasColumn: async ({ schema }) => {
    await schema.whenTableHasColumn('posts', 'words', (table) => table.string('a').nullable())
    await schema.whenTableHasColumn('posts', 'missing', (table) => table.string('b').nullable())
    expect([await schema.hasColumn('posts', 'a'), await schema.hasColumn('posts', 'b')]).toEqual([
      true,
      false,
    ])
  },
  whenTableDoesntHaveColumn: async ({ schema }) => {
    await schema.whenTableDoesntHaveColumn('posts', 'words', (table) => table.string('a').nullable())
    await schema.whenTableDoesntHaveColumn('posts', 'missing', (table) => table.string('b').nullable())
    expect([await schema.hasColumn('posts', 'a'), await schema.hasColumn('posts', 'b')]).toEqual([
      false,
      true,
    ])
  },
  whenTableHasIndex: async ({ schema }) => {
    await schema.whenTableHasIndex('posts', ['title'], (table) => table.dropIndex(['title']))
    await schema.whenTableHasIndex('authors', ['name'], (table) => table.dropUnique(['name']), 'primary')
    expect(await schema.hasIndex('posts', ['title'])).toBe(false)
    expect(await schema.hasIndex('authors', ['name'])).toBe(true)
  },
  whenTableDoesntHaveIndex: async ({ schema }) => {
    await schema.whenTableDoesntHaveIndex('posts', 'posts_words_index', (table) => table.index('words'))
    await schema.whenTableDoesntHaveIndex('posts', 'posts_words_index', (table) => table.index('words'))
    expect(await schema.hasIndex('posts', ['words'])).toBe(true)
  },
  validateConstraint: async ({ schema }) => {
    await expect(schema.validateConstraint('posts', 'words_is_positive')).rejects.toMatchObject({
      code: 'TM_UNSUPPORTED',
      message: `${words.label} has no validateConstraint().`,
    })
  },
  createEnum: async ({ schema }) => {
    await expect(schema.createEnum('mood', ['sad', 'happy'])).rejects.toMatchObject({
      code: 'TM_UNSUPPORTED',
      message: `${words.label} has no createEnum().`,
    })
  },
  dropEnum: async ({ schema }) => {
    await expect(schema.dropEnum('mood')).rejects.toMatchObject({
      message: `${words.label} has no dropEnum().`,
    })
  },
  dropEnumIfExists: async ({ schema }) => {
    await expect(schema.dropEnumIfExists('mood')).rejects.toMatchObject({
      message: `${words.label} has no dropEnumIfExists().`,
    })
  },
  enableForeignKeyConstraints: async ({ schema, db }) => {
    await schema.disableForeignKeyConstraints()
    expect(await schema.enableForeignKeyConstraints()).toBe(true)
    await expect(db.table('posts').insert({ author_id: 9 })).rejects.toThrow(/foreign key/i)
  },
  disableForeignKeyConstraints: async ({ schema, db }) => {
    expect(await schema.disableForeignKeyConstraints()).toBe(true)
    await db.table('posts').insert({ author_id: 9 })
    expect(await db.table('posts').count()).toBe(1)
  },
  withoutForeignKeyConstraints: async ({ schema, db }) => {
    await schema.withoutForeignKeyConstraints(async () => {
      await db.table('posts').insert({ author_id: 1 })
      await db.table('authors').insert({ id: 1, name: 'Ada' })
    })
    await expect(db.table('posts').insert({ author_id: 9 })).rejects.toThrow(/foreign key/i)
  },
  createDatabase: async (opened) => {
    const name = otherDatabase(opened)
    expect(await opened.schema.createDatabase(name)).toBe(true)
    expect(await isDatabase(opened, name)).toBe(true)
  },
  dropDatabaseIfExists: async (opened) => {
    const name = otherDatabase(opened)
    await opened.schema.createDatabase(name)
    expect(await opened.schema.dropDatabaseIfExists(name)).toBe(true)
    expect(await opened.schema.dropDatabaseIfExists(name)).toBe(true)
    expect(await isDatabase(opened, name)).toBe(false)
  },
  refreshDatabaseFile: async ({ schema }) => {
    if (inject('dialect') === 'sqlite') {
      await schema.refreshDatabaseFile()
      expect([await schema.getTables(), await schema.getViews()]).toEqual([[], []])
    } else {
      await expect(schema.refreshDatabaseFile()).rejects.toMatchObject({ code: 'TM_UNSUPPORTED' })
    }
  },
  ensureExtensionExists: async ({ schema }) => {
    await expect(schema.ensureExtensionExists('hstore')).rejects.toMatchObject({ code: 'TM_UNSUPPORTED' })
  },
  ensureVectorExtensionExists: async ({ schema }) => {
    await expect(schema.ensureVectorExtensionExists()).rejects.toMatchObject({ code: 'TM_UNSUPPORTED' })
  },
  pragma: async ({ schema }) => {
    const [name, value] = words.setting
    await schema.pragma(name, value)
    expect(await schema.pragma(name)).toBe(value)
  },
  connection: async ({ schema }) => {
    const other = schema.connection('other')
    expect(other.getConnection().getName()).toBe('other')
    expect(await other.hasTable('posts')).toBe(true)
  },
  getConnection: async ({ schema, db }) => {
    const connection = schema.getConnection()
    expect(connection.getDriverName()).toBe(words.driver)
    expect(connection.getDatabaseName()).toBe(db.getDatabaseName())
    expect([connection.getName(), connection.getTablePrefix()]).toEqual(['main', ''])
    await Promise.resolve()
  },
  defaultStringLength: async ({ schema }) => {
    schema.defaultStringLength(191)
    expect(await lengthOfNewString(schema)).toBe(191)
  },
  defaultTimePrecision: async ({ schema }) => {
    schema.defaultTimePrecision(6)
    await schema.create('events', (table) => {
      expect(table.timestamp('at').column().attributes.precision).toBe(6)
    })
  },
  defaultMorphKeyType: async ({ schema }) => {
    schema.defaultMorphKeyType('uuid')
    expect(await typeOfMorphs(schema)).toBe(words.uuid)
  },
  morphUsingUuids: async ({ schema }) => {
    schema.morphUsingUuids()
    expect(await typeOfMorphs(schema)).toBe(words.uuid)
  },
  morphUsingUlids: async ({ schema }) => {
    schema.morphUsingUlids()
    expect(await typeOfMorphs(schema)).toBe(words.ulid)
  },
  blueprintResolver: async ({ schema }) => {
    const own = schema.blueprintResolver((table, settings) => new ShopBlueprint(table, settings))
    await own.create('orders', (table) => table.price('total'))
    expect(await own.getColumnType('orders', 'total')).toBe(words.decimal)
  },
  hasTable: async ({ schema, db }) => {
    const current = currentSchema(db)
    expect([await schema.hasTable('posts'), await schema.hasTable('titles')]).toEqual([true, false])
    expect(await schema.hasTable(`${current}.posts`)).toBe(true)
    expect(await schema.hasTable(`${words.otherSchema}.posts`)).toBe(false)
  },
  hasView: async ({ schema }) => {
    expect([await schema.hasView('posts'), await schema.hasView('titles')]).toEqual([false, true])
  },
  hasColumn: async ({ schema }) => {
    expect([await schema.hasColumn('posts', 'TITLE'), await schema.hasColumn('posts', 'x')]).toEqual([
      true,
      false,
    ])
    expect([await schema.hasColumn('posts', 'pages'), await schema.hasColumn('none', 'x')]).toEqual([
      true,
      false,
    ])
  },
  hasColumns: async ({ schema }) => {
    expect(await schema.hasColumns('posts', ['id', 'title'])).toBe(true)
    expect(await schema.hasColumns('posts', ['id', 'x'])).toBe(false)
  },
  hasIndex: async ({ schema }) => {
    expect(await schema.hasIndex('posts', 'posts_title_index')).toBe(true)
    expect(await schema.hasIndex('posts', ['title'], 'unique')).toBe(false)
    expect(await schema.hasIndex('authors', ['name'], 'unique')).toBe(true)
    expect(await schema.hasIndex('authors', ['id'], 'primary')).toBe(true)
  },
  hasForeignKey: async ({ schema }) => {
    expect(await schema.hasForeignKey('posts', 'posts_author_id_foreign')).toBe(true)
    expect(await schema.hasForeignKey('posts', ['author_id'])).toBe(true)
    expect(await schema.hasForeignKey('posts', ['title'])).toBe(false)
  },
  getTables: async ({ schema, db }) => {
    const current = currentSchema(db)
    const table = { schema: current, comment: null, ...words.table }
    expect(await schema.getTables()).toMatchObject([
      { ...table, name: 'authors', schema_qualified_name: `${current}.authors` },
      { ...table, name: 'posts', schema_qualified_name: `${current}.posts` },
    ])
  },
  getTableListing: async ({ schema, db }) => {
    const current = currentSchema(db)
    expect(await schema.getTableListing()).toEqual([`${current}.authors`, `${current}.posts`])
    expect(await schema.getTableListing(current, false)).toEqual(['authors', 'posts'])
  },
  getViews: async ({ schema, db }) => {
    const definition = expect.stringMatching(/select .*id.*,.*title.* from .*posts/is)
    expect(await schema.getViews()).toMatchObject([{ name: 'titles', schema: currentSchema(db), definition }])
  },
  getTypes: async ({ schema }) => {
    expect(await schema.getTypes()).toEqual([])
  },
  getSchemas: async ({ schema, db }) => {
    const path = inject('dialect') === 'sqlite' ? db.getDatabaseName() : null
    expect(await schema.getSchemas()).toContainEqual({ name: currentSchema(db), path, default: true })
  },
  getColumns: async ({ schema }) => {
    const column = { collation: null, comment: null, generation: null, auto_increment: false, default: null }
    const { id, reference, integer, string } = words
    expect(await schema.getColumns('posts')).toEqual([
      { ...column, name: 'id', ...id, nullable: false, auto_increment: true },
      { ...column, name: 'author_id', ...reference, nullable: false },
      { ...column, name: 'title', ...string, nullable: false, default: words.untitled },
      { ...column, name: 'words', ...integer, nullable: true },
      {
        ...column,
        name: 'pages',
        ...integer,
        nullable: true,
        generation: { type: 'stored', expression: words.wordsBy300 },
      },
    ])
    expect(await schema.getColumns('none')).toEqual([])
  },
  getColumnListing: async ({ schema }) => {
    expect(await schema.getColumnListing('titles')).toEqual(['id', 'title'])
  },
  getColumnType: async ({ schema }) => {
    await schema.table('posts', (table) => table.boolean('is_public').default(false))
    expect(await schema.getColumnType('posts', 'is_public')).toBe(words.boolean.type_name)
    expect(await schema.getColumnType('posts', 'is_public', true)).toBe(words.boolean.type)
    await expect(schema.getColumnType('posts', 'titel')).rejects.toThrow(/titel/)
  },
  getIndexes: async ({ schema }) => {
    const index = { type: words.indexType, unique: false, primary: false }
    const primary = { name: words.primaryKey('posts'), columns: ['id'], unique: true, primary: true }
    expect(await schema.getIndexes('posts')).toMatchObject([
      primary,
      ...words.indexesOfKeys.map((name) => ({ ...index, name, columns: ['author_id'] })),
      { ...index, name: 'posts_title_index', columns: ['title'] },
    ])
  },
  getIndexListing: async ({ schema }) => {
    expect(await schema.getIndexListing('authors')).toEqual([
      words.primaryKey('authors'),
      'authors_name_unique',
    ])
  },
  getForeignKeys: async ({ schema, db }) => {
    expect(await schema.getForeignKeys('posts')).toEqual([
      {
        name: words.foreignKey,
        columns: ['author_id'],
        foreign_schema: currentSchema(db),
        foreign_table: 'authors',
        foreign_columns: ['id'],
        on_update: words.noAction,
        on_delete: 'cascade',
      },
    ])
  },
  getCurrentSchemaName: async ({ schema, db }) => {
    expect(await schema.getCurrentSchemaName()).toBe(currentSchema(db))
  },
  getCurrentSchemaListing: async ({ schema, db }) => {
    expect(await schema.getCurrentSchemaListing()).toEqual([currentSchema(db)])
  },
  parseSchemaAndTable: async ({ schema }) => {
    expect(await schema.parseSchemaAndTable('posts')).toEqual([null, 'posts'])
    expect(await schema.parseSchemaAndTable('posts', true)).toEqual([
      await schema.getCurrentSchemaName(),
      'posts',
    ])
    expect(await schema.parseSchemaAndTable('temp.posts')).toEqual(['temp', 'posts'])
  },
}

class ShopBlueprint extends Blueprint {
  price(column: string): void {
    this.decimal(column, 19, 4)
  }
}

async function lengthOfNewString(schema: SchemaBuilder): Promise<number | null | undefined> {
  let length: number | null | undefined
  await schema.create('labels', (table) => {
    length = table.string('name').column().attributes.length
  })
  return length
}

async function typeOfMorphs(schema: SchemaBuilder): Promise<string> {
  await schema.create('photos', (table) => table.morphs('owner'))
  return await schema.getColumnType('photos', 'owner_id')
}

const shownHere = inject('dialect') === 'postgres' ? { ...shown, ...shownOnPostgres } : shown

describe('the schema builder', () => {
  test.each(Object.entries(shownHere))('%s', async (_, show) => {
    await show(await openWithPosts())
  })
})

/** The schema that tables of no schema are in. */
function currentSchema(db: OpenedSchema['db']): string {
  return { sqlite: 'main', postgres: 'public', mysql: db.getDatabaseName(), mariadb: db.getDatabaseName() }[
    inject('dialect')
  ]
}

/** A database beside the one of the test, which is gone when the test ends. */
function otherDatabase({ db, schema }: OpenedSchema): string {
  if (inject('dialect') === 'sqlite') return join(dirname(db.getDatabaseName()), 'other.sqlite')
  const name = `${db.getDatabaseName()}_other`
  onTestFinished(async () => void (await schema.dropDatabaseIfExists(name)))
  return name
}

async function isDatabase({ schema, db }: OpenedSchema, name: string): Promise<boolean> {
  if (inject('dialect') === 'sqlite') return existsSync(name)
  if (inject('dialect') === 'postgres')
    return (await db.select('select 1 from pg_database where datname = ?', [name])).length > 0
  return (await schema.getSchemas()).some((database) => database.name === name)
}
