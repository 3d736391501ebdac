// From a connection of the configuration to an open session. The driver is imported here and not before: a command
// that needs no database loads none.

import type { Dialect, Session } from '../dialects/dialect.js'
import { loadDialect } from '../dialects/registry.js'
import type { DialectName } from '../schema/dialect-name.js'
import { ExplainedSession } from './explained-session.js'

/** The part of a configured connection that opening it takes. */
export interface ConnectionTarget {
  readonly dialect: DialectName
  readonly database: string
  readonly foreignKeys: boolean
}

/** An open connection; whoever asked for it closes the session. */
export interface Connected {
  readonly dialect: Dialect
  readonly session: Session
}

/**
 * Opens a session.
 *
 * @throws UnsupportedError where this release does not have the dialect
 * @throws ConnectionError where the database cannot be reached
 */
export async function connect(
  { dialect: name, database, foreignKeys }: ConnectionTarget,
  { lockTimeoutMs }: { readonly lockTimeoutMs: number },
): Promise<Connected> {
  const dialect = await loadDialect(name)
  const session = await dialect.open({ database, foreignKeys, lockTimeoutMs })
  return { dialect, session: new ExplainedSession(dialect, session) }
}
