import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Value } from '../../../src/schema/expression.js'
import { quoteText } from '../../../src/dialects/mysql/sql/literal.js'
import { openWorkbench } from './open.js'

describe('a literal', () => {
  test.each<[value: Value, sql: string]>([
    [null, 'null'],
    [true, '1'],
    [false, '0'],
    [7, '7'],
    [-1.5, '-1.5'],
    [2n ** 64n, '18446744073709551616'],
    ["it's", "'it''s'"],
    ['a\\b', "_utf8mb4 x'615c62'"],
    ['a\u0000b', "_utf8mb4 x'610062'"],
    [new Date('2025-03-05T10:20:30Z'), "'2025-03-05 10:20:30'"],
    [new Date('2025-03-05T10:20:30.120Z'), "'2025-03-05 10:20:30.120'"],
    [new Uint8Array([0, 255]), "x'00ff'"],
  ])('of %s is %s', async (value, sql) => {
    const { dialect } = await openWorkbench()

    expect(dialect.literal(value)).toBe(sql)
  })

  test.each([Number.NaN, Infinity])('of %s is refused', async (value) => {
    const { dialect } = await openWorkbench()

    expect(() => dialect.literal(value)).toThrow(`MySQL cannot write ${value} into a statement.`)
  })

  test.each(['', 'NO_BACKSLASH_ESCAPES'])('is the text again, with sql_mode "%s"', async (mode) => {
    const { session, dialect } = await openWorkbench()
    await session.execute(`set sql_mode = '${mode}'`)

    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (text) => {
        const [row] = await session.query(`select ${dialect.literal(text)} as v`)
        expect(row?.['v']).toBe(text)
      }),
    )
    for (const text of ["\\' or 1 = 1 --", "'; drop table t; --", '\\', '\\\\', '%\\_']) {
      expect(await session.query(`select ${dialect.literal(text)} as v`)).toEqual([{ v: text }])
    }
  })

  test('of text alone is that of a comment', async () => {
    const { session } = await openWorkbench()

    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (text) => {
        const [row] = await session.query(`select ${quoteText(text)} as v`)
        expect(row?.['v']).toBe(text)
      }),
      { numRuns: 30 },
    )
    await session.execute(`create table t (id integer comment ${quoteText("it's \\ here")})`)
    expect(
      await session.query(
        'select column_comment as c from information_schema.columns where table_name = ? and table_schema = database()',
        ['t'],
      ),
    ).toEqual([{ c: "it's \\ here" }])
  })
})

describe('a name', () => {
  test('of any sign is that name again', async () => {
    const { session, dialect } = await openWorkbench()

    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 20 }), async (name) => {
        fc.pre(name === name.trim() && !name.includes('\0') && name !== '__proto__')
        const [row] = await session.query(`select 1 as ${dialect.quoteIdentifier(name)}`)
        expect(Object.keys(row ?? {})).toEqual([name])
      }),
    )
  })

  test('with a NUL is refused', async () => {
    const { dialect } = await openWorkbench()

    expect(() => dialect.quoteIdentifier('a\u0000b')).toThrow('a name with a NUL character')
  })
})
