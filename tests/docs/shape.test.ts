import { describe, expect, test } from 'vitest'
import { pagePaths, readPage } from './markdown.js'

const howTos = pagePaths.filter((path) => path.startsWith('docs/how-to/'))

describe('the README', () => {
  const { text } = readPage('README.md')

  test('can be read in one sitting', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(250)
  })

  test.each(pagePaths.filter((path) => path.startsWith('docs/')))('links to %s', (path) => {
    expect(text).toContain(`(${path})`)
  })
})

describe.each(howTos)('%s', (path) => {
  test('ends with how to verify and how to undo', () => {
    const headings = [...readPage(path).text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)

    expect(headings.slice(-2)).toEqual(['Verify', 'Undo'])
  })
})
