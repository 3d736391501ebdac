// Each quirk of a database names the tests that hold it.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { root } from './markdown.js'

/** The folders that a database's quirks are tested in, with their files. */
const folders: Readonly<Record<string, readonly string[]>> = {
  SQLite: ['tests/dialects/sqlite', 'tests/faults', 'tests/database'],
  PostgreSQL: ['tests/dialects/postgres', 'tests/dialects/pgbouncer', 'tests/database'],
  'MySQL and MariaDB': [
    'tests/dialects/mysql',
    'tests/dialects/mariadb',
    'tests/dialects/galera',
    'tests/database',
  ],
}
const pages: Readonly<Record<keyof typeof folders, string>> = {
  SQLite: 'sqlite',
  PostgreSQL: 'postgres',
  'MySQL and MariaDB': 'mysql',
}

interface NamedTest {
  readonly file: string
  readonly title: string
}

function namedIn(page: string): readonly NamedTest[] {
  const text = readFileSync(`${root}src/dialects/${page}/QUIRKS.md`, 'utf8').replaceAll(/\s+/g, ' ')
  return [...text.matchAll(/`([\w/-]+\.test\.ts)`: "([^"]+)"/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }))
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(root + folder)) return []
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`)
}

/** Whether a test has that title; its first word may be the last of the group around it, "a rebuild keeps". */
function hasTitle(files: readonly string[], { file, title }: NamedTest): boolean {
  const sources = files
    .filter((path) => path.endsWith(`/${file}`))
    .map((path) => readFileSync(root + path, 'utf8'))
  return sources.some((text) => text.includes(title) || text.includes(title.replace(/^\w+ /, '')))
}

describe.each(Object.entries(folders))('the quirks of %s', (name, places) => {
  const named = namedIn(pages[name] ?? '')
  const files = places.flatMap(filesIn)

  test('name tests', () => {
    expect(named.length).toBeGreaterThan(10)
  })

  test.each(named)('$file has "$title"', (quirk) => {
    expect(hasTitle(files, quirk)).toBe(true)
  })
})
