// PostgreSQL: what it answers to the contract of all dialects, each part in a file of its own. What reads and changes
// structure is loaded when it is first needed.

import { once } from '../../support/once.js'
import type { Dialect } from '../dialect.js'
import { LazyCatalogue } from '../lazy-catalogue.js'
import { fenceOf } from './fence.js'
import { journaling } from './journaling.js'
import { capabilities } from './capabilities.js'
import { type PostgresServer, unknownServer } from './server.js'
import { explain } from './session/explain.js'
import { openSession } from './session/session.js'
import { literal, quoteIdentifier } from './sql/literal.js'
import { fillPlaceholders, placeholders } from './sql/placeholders.js'
import { splitSql } from './sql/split.js'

const catalogueModule = once(() => import('./catalogue/catalogue.js'))
const compiler = once(() => import('./compile/compile.js'))
const queryCompiler = once(() => import('./query-compiler.js'))

function dialectOf(server: PostgresServer): Dialect {
  const dialect: Dialect = {
    name: 'postgres',
    driverName: 'pgsql',
    label: 'PostgreSQL',
    capabilities,
    open: async (options) => {
      const opened = await openSession(options)
      return { dialect: dialectOf(opened.server), session: opened.session }
    },
    createDatabase: async (options) => (await import('./administer.js')).createMissingDatabase(options),
    client: async (options) => (await import('./client.js')).clientOf(options),
    compile: async (operations, session) =>
      (await compiler()).compile(operations, {
        catalogue: dialect.catalogue(session),
        server,
        // In a rehearsal it is not known whether the change will be made in a transaction.
        inTransaction: session.inTransaction && session.structure === undefined,
      }),
    catalogue: (session) =>
      session.structure ??
      new LazyCatalogue(async () => new (await catalogueModule()).PostgresCatalogue(session, server)),
    rehearse: async (session) => (await import('./rehearse.js')).rehearse(dialect.catalogue(session)),
    openTransactions: async (session) => (await import('./blockers.js')).openTransactions(session),
    journaling,
    fence: fenceOf(server),
    wipe: async (...what) => (await import('./wipe.js')).wipe(...what),
    administer: async (...task) => (await import('./administer.js')).administer(...task),
    overview: async (session) => (await import('./administer.js')).overview(session),
    split: splitSql,
    placeholders,
    fillPlaceholders,
    queryCompiler: async () => (await queryCompiler()).queryCompiler,
    explain,
    quoteIdentifier,
    literal,
  }
  return dialect
}

export const postgresDialect: Dialect = dialectOf(unknownServer)
