// A process of its own that has a SQLite file open, past Tidemark, and runs what it is sent.

import { createRequire } from 'node:module'

const [, , file] = process.argv
const database = open()

function open() {
  try {
    const BetterSqlite = createRequire(import.meta.url)('better-sqlite3')
    return new BetterSqlite(file)
  } catch {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
    return new DatabaseSync(file)
  }
}

process.on('message', (sql) => {
  try {
    if (/^select/i.test(sql)) database.prepare(sql).all()
    else database.exec(sql)
    process.send('done')
  } catch (error) {
    process.send(String(error))
  }
})
process.on('disconnect', () => process.exit(0))
