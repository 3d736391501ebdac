// What the splitter and the tokenizer of every dialect do alike, as tests that each of theirs calls.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SqlFragment } from '../../src/dialects/sql-fragment.js'
import type { Token } from '../../src/dialects/sql-tokens.js'

type Split = (sql: string) => readonly SqlFragment[]

export function testSplitBasics(split: Split): void {
  const sqlOf = (sql: string) => split(sql).map((fragment) => fragment.sql)

  test('cuts at semicolons and leaves them out', () => {
    expect(sqlOf('select 1; select 2 ;\r\n\r\nselect 3')).toEqual(['select 1', 'select 2', 'select 3'])
  })

  test('finds no statement in nothing, semicolons and comments', () => {
    expect(sqlOf('')).toEqual([])
    expect(sqlOf('\uFEFF ;; \n;')).toEqual([])
    expect(sqlOf('select 1; -- the end;\n/* really; */ ')).toEqual(['select 1'])
  })

  test('does not count a byte order mark as a column', () => {
    expect(split('\uFEFFselect 1')).toEqual([{ sql: 'select 1', line: 1, column: 1 }])
  })
}

/** Where something is opened and never closed: what it is, how it is closed, and where it begins. */
type Unterminated = readonly [sql: string, what: string, closing: string, line: number, column: number]

export function testUnterminated(split: Split, cases: readonly Unterminated[]): void {
  test.each(cases)('refuses %j, and says where it begins', (sql, what, closing, line, column) => {
    expect(() => split(sql)).toThrow(
      expect.objectContaining({
        code: 'TM_UNTERMINATED_SQL',
        message: `The ${what} that begins at line ${line}, column ${column} of the SQL is never closed.`,
        remedy: `Close it with ${closing}.`,
        place: expect.objectContaining({ line, column }),
      }),
    )
  })
}

/** `row` is repeated, on lines of its own and on one line. Ten times the length must not take much more than ten times as long. */
export function testLinearTime(split: Split, row: string): void {
  test.each([
    ['many lines', `${row} -- ;\n`],
    ['one line', row],
  ])('reads 10 MB on %s in a time that grows with the length', (_, repeated) => {
    const short = timeOf(split, repeated.repeat(1_000_000 / repeated.length))
    const long = timeOf(split, repeated.repeat(10_000_000 / repeated.length))

    expect(long).toBeLessThan(Math.max(short, 20) * 40)
  })
}

function timeOf(split: Split, sql: string): number {
  const startedAt = performance.now()
  split(sql)
  return performance.now() - startedAt
}

/** The texts of all tokens, one after the other, are the input; `signs` are those that mean something in this SQL. */
export function testNothingIsLost(
  tokensOf: (sql: string) => readonly Token[],
  signs: readonly string[],
): void {
  test('gives the input back when the texts are joined', () => {
    const sql = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...signs, '--', '/*', '*/', '😀')).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(sql, (text) => {
        const tokens = tokensOf(text)

        expect(tokens.map((token) => token.text).join('')).toBe(text)
        expect(tokens.every((token) => text.startsWith(token.text, token.offset))).toBe(true)
      }),
    )
  })
}
