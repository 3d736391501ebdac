// Columns that hold another table's key, morphs, and what takes both away.

import { describe, expect, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import type { ForeignKey, Operation } from '../../../src/schema/operations.js'
import { SchemaDefaults } from '../../../src/schema/type-defaults.js'

const table = { schema: undefined, name: 'posts' }

function operationsOf(describeTable: (table: Blueprint) => unknown): readonly Operation[] {
  const blueprint = new Blueprint('posts')
  describeTable(blueprint)
  return blueprint.operations()
}

function keyOf(describeTable: (table: Blueprint) => unknown): ForeignKey | undefined {
  return operationsOf(describeTable).flatMap((operation) =>
    operation.kind === 'addForeignKey' ? [operation.foreignKey] : [],
  )[0]
}

describe('constrained', () => {
  const tables: [column: string, foreignTable: string][] = [
    ['user_id', 'users'],
    ['category_id', 'categories'],
    ['person_id', 'people'],
    ['order_item_id', 'order_items'],
    ['media_id', 'media'],
    ['user', 'users'],
  ]

  test.each(tables)('leads %s to the table %s', (column, foreignTable) => {
    expect(keyOf((t) => t.foreignId(column).constrained())).toEqual({
      name: `posts_${column}_foreign`,
      isNamed: false,
      columns: [column],
      foreignTable: { schema: undefined, name: foreignTable },
      foreignColumns: ['id'],
    })
  })

  test('takes a table, a column and a name', () => {
    expect(keyOf((t) => t.foreignUuid('author').constrained('users', 'uuid', 'author_key'))).toMatchObject({
      name: 'author_key',
      isNamed: true,
      foreignTable: { schema: undefined, name: 'users' },
      foreignColumns: ['uuid'],
    })
  })

  test('goes on with what happens to the rows', () => {
    expect(keyOf((t) => t.foreignId('user_id').constrained().cascadeOnDelete().nullOnUpdate())).toMatchObject(
      {
        onDelete: 'cascade',
        onUpdate: 'set null',
      },
    )
  })

  test('references names the column, on the table', () => {
    expect(keyOf((t) => t.foreignId('owner').references('key').on('users'))).toMatchObject({
      columns: ['owner'],
      foreignTable: { schema: undefined, name: 'users' },
      foreignColumns: ['key'],
    })
  })
})

class OrderItem {
  static readonly table = 'order_items'
  declare readonly id: number
}

class Person {
  static readonly table = 'people'
  static readonly primaryKey = 'person_uuid'
  static readonly keyType = 'uuid'
  declare readonly person_uuid: string
}

describe('columns for models', () => {
  const models: [
    code: string,
    describeTable: (table: Blueprint) => unknown,
    column: object,
    foreign: object,
  ][] = [
    [
      'a class, named after the class',
      (t) => t.foreignIdFor(OrderItem).constrained(),
      { name: 'order_item_id', type: 'bigInteger', attributes: {}, unsigned: true },
      { foreignTable: { schema: undefined, name: 'order_items' }, foreignColumns: ['id'] },
    ],
    [
      'a class with a UUID and a key of another name',
      (t) => t.foreignIdFor(Person).constrained(),
      { name: 'person_person_uuid', type: 'uuid', attributes: {} },
      { foreignTable: { schema: undefined, name: 'people' }, foreignColumns: ['person_uuid'] },
    ],
    [
      'an object with a ULID, named after the table',
      (t) => t.foreignIdFor({ table: 'crm.companies', keyType: 'ulid' }).constrained(),
      { name: 'company_id', type: 'char', attributes: { length: 26 } },
      { foreignTable: { schema: 'crm', name: 'companies' }, foreignColumns: ['id'] },
    ],
    [
      'a column of one’s own choice',
      (t) => t.foreignIdFor(OrderItem, 'item').constrained(),
      { name: 'item', type: 'bigInteger', attributes: {}, unsigned: true },
      { foreignTable: { schema: undefined, name: 'order_items' } },
    ],
    [
      'foreignUuidFor',
      (t) => t.foreignUuidFor(OrderItem).constrained(),
      { name: 'order_item_id', type: 'uuid', attributes: {} },
      { foreignTable: { schema: undefined, name: 'order_items' } },
    ],
    [
      'foreignUlidFor',
      (t) => t.foreignUlidFor(OrderItem).constrained(),
      { name: 'order_item_id', type: 'char', attributes: { length: 26 } },
      { foreignTable: { schema: undefined, name: 'order_items' } },
    ],
  ]

  test.each(models)('%s', (_, describeTable, column, foreignKey) => {
    const [added, foreign] = operationsOf(describeTable)

    expect(added).toEqual({ kind: 'addColumn', table, column })
    expect(foreign).toMatchObject({ kind: 'addForeignKey', foreignKey })
  })

  test('a model without a table is refused', () => {
    // @ts-expect-error no table
    expect(() => operationsOf((t) => t.foreignIdFor({}))).toThrow('The table of the model is undefined')
  })
})

describe('morphs', () => {
  const id = {
    int: { type: 'bigInteger', attributes: {}, unsigned: true },
    uuid: { type: 'uuid', attributes: {} },
    ulid: { type: 'ulid', attributes: { length: 26 } },
  }
  const morphs = (idColumn: object, more: object = {}, name = 'posts_owner_type_owner_id_index') => [
    {
      kind: 'addColumn',
      table,
      column: { name: 'owner_type', type: 'string', attributes: { length: 255 }, ...more },
    },
    { kind: 'addColumn', table, column: { name: 'owner_id', ...idColumn, ...more } },
    {
      kind: 'addIndex',
      table,
      index: {
        kind: 'index',
        name,
        isNamed: name !== 'posts_owner_type_owner_id_index',
        columns: [{ column: 'owner_type' }, { column: 'owner_id' }],
      },
    },
  ]
  const cases: [code: string, describeTable: (table: Blueprint) => unknown, operations: object[]][] = [
    ['morphs', (t) => t.morphs('owner'), morphs(id.int)],
    ['morphs with a name', (t) => t.morphs('owner', 'i'), morphs(id.int, {}, 'i')],
    ['nullableMorphs', (t) => t.nullableMorphs('owner'), morphs(id.int, { nullable: true })],
    ['numericMorphs', (t) => t.numericMorphs('owner'), morphs(id.int)],
    ['nullableNumericMorphs', (t) => t.nullableNumericMorphs('owner'), morphs(id.int, { nullable: true })],
    ['uuidMorphs', (t) => t.uuidMorphs('owner'), morphs(id.uuid)],
    ['nullableUuidMorphs', (t) => t.nullableUuidMorphs('owner'), morphs(id.uuid, { nullable: true })],
    ['ulidMorphs', (t) => t.ulidMorphs('owner'), morphs(id.ulid)],
    ['nullableUlidMorphs', (t) => t.nullableUlidMorphs('owner'), morphs(id.ulid, { nullable: true })],
  ]

  test.each(cases)('%s', (_, describeTable, operations) => {
    expect(operationsOf(describeTable)).toEqual(operations)
  })

  test('have the key type that the builder is set to', () => {
    const defaults = new SchemaDefaults()
    defaults.morphKeyType = 'uuid'
    const blueprint = new Blueprint('posts', { defaults })
    blueprint.morphs('owner')

    expect(blueprint.operations()).toEqual(morphs(id.uuid))
  })

  test('are placed after a column', () => {
    const [type, key] = operationsOf((t) => t.morphs('owner', undefined, 'title'))

    expect(type).toMatchObject({ column: { name: 'owner_type', position: { after: 'title' } } })
    expect(key).toMatchObject({ column: { name: 'owner_id', position: { after: 'owner_type' } } })
  })
})

const dropColumns = (...columns: string[]) => ({ kind: 'dropColumns', table, columns })
const dropForeign = (column: string) => ({
  kind: 'dropForeignKey',
  table,
  name: `posts_${column}_foreign`,
  columns: [column],
})

describe('what takes columns away', () => {
  const cases: [code: string, describeTable: (table: Blueprint) => unknown, operations: object[]][] = [
    ['dropColumn', (t) => t.dropColumn('a'), [dropColumns('a')]],
    ['dropColumn of several', (t) => t.dropColumn('a', 'b'), [dropColumns('a', 'b')]],
    ['dropColumn of a list', (t) => t.dropColumn(['a', 'b']), [dropColumns('a', 'b')]],
    ['dropColumn of a list and more', (t) => t.dropColumn(['a'], 'b'), [dropColumns('a', 'b')]],
    ['renameColumn', (t) => t.renameColumn('a', 'b'), [{ kind: 'renameColumn', table, from: 'a', to: 'b' }]],
    [
      'dropConstrainedForeignId',
      (t) => t.dropConstrainedForeignId('user_id'),
      [dropForeign('user_id'), dropColumns('user_id')],
    ],
    ['dropForeignIdFor', (t) => t.dropForeignIdFor(OrderItem), [dropColumns('order_item_id')]],
    ['dropForeignIdFor a column', (t) => t.dropForeignIdFor(OrderItem, 'item'), [dropColumns('item')]],
    [
      'dropConstrainedForeignIdFor',
      (t) => t.dropConstrainedForeignIdFor(OrderItem),
      [dropForeign('order_item_id'), dropColumns('order_item_id')],
    ],
    ['dropTimestamps', (t) => t.dropTimestamps(), [dropColumns('created_at', 'updated_at')]],
    ['dropTimestampsTz', (t) => t.dropTimestampsTz(), [dropColumns('created_at', 'updated_at')]],
    ['dropSoftDeletes', (t) => t.dropSoftDeletes(), [dropColumns('deleted_at')]],
    ['dropSoftDeletesTz', (t) => t.dropSoftDeletesTz('gone_at'), [dropColumns('gone_at')]],
    ['dropRememberToken', (t) => t.dropRememberToken(), [dropColumns('remember_token')]],
    [
      'dropMorphs',
      (t) => t.dropMorphs('owner'),
      [
        { kind: 'dropIndex', table, indexKind: 'index', name: 'posts_owner_type_owner_id_index' },
        dropColumns('owner_type', 'owner_id'),
      ],
    ],
    [
      'dropMorphs with a name',
      (t) => t.dropMorphs('owner', 'i'),
      [{ kind: 'dropIndex', table, indexKind: 'index', name: 'i' }, dropColumns('owner_type', 'owner_id')],
    ],
  ]

  test.each(cases)('%s', (_, describeTable, operations) => {
    expect(operationsOf(describeTable)).toEqual(operations)
  })

  test('must name a column', () => {
    expect(() => operationsOf((t) => t.dropColumn([]))).toThrow('dropColumn() names no column.')
    expect(() => operationsOf((t) => t.dropColumn(''))).toThrow('The name of a column is ""')
  })
})
