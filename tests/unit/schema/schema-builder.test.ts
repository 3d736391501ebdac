// The schema builder on a target that writes down what it is given, and that knows two tables and a view.

import { beforeEach, describe, expect, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import type { Operation } from '../../../src/schema/operations.js'
import { SchemaBuilder } from '../../../src/schema/schema-builder.js'
import type { ColumnSnapshot, TableSnapshot, ViewSnapshot } from '../../../src/schema/snapshot.js'
import type { SchemaServer, SchemaTarget } from '../../../src/schema/target.js'

declare module '../../../src/schema/schema-builder.js' {
  interface SchemaBuilder {
    createTags(table: string): Promise<void>
  }
}

const plain = { descending: false, collation: undefined, length: undefined, operatorClass: undefined }

const column = (name: string, more: Partial<ColumnSnapshot> = {}): ColumnSnapshot => ({
  name,
  type: 'integer',
  typeName: 'integer',
  nullable: false,
  default: undefined,
  autoIncrement: false,
  generated: undefined,
  identity: undefined,
  onUpdate: undefined,
  invisible: false,
  charset: undefined,
  collation: undefined,
  comment: undefined,
  ...more,
})

const tableOf = (name: string, more: Partial<TableSnapshot>): TableSnapshot => ({
  schema: undefined,
  name,
  columns: [],
  primaryKey: undefined,
  indexes: [],
  foreignKeys: [],
  checks: [],
  triggers: [],
  comment: undefined,
  collation: undefined,
  engine: undefined,
  options: [],
  ...more,
})

const posts = tableOf('posts', {
  columns: [
    column('id', { autoIncrement: true }),
    column('title', { type: 'varchar(255)', typeName: 'varchar', default: "'draft'", collation: 'nocase' }),
    column('slug', {
      nullable: true,
      generated: { expression: 'lower(title)', stored: true },
      comment: 'why',
    }),
    column('user_id'),
  ],
  primaryKey: { name: undefined, columns: ['id'] },
  indexes: [
    {
      name: 'posts_title_slug_unique',
      columns: [
        { column: 'title', expression: undefined, ...plain },
        { column: undefined, expression: 'lower(slug)', ...plain },
      ],
      unique: true,
      isConstraint: false,
      where: undefined,
      method: 'btree',
      include: [],
      nullsNotDistinct: false,
      valid: true,
    },
  ],
  foreignKeys: [
    {
      name: undefined,
      columns: ['user_id'],
      foreignTable: { schema: undefined, name: 'users' },
      foreignColumns: ['id'],
      onUpdate: 'NO ACTION',
      onDelete: 'CASCADE',
      deferrable: false,
      initiallyDeferred: false,
      validated: true,
    },
  ],
})
const users = tableOf('users', { columns: [column('id')] })
const drafts: ViewSnapshot = {
  schema: undefined,
  name: 'drafts',
  columns: ['id'],
  definition: 'select id from posts',
  triggers: [],
}
const tables = [posts, users, tableOf('drafts', { columns: [column('id')] })]

let operations: Operation[]
let calls: unknown[]
let foreignKeys: boolean
let schema: SchemaBuilder

function targetOf(): SchemaTarget {
  return {
    dialectName: 'sqlite',
    driverName: 'sqlite',
    maxIdentifierBytes: 63,
    changesExactly: false,
    catalogue: {
      snapshot: () => Promise.resolve({ tables: [posts, users], views: [drafts], types: [] }),
      table: ({ name }) => Promise.resolve(tables.find((table) => table.name === name.toLowerCase())),
      tables: () =>
        Promise.resolve(
          [posts, users].map(({ name }) => ({
            schema: undefined,
            name,
            size: 4096,
            comment: undefined,
            collation: undefined,
            engine: undefined,
          })),
        ),
      views: () => Promise.resolve([drafts]),
      types: () => Promise.resolve([{ schema: 'crm', name: 'mood', kind: 'enum', values: ['glad'] }]),
      schemas: () =>
        Promise.resolve([
          { name: 'main', path: '/data/app.sqlite', default: true },
          { name: 'crm', path: undefined, default: false },
        ]),
    },
    change: (given) => {
      operations.push(...given)
      return Promise.resolve()
    },
    wipe: (what) => {
      calls.push(what)
      return Promise.resolve()
    },
    enforceForeignKeys: (enforced) => {
      const before = foreignKeys
      foreignKeys = enforced
      return Promise.resolve(before)
    },
    setting: (name, value) => Promise.resolve(value ?? `the ${name}`),
  }
}

function serverOf(connectionName: string): SchemaServer {
  const noted =
    (method: string) =>
    (...args: unknown[]) => {
      calls.push([method, ...args])
      return Promise.resolve()
    }
  return {
    connectionName,
    databaseName: '/data/app.sqlite',
    connection: (name) => ({ target: targetOf(), server: serverOf(name) }),
    createDatabase: noted('createDatabase'),
    dropDatabaseIfExists: noted('dropDatabaseIfExists'),
    emptyDatabaseFile: noted('emptyDatabaseFile'),
    ensureExtension: noted('ensureExtension'),
  }
}

beforeEach(() => {
  operations = []
  calls = []
  foreignKeys = true
  schema = new SchemaBuilder(targetOf(), serverOf('sqlite'))
})

const table = { schema: undefined, name: 'posts' }

describe('making and changing tables', () => {
  test('create makes the table of its callback', async () => {
    await schema.create('posts', (posts) => posts.string('title'))

    expect(operations).toEqual([
      {
        kind: 'createTable',
        table,
        columns: [{ name: 'title', type: 'string', attributes: { length: 255 } }],
        options: { temporary: false },
      },
    ])
  })

  test('an async callback is waited for', async () => {
    await schema.table('posts', async (posts) => {
      if (await schema.hasColumn('posts', 'slug')) posts.dropColumn('slug')
      if (await schema.hasColumn('posts', 'body')) posts.dropColumn('body')
    })

    expect(operations).toEqual([{ kind: 'dropColumns', table, columns: ['slug'] }])
  })

  test('a callback that asks for nothing changes nothing', async () => {
    await schema.table('posts', () => undefined)

    expect(operations).toEqual([])
  })

  test('an error of the callback comes out, and nothing is changed', async () => {
    const failing = schema.table('posts', (posts) => {
      posts.string('title')
      throw new Error('stop')
    })

    await expect(failing).rejects.toThrow('stop')
    expect(operations).toEqual([])
  })

  test.each<[string, (schema: SchemaBuilder) => Promise<void>, Operation]>([
    ['drop', (s) => s.drop('posts'), { kind: 'dropTable', table, ifExists: false }],
    ['dropIfExists', (s) => s.dropIfExists('posts'), { kind: 'dropTable', table, ifExists: true }],
    [
      'rename',
      (s) => s.rename('posts', 'articles'),
      { kind: 'renameTable', table, to: { schema: undefined, name: 'articles' } },
    ],
    [
      'dropColumns',
      (s) => s.dropColumns('posts', ['a', 'b']),
      { kind: 'dropColumns', table, columns: ['a', 'b'] },
    ],
    [
      'dropColumns of one',
      (s) => s.dropColumns('posts', 'a'),
      { kind: 'dropColumns', table, columns: ['a'] },
    ],
    [
      'validateConstraint',
      (s) => s.validateConstraint('posts', 'positive'),
      { kind: 'validateConstraint', table, name: 'positive' },
    ],
  ])('%s', async (_, change, operation) => {
    await change(schema)

    expect(operations).toEqual([operation])
  })

  test.each<[string, (schema: SchemaBuilder) => Promise<void>, object]>([
    ['dropAllTables', (s) => s.dropAllTables(), { tables: true, views: false, types: false }],
    ['dropAllViews', (s) => s.dropAllViews(), { tables: false, views: true, types: false }],
    ['dropAllTypes', (s) => s.dropAllTypes(), { tables: false, views: false, types: true }],
  ])('%s', async (_, wipe, what) => {
    await wipe(schema)

    expect(calls).toEqual([what])
  })
})

describe('changing a table only if', () => {
  const drop = (posts: Blueprint) => posts.drop()

  test.each<[string, (schema: SchemaBuilder) => Promise<void>, number]>([
    ['whenTableHasColumn, it has', (s) => s.whenTableHasColumn('posts', 'title', drop), 1],
    ['whenTableHasColumn, it has not', (s) => s.whenTableHasColumn('posts', 'body', drop), 0],
    ['whenTableDoesntHaveColumn, it has', (s) => s.whenTableDoesntHaveColumn('posts', 'title', drop), 0],
    ['whenTableDoesntHaveColumn, it has not', (s) => s.whenTableDoesntHaveColumn('posts', 'body', drop), 1],
    ['whenTableHasIndex, it has', (s) => s.whenTableHasIndex('posts', 'posts_title_slug_unique', drop), 1],
    ['whenTableHasIndex, of another type', (s) => s.whenTableHasIndex('posts', ['id'], drop, 'btree'), 0],
    ['whenTableDoesntHaveIndex, it has', (s) => s.whenTableDoesntHaveIndex('posts', ['id'], drop), 0],
    ['whenTableDoesntHaveIndex, it has not', (s) => s.whenTableDoesntHaveIndex('posts', ['title'], drop), 1],
  ])('%s', async (_, change, count) => {
    await change(schema)

    expect(operations).toHaveLength(count)
  })
})

describe('asking what there is', () => {
  const answers: [code: string, ask: (schema: SchemaBuilder) => Promise<unknown>, answer: unknown][] = [
    ['hasTable', (s) => s.hasTable('posts'), true],
    ['hasTable as the database matches names', (s) => s.hasTable('POSTS'), true],
    ['hasTable of none', (s) => s.hasTable('tags'), false],
    ['hasTable of a view', (s) => s.hasTable('drafts'), false],
    ['hasView', (s) => s.hasView('drafts'), true],
    ['hasView of a table', (s) => s.hasView('posts'), false],
    ['hasColumn in either case', (s) => s.hasColumn('posts', 'TITLE'), true],
    ['hasColumn of none', (s) => s.hasColumn('posts', 'body'), false],
    ['hasColumn of no table', (s) => s.hasColumn('tags', 'id'), false],
    ['hasColumns', (s) => s.hasColumns('posts', ['id', 'title']), true],
    ['hasColumns, not all', (s) => s.hasColumns('posts', ['id', 'body']), false],
    ['hasIndex by name', (s) => s.hasIndex('posts', 'posts_title_slug_unique'), true],
    ['hasIndex by columns', (s) => s.hasIndex('posts', ['id']), true],
    ['hasIndex by columns in another order', (s) => s.hasIndex('posts', ['lower(slug)', 'title']), false],
    ['hasIndex that is unique', (s) => s.hasIndex('posts', 'posts_title_slug_unique', 'unique'), true],
    ['hasIndex that is primary', (s) => s.hasIndex('posts', 'posts_title_slug_unique', 'primary'), false],
    ['hasIndex of a method', (s) => s.hasIndex('posts', 'posts_title_slug_unique', 'btree'), true],
    ['hasForeignKey by columns', (s) => s.hasForeignKey('posts', ['user_id']), true],
    [
      'hasForeignKey by the conventional name',
      (s) => s.hasForeignKey('posts', 'posts_user_id_foreign'),
      true,
    ],
    ['hasForeignKey of none', (s) => s.hasForeignKey('posts', 'owner'), false],
    ['getTableListing', (s) => s.getTableListing(), ['main.posts', 'main.users']],
    ['getTableListing, only names', (s) => s.getTableListing(undefined, false), ['posts', 'users']],
    ['getColumnListing', (s) => s.getColumnListing('posts'), ['id', 'title', 'slug', 'user_id']],
    ['getColumnType', (s) => s.getColumnType('posts', 'title'), 'varchar'],
    ['getColumnType in full', (s) => s.getColumnType('posts', 'Title', true), 'varchar(255)'],
    ['getIndexListing', (s) => s.getIndexListing('posts'), ['primary', 'posts_title_slug_unique']],
    ['getColumns of no table', (s) => s.getColumns('tags'), []],
    ['getIndexes of no table', (s) => s.getIndexes('tags'), []],
    ['getForeignKeys of no table', (s) => s.getForeignKeys('tags'), []],
    ['getCurrentSchemaName', (s) => s.getCurrentSchemaName(), 'main'],
    ['getCurrentSchemaListing', (s) => s.getCurrentSchemaListing(), ['main']],
    ['parseSchemaAndTable', (s) => s.parseSchemaAndTable('crm.posts'), ['crm', 'posts']],
    ['parseSchemaAndTable without schema', (s) => s.parseSchemaAndTable('posts'), [null, 'posts']],
    ['parseSchemaAndTable, by default', (s) => s.parseSchemaAndTable('posts', true), ['main', 'posts']],
    ['pragma', (s) => s.pragma('foreign_keys'), 'the foreign_keys'],
    ['pragma that is set', (s) => s.pragma('cache_size', 100), 100],
    [
      'getSchemas',
      (s) => s.getSchemas(),
      [
        { name: 'main', path: '/data/app.sqlite', default: true },
        { name: 'crm', path: null, default: false },
      ],
    ],
    [
      'getViews',
      (s) => s.getViews(),
      [
        {
          name: 'drafts',
          schema: 'main',
          schema_qualified_name: 'main.drafts',
          definition: 'select id from posts',
        },
      ],
    ],
    [
      'getTypes',
      (s) => s.getTypes(),
      [
        {
          name: 'mood',
          schema: 'crm',
          schema_qualified_name: 'crm.mood',
          type: 'enum',
          category: 'enum',
          implicit: false,
        },
      ],
    ],
    [
      'getForeignKeys',
      (s) => s.getForeignKeys('posts'),
      [
        {
          name: null,
          columns: ['user_id'],
          foreign_schema: 'main',
          foreign_table: 'users',
          foreign_columns: ['id'],
          on_update: 'no action',
          on_delete: 'cascade',
        },
      ],
    ],
    [
      'getIndexes',
      (s) => s.getIndexes('posts'),
      [
        { name: 'primary', columns: ['id'], type: null, unique: true, primary: true },
        {
          name: 'posts_title_slug_unique',
          columns: ['title', 'lower(slug)'],
          type: 'btree',
          unique: true,
          primary: false,
        },
      ],
    ],
  ]

  test.each(answers)('%s', async (_, ask, answer) => {
    expect(await ask(schema)).toEqual(answer)
  })

  test('getTables has the keys of Laravel, with null for what is not there', async () => {
    expect((await schema.getTables())[0]).toEqual({
      name: 'posts',
      schema: 'main',
      schema_qualified_name: 'main.posts',
      size: 4096,
      comment: null,
      collation: null,
      engine: null,
    })
  })

  test('getColumns has the keys of Laravel, with null for what is not there', async () => {
    const [id, title, slug] = await schema.getColumns('posts')

    expect(id).toEqual({
      name: 'id',
      type_name: 'integer',
      type: 'integer',
      collation: null,
      nullable: false,
      default: null,
      auto_increment: true,
      comment: null,
      generation: null,
    })
    expect(title).toMatchObject({
      type_name: 'varchar',
      type: 'varchar(255)',
      default: "'draft'",
      collation: 'nocase',
    })
    expect(slug).toMatchObject({
      nullable: true,
      comment: 'why',
      generation: { type: 'stored', expression: 'lower(title)' },
    })
  })

  test('the type of a column that is not there is an error with the nearest name', async () => {
    await expect(schema.getColumnType('posts', 'titl')).rejects.toThrow(
      'Table "posts" has no column "titl". Did you mean "title"?',
    )
  })

  test('a reference of three parts is an error', async () => {
    await expect(schema.parseSchemaAndTable('a.b.c')).rejects.toThrow('"a.b.c" has three parts')
  })

  test('an empty name is an error', async () => {
    await expect(schema.hasTable('')).rejects.toThrow('The name of the table is ""')
  })
})

describe('foreign key enforcement', () => {
  test('is switched', async () => {
    await schema.disableForeignKeyConstraints()
    expect(foreignKeys).toBe(false)

    await schema.enableForeignKeyConstraints()
    expect(foreignKeys).toBe(true)
  })

  test('is off for a callback, and then as it was, whatever happened', async () => {
    const result = await schema.withoutForeignKeyConstraints(() => [foreignKeys])
    expect(result).toEqual([false])
    expect(foreignKeys).toBe(true)

    const failing = schema.withoutForeignKeyConstraints(() => Promise.reject(new Error('stop')))
    await expect(failing).rejects.toThrow('stop')
    expect(foreignKeys).toBe(true)
  })

  test('stays off after a callback where it was off before', async () => {
    await schema.disableForeignKeyConstraints()
    await schema.withoutForeignKeyConstraints(() => undefined)

    expect(foreignKeys).toBe(false)
  })
})

describe('databases and connections', () => {
  test.each<[string, (schema: SchemaBuilder) => Promise<unknown>, unknown[]]>([
    ['createDatabase', (s) => s.createDatabase('shop'), ['createDatabase', 'shop']],
    ['dropDatabaseIfExists', (s) => s.dropDatabaseIfExists('shop'), ['dropDatabaseIfExists', 'shop']],
    ['refreshDatabaseFile', (s) => s.refreshDatabaseFile('a.sqlite'), ['emptyDatabaseFile', 'a.sqlite']],
    [
      'ensureExtensionExists',
      (s) => s.ensureExtensionExists('citext', 'crm'),
      ['ensureExtension', 'citext', 'crm'],
    ],
    [
      'ensureVectorExtensionExists',
      (s) => s.ensureVectorExtensionExists(),
      ['ensureExtension', 'vector', undefined],
    ],
  ])('%s', async (_, act, call) => {
    await act(schema)

    expect(calls).toEqual([call])
  })

  test('getConnection tells what is known without the server', () => {
    const connection = schema.getConnection()

    expect([
      connection.getName(),
      connection.getDriverName(),
      connection.getDatabaseName(),
      connection.getTablePrefix(),
    ]).toEqual(['sqlite', 'sqlite', '/data/app.sqlite', ''])
  })

  test('connection is the schema builder of another connection, with the same defaults', async () => {
    schema.defaultStringLength(191)
    const other = schema.connection('reporting')
    await other.create('tags', (tags) => tags.string('name'))

    expect(other.getConnection().getName()).toBe('reporting')
    expect(operations[0]).toMatchObject({ columns: [{ attributes: { length: 191 } }] })
  })

  test('a builder without a connection says so', () => {
    expect(() => new SchemaBuilder(targetOf()).getConnection()).toThrow(
      'schema.getConnection() needs a connection of the project',
    )
  })
})

describe('defaults', () => {
  test('are kept for every blueprint of the builder', async () => {
    schema.defaultStringLength(100)
    schema.defaultTimePrecision(3)
    schema.morphUsingUlids()
    await schema.create('posts', (posts) => {
      posts.string('title')
      posts.timestamp('at')
      posts.morphs('owner')
    })

    expect(operations[0]).toMatchObject({
      columns: [
        { attributes: { length: 100 } },
        { attributes: { precision: 3 } },
        { attributes: { length: 100 } },
        { name: 'owner_id', type: 'ulid' },
      ],
    })
  })

  test('morphUsingUuids', async () => {
    schema.morphUsingUuids()
    await schema.table('posts', (posts) => posts.morphs('owner'))

    expect(operations[1]).toMatchObject({ column: { name: 'owner_id', type: 'uuid' } })
  })

  test('refuse what cannot be', () => {
    expect(() => schema.defaultStringLength(0)).toThrow('The length of strings is 0')
    expect(() => schema.defaultTimePrecision(-1)).toThrow('The precision of times is -1')
    // @ts-expect-error no such type of key
    expect(() => schema.defaultMorphKeyType('guid')).toThrow('Did you mean "uuid"?')
  })
})

class ShopBlueprint extends Blueprint {
  price(column = 'price') {
    return this.decimal(column, 19, 4)
  }
}

describe('extensions', () => {
  test('blueprintResolver gives callbacks a blueprint of another class', async () => {
    const own = schema.blueprintResolver((name, settings) => new ShopBlueprint(name, settings))
    await own.create('orders', (orders) => orders.price())

    expect(operations[0]).toMatchObject({ columns: [{ name: 'price', type: 'decimal' }] })
  })

  test('macro adds a method to every schema builder', async () => {
    SchemaBuilder.macro('createTags', async function (name: string) {
      await this.create(name, (tags) => tags.id())
    })
    await schema.createTags('tags')

    expect(operations).toMatchObject([{ kind: 'createTable', table: { name: 'tags' } }])
  })

  test('macro does not replace a method', () => {
    expect(() => SchemaBuilder.macro('create', () => undefined)).toThrow(
      'a SchemaBuilder has a method "create" already',
    )
  })
})
