import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { root } from './markdown.js'

/** The dialects that have such a page; MySQL's and MariaDB's tests are in both their folders. */
const pages = ['sqlite', 'postgres', 'mysql', 'mariadb'].filter((dialect) =>
  existsSync(`${root}src/dialects/${dialect}/QUIRKS.md`),
)

const named = pages.flatMap((dialect) => {
  const text = readFileSync(`${root}src/dialects/${dialect}/QUIRKS.md`, 'utf8').replaceAll(/\s+/g, ' ')
  return [...text.matchAll(/`([\w-]+\.test\.ts)`: "([^"]+)"/g)].map(([, file = '', title = '']) => ({
    dialect,
    file,
    title,
  }))
})

/** Whether a test has that title; its first word may be the last of the group around it, "a rebuild keeps". */
function hasTitle(dialect: string, file: string, title: string): boolean {
  const path = [`tests/dialects/${dialect}`, 'tests/dialects/mysql', 'tests/faults']
    .map((folder) => `${root}${folder}/${file}`)
    .find(existsSync)
  const source = path === undefined ? '' : readFileSync(path, 'utf8')
  return source.includes(title) || source.includes(title.replace(/^\w+ /, ''))
}

describe('the quirks of a database', () => {
  test.each(pages)('of %s name tests', (dialect) => {
    expect(named.filter((entry) => entry.dialect === dialect).length).toBeGreaterThan(10)
  })

  test.each(named)('$dialect: $file has "$title"', ({ dialect, file, title }) => {
    expect(hasTitle(dialect, file, title)).toBe(true)
  })
})
