// A `Database` on a real one of the dialect under test, thrown away when the test ends.

import { onTestFinished } from 'vitest'
import { connect } from '../../../src/connection/connect.js'
import { LiveExecutor } from '../../../src/connection/live-executor.js'
import type { Dialect, Session, Statement } from '../../../src/dialects/dialect.js'
import { Database } from '../../../src/query/database.js'
import { makeDatabase } from '../../helpers/database.js'

export interface OpenedDatabase {
  readonly db: Database
  readonly dialect: Dialect
  readonly session: Session
  readonly executor: LiveExecutor
  /** The statements that have run, in order. */
  readonly statements: readonly Statement[]
  /** Another session of the same database, one that does not wait for locks. */
  readonly openAnother: () => Promise<Session>
}

export async function openDatabase(): Promise<OpenedDatabase> {
  const { target } = await makeDatabase()
  const open = async (lockTimeoutMs: number) => {
    const connected = await connect(target, { lockTimeoutMs })
    onTestFinished(() => connected.session.close())
    return connected
  }
  const { dialect, session } = await open(1000)
  const statements: Statement[] = []
  const executor = new LiveExecutor(dialect, session, {
    onStatement: (statement) => void statements.push(statement),
  })
  const names = { connectionName: 'main', databaseName: target.database, tablePrefix: '' }
  return {
    db: new Database(executor, names),
    dialect,
    session,
    executor,
    statements,
    openAnother: async () => (await open(1)).session,
  }
}
