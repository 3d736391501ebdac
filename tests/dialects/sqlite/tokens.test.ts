import { describe, expect, test } from 'vitest'
import { tokenize, unquote } from '../../../src/dialects/sqlite/sql/tokens.js'
import { testNothingIsLost } from '../split-basics.js'

const kindsOf = (sql: string) => tokenize(sql).map((token) => token.kind)
const textsOf = (sql: string) => tokenize(sql).map((token) => token.text)

describe('tokenize', () => {
  test.each([
    [`'it''s'`, 'string'],
    [`"a ""b"" c"`, 'quoted'],
    ['`a``b`', 'quoted'],
    ['[a "b" c]', 'quoted'],
    ["x'00ff'", 'blob'],
    ["X''", 'blob'],
    ['-- to the end', 'comment'],
    ['/* a -- b \n c */', 'comment'],
    ['1_000.5e-10', 'number'],
    ['.5', 'number'],
    ['0xFF', 'number'],
    ['?12', 'parameter'],
    [':name', 'parameter'],
    ['@name', 'parameter'],
    ['$name', 'parameter'],
    ['naïve_名前$1', 'word'],
    ['😀', 'word'],
    [' \t\r\n\f', 'space'],
    ['\uFEFF', 'space'],
    ['->>', 'operator'],
    ['||', 'operator'],
    ['<>', 'operator'],
  ])('reads %s as one %s', (sql, kind) => {
    expect(tokenize(sql)).toEqual([{ kind, text: sql, offset: 0 }])
  })

  test.each([`'never`, `"never`, '`never', '[never', "x'00", '/* never'])('finds %s unterminated', (sql) => {
    expect(kindsOf(sql)).toEqual(['unterminated'])
  })

  test('ends a line comment before the line break', () => {
    expect(textsOf('a -- b\r\nc')).toEqual(['a', ' ', '-- b\r', '\n', 'c'])
  })

  test('does not take a word that begins with x for a blob', () => {
    expect(textsOf("xy'00'")).toEqual(['xy', "'00'"])
  })

  test('takes a doubled quote as part of the string, and a string after a string as another', () => {
    expect(textsOf(`'a''' 'b'`)).toEqual([`'a'''`, ' ', `'b'`])
  })

  testNothingIsLost(tokenize, `'"\`[]();,.-/*+x0e5 \n\r\t?:@$#!=<>|&~\uFEFFéab`.split(''))
})

describe('unquote', () => {
  test.each([
    ['"a""b"', 'a"b'],
    ['`a``b`', 'a`b'],
    ['[a"b]', 'a"b'],
    [`'a''b'`, "a'b"],
    ['plain', 'plain'],
  ])('reads %s as the name %s', (text, name) => {
    expect(unquote(text)).toBe(name)
  })
})
