import { describe, expect, test } from 'vitest'
import { checksum, fingerprint } from '../../../src/migrations/checksum.js'
import type { MigrationFile } from '../../../src/migrations/files.js'

function file(text: string, format: MigrationFile['format'] = 'module'): MigrationFile {
  return { name: '001_a', path: '/p/001_a.ts', down: undefined, format, display: '001_a.ts', text }
}

const script = `import { migration } from 'tidemark'
export default migration({
  async up({ schema, db }) {
    await schema.create('tags', (table) => { table.id(); table.string('na me') })
    await db.exec(\`insert into tags values (1, 'a  b')\`)
  },
  async down({ schema }) { await schema.drop('tags') },
})
`

describe('the checksum of a script', () => {
  test.each([
    ['line comments', script.replace('\n  async up', ' // why\n  async up')],
    ['block comments', script.replace('table.id()', 'table.id(/* the key */)')],
    ['white space', script.replaceAll('{ ', '{\n\n\t').replaceAll(' }', '\n}')],
    ['line endings', script.replaceAll('\n', '\r\n')],
  ])('is blind to %s', async (_, changed) => {
    expect(changed).not.toBe(script)
    expect(await checksum(file(changed))).toBe(await checksum(file(script)))
  })

  test.each([
    ['a name', script.replaceAll('tags', 'labels')],
    ['white space in a string', script.replace("'na me'", "'na  me'")],
    ['white space in a template', script.replace('a  b', 'a b')],
    ['words that look like a comment in a string', script.replace("'na me'", "'na // me'")],
    ['an operator', script.replace('1, ', '1 + 1, ')],
    ['two words that become one', script.replace('async up', 'asyncup')],
  ])('changes with %s', async (_, changed) => {
    expect(changed).not.toBe(script)
    expect(await checksum(file(changed))).not.toBe(await checksum(file(script)))
  })

  test('tells a + +b from a++b', async () => {
    expect(await checksum(file('a + +b'))).not.toBe(await checksum(file('a++b')))
  })
})

const sql = `-- migrate:up
create table tags (id integer primary key, name text default 'a -- b');
-- migrate:down
drop table tags;
`

describe('the checksum of SQL', () => {
  test.each([
    ['comments', sql.replace('create', '-- why\n/* and how */ create')],
    ['white space', sql.replaceAll(' (', '\n(\n').replaceAll(', ', ',')],
    ['line endings', sql.replaceAll('\n', '\r\n')],
  ])('is blind to %s', async (_, changed) => {
    expect(changed).not.toBe(sql)
    expect(await checksum(file(changed, 'sql'))).toBe(await checksum(file(sql, 'sql')))
  })

  test.each([
    ['a comment inside a string', sql.replace('a -- b', 'a -- c')],
    ['a marker', sql.replace('-- migrate:down\n', '')],
    ['a name', sql.replace('name text', 'label text')],
    ['the case of a string', sql.replace("'a", "'A")],
  ])('changes with %s', async (_, changed) => {
    expect(changed).not.toBe(sql)
    expect(await checksum(file(changed, 'sql'))).not.toBe(await checksum(file(sql, 'sql')))
  })
})

const tenMegabytes = 10_000_000

describe('the checksum of 10 MB of SQL', () => {
  test.each([
    ['a string', `'${'x'.repeat(tenMegabytes)}'`],
    ['a string with many quotes', `'${"say ''yes''".repeat(tenMegabytes / 11)}'`],
    ['a string in double quotes', `"${'x;'.repeat(tenMegabytes / 2)}"`],
    ['a name in backticks', `\`${'x'.repeat(tenMegabytes)}\``],
    ['a dollar quote', `$body$${'$x; '.repeat(tenMegabytes / 4)}$body$`],
    ['a word', 'x'.repeat(tenMegabytes)],
    ['many words', "insert into t values (1, 'a'); ".repeat(tenMegabytes / 31)],
  ])('that are %s is of all of them', async (_, text) => {
    const changed = `${text.slice(0, -3)}y${text.slice(-2)}`

    expect(await checksum(file(text, 'sql'))).not.toBe(await checksum(file(changed, 'sql')))
  })

  test('that are a comment is that of none', async () => {
    const comment = `/*${'x;'.repeat(tenMegabytes / 2)}*/ --${'y'.repeat(tenMegabytes)}\nselect 1`

    expect(await checksum(file(comment, 'sql'))).toBe(await checksum(file('select 1', 'sql')))
  })
})

test('the fingerprint changes with every byte', () => {
  expect(fingerprint(file(`${script} `))).not.toBe(fingerprint(file(script)))
})
