// Each type of column: what is written comes back, the same in the two ways in which the server sends it.

import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import type { Value } from '../../../src/schema/expression.js'
import { isMariadb, openWorkbench } from './open.js'

/** A zone with a half hour and a summer time, so that a date that passes through it does not come back. */
const zone = process.env['TZ']
beforeAll(() => {
  process.env['TZ'] = 'America/St_Johns'
})
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

async function columnOf(type: string): Promise<Session> {
  const { session } = await openWorkbench()
  await session.execute(`create table t (id integer auto_increment primary key, v ${type})`)
  return session
}

/** The value, read as text and in binary. */
async function read(session: Session): Promise<readonly [text: unknown, binary: unknown]> {
  const [text] = await session.query('select v from t')
  const [binary] = await session.query('select v from t where id > ?', [0])
  return [text?.['v'], binary?.['v']]
}

async function write(session: Session, value: Value): Promise<void> {
  await session.execute('delete from t')
  await session.execute('insert into t (v) values (?)', [value])
}

const digits = fc.bigInt({ min: -(10n ** 30n) + 1n, max: 10n ** 30n - 1n })
const decimal = digits.map((integer) => {
  const text = String(integer < 0n ? -integer : integer).padStart(11, '0')
  const sign = integer < 0n ? '-' : ''
  return `${sign}${text.slice(0, -10)}.${text.slice(-10)}`
})

/** As the server compares and stores them: microseconds would be cut off by a Date. */
const moments = fc.date({
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
})
const timestamps = fc.date({
  min: new Date('1970-01-01T00:00:01Z'),
  max: new Date('2038-01-19T03:14:07Z'),
  noInvalidDate: true,
})
const narrowed = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value

const times = fc
  .tuple(fc.boolean(), fc.nat(838), fc.nat(59), fc.nat(59), fc.nat(999))
  .filter(([isNegative, ...parts]) => !isNegative || parts.some((part) => part > 0))
  .map(
    ([isNegative, hours, ...rest]) =>
      `${isNegative ? '-' : ''}${String(hours).padStart(2, '0')}:${rest
        .slice(0, 2)
        .map((part) => String(part).padStart(2, '0'))
        .join(':')}.${String(rest[2]).padStart(3, '0')}`,
  )

interface Case {
  readonly type: string
  readonly values: fc.Arbitrary<Value>
  /** What a value is read as; itself unless given. */
  readonly expected?: (value: never) => unknown
}

const buffer = (bytes: Uint8Array) => Buffer.from(bytes)
const text = fc.string({ unit: 'grapheme', maxLength: 40 })

const cases: readonly Case[] = [
  { type: 'tinyint', values: fc.integer({ min: -128, max: 127 }) },
  { type: 'tinyint unsigned', values: fc.nat(255) },
  { type: 'smallint', values: fc.integer({ min: -32_768, max: 32_767 }) },
  { type: 'mediumint', values: fc.integer({ min: -8_388_608, max: 8_388_607 }) },
  { type: 'integer', values: fc.integer() },
  { type: 'integer unsigned', values: fc.nat().map((n) => n * 2 + 1) },
  { type: 'bigint', values: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), expected: narrowed },
  { type: 'bigint unsigned', values: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), expected: narrowed },
  { type: 'bigint', values: fc.maxSafeInteger() },
  { type: 'boolean', values: fc.boolean() },
  { type: 'bit(1)', values: fc.boolean() },
  { type: 'bit(64)', values: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), expected: narrowed },
  { type: 'decimal(40, 10)', values: decimal },
  // MariaDB knows no negative zero.
  { type: 'double', values: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0) },
  { type: 'date', values: moments, expected: (date: Date) => date.toISOString().slice(0, 10) },
  { type: 'datetime(3)', values: moments },
  {
    type: 'timestamp(3) null',
    values: timestamps,
  },
  { type: 'time(3)', values: times },
  { type: 'year', values: fc.integer({ min: 1901, max: 2155 }) },
  { type: 'varchar(200)', values: text },
  { type: 'longtext', values: text },
  { type: 'text character set latin1', values: fc.string({ maxLength: 40 }) },
  { type: 'json', values: fc.json(), expected: (json: string) => JSON.parse(json) as unknown },
  { type: 'varbinary(200)', values: fc.uint8Array({ maxLength: 200 }), expected: buffer },
  { type: 'longblob', values: fc.uint8Array({ maxLength: 400 }), expected: buffer },
  { type: "enum('', 'a', 'O''Hara')", values: fc.constantFrom('', 'a', "O'Hara") },
  { type: "set('a', 'b', 'c')", values: fc.constantFrom('', 'a', 'a,c', 'a,b,c') },
]

