// Values in and out, by the type of their column, in a process and on a database whose zones are neither UTC nor whole hours.

import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import type { Value } from '../../../src/schema/expression.js'
import { openAt, openWithSettings } from './sessions.js'

const zoneBefore = process.env['TZ']

beforeAll(() => {
  process.env['TZ'] = 'America/St_Johns'
  // Three and a half hours behind: the zone has been taken up.
  expect(new Date('2025-01-15T00:00:00Z').getTimezoneOffset()).toBe(210)
})

afterAll(() => {
  if (zoneBefore === undefined) delete process.env['TZ']
  else process.env['TZ'] = zoneBefore
})

/** Writes a value to a column of the type and reads it back. */
async function throughColumn(session: Session, type: string, value: Value): Promise<unknown> {
  await session.execute('drop table if exists v')
  await session.execute(`create temp table v (v ${type})`)
  const [row] = await session.query('insert into v values (?) returning v', [value])
  return row?.['v']
}

const bytes = (...list: number[]) => Buffer.from(list)
const at = (text: string) => new Date(text)

describe('a value', () => {
  test.each<[type: string, given: Value, expected: unknown]>([
    ['smallint', -5, -5],
    ['integer', 2_147_483_647, 2_147_483_647],
    ['bigint', 9_007_199_254_740_991, 9_007_199_254_740_991],
    ['bigint', 9_007_199_254_740_993n, 9_007_199_254_740_993n],
    ['bigint', -9_223_372_036_854_775_808n, -9_223_372_036_854_775_808n],
    ['bigint', 7n, 7],
    ['oid', 4_294_967_295, 4_294_967_295],
    ['integer', true, 1],
    [
      'numeric(40, 20)',
      '12345678901234567890.12345678901234567890',
      '12345678901234567890.12345678901234567890',
    ],
    ['numeric(10, 2)', 1.1, '1.10'],
    ['numeric', 0.1, '0.1'],
    ['numeric', 1e21, '1000000000000000000000'],
    ['numeric', 'NaN', 'NaN'],
    ['double precision', 0.1, 0.1],
    ['double precision', 1e300, 1e300],
    ['double precision', Infinity, Infinity],
    ['real', 1.5, 1.5],
    ['boolean', true, true],
    ['boolean', false, false],
    ['boolean', 1, true],
    ['boolean', 'yes', true],
    ['date', '2025-03-05', '2025-03-05'],
    ['date', at('2025-03-05T23:59:59Z'), '2025-03-05'],
    ['date', 'infinity', 'infinity'],
    ['time', '10:20:30.5', '10:20:30.5'],
    ['time', at('2025-03-05T10:20:30.250Z'), '10:20:30.25'],
    ['timetz', '10:20:30+05:45', '10:20:30+05:45'],
    ['timestamp', at('2025-03-05T10:20:30.123Z'), at('2025-03-05T10:20:30.123Z')],
    ['timestamp', '2025-03-05 10:20:30', at('2025-03-05T10:20:30Z')],
    ['timestamp(0)', at('2025-03-05T10:20:30Z'), at('2025-03-05T10:20:30Z')],
    ['timestamptz', at('2025-03-05T10:20:30.123Z'), at('2025-03-05T10:20:30.123Z')],
    ['timestamptz', '2025-03-05 10:20:30+05:45', at('2025-03-05T04:35:30Z')],
    ['timestamptz', '2025-03-05 10:20:30.123999+00', at('2025-03-05T10:20:30.123Z')],
    ['timestamptz', '0044-03-15 12:00:00+00 BC', at('-000043-03-15T12:00:00Z')],
    ['timestamptz', at('-000043-03-15T12:00:00Z'), at('-000043-03-15T12:00:00Z')],
    ['timestamptz', at('0050-01-01T00:00:00Z'), at('0050-01-01T00:00:00Z')],
    ['timestamptz', at('+012345-06-07T08:09:10Z'), at('+012345-06-07T08:09:10Z')],
    // What no Date can hold stays text.
    ['timestamptz', 'infinity', 'infinity'],
    ['timestamp', '-infinity', '-infinity'],
    ['timestamp', '290000-01-01 00:00:00', '290000-01-01 00:00:00'],
    ['interval', '1 day 02:03:04', '1 day 02:03:04'],
    ['json', '{"a": [1, null, "x"]}', { a: [1, null, 'x'] }],
    ['jsonb', '"text"', 'text'],
    ['jsonb', 'null', null],
    ['bytea', bytes(0, 255, 92, 39), bytes(0, 255, 92, 39)],
    ['bytea', new Uint8Array(0), bytes()],
    ['bytea', new Uint8Array([9, 1, 2, 9]).subarray(1, 3), bytes(1, 2)],
    ['text', 'emoji 😀 \\ \' " ?', 'emoji 😀 \\ \' " ?'],
    ['text', '', ''],
    ['text', 5, '5'],
    ['varchar(3)', 'abc', 'abc'],
    ['char(3)', 'a', 'a  '],
    ['uuid', '6f8e6d5c-4b3a-4291-8a7b-0c1d2e3f4a5b', '6f8e6d5c-4b3a-4291-8a7b-0c1d2e3f4a5b'],
    ['inet', '10.0.0.1/8', '10.0.0.1/8'],
    ['macaddr', '08:00:2b:01:02:03', '08:00:2b:01:02:03'],
    ['bit(4)', '1010', '1010'],
    ['money', '12.50', '$12.50'],
    ['point', '(1,2)', '(1,2)'],
    ['int4range', '[1,5)', '[1,5)'],
    ['tsvector', "'a' 'b'", "'a' 'b'"],
    ['xml', '<a/>', '<a/>'],
    ['integer[]', '{1,NULL,3}', [1, null, 3]],
    [
      'integer[]',
      '{{1,2},{3,4}}',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['integer[]', '{}', []],
    ['integer[]', '[5:6]={7,8}', [7, 8]],
    ['bigint[]', '{1,9007199254740993}', [1, 9_007_199_254_740_993n]],
    ['text[]', '{a,"b, c","d\\"e\\\\f","",NULL,"NULL"}', ['a', 'b, c', 'd"e\\f', '', null, 'NULL']],
    ['boolean[]', '{t,f}', [true, false]],
    ['numeric[]', '{1.10,2}', ['1.10', '2']],
    ['timestamptz[]', '{"2025-03-05 10:20:30+00"}', [at('2025-03-05T10:20:30Z')]],
    ['date[]', '{2025-03-05}', ['2025-03-05']],
    ['jsonb[]', '{"{\\"a\\": 1}"}', [{ a: 1 }]],
    ['bytea[]', '{"\\\\x01ff"}', [bytes(1, 255)]],
    ['uuid[]', '{6f8e6d5c-4b3a-4291-8a7b-0c1d2e3f4a5b}', ['6f8e6d5c-4b3a-4291-8a7b-0c1d2e3f4a5b']],
    ['box[]', '{(3,4),(1,2);(7,8),(5,6)}', ['(3,4),(1,2)', '(7,8),(5,6)']],
    ['integer', null, null],
  ])('in a column of type %s, written as %o, is read as %o', async (type, given, expected) => {
    const { session } = await openAt()

    expect(await throughColumn(session, type, given)).toEqual(expected)
  })

  test('of a type of the user’s is read by what that is made of', async () => {
    const { session } = await openAt()
    await session.execute("create type pg_temp.mood as enum ('sad', 'so ''so''')")
    await session.execute('create domain pg_temp.tally as bigint')
    await session.execute('create domain pg_temp.tallies as pg_temp.tally')
    await session.execute('create type pg_temp.pair as (a integer, b text)')

    const [row] = await session.query(
      `select 'sad'::pg_temp.mood as mood, array['sad', 'so ''so''']::pg_temp.mood[] as moods, 5::pg_temp.tally as tally,
        array[5, 6]::pg_temp.tally[] as tallies, array[7]::pg_temp.tallies[] as nested, (1, 'x')::pg_temp.pair as pair`,
    )

    expect(row).toEqual({
      mood: 'sad',
      moods: ['sad', "so 'so'"],
      tally: 5,
      tallies: [5, 6],
      nested: [7],
      pair: '(1,x)',
    })
    // Known by now.
    expect(await session.query("select array['sad']::pg_temp.mood[] as moods")).toEqual([{ moods: ['sad'] }])
  })

  test('of bytes is read in the older format too', async () => {
    const { session } = await openAt()
    await session.setting('bytea_output', 'escape')

    expect(await throughColumn(session, 'bytea', bytes(0, 92, 65, 255))).toEqual(bytes(0, 92, 65, 255))
  })

  test('of a moment is the same in a session whose zone somebody has changed', async () => {
    const { session } = await openAt()
    await session.setting('TimeZone', 'Asia/Kathmandu')

    expect(await throughColumn(session, 'timestamptz', at('2025-03-05T10:20:30.123Z'))).toEqual(
      at('2025-03-05T10:20:30.123Z'),
    )
    expect(await throughColumn(session, 'timestamp', at('2025-03-05T10:20:30.123Z'))).toEqual(
      at('2025-03-05T10:20:30.123Z'),
    )
    // A local mean time, with seconds.
    await session.setting('TimeZone', 'America/St_Johns')
    expect(await throughColumn(session, 'timestamptz', '1884-01-01 00:00:00+00')).toEqual(
      at('1884-01-01T00:00:00Z'),
    )
  })
})

describe('any value comes back as it went in', () => {
  const open = async () => await openWithSettings({ timezone: 'Asia/Kathmandu' })

  /** No NUL, which is refused, and no half of a character, which is none in UTF-8. */
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((string) => !string.includes('\0'))
  const moment = fc.date({
    min: at('-004700-01-01T00:00:00Z'),
    max: at('+200000-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  const scaled = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 9_999_999_999 }))
    .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(10, '0')}`)

  const kinds: readonly (readonly [type: string, fc.Arbitrary<Value>])[] = [
    ['bigint', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ['integer', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
    ['double precision', fc.double({ noNaN: true }).map((number) => (number === 0 ? 0 : number))],
    ['numeric(40, 10)', scaled],
    ['boolean', fc.boolean()],
    ['text', text],
    ['timestamp', moment],
    ['timestamptz', moment],
    ['bytea', fc.uint8Array({ maxLength: 50 }).map((array) => Buffer.from(array))],
    ['uuid', fc.uuid()],
  ]

  test('of each of these types, alone and in an array', async () => {
    const { session } = await open()
    await session.execute(
      `create temp table a (${kinds.map(([type], index) => `c${index} ${type}`).join(', ')})`,
    )
    const columns = kinds.map((_kind, index) => `c${index}`)

    await fc.assert(
      fc.asyncProperty(fc.tuple(...kinds.map(([, arbitrary]) => fc.option(arbitrary))), async (row) => {
        const marks = row.map(() => '?').join(', ')
        const arrays = columns.map((column) => `array[${column}, null, ${column}] as ${column}_array`)
        const [read] = await session.query(
          `insert into a values (${marks}) returning *, ${arrays.join(', ')}`,
          row,
        )
        for (const [index, column] of columns.entries()) {
          const expected = narrowed(row[index] ?? null)
          expect(read?.[column]).toEqual(expected)
          expect(read?.[`${column}_array`]).toEqual([expected, null, expected])
        }
      }),
      { numRuns: 150 },
    )
  })

  test('as JSON', async () => {
    const { session } = await open()

    await fc.assert(
      fc.asyncProperty(
        fc.json({ stringUnit: 'grapheme' }).filter((json) => !json.includes('\\u0000') && !/-0\b/.test(json)),
        async (json) => {
          const [read] = await session.query('select ?::json as json, ?::jsonb as jsonb', [json, json])

          expect(read).toEqual({ json: JSON.parse(json) as unknown, jsonb: JSON.parse(json) as unknown })
        },
      ),
    )
  })

  test('written as a literal', async () => {
    const { session, dialect } = await open()

    await fc.assert(
      fc.asyncProperty(
        text,
        moment,
        fc.double({ noNaN: true }),
        fc.uint8Array(),
        async (string, date, number, array) => {
          const [s, d, n, b] = [string, date, number, array].map((value) => dialect.literal(value))
          const [read] = await session.query(
            `select ${s} as s, ${d}::timestamptz as d, ${n}::float8 as n, ${b} as b`,
          )

          expect(read).toEqual({ s: string, d: date, n: number === 0 ? 0 : number, b: Buffer.from(array) })
        },
      ),
    )
  })
})

/** Integers that a number holds are read as numbers. */
function narrowed(value: Value): unknown {
  const isNumber = typeof value === 'bigint' && Number.isSafeInteger(Number(value))
  return isNumber ? Number(value) : value
}
