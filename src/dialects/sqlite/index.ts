// SQLite: what it answers to the contract of all dialects, each part in a file of its own. What reads and changes
// structure is loaded when it is first needed: a command that finds nothing to do needs none of it.

import { once } from '../../support/once.js'
import type { Dialect } from '../dialect.js'
import { capabilities } from './capabilities.js'
import { explain } from './session/explain.js'
import { fillAt } from '../inline-bindings.js'
import { LazyCatalogue } from '../lazy-catalogue.js'
import { fence } from './fence.js'
import { journaling } from './journaling.js'
import { literal, quoteIdentifier } from './sql/literal.js'
import { placeholders } from './sql/placeholders.js'
import { openSession } from './session/session.js'
import { splitSql } from './sql/split.js'

const catalogueModule = once(() => import('./catalogue/catalogue.js'))
const compiler = once(() => import('./compile/compile.js'))
const queryCompiler = once(() => import('./query-compiler.js'))

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  driverName: 'sqlite',
  label: 'SQLite',
  capabilities,
  open: async (options) => ({ dialect: sqliteDialect, session: await openSession(options) }),
  createDatabase: async ({ database }) => (await import('./administer.js')).createFile(database),
  client: async (options) => (await import('./client.js')).clientOf(options),
  compile: async (...change) => (await compiler()).compile(...change),
  catalogue: (session) =>
    new LazyCatalogue(async () => new (await catalogueModule()).SqliteCatalogue(session)),
  rehearse: async (session) => (await import('./rehearse.js')).rehearse(session),
  openTransactions: async () => [],
  journaling,
  fence,
  wipe: async (...what) => (await import('./wipe.js')).wipe(...what),
  administer: async (...task) => (await import('./administer.js')).administer(...task),
  overview: async (session) => (await import('./administer.js')).overview(session),
  split: splitSql,
  placeholders,
  fillPlaceholders: (sql, write) => fillAt(sql, placeholders(sql), write),
  queryCompiler: async () => (await queryCompiler()).queryCompiler,
  explain,
  quoteIdentifier,
  literal,
}
