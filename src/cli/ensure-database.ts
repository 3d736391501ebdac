// A database that does not exist yet is made where the user agrees, before a command begins that would fill it.

import { ConnectionError } from '../dialects/errors.js'
import type { Tidemark } from '../tidemark.js'
import type { CommandContext } from './command.js'
import { printNotice } from './output/layout.js'

type Asking = Pick<CommandContext, 'isInteractive' | 'interruption' | 'terminal'>

/**
 * Opens the database; one that its server does not have is made, with `--force` or after a yes.
 *
 * @throws ConnectionError where it cannot be opened, nobody can be asked, or the answer is no
 */
export async function ensureDatabase(context: Asking, tidemark: Tidemark, isForced: boolean): Promise<void> {
  const missing = await missingDatabase(tidemark)
  if (missing === undefined) return
  if (!isForced) await confirmCreation(context, missing)
  await tidemark.createDatabase()
  await tidemark.connect()
  const { database } = (await tidemark.config()).connection()
  printNotice(context.terminal, `Created the database "${database}".`)
}

async function missingDatabase(tidemark: Tidemark): Promise<ConnectionError | undefined> {
  try {
    await tidemark.connect()
    return undefined
  } catch (error) {
    if (error instanceof ConnectionError && error.code === 'TM_DATABASE_MISSING') return error
    throw error
  }
}

async function confirmCreation(
  { isInteractive, interruption }: Asking,
  missing: ConnectionError,
): Promise<void> {
  if (!isInteractive()) {
    throw stillMissing(
      missing,
      'Check DB_DATABASE. To have it created, add --force, or run the command on a terminal, where it asks.',
    )
  }
  const { confirm } = await import('./ask.js')
  if (await confirm(`${missing.message} Create it?`, interruption)) return
  throw stillMissing(missing, 'Nothing was changed. Run the command again and answer y, or add --force.')
}

function stillMissing({ message, details }: ConnectionError, remedy: string): ConnectionError {
  return new ConnectionError({ code: 'TM_DATABASE_MISSING', message, remedy, details })
}
