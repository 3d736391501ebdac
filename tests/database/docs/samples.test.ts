// The samples of the documentation that are marked with the dialect under test. Those of SQLite are run by tests/docs.

import { describe, expect, inject, test } from 'vitest'
import { dialectNames } from '../../../src/schema/dialect-name.js'
import { pagePaths, readPage } from '../../docs/markdown.js'
import { isFor, runPage } from '../../docs/run-page.js'
import { makeDatabase } from '../../helpers/database.js'

const dialect = inject('dialect')
const pages = pagePaths.map(readPage)
const marked =
  dialect === 'sqlite' ? [] : pages.filter(({ blocks }) => blocks.some((block) => isFor(block, dialect)))

test('samples are marked with names of dialects', () => {
  const names = pages.flatMap(({ blocks }) =>
    blocks.flatMap(({ marks }) => marks.get('on')?.split(',') ?? []),
  )

  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !dialectNames.some((known) => known === name))).toEqual([])
})

describe.skipIf(marked.length === 0)('what a page shows can be done', () => {
  test.each(marked)('$path', async (page) => {
    await runPage(page, { dialect, makeDatabase: async () => (await makeDatabase()).variables })
  })
})
