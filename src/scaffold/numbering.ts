// What a new migration's name begins with, so that it comes after those that are there.

import { numberPrefixOf, timestampPrefix } from '../migrations/names.js'
import { badMigrationName } from './errors.js'

export type Naming = 'timestamp' | 'sequential'

/** How the short commands name: by numbers, unless the migrations that are there have timestamps, after which no number comes. */
export function shortNaming(naming: Naming, names: readonly string[]): Naming {
  return names.some((name) => timestampPrefix.test(name)) ? naming : 'sequential'
}

/** @param given the number that the user wrote before the name */
export function nextPrefix(
  naming: Naming,
  names: readonly string[],
  now: Date,
  given: string | undefined,
): string {
  if (naming === 'timestamp') return nextTimestamp(names, now)
  const next = nextNumber(names)
  if (given === undefined) return next
  if (Number(given) >= Number(next)) return given.padStart(3, '0')
  throw badMigrationName(
    given,
    `${given} is not after the migrations that are there`,
    `Leave the number out; the next one is ${next}.`,
  )
}

/** `YYYY_MM_DD_HHMMSS` of now in UTC, or the next second that no migration has. */
function nextTimestamp(names: readonly string[], now: Date): string {
  const taken = new Set(names.map((name) => timestampPrefix.exec(name)?.[0]))
  let moment = now
  while (taken.has(`${timestampOf(moment)}_`)) moment = new Date(moment.getTime() + 1000)
  return timestampOf(moment)
}

function timestampOf(moment: Date): string {
  const [date = '', time = ''] = moment.toISOString().split('T')
  return `${date.replaceAll('-', '_')}_${time.slice(0, 8).replaceAll(':', '')}`
}

/** `NNN`: one more than the highest number. */
function nextNumber(names: readonly string[]): string {
  const numbers = names.map((name) => Number(numberPrefixOf(name) ?? 0))
  return String(Math.max(0, ...numbers) + 1).padStart(3, '0')
}
