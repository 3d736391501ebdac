// What the command line itself refuses: words it does not know, values that cannot be right, and changes in production
// that nobody confirmed; and what goes wrong beside a command, where no promise of its own tells.

import { TidemarkError, messageOf, type ErrorOptions } from '../support/errors.js'

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

/** A decision that only a person can take was not taken. */
export class UnconfirmedError extends TidemarkError {
  override readonly name = 'UnconfirmedError'

  constructor(message: string, remedy: string) {
    super({ code: 'TM_NOT_CONFIRMED', kind: 'refused', message, remedy })
  }
}

/** Something failed that nobody awaited: in a migration, most often a call without `await`. */
export class StrayRejectionError extends TidemarkError {
  override readonly name = 'StrayRejectionError'

  constructor(cause: unknown, migration: string | undefined) {
    const where = migration === undefined ? '' : ` in migration ${migration}`
    super({
      code: 'TM_STRAY_REJECTION',
      message: `A call that was not awaited failed${where}: ${messageOf(cause)}`,
      remedy:
        'Put await before each call that returns a promise. What was running was stopped; tidemark migrate:status shows how it stands.',
      details: { migration },
      cause,
    })
  }
}

/** Nothing can wake the process any more, and the command has not come to its end. */
export class StandstillError extends TidemarkError {
  override readonly name = 'StandstillError'

  constructor(migration: string | undefined) {
    super({
      code: 'TM_STANDSTILL',
      message: `${migration === undefined ? 'The command' : `Migration ${migration}`} waits for a promise that nothing will settle any more.`,
      remedy:
        'Look for an await whose promise is never resolved. What was running was stopped; tidemark migrate:status shows how it stands.',
      details: { migration },
    })
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

/** A decision about one thing needs its name. */
export function needsName(command: string, word: string): CommandLineError {
  return new CommandLineError({
    code: 'TM_NAME_MISSING',
    message: `${command} --${word} is about one migration, and none is named.`,
    remedy: `Name it: tidemark ${command} NAME --${word}. tidemark migrate:status lists them.`,
    details: { command, option: word },
  })
}
