import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.js'
import { codesInSources } from '../../scripts/reference/errors.js'
import { pages } from '../../scripts/reference/pages.js'
import { root } from './markdown.js'

const written = (name: string): string => readFileSync(`${root}docs/reference/${name}`, 'utf8')

describe('the reference', () => {
  test.each(Object.entries(pages))('%s is what the code says', async (name, make) => {
    expect(written(name)).toBe(await make(root))
  })

  test('has every command', () => {
    const headings = [...written('cli.md').matchAll(/^## (\S+)$/gm)].map(([, heading]) => heading)

    expect(headings).toEqual(expect.arrayContaining(Object.keys(commands)))
  })

  test('has every error code once', () => {
    const rows = [...written('errors.md').matchAll(/^\| `(TM_[A-Z_]+)`/gm)].map(([, code]) => code)

    expect(rows).toEqual([...codesInSources(root).keys()].sort())
  })
})
