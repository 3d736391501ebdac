// A project of N migrations, and the same work as plain SQL for the bare script: a table of 8 columns with two indexes
// and a foreign key each, and every fifth one an alteration of the table before.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Makes the folder; `remove()` takes it away. */
export function makeProject(count) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
  mkdirSync(join(folder, 'database/migrations'), { recursive: true })
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/tidemark'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const steps = Array.from({ length: count }, (_, index) => step(index))
  mkdirSync(join(folder, 'plain'))
  for (const { name, source } of steps) {
    writeFileSync(join(folder, `database/migrations/${name}.ts`), source)
    // The sources have no types in them.
    writeFileSync(join(folder, `plain/${name}.mjs`), source)
  }
  writeFileSync(
    join(folder, 'steps.json'),
    JSON.stringify(steps.map(({ name, up, down }) => ({ name, up, down }))),
  )
  return {
    folder,
    database: join(folder, 'database/database.sqlite'),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function step(index) {
  return index % 5 === 4 ? alteration(index) : creation(index)
}

const nameOf = (index, words) => `2025_01_01_${String(index).padStart(6, '0')}_${words}`

function creation(index) {
  const table = `table_${index}`
  const parent = index === 0 ? 'table_0' : `table_${index % 5 === 0 ? index - 2 : index - 1}`
  return {
    name: nameOf(index, `create_${table}_table`),
    source: `import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.create('${table}', (table) => {
      table.id()
      table.foreignId('parent_id').nullable().constrained('${parent}')
      table.string('title')
      table.text('body').nullable()
      table.integer('position').default(0)
      table.boolean('active').default(true)
      table.timestamps()
      table.index('title')
      table.index('position')
    })
  },
  async down({ schema }) {
    await schema.dropIfExists('${table}')
  },
})
`,
    up: [
      `create table "${table}" ("id" integer primary key autoincrement not null, "parent_id" integer, "title" varchar not null, "body" text, "position" integer not null default '0', "active" tinyint(1) not null default '1', "created_at" datetime, "updated_at" datetime, foreign key("parent_id") references "${parent}"("id"))`,
      `create index "${table}_title_index" on "${table}" ("title")`,
      `create index "${table}_position_index" on "${table}" ("position")`,
    ],
    down: [`drop table if exists "${table}"`],
  }
}

function alteration(index) {
  const table = `table_${index - 1}`
  return {
    name: nameOf(index, `add_note_to_${table}_table`),
    source: `import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.table('${table}', (table) => {
      table.string('note').nullable()
    })
  },
  async down({ schema }) {
    await schema.table('${table}', (table) => {
      table.dropColumn('note')
    })
  },
})
`,
    up: [`alter table "${table}" add column "note" varchar`],
    down: [`alter table "${table}" drop column "note"`],
  }
}
