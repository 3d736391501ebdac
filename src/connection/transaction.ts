// A transaction whose errors can be told apart.

import type { Dialect, Session } from '../dialects/dialect.js'
import { statementError } from './errors.js'

/**
 * Runs `work` in a transaction of the session. What `work` throws comes out as it is; what beginning or committing
 * throws is the database's, and is explained.
 */
export async function inTransaction<T>(
  dialect: Dialect,
  session: Session,
  work: () => Promise<T>,
): Promise<T> {
  let isOfWork = false
  try {
    return await session.transaction(async () => {
      isOfWork = true
      const result = await work()
      isOfWork = false
      return result
    })
  } catch (error) {
    throw isOfWork ? error : statementError(dialect, error, undefined)
  }
}
