// Every method that adds columns, with the columns that it adds. The table is `posts`, the defaults are Laravel's.

import { describe, expect, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import { columnTypeNames } from '../../../src/schema/column-types.js'
import type { Column } from '../../../src/schema/operations.js'
import { SchemaDefaults } from '../../../src/schema/type-defaults.js'

function columnsOf(describeTable: (table: Blueprint) => unknown, defaults = new SchemaDefaults()): Column[] {
  const table = new Blueprint('posts', { defaults })
  describeTable(table)
  return table.operations().flatMap((operation) => (operation.kind === 'addColumn' ? [operation.column] : []))
}

const numbering = { attributes: {}, autoIncrement: true, unsigned: true }
const unsigned = { attributes: {}, unsigned: true }
const moment = { attributes: { precision: 0 } }
const length255 = { attributes: { length: 255 } }
const plain = { attributes: {} }

type Case = [code: string, describeTable: (table: Blueprint) => unknown, columns: Column[]]

const cases: Case[] = [
  ['id()', (t) => t.id(), [{ name: 'id', type: 'bigInteger', ...numbering }]],
  ["id('key')", (t) => t.id('key'), [{ name: 'key', type: 'bigInteger', ...numbering }]],
  ['increments', (t) => t.increments('n'), [{ name: 'n', type: 'integer', ...numbering }]],
  ['integerIncrements', (t) => t.integerIncrements('n'), [{ name: 'n', type: 'integer', ...numbering }]],
  ['tinyIncrements', (t) => t.tinyIncrements('n'), [{ name: 'n', type: 'tinyInteger', ...numbering }]],
  ['smallIncrements', (t) => t.smallIncrements('n'), [{ name: 'n', type: 'smallInteger', ...numbering }]],
  ['mediumIncrements', (t) => t.mediumIncrements('n'), [{ name: 'n', type: 'mediumInteger', ...numbering }]],
  ['bigIncrements', (t) => t.bigIncrements('n'), [{ name: 'n', type: 'bigInteger', ...numbering }]],
  ['char', (t) => t.char('c'), [{ name: 'c', type: 'char', ...length255 }]],
  ['char(2)', (t) => t.char('c', 2), [{ name: 'c', type: 'char', attributes: { length: 2 } }]],
  ['string', (t) => t.string('c'), [{ name: 'c', type: 'string', ...length255 }]],
  ['string(9)', (t) => t.string('c', 9), [{ name: 'c', type: 'string', attributes: { length: 9 } }]],
  ['string(null)', (t) => t.string('c', null), [{ name: 'c', type: 'string', attributes: { length: 255 } }]],
  ['tinyText', (t) => t.tinyText('c'), [{ name: 'c', type: 'tinyText', ...plain }]],
  ['text', (t) => t.text('c'), [{ name: 'c', type: 'text', ...plain }]],
  ['mediumText', (t) => t.mediumText('c'), [{ name: 'c', type: 'mediumText', ...plain }]],
  ['longText', (t) => t.longText('c'), [{ name: 'c', type: 'longText', ...plain }]],
  ['integer', (t) => t.integer('n'), [{ name: 'n', type: 'integer', ...plain }]],
  ['integer(true, true)', (t) => t.integer('n', true, true), [{ name: 'n', type: 'integer', ...numbering }]],
  ['tinyInteger', (t) => t.tinyInteger('n'), [{ name: 'n', type: 'tinyInteger', ...plain }]],
  ['smallInteger', (t) => t.smallInteger('n'), [{ name: 'n', type: 'smallInteger', ...plain }]],
  ['mediumInteger', (t) => t.mediumInteger('n'), [{ name: 'n', type: 'mediumInteger', ...plain }]],
  ['bigInteger', (t) => t.bigInteger('n'), [{ name: 'n', type: 'bigInteger', ...plain }]],
  ['unsignedInteger', (t) => t.unsignedInteger('n'), [{ name: 'n', type: 'integer', ...unsigned }]],
  [
    'unsignedInteger(true)',
    (t) => t.unsignedInteger('n', true),
    [{ name: 'n', type: 'integer', ...numbering }],
  ],
  [
    'unsignedTinyInteger',
    (t) => t.unsignedTinyInteger('n'),
    [{ name: 'n', type: 'tinyInteger', ...unsigned }],
  ],
  [
    'unsignedSmallInteger',
    (t) => t.unsignedSmallInteger('n'),
    [{ name: 'n', type: 'smallInteger', ...unsigned }],
  ],
  [
    'unsignedMediumInteger',
    (t) => t.unsignedMediumInteger('n'),
    [{ name: 'n', type: 'mediumInteger', ...unsigned }],
  ],
  ['unsignedBigInteger', (t) => t.unsignedBigInteger('n'), [{ name: 'n', type: 'bigInteger', ...unsigned }]],
  ['float', (t) => t.float('n'), [{ name: 'n', type: 'float', attributes: { precision: 53 } }]],
  ['float(24)', (t) => t.float('n', 24), [{ name: 'n', type: 'float', attributes: { precision: 24 } }]],
  ['double', (t) => t.double('n'), [{ name: 'n', type: 'double', ...plain }]],
  ['decimal', (t) => t.decimal('n'), [{ name: 'n', type: 'decimal', attributes: { total: 8, places: 2 } }]],
  [
    'decimal(19, 4)',
    (t) => t.decimal('n', 19, 4),
    [{ name: 'n', type: 'decimal', attributes: { total: 19, places: 4 } }],
  ],
  ['boolean', (t) => t.boolean('b'), [{ name: 'b', type: 'boolean', ...plain }]],
  [
    'enum',
    (t) => t.enum('e', ['a', 'b']),
    [{ name: 'e', type: 'enum', attributes: { allowed: ['a', 'b'] } }],
  ],
  ['set', (t) => t.set('e', ['a', 'b']), [{ name: 'e', type: 'set', attributes: { allowed: ['a', 'b'] } }]],
  ['json', (t) => t.json('j'), [{ name: 'j', type: 'json', ...plain }]],
  ['jsonb', (t) => t.jsonb('j'), [{ name: 'j', type: 'jsonb', ...plain }]],
  ['date', (t) => t.date('d'), [{ name: 'd', type: 'date', ...plain }]],
  ['dateTime', (t) => t.dateTime('d'), [{ name: 'd', type: 'dateTime', ...moment }]],
  ['dateTime(6)', (t) => t.dateTime('d', 6), [{ name: 'd', type: 'dateTime', attributes: { precision: 6 } }]],
  ['datetime', (t) => t.datetime('d', 3), [{ name: 'd', type: 'dateTime', attributes: { precision: 3 } }]],
  ['dateTimeTz', (t) => t.dateTimeTz('d'), [{ name: 'd', type: 'dateTimeTz', ...moment }]],
  ['time', (t) => t.time('d'), [{ name: 'd', type: 'time', ...moment }]],
  ['timeTz', (t) => t.timeTz('d'), [{ name: 'd', type: 'timeTz', ...moment }]],
  ['timestamp', (t) => t.timestamp('d'), [{ name: 'd', type: 'timestamp', ...moment }]],
  ['timestampTz', (t) => t.timestampTz('d'), [{ name: 'd', type: 'timestampTz', ...moment }]],
  [
    'timestamps',
    (t) => t.timestamps(),
    [
      { name: 'created_at', type: 'timestamp', ...moment, nullable: true },
      { name: 'updated_at', type: 'timestamp', ...moment, nullable: true },
    ],
  ],
  [
    'nullableTimestamps(3)',
    (t) => t.nullableTimestamps(3),
    [
      { name: 'created_at', type: 'timestamp', attributes: { precision: 3 }, nullable: true },
      { name: 'updated_at', type: 'timestamp', attributes: { precision: 3 }, nullable: true },
    ],
  ],
  [
    'timestampsTz',
    (t) => t.timestampsTz(),
    [
      { name: 'created_at', type: 'timestampTz', ...moment, nullable: true },
      { name: 'updated_at', type: 'timestampTz', ...moment, nullable: true },
    ],
  ],
  [
    'nullableTimestampsTz',
    (t) => t.nullableTimestampsTz(),
    [
      { name: 'created_at', type: 'timestampTz', ...moment, nullable: true },
      { name: 'updated_at', type: 'timestampTz', ...moment, nullable: true },
    ],
  ],
  [
    'datetimes',
    (t) => t.datetimes(),
    [
      { name: 'created_at', type: 'dateTime', ...moment, nullable: true },
      { name: 'updated_at', type: 'dateTime', ...moment, nullable: true },
    ],
  ],
  [
    'softDeletes',
    (t) => t.softDeletes(),
    [{ name: 'deleted_at', type: 'timestamp', ...moment, nullable: true }],
  ],
  [
    'softDeletesTz',
    (t) => t.softDeletesTz('gone_at', 6),
    [{ name: 'gone_at', type: 'timestampTz', attributes: { precision: 6 }, nullable: true }],
  ],
  [
    'softDeletesDatetime',
    (t) => t.softDeletesDatetime(),
    [{ name: 'deleted_at', type: 'dateTime', ...moment, nullable: true }],
  ],
  ['year', (t) => t.year('y'), [{ name: 'y', type: 'year', ...plain }]],
  ['binary', (t) => t.binary('b'), [{ name: 'b', type: 'binary', attributes: { isFixed: false } }]],
  [
    'binary(16, true)',
    (t) => t.binary('b', 16, true),
    [{ name: 'b', type: 'binary', attributes: { length: 16, isFixed: true } }],
  ],
  ['uuid()', (t) => t.uuid(), [{ name: 'uuid', type: 'uuid', ...plain }]],
  ['uuid', (t) => t.uuid('u'), [{ name: 'u', type: 'uuid', ...plain }]],
  ['ulid()', (t) => t.ulid(), [{ name: 'ulid', type: 'ulid', attributes: { length: 26 } }]],
  ['ipAddress()', (t) => t.ipAddress(), [{ name: 'ip_address', type: 'ipAddress', ...plain }]],
  ['macAddress()', (t) => t.macAddress(), [{ name: 'mac_address', type: 'macAddress', ...plain }]],
  ['geometry', (t) => t.geometry('g'), [{ name: 'g', type: 'geometry', attributes: { srid: 0 } }]],
  [
    "geography('point')",
    (t) => t.geography('g', 'point'),
    [{ name: 'g', type: 'geography', attributes: { subtype: 'point', srid: 4326 } }],
  ],
  ['vector', (t) => t.vector('v', 3), [{ name: 'v', type: 'vector', attributes: { dimensions: 3 } }]],
  ['tsvector', (t) => t.tsvector('v'), [{ name: 'v', type: 'tsvector', ...plain }]],
  [
    'computed',
    (t) => t.computed('c', 'a + b'),
    [{ name: 'c', type: 'computed', attributes: { definition: 'a + b' } }],
  ],
  [
    'rawColumn',
    (t) => t.rawColumn('c', 'text not null'),
    [{ name: 'c', type: 'rawColumn', attributes: { definition: 'text not null' } }],
  ],
  [
    'rememberToken',
    (t) => t.rememberToken(),
    [{ name: 'remember_token', type: 'string', attributes: { length: 100 }, nullable: true }],
  ],
  [
    'addColumn',
    (t) => t.addColumn('decimal', 'n', { places: 4, nullable: true }),
    [{ name: 'n', type: 'decimal', attributes: { total: 8, places: 4 }, nullable: true }],
  ],
  [
    'addColumn without a precision',
    (t) => t.addColumn('float', 'n'),
    [{ name: 'n', type: 'float', attributes: { precision: null } }],
  ],
  ['foreignId', (t) => t.foreignId('user_id'), [{ name: 'user_id', type: 'bigInteger', ...unsigned }]],
  ['foreignUuid', (t) => t.foreignUuid('user_id'), [{ name: 'user_id', type: 'uuid', ...plain }]],
  [
    'foreignUlid',
    (t) => t.foreignUlid('user_id'),
    [{ name: 'user_id', type: 'char', attributes: { length: 26 } }],
  ],
]

describe('methods that add columns', () => {
  test.each(cases)('%s', (_, describeTable, columns) => {
    expect(columnsOf(describeTable)).toEqual(columns)
  })

  test('every type has a method of its name', () => {
    const methods = columnTypeNames.filter((name) => typeof Blueprint.prototype[name] === 'function')

    expect(methods).toEqual(columnTypeNames)
  })
})

describe('defaults of the builder', () => {
  test('give strings and times what they are not given', () => {
    const defaults = new SchemaDefaults()
    defaults.stringLength = 191
    defaults.timePrecision = 6

    const columns = columnsOf((table) => {
      table.string('title')
      table.char('code')
      table.timestamp('at')
      table.string('short', 10)
    }, defaults)

    expect(columns.map((column) => column.attributes)).toEqual([
      { length: 191 },
      { length: 191 },
      { precision: 6 },
      { length: 10 },
    ])
  })
})

describe('after', () => {
  test('places several columns one after the other, and only those of the callback', () => {
    const columns = columnsOf((table) => {
      table.after('title', (inside) => {
        inside.string('subtitle')
        inside.string('summary')
      })
      table.string('last')
    })

    expect(columns.map((column) => column.position)).toEqual([
      { after: 'title' },
      { after: 'subtitle' },
      undefined,
    ])
  })
})

describe('columns that cannot be', () => {
  const refusals: [code: string, describeTable: (table: Blueprint) => unknown, message: string][] = [
    ['an empty name', (t) => t.string(''), 'Table "posts": The name of a column is ""; it must be a text'],
    // @ts-expect-error the name is left out, as plain JavaScript can
    ['no name', (t) => t.string(), 'The name of a column is ""'],
    ['an enum of nothing', (t) => t.enum('status', []), 'column "status": enum() is given no list of texts'],
    [
      'a length of 0',
      (t) => t.string('title', 0),
      'The length of string() is 0; it must be a whole number from 1 on',
    ],
    ['half a digit', (t) => t.timestamp('at', 1.5), 'The precision of timestamp() is 1.5'],
    [
      'more places than digits',
      (t) => t.decimal('price', 2, 4),
      'decimal() has 4 places after the point, but only 2',
    ],
    ['a raw column of nothing', (t) => t.rawColumn('x', ''), 'rawColumn() is given no SQL'],
    [
      'an unknown type',
      // @ts-expect-error no such type
      (t) => t.addColumn('strin', 'title'),
      'Type "strin" is not known. Did you mean "string"?',
    ],
    [
      'an unknown parameter',
      // @ts-expect-error no such parameter
      (t) => t.addColumn('string', 'title', { lenght: 5 }),
      'Parameter "lenght" of addColumn() is not known. Did you mean "length"?',
    ],
  ]

  test.each(refusals)('%s', (_, describeTable, message) => {
    expect(() => columnsOf(describeTable)).toThrow(message)
  })

  test('a name too long for the database says how long it may be', () => {
    const table = new Blueprint('posts', { maxIdentifierBytes: 63 })

    expect(() => table.string('é'.repeat(32))).toThrow('is 64 bytes long; the database allows 63.')
  })
})
