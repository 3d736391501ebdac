// A migration and its row are one transaction, and the connection may be lost at its commit, when nobody has heard yet whether
// the server did it. So the ledger is asked by another connection, once the server has ended with the old one.

import type { Session } from '../dialects/dialect.js'
import { TidemarkError } from '../support/errors.js'
import { LedgerError, commitUnknown } from './errors.js'
import { Ledger } from './ledger.js'
import type { LedgerRow } from './ledger-row.js'
import type { Workbench } from './workbench.js'

/**
 * Runs a transaction that confirms the lock.
 *
 * @param isCommitted tells by the migration's row whether it was committed
 * @throws CommitUnknownError where that cannot be looked at
 */
export async function committed<T>(
  bench: Workbench,
  name: string,
  work: () => Promise<T>,
  isCommitted: (row: LedgerRow | undefined) => boolean,
): Promise<T> {
  let done: { readonly result: T } | undefined
  try {
    return await bench.session.transaction(async () => {
      done = undefined
      done = { result: await work() }
      return done.result
    })
  } catch (error) {
    if (done === undefined || !isLost(error)) throw error
    if (isCommitted(await rowAfter(bench, name, error))) return done.result
    throw error
  }
}

export function isLost(error: unknown): error is TidemarkError {
  return error instanceof TidemarkError && error.code === 'TM_CONNECTION_LOST'
}

async function rowAfter(bench: Workbench, name: string, loss: TidemarkError): Promise<LedgerRow | undefined> {
  const find = async (other: Session): Promise<LedgerRow | undefined> =>
    await new Ledger(bench.dialect, other, bench.ledger.table).find(name)
  try {
    return await bench.lock.afterLoss(find)
  } catch (error) {
    throw error instanceof LedgerError ? error : commitUnknown(loss)
  }
}
