// A project whose migrations mix structure with data that tells how often it was changed, and ask the database questions
// on the way; and what a database holds in the end.

import type { Tidemark } from '../../../src/index.js'
import { type Project, makeProject } from '../../helpers/project.js'
import { tableNames } from '../../helpers/tidemark.js'

/** Plain JavaScript, which loads without a transform: the processes that are killed are many. */
function migrationFile(up: string, down: string): string {
  return `export default {
  async up({ schema, db }) {
    ${up}
  },
  async down({ schema, db }) {
    ${down}
  },
}
`
}

const first = migrationFile(
  `await schema.create('counter', (table) => { table.id(); table.integer('n') })
    await db.table('counter').insert({ id: 1, n: 0 })
    await db.statement('update counter set n = n + 1')
    if (!(await schema.hasColumn('counter', 'note'))) {
      await schema.table('counter', (table) => { table.string('note', 40).default('none'); table.index('n') })
    }`,
  `await schema.drop('counter')`,
)

const second = migrationFile(
  `await schema.create('parts', (table) => {
      table.id()
      table.foreignId('counter_id').constrained('counter')
      table.string('name').unique()
    })
    // With keys of its own: one that a server counts up is not counted back with its row.
    for (const [index, name] of ['a', 'b'].entries()) {
      await db.table('parts').insert({ id: index + 1, counter_id: 1, name })
    }
    await db.transaction(async () => {
      const { n } = await db.table('counter').first()
      await db.table('counter').update({ n: n * 2, note: 'doubled' })
      await db.table('parts').where('name', 'a').update({ name: 'a' + n })
    })
    await db.statement('update counter set n = n + 1')
    await schema.table('parts', (table) => { table.renameColumn('name', 'title') })`,
  `await db.table('counter').update({ n: 1, note: 'none' })
    await schema.table('parts', (table) => { table.renameColumn('title', 'name') })
    await schema.drop('parts')`,
)

export function countedProject(): Project {
  return makeProject({
    'database/migrations/001_counter.mjs': first,
    'database/migrations/002_parts.mjs': second,
  })
}

export interface Contents {
  readonly rows: Readonly<Record<string, readonly unknown[]>>
  readonly tables: readonly unknown[]
  readonly views: readonly unknown[]
  readonly ledger: readonly unknown[]
}

/** Rows and structure, without what tells when something was done and by whom. */
export async function contentsOf(tidemark: Tidemark): Promise<Contents> {
  const db = await tidemark.db()
  const names = await tableNames(tidemark)
  const rows: Record<string, readonly unknown[]> = {}
  for (const name of names) rows[name] = await db.table(name).orderBy('id').get()
  const { tables, views } = await tidemark.snapshot()
  const ledger = await db.table('schema_migrations').orderBy('name').get()
  return {
    rows,
    tables: tables.filter(({ name }) => name !== 'schema_migrations'),
    // Their definitions have the name of the database in them.
    views: views.map(({ name, columns }) => ({ name, columns })),
    ledger: ledger.map(({ name, state, error, journal }) => ({ name, state, error, journal })),
  }
}
