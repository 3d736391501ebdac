import { describe, expect, test } from 'vitest'
import { inlineBindings } from '../../../src/dialects/inline-bindings.js'
import { mysqlDialect } from '../../../src/dialects/mysql/index.js'
import { placeholders } from '../../../src/dialects/mysql/sql/placeholders.js'
import { ScriptTokens } from '../../../src/dialects/mysql/sql/tokens.js'
import { testNothingIsLost } from '../split-basics.js'

const tokensOf = (sql: string) => [...new ScriptTokens(sql)]
/** Where code for some versions is never closed, a last token says so of what has been read. */
const withoutVerdict = (sql: string) =>
  tokensOf(sql).filter(({ offset }, index, all) => offset > (all[index - 1]?.offset ?? -1))
const textsOf = (sql: string) => tokensOf(sql).map((token) => token.text)

describe('tokens', () => {
  test.each([
    [`'it''s'`, 'string'],
    [`'it\\'s'`, 'string'],
    [`'\\\\'`, 'string'],
    [`"a""b\\"'c"`, 'string'],
    [`N'it\\'s'`, 'string'],
    [`x'1F'`, 'blob'],
    [`B'10'`, 'blob'],
    ['`a``b\\`', 'quoted'],
    ['# to the end', 'comment'],
    ['-- to the end', 'comment'],
    ['--', 'comment'],
    ['--\t', 'comment'],
    ['/* a /* b */', 'comment'],
    ['/*+ hint */', 'comment'],
    ['/**/', 'comment'],
    ['1.5e-10', 'number'],
    ['.5', 'number'],
    ['0xFF', 'number'],
    ['0b11', 'number'],
    ['1st_place', 'word'],
    ['0xyz', 'word'],
    ['naïve_名前$1$', 'word'],
    ['$$', 'word'],
    ['?', 'parameter'],
    [':=', 'operator'],
    ['->>', 'operator'],
    ['<=>', 'operator'],
    [' \t\r\n\f\v', 'space'],
    ['\uFEFF', 'space'],
    ['\\G', 'client'],
    [';', 'delimiter'],
  ])('reads %j as one %s', (sql, kind) => {
    expect(tokensOf(sql)).toEqual([{ kind, text: sql, offset: 0 }])
  })

  test.each([`'never\\'`, `"never`, '`never', "N'a", "x'00", '/* never', '/*'])(
    'finds %s unterminated',
    (sql) => {
      expect(tokensOf(sql).map((token) => token.kind)).toEqual(['unterminated'])
    },
  )

  test.each([
    ['a -- b\r\nc', ['a', ' ', '-- b\r', '\n', 'c']],
    ['1--1', ['1', '-', '-', '1']],
    ["_utf8'a'", ['_utf8', "'a'"]],
    ['@@x @`y`', ['@', '@', 'x', ' ', '@', '`y`']],
    ['1..3', ['1', '..', '3']],
    ['a*/*b*/c', ['a', '*', '/*b*/', 'c']],
    ['/*!50003 a*/*b', ['/*!50003', ' ', 'a', '*/', '*', 'b']],
    ["/*M!100100 '*/' /* x */ */", ['/*M!100100', ' ', "'*/'", ' ', '/* x */', ' ', '*/']],
    ["language js as $x$ ';' $x$ $x$", ['language', ' ', 'js', ' ', 'as', ' ', "$x$ ';' $x$", ' ', '$x$']],
    [
      'select 1 as $x$, 2 as $x$',
      ['select', ' ', '1', ' ', 'as', ' ', '$x$', ',', ' ', '2', ' ', 'as', ' ', '$x$'],
    ],
  ])('cuts %j', (sql, expected) => {
    expect(textsOf(sql)).toEqual(expected)
  })

  testNothingIsLost(withoutVerdict, [
    ...`'"\`#()[];,.-/*+x0e5N\\ \n\r\t?:@$!=<>|~\uFEFFéab`.split(''),
    '/*!5',
    '$$',
  ])
})

describe('placeholders', () => {
  test.each([
    ['select ?', [7]],
    [`select '?', "?", \`?\`, '\\'?', N'?' # ?\n-- ?\n/* ? */`, []],
    ['select 1--?', [10]],
    ['select /*!50003 ? */ ??', [16, 21, 22]],
  ])('of %j stand at %j', (sql, expected) => {
    expect(placeholders(sql)).toEqual(expected)
  })

  test('are shown as the values bound to them', () => {
    const sql = `select '\\'?', ? from t where b = ? # ?`

    expect(inlineBindings(mysqlDialect, { sql, bindings: ["o'k", 2] })).toBe(
      `select '\\'?', 'o''k' from t where b = 2 # ?`,
    )
  })
})
