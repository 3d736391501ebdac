// What can be wrong with a file that is to be written for the user.

import { TidemarkError, messageOf } from '../support/errors.js'
import { didYouMean } from '../support/nearest.js'

/** A new file cannot be written as asked. Nothing that was there is changed. */
export class ScaffoldError extends TidemarkError {
  override readonly name = 'ScaffoldError'
}

export function badMigrationName(name: string, why: string, remedy: string): ScaffoldError {
  return new ScaffoldError({
    code: 'TM_BAD_MIGRATION_NAME',
    kind: 'usage',
    message: `"${name}" cannot be a migration's name: ${why}.`,
    remedy,
    details: { name },
  })
}

export function nameIsTaken(name: string, file: string): ScaffoldError {
  return new ScaffoldError({
    code: 'TM_MIGRATION_EXISTS',
    message: `There is a migration ${name} already: ${file}.`,
    remedy: `Choose another name, or edit ${file} if it was not applied anywhere yet.`,
    place: { file },
    details: { name },
  })
}

export function unknownPreset(name: string, known: readonly string[]): ScaffoldError {
  return new ScaffoldError({
    code: 'TM_UNKNOWN_PRESET',
    kind: 'usage',
    message: `There is no preset "${name}".${didYouMean(name, known)}`,
    remedy: `Presets are: ${known.join(', ')}.`,
    details: { preset: name },
  })
}

export function cannotWrite(path: string, cause: unknown): ScaffoldError {
  return new ScaffoldError({
    code: 'TM_CANNOT_WRITE',
    message: `${path} cannot be written: ${messageOf(cause)}.`,
    remedy: 'Check that its folder is a folder and may be written to.',
    place: { file: path },
    cause,
  })
}
