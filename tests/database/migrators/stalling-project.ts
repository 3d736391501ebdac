// A project whose migrations come to a standstill at a place that the environment of their process names: a file tells
// that it is reached, and they wait until there is another. Two statements of it wait for a gate that a test can close.

import { inject } from 'vitest'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { type Project, makeProject } from '../../helpers/project.js'
import { migrationFile } from './counting-project.js'

export type Gate = 'update' | 'create'

/** A condition that waits until nobody else has the lock of that gate. SQLite has nothing of the kind. */
const conditions: Readonly<Record<DialectName, (gate: Gate) => string>> = {
  sqlite: () => '1 = 1',
  postgres: (gate) => `pg_advisory_xact_lock(hashtext('${gate}')) is not null`,
  mysql: (gate) => `get_lock(concat('${gate} ', database()), 300) = 1`,
  mariadb: (gate) => `get_lock(concat('${gate} ', database()), 300) = 1`,
}

export function passing(gate: Gate): string {
  return conditions[inject('dialect')](gate)
}

const reach = `import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

async function reach(place) {
  if (process.env.STALLS_AT !== place) return
  writeFileSync('reached', '')
  while (!existsSync('go-on')) await pause(20)
}

`

const counter = migrationFile(
  `await schema.create('counter', (table) => { table.id(); table.integer('n') })
    await db.table('counter').insert({ id: 1, n: 0 })`,
  `await schema.drop('counter')`,
)

const steps = migrationFile(
  `await schema.create('a', (table) => { table.id() })
    await db.statement('update counter set n = n + 1')
    await reach('between two statements')
    await db.statement('update counter set n = n + 1')
    await db.transaction(async () => {
      await db.statement('update counter set n = n + 1')
      await reach('inside a transaction')
      await db.table('a').insert({ id: 1 })
    })
    await reach('before a change of structure')
    await schema.table('counter', (table) => { table.string('note', 20).default('none') })
    await db.statement("update counter set n = n + 1 where ${passing('update')}")
    await db.statement("create table b as select id, n from counter where ${passing('create')}")`,
  '',
  reach,
)

const last = migrationFile(`await schema.create('c', (table) => { table.id() })`, '', reach).replace(
  'export default {',
  "export default {\n  async shouldRun() { await reach('between two migrations'); return true },",
)

/** @param isOutside whether its migrations say `transaction: false` */
export function stallingProject(isOutside: boolean): Project {
  const wrapped = (text: string): string =>
    isOutside ? text.replace('export default {', 'export default {\n  transaction: false,') : text
  return makeProject({
    // A statement waits at its gate for longer than a lease.
    'tidemark.config.mjs': `export default { migrations: { lockTimeout: '${inject('dialect') === 'sqlite' ? '1s' : '5m'}' } }`,
    'database/migrations/001_counter.mjs': counter,
    'database/migrations/002_steps.mjs': wrapped(steps),
    'database/migrations/003_last.mjs': wrapped(last),
  })
}
