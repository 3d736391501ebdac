// A project whose migrations mix structure with rows, and count how often each took effect.

import { type Project, makeProject } from '../../helpers/project.js'

/** Plain JavaScript, which loads without a transform: the processes are many. */
export function migrationFile(up: string, down: string, head = ''): string {
  return `${head}export default {
  async up({ schema, db }) {
    ${up}
  },
  async down({ schema, db }) {
    ${down}
  },
}
`
}

/** @param whenBegun code that runs once the counter is there */
function counter(whenBegun: string): string {
  return migrationFile(
    `await schema.create('counter', (table) => { table.id(); table.integer('n') })
    await db.table('counter').insert({ id: 1, n: 0 })
    ${whenBegun}`,
    `await schema.drop('counter')`,
  )
}

function step(index: number): string {
  return migrationFile(
    `await schema.create('t${index}', (table) => { table.id(); table.foreignId('counter_id').constrained('counter') })
    await db.statement('update counter set n = n + 1')
    await schema.table('counter', (table) => { table.string('note${index}', 20).default('none') })
    await db.table('t${index}').insert({ id: 1, counter_id: 1 })
    await db.statement('update counter set n = n + 1')`,
    `await db.statement('update counter set n = n - 2')
    await schema.table('counter', (table) => { table.dropColumn('note${index}') })
    await schema.drop('t${index}')`,
  )
}

const indexes = [1, 2, 3, 4, 5, 6]

/** Those of its migrations. */
export const names: readonly string[] = ['000_counter', ...indexes.map((index) => `00${index}_step`)]

/** A migration that makes the counter, and six that count it up by two. */
export function countingProject(whenBegun = ''): Project {
  const files = indexes.map((index) => [`database/migrations/00${index}_step.mjs`, step(index)])
  return makeProject({
    'database/migrations/000_counter.mjs': counter(whenBegun),
    ...Object.fromEntries(files),
  })
}

/** Tells by a file that it is reached, and lets the migration go on when there is another. */
export const waitForFile = `const { existsSync, writeFileSync } = await import('node:fs')
    writeFileSync('begun', '')
    while (!existsSync('go-on')) await new Promise((resolve) => setTimeout(resolve, 20))`
