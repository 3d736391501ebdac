import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { root } from './markdown.js'

const text = readFileSync(`${root}src/dialects/sqlite/QUIRKS.md`, 'utf8').replaceAll(/\s+/g, ' ')
const named = [...text.matchAll(/`([\w-]+\.test\.ts)`: "([^"]+)"/g)].map(([, file = '', title = '']) => ({
  file,
  title,
}))

/** Whether a test has that title; its first word may be the last of the group around it, "a rebuild keeps". */
function hasTitle(file: string, title: string): boolean {
  const path = ['tests/dialects/sqlite', 'tests/faults']
    .map((folder) => `${root}${folder}/${file}`)
    .find(existsSync)
  const source = path === undefined ? '' : readFileSync(path, 'utf8')
  return source.includes(title) || source.includes(title.replace(/^\w+ /, ''))
}

describe('the quirks of SQLite', () => {
  test('name tests', () => {
    expect(named.length).toBeGreaterThan(10)
  })

  test.each(named)('$file has "$title"', ({ file, title }) => {
    expect(hasTitle(file, title)).toBe(true)
  })
})
