// The dialects by name, each loaded when it is first asked for: a run on one database reads the code of no other.

import type { DialectName } from '../schema/dialect-name.js'
import type { Dialect } from './dialect.js'
import { ConnectionError } from './errors.js'

const loaders: Partial<Readonly<Record<DialectName, () => Promise<Dialect>>>> = {
  sqlite: async () => (await import('./sqlite/index.js')).sqliteDialect,
}

/**
 * The dialect of that name.
 *
 * @throws ConnectionError TM_DIALECT_MISSING for a database that this release cannot be used with yet
 */
export async function loadDialect(name: DialectName): Promise<Dialect> {
  const load = loaders[name]
  if (load !== undefined) return await load()
  throw new ConnectionError({
    code: 'TM_DIALECT_MISSING',
    kind: 'usage',
    message: `A connection of the dialect "${name}" is configured; this release supports ${Object.keys(loaders).join(', ')}.`,
    remedy:
      "Configure a SQLite connection: DB_CONNECTION=sqlite, or dialect: 'sqlite' in tidemark.config.ts.",
    details: { dialect: name },
  })
}
