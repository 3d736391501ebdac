// Sessions on a database of the test's own, past the layers above the dialect.

import { inject, onTestFinished } from 'vitest'
import type { Dialect, ServerOptions, Session, SessionOptions } from '../../../src/dialects/dialect.js'
import { postgresDialect } from '../../../src/dialects/postgres/index.js'
import { administer, makeDatabase, serverOptionsOf } from '../../helpers/database.js'

export type OpenOptions = Partial<Omit<SessionOptions, 'server'>> & {
  readonly server?: Partial<ServerOptions>
}

export interface TestSession {
  readonly session: Session
  readonly dialect: Dialect
  readonly database: string
  /** Another session on the same database. */
  readonly open: (options?: OpenOptions) => Promise<Session>
}

export async function openTestSession(options: OpenOptions = {}): Promise<TestSession> {
  const { target } = await makeDatabase()
  const { database } = target
  const open = async (more: OpenOptions = {}) => await openAt({ database, ...more })
  const { dialect, session } = await open(options)
  return { session, dialect, database, open: async (more) => (await open(more)).session }
}

/** A database whose own settings are such, and a session on it. */
export async function openWithSettings(settings: Readonly<Record<string, string>>): Promise<TestSession> {
  const { target } = await makeDatabase()
  for (const [name, value] of Object.entries(settings)) {
    await administer(`alter database "${target.database}" set ${name} = '${value}'`)
  }
  const open = async (more: OpenOptions = {}) => await openAt({ database: target.database, ...more })
  const { dialect, session } = await open()
  return { session, dialect, database: target.database, open: async (more) => (await open(more)).session }
}

/**
 * Opens a session at the server under test, or where `options` lead, without a database of its own: enough for what leaves
 * nothing behind, such as temporary tables. It is closed when the test ends.
 */
export async function openAt({ server, ...options }: OpenOptions = {}) {
  const opened = await postgresDialect.open({
    database: new URL(inject('address')).pathname.slice(1),
    foreignKeys: true,
    lockTimeoutMs: 1000,
    ...options,
    server: { ...serverOptionsOf(new URL(inject('address'))), ...server },
  })
  onTestFinished(() => opened.session.close())
  return opened
}
