// Every modifier of a column, with what it makes of the column `c` of the table `posts`.

import { describe, expect, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import type { ColumnDefinition } from '../../../src/schema/column-definition.js'
import { SchemaError } from '../../../src/schema/errors.js'
import { Expression } from '../../../src/schema/expression.js'
import type { Column, Operation } from '../../../src/schema/operations.js'

const posts = { schema: undefined, name: 'posts' }

function operationsOf(modify: (column: ColumnDefinition) => unknown): readonly Operation[] {
  const table = new Blueprint('posts')
  modify(table.integer('c'))
  return table.operations()
}

function columnOf(modify: (column: ColumnDefinition) => unknown): Column | undefined {
  const [operation] = operationsOf(modify)
  return operation?.kind === 'addColumn' ? operation.column : undefined
}

function errorOf(modify: (column: ColumnDefinition) => unknown): SchemaError {
  try {
    operationsOf(modify)
  } catch (error) {
    if (error instanceof SchemaError) return error
  }
  throw new Error('nothing was refused')
}

type Case = [code: string, modify: (column: ColumnDefinition) => unknown, part: Partial<Column>]

const moment = new Date('2025-03-05T12:00:00Z')

const cases: Case[] = [
  ['nullable()', (c) => c.nullable(), { nullable: true }],
  ['nullable(false)', (c) => c.nullable(false), { nullable: false }],
  ['default of text', (c) => c.default('draft'), { default: 'draft' }],
  ['default of 0', (c) => c.default(0), { default: 0 }],
  ['default of false', (c) => c.default(false), { default: false }],
  ['default of null', (c) => c.default(null), { default: null }],
  ['default of a date', (c) => c.default(moment), { default: moment }],
  ['default of a bigint', (c) => c.default(9007199254740993n), { default: 9007199254740993n }],
  ['default of a list', (c) => c.default(['a']), { default: ['a'] }],
  ['default of SQL', (c) => c.default(new Expression('(1 + 1)')), { default: new Expression('(1 + 1)') }],
  ['unsigned()', (c) => c.unsigned(), { unsigned: true }],
  ['unsigned(false)', (c) => c.unsigned(false), { unsigned: false }],
  ['autoIncrement()', (c) => c.autoIncrement(), { autoIncrement: true }],
  ['startingValue', (c) => c.startingValue(1000), { startingValue: 1000 }],
  ['from', (c) => c.from(1000), { startingValue: 1000 }],
  ['comment', (c) => c.comment('why'), { comment: 'why' }],
  ['after', (c) => c.after('id'), { position: { after: 'id' } }],
  ['first', (c) => c.first(), { position: 'first' }],
  ['charset', (c) => c.charset('latin1'), { charset: 'latin1' }],
  ['collation', (c) => c.collation('nocase'), { collation: 'nocase' }],
  ['useCurrent', (c) => c.useCurrent(), { useCurrent: true }],
  ['useCurrentOnUpdate', (c) => c.useCurrentOnUpdate(), { useCurrentOnUpdate: true }],
  ['storedAs', (c) => c.storedAs('a + b'), { generated: { expression: 'a + b', stored: true } }],
  ['virtualAs', (c) => c.virtualAs('a + b'), { generated: { expression: 'a + b', stored: false } }],
  [
    'virtualAs a JSON path',
    (c) => c.virtualAs('meta->lang'),
    { generated: { expression: 'meta->lang', stored: false } },
  ],
  ['storedAs SQL', (c) => c.storedAs(new Expression('a')), { generated: { expression: 'a', stored: true } }],
  [
    'virtualAs, persisted',
    (c) => c.persisted().virtualAs('a'),
    { generated: { expression: 'a', stored: true } },
  ],
  ['generatedAs', (c) => c.generatedAs(), { identity: { always: false, options: undefined } }],
  [
    'generatedAs with options, always',
    (c) => c.generatedAs('increment by 10').always(),
    { identity: { always: true, options: 'increment by 10' } },
  ],
  [
    'always, generatedAs',
    (c) => c.always().generatedAs(),
    { identity: { always: true, options: undefined } },
  ],
  ['invisible', (c) => c.invisible(), { invisible: true }],
  ['using', (c) => c.using('c::integer'), { using: 'c::integer' }],
  ['type', (c) => c.type('decimal'), { type: 'decimal', attributes: { total: 8, places: 2 } }],
  ['instant', (c) => c.instant(), { algorithm: 'instant' }],
  ['algorithm', (c) => c.algorithm('inplace'), { algorithm: 'inplace' }],
  ['lock', (c) => c.lock('none'), { lock: 'none' }],
  ['none', () => undefined, {}],
]

describe('modifiers', () => {
  test.each(cases)('%s', (_, modify, part) => {
    expect(columnOf(modify)).toEqual({ name: 'c', type: 'integer', attributes: {}, ...part })
  })

  test('a column in a variable can be modified until the callback is done', () => {
    const table = new Blueprint('posts')
    const column = table.string('title', 10)
    table.index('title')
    column.nullable()

    expect(table.operations()[0]).toMatchObject({
      kind: 'addColumn',
      column: { name: 'title', nullable: true },
    })
  })
})

describe('change', () => {
  test('keeps what it does not mention', () => {
    expect(operationsOf((column) => column.nullable().change())).toEqual([
      {
        kind: 'changeColumn',
        table: posts,
        column: { name: 'c', type: 'integer', attributes: {}, nullable: true },
        exact: false,
      },
    ])
  })

  test('is exact where that is asked for', () => {
    expect(operationsOf((column) => column.change({ exact: true }))[0]).toMatchObject({ exact: true })
  })

  test('is exact for a whole project unless it says otherwise', () => {
    const table = new Blueprint('posts', { changesExactly: true })
    table.integer('a').change()
    table.integer('b').change({ exact: false })

    expect(table.operations().map((operation) => 'exact' in operation && operation.exact)).toEqual([
      true,
      false,
    ])
  })

  test('is refused in a table that is being made', () => {
    const table = new Blueprint('posts').create()
    table.integer('c').change()

    expect(() => table.operations()).toThrow('Table "posts", column "c": change() is for a table that exists')
  })
})

const index = (kind: string, name: string, isNamed = false) => ({
  kind: 'addIndex',
  table: posts,
  index: { kind, name, isNamed, columns: [{ column: 'c' }] },
})

describe('indexes on the column', () => {
  const added: [code: string, modify: (column: ColumnDefinition) => unknown, operations: unknown[]][] = [
    ['primary()', (c) => c.primary(), [index('primary', 'posts_c_primary')]],
    ['unique()', (c) => c.unique(), [index('unique', 'posts_c_unique')]],
    ["unique('u')", (c) => c.unique('u'), [index('unique', 'u', true)]],
    ['index()', (c) => c.index(), [index('index', 'posts_c_index')]],
    ['fullText()', (c) => c.fullText(), [index('fulltext', 'posts_c_fulltext')]],
    ['fulltext()', (c) => c.fulltext(), [index('fulltext', 'posts_c_fulltext')]],
    ['spatialIndex()', (c) => c.spatialIndex(), [index('spatial', 'posts_c_spatialindex')]],
    ['vectorIndex()', (c) => c.vectorIndex(), [index('vector', 'posts_c_vectorindex')]],
    ['index() on a vector', (c) => c.type('vector').index(), [index('vector', 'posts_c_vectorindex')]],
    ['unique() serves as index()', (c) => c.index().unique(), [index('unique', 'posts_c_unique')]],
    [
      'index() and fullText() serve different ends',
      (c) => c.index().fullText(),
      [index('index', 'posts_c_index'), index('fulltext', 'posts_c_fulltext')],
    ],
    ['index(false) without change()', (c) => c.index(false), []],
    ['autoIncrement() is the primary key already', (c) => c.autoIncrement().primary(), []],
  ]

  test.each(added)('%s', (_, modify, operations) => {
    expect(operationsOf(modify).slice(1)).toEqual(operations)
  })

  test('are dropped by false together with change()', () => {
    const operations = operationsOf((column) => column.primary(false).unique(false).index(false).change())

    expect(operations.slice(1)).toEqual([
      { kind: 'dropIndex', table: posts, indexKind: 'primary', name: 'posts_c_primary' },
      { kind: 'dropIndex', table: posts, indexKind: 'unique', name: 'posts_c_unique' },
      { kind: 'dropIndex', table: posts, indexKind: 'index', name: 'posts_c_index' },
    ])
  })
})

describe('modifiers that cannot be', () => {
  const refusals: [
    code: string,
    modify: (column: ColumnDefinition) => unknown,
    error: string,
    message: string,
  ][] = [
    [
      'default(undefined)',
      // @ts-expect-error undefined is no value
      (c) => c.default(undefined),
      'TM_INVALID_DEFAULT',
      'default(…) is given undefined',
    ],
    ['default(NaN)', (c) => c.default(NaN), 'TM_INVALID_DEFAULT', 'default(…) is given NaN'],
    [
      'default([Infinity])',
      (c) => c.default([Infinity]),
      'TM_INVALID_DEFAULT',
      'default(…) is given Infinity',
    ],
    ['an invalid date', (c) => c.default(new Date('x')), 'TM_INVALID_DEFAULT', 'given an invalid date'],
    // @ts-expect-error a function is no value
    ['a function', (c) => c.default(() => 1), 'TM_INVALID_DEFAULT', 'given a function'],
    ['an empty index name', (c) => c.index(''), 'TM_INVALID_NAME', 'The name of the index is ""'],
    ['after nothing', (c) => c.after(''), 'TM_INVALID_NAME', 'The name of the column is ""'],
    ['an empty expression', (c) => c.storedAs(' '), 'TM_EMPTY_SQL', 'it must be a piece of SQL'],
    ['half a start', (c) => c.from(1.5), 'TM_INVALID_NUMBER', 'The starting value is 1.5'],
    // @ts-expect-error no such lock
    ['an unknown lock', (c) => c.lock('shard'), 'TM_UNKNOWN_WORD', 'Did you mean "shared"?'],
    // @ts-expect-error no such algorithm
    ['an unknown algorithm', (c) => c.algorithm('inplce'), 'TM_UNKNOWN_WORD', 'Did you mean "inplace"?'],
    // @ts-expect-error no such type
    ['an unknown type', (c) => c.type('sting'), 'TM_UNKNOWN_WORD', 'Did you mean "string"?'],
    // @ts-expect-error a comment is a text
    ['no comment', (c) => c.comment(undefined), 'TM_INVALID_TEXT', 'The comment is undefined'],
    ['persisted of nothing', (c) => c.persisted(), 'TM_NOT_COMPUTED', 'this one computes none'],
  ]

  test.each(refusals)('%s', (_, modify, code, message) => {
    const error = errorOf(modify)

    expect(error.code).toBe(code)
    expect(error.message).toContain('Table "posts", column "c": ')
    expect(error.message).toContain(message)
    expect(error.details).toMatchObject({ table: 'posts', column: 'c' })
    expect(error.remedy).not.toBe('')
  })
})
