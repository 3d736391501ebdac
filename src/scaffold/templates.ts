// The texts of new files. Every migration among them can be applied and rolled back as it is.

import type { Purpose } from './migration-name.js'
import type { Naming } from './numbering.js'

export function typescriptMigration(purpose: Purpose): string {
  const { up, down } = typescriptBodies(purpose)
  return `import { migration } from 'tidemark'

export default migration({
  async up({ ${purpose.kind === 'blank' ? 'schema, db' : 'schema'} }) {
${up}
  },

  async down({ ${purpose.kind === 'blank' ? 'schema, db' : 'schema'} }) {
${down}
  },
})
`
}

function typescriptBodies(purpose: Purpose): { up: string; down: string } {
  if (purpose.kind === 'blank') return { up: '    //', down: '    //' }
  const table = quoted(purpose.table)
  const create = call(`schema.create(${table}, `, ['table.id()', 'table.timestamps()'])
  const drop = `    await schema.dropIfExists(${table})`
  const change = call(`schema.table(${table}, `, ['//'])
  const createAgain = call(`schema.create(${table}, `, ['// The columns that the table had.', 'table.id()'])
  const bodies = {
    create: { up: create, down: drop },
    update: { up: change, down: change },
    drop: { up: drop, down: createAgain },
  }
  return bodies[purpose.kind]
}

function call(start: string, lines: readonly string[]): string {
  return [`    await ${start}(table) => {`, ...lines.map((line) => `      ${line}`), '    })'].join('\n')
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const otherNaming: Readonly<Record<Naming, string>> = {
  timestamp: "or 'sequential': 001_, 002_, …",
  sequential: "or 'timestamp': 2025_03_05_120000_…",
}

/** Without connections: those of `.env` are there then, whatever the user has in it. */
export function configurationFile(directory: string, naming: Naming): string {
  return `import { defineConfig } from 'tidemark'

// Connections come from .env unless they are named here.
export default defineConfig({
  migrations: {
    directory: ${quoted(directory.replaceAll('\\', '/'))},
    naming: '${naming}', // ${otherNaming[naming]}
  },
})
`
}
