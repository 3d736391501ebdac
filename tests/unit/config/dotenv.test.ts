import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDotenv } from '../../../src/config/dotenv.js'

function read(text: string, outside: Record<string, string> = {}): unknown {
  const entries = parseDotenv(text, (name, own) => outside[name] ?? own)
  return 'problemLine' in entries
    ? entries
    : Object.fromEntries(entries.map(({ key, value }) => [key, value]))
}

describe('parseDotenv', () => {
  test.each([
    ['KEY=value', { KEY: 'value' }],
    ['KEY = value', { KEY: 'value' }],
    ['  KEY  =  value  ', { KEY: 'value' }],
    ['export KEY=value', { KEY: 'value' }],
    ['KEY=', { KEY: '' }],
    ['KEY =   ', { KEY: '' }],
    ['KEY=""', { KEY: '' }],
    ['KEY', {}],
    ['# KEY=value', {}],
    ['   # KEY=value\n\n\n', {}],
    ['KEY=value # comment', { KEY: 'value' }],
    ['KEY=value#comment', { KEY: 'value' }],
    ['KEY= # comment', { KEY: '' }],
    ['KEY="a # b" # comment', { KEY: 'a # b' }],
    ["KEY='a # b'# comment", { KEY: 'a # b' }],
    ['KEY=two words', { KEY: 'two words' }],
    ["KEY=it's", { KEY: "it's" }],
    ['KEY=a=b=c', { KEY: 'a=b=c' }],
    ['my.key-1=x', { 'my.key-1': 'x' }],
    ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['\uFEFFA=1', { A: '1' }],
    ['A=1\nA=2', { A: '2' }],
    ['A="one\ntwo"\nB=3', { A: 'one\ntwo', B: '3' }],
    ["A='one\ntwo'", { A: 'one\ntwo' }],
    [
      String.raw`A="tab\tline\nquote\"slash\\dollar\$other\d"`,
      { A: 'tab\tline\nquote"slash\\dollar$other\\d' },
    ],
    [String.raw`A='C:\new "x"'`, { A: String.raw`C:\new "x"` }],
    [String.raw`A=C:\new`, { A: String.raw`C:\new` }],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('puts earlier values in the place of ${NAME}, in double quotes and bare', () => {
    const text = 'A=1\nB=${A}2\nC="<${B}>"\nD=\'${A}\'\nE="\\${A}"\nF=${LATER}\nLATER=9\nG=$A'

    expect(read(text)).toEqual({
      A: '1',
      B: '12',
      C: '<12>',
      D: '${A}',
      E: '${A}',
      F: '${LATER}',
      LATER: '9',
      G: '$A',
    })
  })

  test('asks outside the file what ${NAME} means', () => {
    expect(read('A=inner\nB=${A} ${HOME}', { A: 'outer', HOME: '/home/jane' })).toEqual({
      A: 'inner',
      B: 'outer /home/jane',
    })
  })

  test('counts lines, those inside quotes too', () => {
    expect(parseDotenv('\n# x\nA="1\n2"\r\nB=3', (_name, own) => own)).toEqual([
      { key: 'A', value: '1\n2', line: 3 },
      { key: 'B', value: '3', line: 5 },
    ])
  })

  test.each([
    ['A=1\nDB_CONNECTION sqlite', 2],
    ['A=1\n\nB="not closed\nC=3', 3],
    ['A="closed" and more', 1],
    ["A=   'not closed", 1],
    ['=value', 1],
    ['A "b"', 1],
  ])('says in which line it cannot read %j', (text, problemLine) => {
    expect(read(text)).toEqual({ problemLine })
  })

  test('gives back every value that is written in double quotes', () => {
    const value = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r\n', '\n'))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), (values) => {
        const lines = values.map((text, index) => `K${index}="${text.replace(/["\\$]/g, '\\$&')}" # ${index}`)

        expect(read(lines.join('\n'))).toEqual(
          Object.fromEntries(values.map((text, index) => [`K${index}`, text])),
        )
      }),
    )
  })

  test('reads or refuses whatever it is given, in little time', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('A="\'$\\{} #\n\t')) }), (text) => {
        expect(read(text)).toBeTypeOf('object')
      }),
    )
    expect(read(`A=${' '.repeat(20_000)}"`)).toEqual({ problemLine: 1 })
  })
})
