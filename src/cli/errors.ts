// What the command line itself refuses: words it does not know, values that cannot be right, and changes in production
// that nobody confirmed.

import { TidemarkError, type ErrorOptions } from '../support/errors.js'

/** The command line is wrong; nothing was tried. */
export class CommandLineError extends TidemarkError {
  override readonly name = 'CommandLineError'

  constructor(options: Omit<ErrorOptions, 'kind'>) {
    super({ ...options, kind: 'usage' })
  }
}

/** A change in production that was not confirmed. */
export class ProductionError extends TidemarkError {
  override readonly name = 'ProductionError'

  constructor(message: string, remedy: string) {
    super({ code: 'TM_PRODUCTION', kind: 'refused', message, remedy })
  }
}

/**
 * Options that choose different things, of which at most one may be given.
 *
 * @param given each word as the user writes it, and its value; absent are `undefined` and `false`
 */
export function refuseTogether(command: string, given: Readonly<Record<string, unknown>>): void {
  const words = Object.keys(given).filter((word) => given[word] !== undefined && given[word] !== false)
  if (words.length < 2) return
  throw new CommandLineError({
    code: 'TM_FLAGS_CONFLICT',
    message: `${command} was given ${words.join(' and ')}, which do not go together.`,
    remedy: `Give only one of ${Object.keys(given).join(', ')}.`,
    details: { command, given: words },
  })
}
