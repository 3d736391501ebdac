// Asks before a command changes the database in production, and before it does what only a person can decide.

import type { CommandContext } from './command.js'
import { ProductionError, UnconfirmedError } from './errors.js'
import type { Terminal } from './output/terminal.js'

type Asking = Pick<CommandContext, 'config' | 'isInteractive' | 'interruption'>

/**
 * Returns where the change may be made: outside production, with `--force`, or after a yes.
 *
 * @param change what will be done, `roll back migrations on`
 * @throws ProductionError where nobody can be asked, or the answer is no
 */
export async function confirmChange(context: Asking, change: string, isForced: boolean): Promise<void> {
  const config = await context.config()
  if (!config.isProduction || isForced) return
  const { label, name } = config.connection()
  const whole = `${change} ${label} (connection ${name})`
  if (!context.isInteractive()) {
    throw new ProductionError(
      `Refused: this is production, and nobody can be asked whether to ${whole}.`,
      'Add --force if this is what you want.',
    )
  }
  // Loaded only now: what reads answers costs 3 ms, which most runs need not spend.
  const { confirm } = await import('./ask.js')
  if (await confirm(`This is production: ${whole}?`, context.interruption)) return
  throw new ProductionError('Nothing was changed.', 'Run the command again and answer y, or add --force.')
}

/**
 * Asks whatever the environment is, because the answer is a decision that only a person can take.
 *
 * @throws UnconfirmedError where nobody can be asked, or the answer is no
 */
export async function confirmAlways(
  context: Asking & Pick<CommandContext, 'terminal'>,
  question: string,
  isForced: boolean,
  show: (terminal: Terminal) => void = () => undefined,
): Promise<void> {
  if (isForced) return
  if (!context.isInteractive()) {
    throw new UnconfirmedError(
      `Refused: nobody can be asked. The question is: ${question}`,
      'Add --force if the answer is yes.',
    )
  }
  const { confirm } = await import('./ask.js')
  show(context.terminal)
  if (await confirm(question, context.interruption)) return
  throw new UnconfirmedError('Nothing was changed.', 'Run the command again and answer y, or add --force.')
}
