import { describe, test } from 'vitest'
import { pagePaths, readPage } from './markdown.js'
import { runPage } from './run-page.js'

describe('what a page shows can be done', () => {
  test.each(pagePaths)('%s', async (path) => {
    await runPage(readPage(path))
  })
})
