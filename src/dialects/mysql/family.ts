// The dialect of a server of the family: what it answers to the contract of all dialects, each part in a file of its own.
// What reads and changes structure is loaded when it is first needed.

import { once } from '../../support/once.js'
import type { Dialect } from '../dialect.js'
import { fillAt } from '../inline-bindings.js'
import { LazyCatalogue } from '../lazy-catalogue.js'
import { fenceOf } from './fence.js'
import { journalingOf } from './journaling.js'
import type { MysqlServer } from './server.js'
import { explain } from './session/explain.js'
import { openSession } from './session/session.js'
import { literal, quoteIdentifier } from './sql/literal.js'
import { placeholders } from './sql/placeholders.js'
import { splitSql } from './sql/split.js'

const catalogueModule = once(() => import('./catalogue/catalogue.js'))
const compiler = once(() => import('./compile/compile.js'))
const queryCompiler = once(() => import('./query-compiler.js'))

export function dialectOf(server: MysqlServer): Dialect {
  const { name, driverName, label, capabilities } = server.flavour
  const dialect: Dialect = {
    name,
    driverName,
    label,
    capabilities,
    open: async (options) => {
      const opened = await openSession(options, server.flavour)
      return { dialect: dialectOf(opened.server), session: opened.session }
    },
    createDatabase: async (options) =>
      (await import('./administer.js')).createMissingDatabase(options, server.flavour),
    client: async (options) => (await import('./client.js')).clientOf(options, server.flavour),
    compile: async (operations, session) =>
      (await compiler()).compile(operations, dialect.catalogue(session), server),
    catalogue: (session) =>
      session.structure ??
      new LazyCatalogue(async () => new (await catalogueModule()).MysqlCatalogue(session, server)),
    rehearse: async (session) => (await import('./rehearse.js')).rehearse(dialect.catalogue(session), server),
    openTransactions: async (session) => (await import('./blockers.js')).openTransactions(session),
    journaling: journalingOf(server.flavour),
    fence: fenceOf(server),
    wipe: async (...what) => (await import('./wipe.js')).wipe(...what),
    administer: async (session, task) => (await import('./administer.js')).administer(session, task, server),
    overview: async (session) => (await import('./administer.js')).overview(session),
    split: splitSql,
    placeholders,
    fillPlaceholders: (sql, write) => fillAt(sql, placeholders(sql), write),
    queryCompiler: async () => (await queryCompiler()).queryCompilerOf(server.flavour),
    explain,
    quoteIdentifier,
    literal,
  }
  return dialect
}
