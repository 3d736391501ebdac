import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.js'
import { refuseUnsupported } from '../../src/dialects/refusals.js'
import { refusals } from '../../src/dialects/sqlite/compile/refusals.js'
import { Blueprint } from '../../src/schema/blueprint.js'
import { codesInSources } from '../../scripts/reference/errors.js'
import { pages } from '../../scripts/reference/pages.js'
import { withoutEffectOnSqlite } from '../../scripts/reference/schema.js'
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

describe('what has no effect on SQLite', () => {
  // What each method is called with, on a column or on the table.
  const calls: Record<(typeof withoutEffectOnSqlite)[number], (table: Blueprint) => unknown> = {
    after: (table) => table.string('a').after('id'),
    always: (table) => table.integer('a').always(),
    charset: (table) => table.string('a').charset('utf8mb4'),
    comment: (table) => table.string('a').comment('a remark'),
    engine: (table) => (table.engine = 'InnoDB'),
    first: (table) => table.string('a').first(),
    generatedAs: (table) => table.integer('a').generatedAs(),
    innoDb: (table) => table.innoDb(),
    invisible: (table) => table.string('a').invisible(),
    unsigned: (table) => table.integer('a').unsigned(),
    useCurrentOnUpdate: (table) => table.timestamp('a').useCurrentOnUpdate(),
    using: (table) => table.integer('a').using('a::integer'),
  }

  test.each(withoutEffectOnSqlite)('%s is not refused', (name) => {
    const table = new Blueprint('t').create()
    table.id()
    calls[name](table)

    expect(() => refuseUnsupported(refusals, table.operations())).not.toThrow()
  })
})
