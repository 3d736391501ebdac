// The dialects by name, each loaded when it is first asked for: a run on one database reads the code of no other.

import type { DialectName } from '../schema/dialect-name.js'
import type { Dialect } from './dialect.js'

const loaders: Readonly<Record<DialectName, () => Promise<Dialect>>> = {
  sqlite: async () => (await import('./sqlite/index.js')).sqliteDialect,
  postgres: async () => (await import('./postgres/index.js')).postgresDialect,
  mysql: async () => (await import('./mysql/index.js')).mysqlDialect,
  mariadb: async () => (await import('./mariadb/index.js')).mariadbDialect,
}

export async function loadDialect(name: DialectName): Promise<Dialect> {
  return await loaders[name]()
}
