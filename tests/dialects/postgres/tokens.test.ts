import { describe, expect, test } from 'vitest'
import { inlineBindings } from '../../../src/dialects/inline-bindings.js'
import { postgresDialect } from '../../../src/dialects/postgres/index.js'
import { placeholders } from '../../../src/dialects/postgres/sql/placeholders.js'
import { tokens } from '../../../src/dialects/postgres/sql/tokens.js'
import { testNothingIsLost } from '../split-basics.js'

const tokensOf = (sql: string) => [...tokens(sql)]
const kindsOf = (sql: string) => [...tokens(sql)].map((token) => token.kind)
const textsOf = (sql: string) => [...tokens(sql)].map((token) => token.text)

describe('tokens', () => {
  test.each([
    [`'it''s'`, 'string'],
    [`'C:\\'`, 'string'],
    [`E'it\\'s'`, 'string'],
    [`e'\\\\'''`, 'string'],
    [`E'a' -- b'\n  'c\\'d'`, 'string'],
    [`n'a'`, 'string'],
    [`U&'\\0041'`, 'string'],
    [`$$a'b$$`, 'string'],
    [`$$$$`, 'string'],
    [`$fn$ $$ $f$ $fn$`, 'string'],
    [`x'1F'`, 'blob'],
    [`B'10'`, 'blob'],
    [`"a ""b"" c"`, 'quoted'],
    [`u&"d\\0061t"`, 'quoted'],
    ['-- to the end', 'comment'],
    ['/* a /* b */ -- c \n */', 'comment'],
    ['/*/**/*/', 'comment'],
    ['1_000.5e-10', 'number'],
    ['.5', 'number'],
    ['0xFF', 'number'],
    ['0b11', 'number'],
    ['?', 'parameter'],
    ['$12', 'parameter'],
    ['??', 'operator'],
    ['::', 'operator'],
    ['naïve_名前$1$', 'word'],
    ['😀', 'word'],
    [' \t\r\n\f\v', 'space'],
    ['\uFEFF', 'space'],
    ['\\connect', 'client'],
    ['\\.', 'client'],
    ['\\', 'client'],
  ])('reads %j as one %s', (sql, kind) => {
    expect([...tokens(sql)]).toEqual([{ kind, text: sql, offset: 0 }])
  })

  test.each([`'never`, `"never`, `E'a\\'`, `U&'a`, '$$a$', '$a$ $$', '/* /* */', "x'00"])(
    'finds %s unterminated',
    (sql) => {
      expect(kindsOf(sql)).toEqual(['unterminated'])
    },
  )

  test.each([
    ['a -- b\r\nc', ['a', ' ', '-- b', '\r\n', 'c']],
    ['1..10', ['1', '..', '10']],
    ["a$b$'c'", ['a$b$', "'c'"]],
    ["ex'1'", ['ex', "'1'"]],
    ["E'a' 'b\\'", ["E'a'", ' ', "'b\\'"]],
    ['*/* a */', ['*', '/* a */']],
    ['+--b', ['+', '--b']],
    ['a\uFEFF', ['a\uFEFF']],
  ])('cuts %j', (sql, expected) => {
    expect(textsOf(sql)).toEqual(expected)
  })

  testNothingIsLost(tokensOf, [
    ...`'"\`[]();,.-/*+x0e5EU&\\ \n\r\t?:@$#!=<>|~\uFEFFéab`.split(''),
    '$$',
    '$a$',
  ])
})

describe('placeholders', () => {
  test.each([
    ['select ?', [7]],
    [`select '?', $$?$$, $a$?$a$, "?", E'\\'?', U&'?' -- ?\n/* ? /* ? */ ? */`, []],
    [`select a ?? 'b', a ??| array[?], a ??& b, a @?? c`, [29]],
    ['select ???', [9]],
    ['?::int+?', [0, 7]],
  ])('of %j stand at %j', (sql, expected) => {
    expect(placeholders(sql)).toEqual(expected)
  })

  test('are shown as the values bound to them, and ?? as the operator', () => {
    const sql = `select $$?$$, a ?? ? from t where b = ? -- ??`

    expect(inlineBindings(postgresDialect, { sql, bindings: ["o'k", 2] })).toBe(
      `select $$?$$, a ? 'o''k' from t where b = 2 -- ??`,
    )
  })
})
