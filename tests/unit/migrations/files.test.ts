import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findMigrations } from '../../../src/migrations/files.js'
import { makeProject } from '../../helpers/project.js'

/** The migrations of a folder with these files. */
function find(files: Readonly<Record<string, string | Uint8Array>>) {
  const project = makeProject({ 'm/_': '' })
  for (const [name, content] of Object.entries(files)) writeFileSync(project.path(`m/${name}`), content)
  return findMigrations({ root: project.root, directories: [project.path('m')] })
}

function failure(files: Readonly<Record<string, string | Uint8Array>>): unknown {
  try {
    find(files)
  } catch (error) {
    return error
  }
  throw new Error('they were taken')
}

describe('a pair of files', () => {
  test('is one migration, by its name', () => {
    const found = find({ '000002_b.up.sql': 'b', '000002_b.down.sql': 'not b', '000001_a.up.sql': 'a' })

    expect(found).toMatchObject([
      { name: '000001_a', display: 'm/000001_a.up.sql', text: 'a', down: undefined },
      {
        name: '000002_b',
        display: 'm/000002_b.up.sql',
        text: 'b',
        down: { display: 'm/000002_b.down.sql', text: 'not b' },
      },
    ])
  })

  test('may be one by its number alone', () => {
    const found = find({ '1_add_users.up.sql': '', '01_drop_users.down.sql': 'drop', '2_b.up.sql': '' })

    expect(found).toMatchObject([
      { name: '1_add_users', down: { text: 'drop' } },
      { name: '2_b', down: undefined },
    ])
  })

  test.each([
    ['numbers differ', { '1_a.up.sql': '', '2_a.down.sql': '' }, ['1_a', '2_a']],
    ['two could be meant', { '1_a.up.sql': '', '1_b.up.sql': '', '1_c.down.sql': '' }, ['1_a', '1_b', '1_c']],
    [
      'one of them has its other half',
      { '1_a.up.sql': '', '1_a.down.sql': '', '1_c.down.sql': '' },
      ['1_a', '1_c'],
    ],
  ])('is none where %s', (_, files, names) => {
    expect(find(files).map(({ name }) => name)).toEqual(names)
  })
})

test('migrations in Go are refused, and other files of Go are not', () => {
  expect(failure({ '00001_a.sql': '', '00002_rename_root.go': '' })).toMatchObject({
    code: 'TM_BAD_EXPORT',
    message: 'm/00002_rename_root.go is no migration: it is written in Go, which is not run here.',
    remedy: expect.stringContaining('Write 00002_rename_root.ts or .sql'),
  })
  expect(find({ '00001_a.sql': '', 'embed.go': '', '00001_a_test.go': '' })).toHaveLength(1)
})

describe('the text of a file', () => {
  test.each([
    ['001_a.sql', '\uFEFFselect 1;\r\n-- two\r\n', 'select 1;\n-- two\n'],
    ['001_a.ts', '\uFEFFexport {}\r\n', 'export {}\r\n'],
    ['001_a.sql', "select '\uFFFD, ü, 😀'", "select '\uFFFD, ü, 😀'"],
  ])('of %s is %j without its mark', (name, text, read) => {
    expect(find({ [name]: text })[0]?.text).toBe(read)
  })

  const latin = (text: string) => Buffer.from(text, 'latin1')
  const utf16 = (text: string) => Buffer.from(text, 'utf16le')

  test.each([
    [
      '001_a.sql',
      latin("-- one\ninsert into t values ('Müller')"),
      'is no text in UTF-8: it has the byte 0xFC',
      2,
      25,
    ],
    [
      '001_a.ts',
      latin("'\uFFFD'; 'é'".replace('\uFFFD', '')),
      'is no text in UTF-8: it has the byte 0xE9',
      1,
      6,
    ],
    [
      '001_a.sql',
      Buffer.concat([Buffer.from("'\uFFFD'\n'ü"), Buffer.from([0xef, 0xbf])]),
      'is no text in UTF-8: it has the byte 0xEF',
      2,
      3,
    ],
    ['001_a.sql', utf16('\uFEFFselect 1'), 'is a text in UTF-16', undefined, undefined],
    ['001_a.sql', utf16('\uFEFFselect 1').swap16(), 'is a text in UTF-16', undefined, undefined],
    ['001_a.ts', utf16('\uFEFFexport {}'), 'is a text in UTF-16', undefined, undefined],
    ['001_a.sql', utf16('select 1'), 'is a text in UTF-16', undefined, undefined],
    ['001_a.sql', utf16('select 1').swap16(), 'is a text in UTF-16', undefined, undefined],
    ['001_a.sql', "select 1;\nselect 'a\0b'", 'has a NUL character', 2, 10],
    ['001_a.sql', '\0', 'has a NUL character', 1, 1],
  ])('of %s is refused: %j %s', (name, content, found, line, column) => {
    expect(failure({ [name]: content })).toMatchObject({
      code: 'TM_BAD_TEXT',
      message: `m/${name} ${found}.`,
      place: { file: `m/${name}`, ...(line === undefined ? {} : { line, column }) },
    })
  })
})
