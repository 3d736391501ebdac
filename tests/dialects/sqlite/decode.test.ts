import { describe, expect, vi } from 'vitest'
import { rowDecoder } from '../../../src/dialects/sqlite/session/decode.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

/** What a value is read as from a column that is declared so. */
function read(type: string | null, value: unknown): unknown {
  const rows = [{ c: value }]
  rowDecoder([{ name: 'c', type }])?.(rows)
  return rows[0]?.c
}

describe('a value in a column that is declared', () => {
  test.for([
    ['tinyint(1)', 1, true],
    ['TINYINT (1)', 0, false],
    ['boolean', 1, true],
    ['BOOL', 0, false],
    ['tinyint(1)', 2, 2],
    ['boolean', 'yes', 'yes'],
    ['boolean', null, null],
    ['tinyint', 1, 1],
    ['integer', 1, 1],
    ['numeric', 12, '12'],
    ['decimal(10, 2)', 12.5, '12.5'],
    ['NUMERIC(5)', -0.1, '-0.1'],
    ['numeric', 2n ** 62n, '4611686018427387904'],
    ['numeric', 1e21, '1000000000000000000000'],
    ['numeric', -1.25e22, '-12500000000000000000000'],
    ['numeric', 1e-7, '0.0000001'],
    ['numeric', -1.5e-9, '-0.0000000015'],
    ['numeric', 'abc', 'abc'],
    ['numeric', Infinity, Infinity],
    ['double', 12, 12],
    ['json', '{"a":[1]}', { a: [1] }],
    ['JSONB', 'null', null],
    ['json', '{', '{'],
    ['json', 5, 5],
    ['text', '{"a":1}', '{"a":1}'],
    ['date', '2025-03-05', '2025-03-05'],
    ['time', '10:20:30', '10:20:30'],
    [null, '2025-03-05 10:20:30', '2025-03-05 10:20:30'],
    ['', 1, 1],
  ] satisfies [string | null, unknown, unknown][])('%s: %o is read as %o', ([type, value, expected]) => {
    expect(read(type, value)).toEqual(expected)
  })

  test.for([
    ['2025-03-05 10:20:30', '2025-03-05T10:20:30.000Z'],
    ['2025-03-05 10:20:30.5', '2025-03-05T10:20:30.500Z'],
    ['2025-03-05T10:20:30.123456Z', '2025-03-05T10:20:30.123Z'],
    ['2025-03-05 10:20', '2025-03-05T10:20:00.000Z'],
    ['2025-03-05', '2025-03-05T00:00:00.000Z'],
    ['2025-03-05 10:20:30+02:30', '2025-03-05T07:50:30.000Z'],
    ['2025-03-05T10:20:30-0330', '2025-03-05T13:50:30.000Z'],
    ['2025-03-05 10:20:30 -03', '2025-03-05T13:20:30.000Z'],
    ['0000-01-01 00:00:00', '0000-01-01T00:00:00.000Z'],
    ['+012025-03-05 10:20:30', '+012025-03-05T10:20:30.000Z'],
    ['-000044-03-15 00:00:00', '-000044-03-15T00:00:00.000Z'],
  ] as const)('datetime: %s is read as the moment %s', ([text, moment]) => {
    expect(read('datetime', text)).toEqual(new Date(moment))
    expect(read('TIMESTAMP(3)', text)).toEqual(new Date(moment))
  })

  test.for(['', 'now', '2025-02-30 10:20:30', '2025-13-01', '2025-03-05 24:00:00', '10:20:30', 'infinity'])(
    'datetime: %j is no moment, and stays a text',
    (text) => {
      expect(read('datetime', text)).toBe(text)
    },
  )

  test.for([1_741_170_030, 2_460_740.5, null])('datetime: %o is no text, and stays as it is', (value) => {
    expect(read('datetime', value)).toBe(value)
  })
})

describe('the types of a result', () => {
  test.for(['text', 'integer', 'blob', 'real', '', 'varchar', 'date'])('need no work for %j', (type) => {
    expect(rowDecoder([{ name: 'c', type }])).toBeUndefined()
  })

  test('are those of the last column, where two have one name', () => {
    const rows = [{ c: 1 }]

    rowDecoder([
      { name: 'c', type: 'text' },
      { name: 'c', type: 'boolean' },
    ])?.(rows)

    expect(rows).toEqual([{ c: true }])
  })
})

describe.each(await availableDrivers())('rows through %s', (driver) => {
  test('are read by the columns that they come from, through views, aliases and RETURNING', async ({
    open,
  }) => {
    const session = await open({ driver })
    await session.execute('create table t (yes tinyint(1), at datetime, n numeric)')
    await session.execute('create view v as select yes, at as moment from t')
    const moment = new Date('2025-03-05T10:20:30.250Z')

    expect(
      await session.query('insert into t values (?, ?, ?) returning yes, n as digits', [true, moment, 1.5]),
    ).toEqual([{ yes: true, digits: '1.5' }])
    expect(await session.query('select v.*, max(moment) as latest, not yes as no from v')).toEqual([
      { yes: true, moment, latest: '2025-03-05 10:20:30.250', no: 0 },
    ])
    expect(await session.query('select * from (select at from t union all select at from t)')).toEqual([
      { at: moment },
      { at: moment },
    ])
  })

  test('are read by the types of now, after a change and after its rollback', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (c tinyint(1))')
    await session.execute('insert into t values (1)')
    const read = async () => await session.query('select * from t')

    expect(await read()).toEqual([{ c: true }])

    const failure = session.transaction(async () => {
      await session.execute('alter table t add column d datetime default "2025-03-05"')
      expect(await read()).toEqual([{ c: true, d: new Date('2025-03-05') }])
      await session.execute('drop table t')
      await session.execute('create table t (c integer)')
      await session.execute('insert into t values (1)')
      expect(await read()).toEqual([{ c: 1 }])
      throw new Error('back')
    })

    await expect(failure).rejects.toThrow('back')
    expect(await read()).toEqual([{ c: true }])
  })

  test('are read by a type that another process has given them, a second later at most', async ({ open }) => {
    const [session, other] = [await open({ driver }), await open({ driver })]
    await session.execute('create table t (c integer)')
    await session.execute('insert into t values (1)')
    const read = async () => await session.query('select * from t')
    await read()

    await other.execute('drop table t')
    await other.execute('create table t (c tinyint(1))')
    await other.execute('insert into t values (1)')
    const now = performance.now()
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 1000)

    expect(await read()).toEqual([{ c: true }])
    clock.mockRestore()
  })

  test('with integers that a number would round are read exactly', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (n numeric, yes boolean, i integer)')
    await session.execute('insert into t values (9007199254740993, 1, 9007199254740993)')

    expect(await session.query('select * from t')).toEqual([
      { n: '9007199254740993', yes: true, i: 9_007_199_254_740_993n },
    ])
  })
})
