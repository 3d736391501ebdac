// From a connection of the configuration to an open session. The driver is imported here and not before: a command
// that needs no database loads none.

import type { ClientCommand, Opened, ServerOptions, SessionOptions } from '../dialects/dialect.js'
import { loadDialect } from '../dialects/registry.js'
import type { DialectName } from '../schema/dialect-name.js'
import { ExplainedSession } from './explained-session.js'

/** The part of a configured connection that opening it takes. */
export interface ConnectionTarget {
  readonly dialect: DialectName
  readonly database: string
  readonly foreignKeys: boolean
  readonly server?: ServerOptions
  /** The way past a pooler, which is taken where it is known. */
  readonly directServer?: ServerOptions
  /** The database's name there, where it is another. */
  readonly directDatabase?: string
}

/** How long a session's statements may wait and run, in milliseconds; 0 for no limit. */
export interface SessionLimits {
  readonly lockTimeoutMs: number
  readonly statementTimeoutMs?: number
}

/**
 * Opens a session; whoever asks for it closes it. The dialect is that of the server which answers.
 *
 * @throws ConnectionError where the database cannot be reached
 */
export async function connect(target: ConnectionTarget, limits: SessionLimits): Promise<Opened> {
  const configured = await loadDialect(target.dialect)
  const { dialect, session } = await configured.open(sessionOptions(target, limits))
  return { dialect, session: new ExplainedSession(dialect, session) }
}

/** Makes the database that a connection names and that its server does not have. */
export async function createDatabase(target: ConnectionTarget): Promise<void> {
  const dialect = await loadDialect(target.dialect)
  await dialect.createDatabase(sessionOptions(target, { lockTimeoutMs: 0 }))
}

/** The database's own client, told how to reach what the connection names. */
export async function clientOf(target: ConnectionTarget): Promise<ClientCommand> {
  const dialect = await loadDialect(target.dialect)
  return await dialect.client(sessionOptions(target, { lockTimeoutMs: 0 }))
}

function sessionOptions(
  { database, foreignKeys, server, directServer, directDatabase = database }: ConnectionTarget,
  { lockTimeoutMs, statementTimeoutMs }: SessionLimits,
): SessionOptions {
  const reached = directServer ?? server
  return {
    database: directServer === undefined ? database : directDatabase,
    foreignKeys,
    lockTimeoutMs,
    ...(statementTimeoutMs !== undefined && { statementTimeoutMs }),
    ...(reached !== undefined && { server: reached }),
  }
}
