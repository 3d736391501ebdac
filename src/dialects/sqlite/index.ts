// SQLite: what it answers to the contract of all dialects, each part in a file of its own.

import type { Dialect } from '../dialect.js'
import { administer, overview } from './administer.js'
import { capabilities } from './capabilities.js'
import { SqliteCatalogue } from './catalogue.js'
import { compile } from './compile.js'
import { explain } from './explain.js'
import { literal, quoteIdentifier } from './literal.js'
import { placeholders } from './placeholders.js'
import { rehearse } from './rehearse.js'
import { openSession } from './session.js'
import { splitSql } from './split.js'
import { wipe } from './wipe.js'

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  driverName: 'sqlite',
  label: 'SQLite',
  capabilities,
  open: openSession,
  compile,
  catalogue: (session) => new SqliteCatalogue(session),
  rehearse,
  wipe,
  administer,
  overview,
  split: splitSql,
  placeholders,
  queryCompiler: async () => (await import('./query-compiler.js')).queryCompiler,
  explain,
  quoteIdentifier,
  literal,
}
