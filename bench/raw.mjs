// The bare script: the same work with the driver and nothing else. `status`: read the folder and the ledger, find
// nothing to do. `up` and `down`: each migration in a transaction with its ledger row. `import`: no database, only the
// modules of the migrations, as plain JavaScript, one after the other.

import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [work] = process.argv.slice(2)
if (work === 'import') {
  for (const file of readdirSync('plain')) await import(pathToFileURL(`plain/${file}`).href)
  process.exit()
}

function open(path) {
  try {
    const Database = createRequire(new URL('../package.json', import.meta.url))('better-sqlite3')
    return new Database(path)
  } catch {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
    return new DatabaseSync(path)
  }
}

const database = open('database/database.sqlite')
const ledger = 'create table if not exists ledger (name varchar primary key, applied_at varchar not null)'

if (work === 'status') {
  const applied = new Set(
    database
      .prepare('select name from schema_migrations')
      .all()
      .map(({ name }) => name),
  )
  const names = readdirSync('database/migrations').map((file) => file.replace(/\.ts$/, ''))
  if (names.some((name) => !applied.has(name))) throw new Error('something is pending')
} else {
  const steps = JSON.parse(readFileSync('steps.json', 'utf8'))
  database.exec(ledger)
  const record =
    work === 'up'
      ? database.prepare('insert into ledger values (?, ?)')
      : database.prepare('delete from ledger where name = ? and applied_at <> ?')
  for (const step of work === 'up' ? steps : steps.toReversed()) {
    database.exec('begin immediate')
    for (const sql of step[work]) database.exec(sql)
    record.run(step.name, new Date().toISOString())
    database.exec('commit')
  }
}
database.close()
