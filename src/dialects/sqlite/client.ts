// SQLite's own client, `sqlite3`.

import type { ClientCommand, SessionOptions } from '../dialect.js'
import { findProgram } from '../client-program.js'

const sqlite3 = { name: 'sqlite3', debian: 'sqlite3', homebrew: 'sqlite' }

export async function clientOf({ database, foreignKeys }: SessionOptions): Promise<ClientCommand> {
  const { name } = await findProgram('SQLite', [sqlite3])
  return {
    program: name,
    // Said whichever it is: how SQLite was built decides what holds otherwise.
    words: ['-cmd', `pragma foreign_keys = ${foreignKeys ? 'on' : 'off'}`, database],
    variables: {},
    notices: [],
    dispose: () => undefined,
  }
}
