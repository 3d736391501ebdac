// Asks before a command changes the database in production.

import { confirm } from './confirm.js'
import type { CommandContext } from './command.js'
import { ProductionError } from './errors.js'

type Asking = Pick<CommandContext, 'config' | 'isInteractive' | 'interruption'>

/**
 * Returns where the change may be made: outside production, with `--force`, or after a yes.
 *
 * @param change what will be done, `Roll back migrations on`
 * @throws ProductionError where nobody can be asked, or the answer is no
 */
export async function confirmChange(context: Asking, change: string, isForced: boolean): Promise<void> {
  const config = await context.config()
  if (!config.isProduction || isForced) return
  const { label, name } = config.connection()
  const question = `${change} the database ${label} (connection ${name}), in production.`
  if (!context.isInteractive) {
    throw new ProductionError(
      `Not done, because this is production and nobody can be asked: ${question}`,
      'Add --force if this is what you want.',
    )
  }
  if (await confirm(`${question} Go on?`, context.interruption)) return
  throw new ProductionError('Nothing was changed.', 'Run the command again and answer y, or add --force.')
}