describe.each(cases)('$type', ({ type, values, expected = (value: unknown) => value }) => {
  test('holds what it is given, and null', async () => {
    const session = await columnOf(type)

    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        await write(session, value)
        const wanted = expected(value as never)
        expect(await read(session)).toEqual([wanted, wanted])
      }),
      { numRuns: 60 },
    )
    await write(session, null)
    expect(await read(session)).toEqual([null, null])
  })
})

test('a float is read with the six digits that the server shows, both ways', async () => {
  const session = await columnOf('float')

  await fc.assert(
    fc.asyncProperty(fc.float({ noNaN: true, noDefaultInfinity: true }), async (value) => {
      await write(session, value + 0)
      const [asText, asBinary] = await read(session)
      expect(asBinary).toBe(asText)
      expect(Math.abs(Number(asText) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-5)
    }),
    { numRuns: 200 },
  )
  await write(session, 16_777_216)
  expect(await read(session)).toEqual([16_777_200, 16_777_200])
  for (const halfWay of [1_234_565, 1_234_575, 262_144.5, 262_145.5, -1_234_565]) {
    await write(session, halfWay)
    const [asText, asBinary] = await read(session)
    expect(asBinary).toBe(asText)
  }
})

describe('read as the policy says', () => {
  test.each<[sql: string, value: unknown]>([
    ["cast('1.50' as decimal(10, 2))", '1.50'],
    ['1 = 1', 1],
    ['count(*)', 1],
    ['sum(1)', '1'],
    ["x'00ff'", Buffer.from([0, 255])],
    ["json_object('a', json_array(1, null, true))", { a: [1, null, true] }],
    ['json_extract(\'{"a": "b"}\', \'$.a\')', 'b'],
    ["timediff('2024-01-02 00:00:00', '2024-01-05 12:00:00')", '-84:00:00'],
    ["cast('2024-02-29 12:00:00' as datetime)", new Date('2024-02-29T12:00:00Z')],
    ["cast('2024-02-29 12:00:00.123456' as datetime(6))", new Date('2024-02-29T12:00:00.123Z')],
    ['null', null],
    ["concat('a', 1)", 'a1'],
    ['9.663356882022267e0', 9.663356882022267],
  ])('%s', async (sql, value) => {
    const { session } = await openWorkbench()

    expect(await session.query(`select ${sql} as v`)).toEqual([{ v: value }])
    expect(await session.query(`select ${sql} as v from (select ? as x) as t`, [1])).toEqual([{ v: value }])
  })

  test('a tinyint(1) that holds another number than 0 and 1 gives that', async () => {
    const session = await columnOf('tinyint(1)')
    await write(session, 2)

    expect(await read(session)).toEqual([2, 2])
  })

  test('an unsigned tinyint is a number', async () => {
    const session = await columnOf('tinyint unsigned')
    await write(session, 1)

    expect(await read(session)).toEqual([1, 1])
  })

  test('the zero date is null as a moment and a text as a date; half a date is a text', async () => {
    const { session } = await openWorkbench()
    await session.execute('create table t (d date, at datetime, stamp timestamp null, half datetime)')
    await session.execute("set sql_mode = ''")
    await session.execute("insert into t values ('0000-00-00', '0000-00-00', '0000-00-00', '2024-00-15')")

    const expected = [{ d: '0000-00-00', at: null, stamp: null, half: '2024-00-15 00:00:00' }]
    expect(await session.query('select * from t')).toEqual(expected)
    expect(await session.query('select * from t where 1 = ?', [1])).toEqual(expected)
  })

  test('a geometry is its bytes, with its reference system', async () => {
    const session = await columnOf('geometry')
    await session.execute("insert into t (v) values (st_geomfromtext('point(1 2)', 4326))")

    const [value] = await read(session)
    expect(Buffer.isBuffer(value) && value.length === 25 && value.readUInt32LE(0) === 4326).toBe(true)
    expect((await read(session))[1]).toEqual(value)
  })

  test('a moment is the same where a column counts in the zone of the server', async () => {
    const { session } = await openWorkbench()
    await session.execute('create table t (stamp timestamp(3) null, at datetime(3))')
    const instant = new Date('2024-07-01T12:34:56.789Z')
    await session.execute('insert into t values (?, ?)', [instant, instant])

    expect(await session.query('select * from t')).toEqual([{ stamp: instant, at: instant }])
    await session.execute("set time_zone = '+05:45'")
    expect(await session.query("select date_format(stamp, '%H:%i') as shown from t")).toEqual([
      { shown: '18:19' },
    ])
  })

  test('of two columns of one name, a row has the last', async () => {
    const { session } = await openWorkbench()

    expect(await session.query("select cast('2024-01-01' as datetime) as a, 2 as a")).toEqual([{ a: 2 }])
  })
})

describe('written', () => {
  test('whole numbers are integers, and others as they are', async () => {
    const { session } = await openWorkbench()
    await session.execute('create table t (s varchar(30), j json)')
    await session.execute('insert into t values (?, json_array(?, ?)), (?, null)', [1, 2, 2.5, 0.1])

    expect(await session.query('select * from t')).toEqual([
      { s: '1', j: [2, 2.5] },
      { s: '0.1', j: null },
    ])
    expect(await session.query('select s from t limit ? offset ?', [1, 1])).toEqual([{ s: '0.1' }])
  })

  test.each<[value: unknown, what: string]>([
    [undefined, 'undefined'],
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [new Date(Number.NaN), 'an invalid date'],
    [{ a: 1 }, 'an object'],
    [[1], 'an object'],
    [2n ** 64n, '18446744073709551616, more than 64 bits hold'],
    [-(2n ** 63n) - 1n, '-9223372036854775809, more than 64 bits hold'],
  ])('%s is refused', async (value, what) => {
    const { session } = await openWorkbench()

    await expect(session.query('select ?, ?', [1, value as never])).rejects.toMatchObject({
      code: 'TM_BINDING',
      message: `Binding 2 is ${what}.`,
    })
  })

  test('milliseconds are cut off where a column has no room for them', async () => {
    const { session } = await openWorkbench()
    await session.execute('create table t (d date, at datetime)')
    const instant = new Date('2024-12-31T23:59:59.999Z')
    await session.execute('insert into t values (?, ?)', [instant, instant])

    expect(await session.query('select * from t')).toEqual([
      { d: '2024-12-31', at: new Date('2024-12-31T23:59:59Z') },
    ])
  })

  test('a text of every sign is one, and so is one that a backslash ends', async () => {
    const session = await columnOf('varchar(100)')
    const value = 'Zoë\u0000🌊\\\'"%_\\'
    await write(session, value)

    expect(await read(session)).toEqual([value, value])
    expect(await session.query('select count(*) as n from t where v = ?', [value])).toEqual([{ n: 1 }])
  })

  test('bytes out of the middle of a buffer are those alone', async () => {
    const session = await columnOf('blob')
    await write(session, new Uint8Array([1, 2, 3, 4]).subarray(1, 3))

    expect(await read(session)).toEqual([Buffer.from([2, 3]), Buffer.from([2, 3])])
  })

  test('ten megabytes come back whole', async () => {
    const session = await columnOf('longblob')
    const value = Buffer.alloc(10 * 1024 * 1024, 'tidemark')
    await session.execute('insert into t (v) values (?)', [value])

    const [asText, asBinary] = await read(session)
    expect(value.equals(asText as Buffer)).toBe(true)
    expect(value.equals(asBinary as Buffer)).toBe(true)
  })
})

test('a vector is a text on MySQL, and bytes on MariaDB', async ({ skip }) => {
  const { session } = await openWorkbench()
  const [row] = await session.query('select version() as version')
  if (String(row?.['version']).startsWith('10.')) skip('MariaDB has vectors since 11.7')
  await session.execute('create table t (id integer, v vector(3) not null)')
  const parse = isMariadb ? 'vec_fromtext' : 'string_to_vector'
  await session.execute(`insert into t values (1, ${parse}('[1,2.5,0.1]'))`)

  const expected = isMariadb ? Buffer.from('0000803f00002040cdcccc3d', 'hex') : '[1,2.5,0.1]'
  expect(await read(session)).toEqual([expected, expected])
})
