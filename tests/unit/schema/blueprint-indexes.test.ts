// Indexes, keys and checks: what each method of the table `posts` asks for.

import { describe, expect, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import { Expression } from '../../../src/schema/expression.js'

const table = { schema: undefined, name: 'posts' }

function operationsOf(describeTable: (table: Blueprint) => unknown, maxIdentifierBytes?: number) {
  const blueprint = new Blueprint('posts', { maxIdentifierBytes })
  describeTable(blueprint)
  return blueprint.operations()
}

type Case = [code: string, describeTable: (table: Blueprint) => unknown, operation: object]

const index = (kind: string, name: string, columns: string[], more: object = {}) => ({
  kind: 'addIndex',
  table,
  index: { kind, name, isNamed: false, columns: columns.map((column) => ({ column })), ...more },
})

const made: Case[] = [
  ['primary', (t) => t.primary('a'), index('primary', 'posts_a_primary', ['a'])],
  ['primary of two', (t) => t.primary(['a', 'b']), index('primary', 'posts_a_b_primary', ['a', 'b'])],
  ['unique', (t) => t.unique('a'), index('unique', 'posts_a_unique', ['a'])],
  ['unique, named', (t) => t.unique('a', 'u'), index('unique', 'u', ['a'], { isNamed: true })],
  ['index', (t) => t.index(['user_id', 'at']), index('index', 'posts_user_id_at_index', ['user_id', 'at'])],
  [
    'index by hash',
    (t) => t.index('a', undefined, 'hash'),
    index('index', 'posts_a_index', ['a'], { algorithm: 'hash' }),
  ],
  ['fullText', (t) => t.fullText('a'), index('fulltext', 'posts_a_fulltext', ['a'])],
  ['spatialIndex', (t) => t.spatialIndex('a'), index('spatial', 'posts_a_spatialindex', ['a'])],
  [
    'spatialIndex with an operator class',
    (t) => t.spatialIndex('a', 's', 'gist_geometry_ops_2d'),
    index('spatial', 's', ['a'], { isNamed: true, operatorClass: 'gist_geometry_ops_2d' }),
  ],
  ['vectorIndex', (t) => t.vectorIndex('a'), index('vector', 'posts_a_vectorindex', ['a'])],
  [
    'rawIndex',
    (t) => t.rawIndex('lower(a)', 'i'),
    index('index', 'i', [], { isNamed: true, columns: [{ expression: 'lower(a)' }] }),
  ],
  [
    'a column and an expression',
    (t) => t.index(['a', new Expression('lower(b)')], 'i'),
    index('index', 'i', [], { isNamed: true, columns: [{ column: 'a' }, { expression: 'lower(b)' }] }),
  ],
  [
    'algorithm',
    (t) => t.index('a').algorithm('gin'),
    index('index', 'posts_a_index', ['a'], { algorithm: 'gin' }),
  ],
  [
    'language',
    (t) => t.fullText('a').language('german'),
    index('fulltext', 'posts_a_fulltext', ['a'], { language: 'german' }),
  ],
  [
    'operatorClass',
    (t) => t.index('a').operatorClass('text_pattern_ops'),
    index('index', 'posts_a_index', ['a'], { operatorClass: 'text_pattern_ops' }),
  ],
  [
    'deferrable, initiallyImmediate, nullsNotDistinct',
    (t) => t.unique('a').deferrable().initiallyImmediate(false).nullsNotDistinct(),
    index('unique', 'posts_a_unique', ['a'], {
      deferrable: true,
      initiallyImmediate: false,
      nullsNotDistinct: true,
    }),
  ],
  [
    'concurrently',
    (t) => t.index('a').concurrently(),
    index('index', 'posts_a_index', ['a'], { concurrently: true }),
  ],
  ['online', (t) => t.index('a').online(), index('index', 'posts_a_index', ['a'], { concurrently: true })],
  ['lock', (t) => t.index('a').lock('none'), index('index', 'posts_a_index', ['a'], { lock: 'none' })],
  [
    'where',
    (t) => t.index('a').where('deleted_at is null'),
    index('index', 'posts_a_index', ['a'], { where: 'deleted_at is null' }),
  ],
  [
    'include',
    (t) => t.index('a').include('b', 'c'),
    index('index', 'posts_a_index', ['a'], { include: ['b', 'c'] }),
  ],
  [
    'include a list',
    (t) => t.index('a').include(['b']),
    index('index', 'posts_a_index', ['a'], { include: ['b'] }),
  ],
  [
    'check',
    (t) => t.check('positive', 'price > 0'),
    { kind: 'addCheck', table, check: { name: 'positive', expression: 'price > 0' } },
  ],
  [
    'check, not valid',
    (t) => t.check('positive', new Expression('price > 0')).notValid(),
    { kind: 'addCheck', table, check: { name: 'positive', expression: 'price > 0', notValid: true } },
  ],
]

describe('what is made', () => {
  test.each(made)('%s', (_, describeTable, operation) => {
    expect(operationsOf(describeTable)).toEqual([operation])
  })
})

const dropped = (indexKind: string, name: string) => ({ kind: 'dropIndex', table, indexKind, name })

const gone: Case[] = [
  ['dropPrimary()', (t) => t.dropPrimary(), dropped('primary', 'posts_primary')],
  ['dropPrimary by name', (t) => t.dropPrimary('p'), dropped('primary', 'p')],
  ['dropPrimary by columns', (t) => t.dropPrimary(['a', 'b']), dropped('primary', 'posts_a_b_primary')],
  ['dropUnique by name', (t) => t.dropUnique('u'), dropped('unique', 'u')],
  ['dropUnique by columns', (t) => t.dropUnique(['a', 'b']), dropped('unique', 'posts_a_b_unique')],
  ['dropIndex by name', (t) => t.dropIndex('posts_a_index'), dropped('index', 'posts_a_index')],
  ['dropIndex by columns', (t) => t.dropIndex(['a']), dropped('index', 'posts_a_index')],
  ['dropFullText', (t) => t.dropFullText(['a']), dropped('fulltext', 'posts_a_fulltext')],
  ['dropSpatialIndex', (t) => t.dropSpatialIndex(['a']), dropped('spatial', 'posts_a_spatialindex')],
  ['dropVectorIndex', (t) => t.dropVectorIndex(['a']), dropped('vector', 'posts_a_vectorindex')],
  [
    'dropForeign by name',
    (t) => t.dropForeign('posts_user_id_foreign'),
    { kind: 'dropForeignKey', table, name: 'posts_user_id_foreign', columns: undefined },
  ],
  [
    'dropForeign by columns',
    (t) => t.dropForeign(['user_id']),
    { kind: 'dropForeignKey', table, name: 'posts_user_id_foreign', columns: ['user_id'] },
  ],
  ['dropCheck', (t) => t.dropCheck('positive'), { kind: 'dropCheck', table, name: 'positive' }],
  ['renameIndex', (t) => t.renameIndex('a', 'b'), { kind: 'renameIndex', table, from: 'a', to: 'b' }],
]

describe('what is dropped and renamed', () => {
  test.each(gone)('%s', (_, describeTable, operation) => {
    expect(operationsOf(describeTable)).toEqual([operation])
  })
})

const foreign = (more: object) => ({
  kind: 'addForeignKey',
  table,
  foreignKey: {
    name: 'posts_user_id_foreign',
    isNamed: false,
    columns: ['user_id'],
    foreignTable: { schema: undefined, name: 'users' },
    foreignColumns: ['id'],
    ...more,
  },
})
const toUsers = (t: Blueprint) => t.foreign('user_id').references('id').on('users')

const keys: Case[] = [
  ['foreign, references, on', (t) => toUsers(t), foreign({})],
  ['on before references', (t) => t.foreign('user_id').on('users').references('id'), foreign({})],
  [
    'a named key of two columns into another schema',
    (t) => t.foreign(['a', 'b'], 'f').references(['c', 'd']).on('crm.users'),
    foreign({
      name: 'f',
      isNamed: true,
      columns: ['a', 'b'],
      foreignColumns: ['c', 'd'],
      foreignTable: { schema: 'crm', name: 'users' },
    }),
  ],
  ["onDelete('cascade')", (t) => toUsers(t).onDelete('cascade'), foreign({ onDelete: 'cascade' })],
  ["onDelete('SET NULL')", (t) => toUsers(t).onDelete('SET NULL'), foreign({ onDelete: 'set null' })],
  [
    "onDelete('set default')",
    (t) => toUsers(t).onDelete('set default'),
    foreign({ onDelete: 'set default' }),
  ],
  ["onUpdate('no action')", (t) => toUsers(t).onUpdate('no action'), foreign({ onUpdate: 'no action' })],
  ['cascadeOnDelete', (t) => toUsers(t).cascadeOnDelete(), foreign({ onDelete: 'cascade' })],
  ['restrictOnDelete', (t) => toUsers(t).restrictOnDelete(), foreign({ onDelete: 'restrict' })],
  ['nullOnDelete', (t) => toUsers(t).nullOnDelete(), foreign({ onDelete: 'set null' })],
  ['noActionOnDelete', (t) => toUsers(t).noActionOnDelete(), foreign({ onDelete: 'no action' })],
  ['cascadeOnUpdate', (t) => toUsers(t).cascadeOnUpdate(), foreign({ onUpdate: 'cascade' })],
  ['restrictOnUpdate', (t) => toUsers(t).restrictOnUpdate(), foreign({ onUpdate: 'restrict' })],
  ['nullOnUpdate', (t) => toUsers(t).nullOnUpdate(), foreign({ onUpdate: 'set null' })],
  ['noActionOnUpdate', (t) => toUsers(t).noActionOnUpdate(), foreign({ onUpdate: 'no action' })],
  [
    'deferrable, initiallyImmediate',
    (t) => toUsers(t).deferrable().initiallyImmediate(false),
    foreign({ deferrable: true, initiallyImmediate: false }),
  ],
  ['notValid', (t) => toUsers(t).notValid(), foreign({ notValid: true })],
  ['lock', (t) => toUsers(t).lock('shared'), foreign({ lock: 'shared' })],
]

describe('foreign keys', () => {
  test.each(keys)('%s', (_, describeTable, operation) => {
    expect(operationsOf(describeTable)).toEqual([operation])
  })
})

describe('long names', () => {
  const columns = ['the_first_of_the_long_columns', 'the_second_of_the_long_columns']

  test('that follow the convention are shortened, alike when made and when dropped', () => {
    const [added, removed] = operationsOf((t) => {
      t.index(columns)
      t.dropIndex(columns)
    }, 63)

    const name = added?.kind === 'addIndex' ? added.index.name : ''
    // 54 bytes of the name, and of: printf %s posts_…_the_second_of_the_long_columns_index | sha256sum
    expect(name).toBe('posts_the_first_of_the_long_columns_the_second_of_the__606d4eb9')
    expect(removed).toMatchObject({ kind: 'dropIndex', name })
  })

  test('that a drop or a rename spells out are shortened as the convention was', () => {
    const spelled = `posts_${columns.join('_')}`
    const operations = operationsOf((t) => {
      t.dropIndex(`${spelled}_index`)
      t.dropUnique(`${spelled}_unique`)
      t.dropForeign(`${spelled}_foreign`)
      t.renameIndex(`${spelled}_index`, 'short')
    }, 63)

    expect(operations).toMatchObject([
      { name: 'posts_the_first_of_the_long_columns_the_second_of_the__606d4eb9' },
      { name: 'posts_the_first_of_the_long_columns_the_second_of_the__c41a1e11' },
      { name: 'posts_the_first_of_the_long_columns_the_second_of_the__b2f6eaae' },
      { from: 'posts_the_first_of_the_long_columns_the_second_of_the__606d4eb9' },
    ])
  })

  test('that the user gives are refused', () => {
    const long = 'x'.repeat(64)

    expect(() => operationsOf((t) => t.index('a', long), 63)).toThrow(
      'is 64 bytes long; the database allows 63.',
    )
    expect(() => operationsOf((t) => t.foreign('a', long), 63)).toThrow('The name of the foreign key')
    expect(() => operationsOf((t) => t.check(long, 'true'), 63)).toThrow('The name of the check')
    expect(() => operationsOf((t) => t.renameIndex('a', long), 63)).toThrow('The new name of the index')
  })
})

describe('what cannot be', () => {
  const refusals: [code: string, describeTable: (table: Blueprint) => unknown, message: string][] = [
    ['an index on nothing', (t) => t.index([]), 'Table "posts": index() names no column.'],
    ['an empty column', (t) => t.unique(['a', '']), 'The name of a column is ""'],
    [
      'an expression without a name',
      (t) => t.index(new Expression('a + b')),
      'on the expression "a + b" has no name',
    ],
    ['an empty expression', (t) => t.rawIndex('', 'i'), 'The expression is empty'],
    ['an index under no name', (t) => t.index('a', ''), 'The name of the index is ""'],
    ['dropping no index', (t) => t.dropIndex([]), 'dropIndex() names no column.'],
    ['a key to nowhere', (t) => t.foreign('user_id'), 'does not say which table it references'],
    [
      'a key to no column',
      (t) => t.foreign('user_id').on('users'),
      'does not say which column it references',
    ],
    [
      'unequal keys',
      (t) => t.foreign(['a', 'b']).references('id').on('users'),
      'has 2 columns (a, b) and references 1 (id)',
    ],
    [
      'an unknown action',
      // @ts-expect-error no such action
      (t) => toUsers(t).onDelete('casade'),
      'Action "casade" is not known. Did you mean "cascade"?',
    ],
    ['an empty condition', (t) => t.index('a').where(''), 'The condition is empty'],
  ]

  test.each(refusals)('%s', (_, describeTable, message) => {
    expect(() => operationsOf(describeTable)).toThrow(message)
  })
})
