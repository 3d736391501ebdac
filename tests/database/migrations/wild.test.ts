// Migrations in the shapes that real Laravel applications have them, word for word in TypeScript: each goes up, down and
// up again, with the rows of the ones before it in the tables.

import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { makeProject } from '../../helpers/project.js'
import { openTidemark, tableNames } from '../../helpers/tidemark.js'

const wild = fileURLToPath(new URL('wild', import.meta.url))

test('migrations as Laravel applications have them go up, down and up again', async () => {
  const project = makeProject()
  cpSync(wild, project.path('database/migrations'), { recursive: true })
  const tidemark = await openTidemark(project)

  for (const { name } of await tidemark.status()) {
    const [tables, rows] = [await structure(tidemark), await contents(tidemark)]
    await tidemark.migrate({ to: name })
    const made = await structure(tidemark)

    await tidemark.rollback({ name })
    expect(await structure(tidemark), name).toEqual(tables)
    expect(await contents(tidemark), name).toEqual(rows)

    await tidemark.migrate({ to: name })
    expect(await structure(tidemark), name).toEqual(made)
  }

  expect(await contents(tidemark)).toMatchObject({
    asset_colours: [{ colour: 'red' }, { colour: 'blue' }],
    assets: [
      { tag: 'A1', price: decimal('10.5'), notes: 'of Ada Lovelace' },
      { tag: 'A2', price: decimal('2') },
      { tag: 'A3', price: decimal('3') },
    ],
    companies: [{ name: 'Engines' }, { name: 'Looms', user_id: null }],
    users: [{ email: 'ada@example.com', team_id: 1 }],
    vendors: [],
  })
})

/** A server writes as many zeros at its end as the column has digits. */
function decimal(digits: string): unknown {
  return expect.stringMatching(new RegExp(`^${digits.replace('.', String.raw`\.`)}(\\.?0+)?$`))
}

/** Tables and views, the ledger left out. A column that was dropped and made again is the last, so order is left out too. */
async function structure(tidemark: Tidemark): Promise<unknown> {
  const { tables, views } = await tidemark.snapshot()
  return {
    views,
    tables: tables
      .filter(({ name }) => name !== 'schema_migrations')
      .map((table) => ({
        ...table,
        columns: sorted(table.columns),
        foreignKeys: sorted(table.foreignKeys),
      })),
  }
}

function sorted<Item extends object>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
}

/** The rows of each table, by their text: a server gives them in whatever order. */
async function contents(tidemark: Tidemark): Promise<Readonly<Record<string, unknown>>> {
  const db = await tidemark.db()
  const names = await tableNames(tidemark)
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, sorted(await db.table(name).get())] as const)),
  )
}
