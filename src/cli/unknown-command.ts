// The error for a command that there is not: with the nearest name, or those that begin with the word
// or hold it.

import { didYouMeanPart } from '../support/nearest.js'
import { commands } from './commands/index.js'
import { CommandLineError } from './errors.js'

export function unknownCommand(name: string): CommandLineError {
  const known = Object.keys(commands)
  const beginning = known.filter((command) => command.startsWith(`${name}:`))
  const hint =
    beginning.length > 0
      ? ` Commands that begin with it: ${beginning.join(', ')}.`
      : didYouMeanPart(name, known)
  return new CommandLineError({
    code: 'TM_UNKNOWN_COMMAND',
    message: `There is no command "${name}".${hint}`,
    remedy: 'Run tidemark list to see all commands.',
    details: { command: name },
  })
}
