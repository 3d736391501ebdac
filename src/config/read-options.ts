// Reads one part of the configuration by its rows of the table: refuses unknown keys and values that cannot be right,
// and fills in the defaults.

import { didYouMean } from '../support/nearest.js'
import { ConfigError } from './errors.js'
import { shown } from './mask.js'
import type { Option, OptionTable } from './options.js'
import type { Given, Origin } from './origin.js'
import type { Variables } from './variables.js'

/** What reading gives: each key with its value or default. */
export type Values<Table extends OptionTable> = {
  readonly [Key in keyof Table]: Table[Key] extends Option<infer T, infer Fallback> ? T | Fallback : never
}

/** The values of a table's options; `find` gives what was set for a key, if anything. */
export function readOptions<Table extends OptionTable>(
  table: Table,
  find: (key: string, option: Option<unknown>) => Given | undefined,
): Values<Table> {
  const entries = Object.entries(table).map(([key, option]) => [key, readOption(option, find(key, option))])
  // Proof: the keys are those of the table, and each value was read by its row's type.
  return Object.fromEntries(entries) as Values<Table>
}

function readOption(option: Option<unknown>, given: Given | undefined): unknown {
  if (given === undefined) return option.default
  const value = option.type.read(given.value)
  if (value === undefined) throw badValue(given, option)
  return value
}

function badValue(given: Given, { type, secret }: Option<unknown>): ConfigError {
  const { key, value, origin } = given
  return new ConfigError({
    code: 'TM_BAD_OPTION',
    message: secret
      ? `${key} (${origin.label}) is not ${type.allowed}; its value is not shown.`
      : `${key} is ${shown(value)} (${origin.label}); allowed: ${type.allowed}.${hint(value, type.words)}`,
    remedy: `Correct ${key} in ${origin.label}, or remove it.`,
    place: origin.place,
    details: { key, origin: origin.label, allowed: type.allowed },
  })
}

function hint(value: unknown, words: readonly string[] = []): string {
  return typeof value === 'string' ? didYouMean(value, words) : ''
}

/** Finds options in the environment. A key that is set to nothing counts as not set. */
export function inEnvironment(variables: Variables) {
  return (_key: string, option: Option<unknown>): Given | undefined => {
    for (const key of option.environment) {
      const variable = variables.get(key)
      if (variable !== undefined && variable.value !== '') return { key, ...variable }
    }
    return undefined
  }
}

/** Finds options in a part of the config file, all of whose keys must be known. Empty text counts as not set. */
export function inSection(
  table: OptionTable,
  values: Readonly<Record<string, unknown>>,
  path: string,
  origin: Origin,
) {
  refuseUnknownKeys(Object.keys(table), Object.keys(values), path, origin)
  return (key: string): Given | undefined => {
    const value = values[key]
    return value === undefined || value === '' ? undefined : { key: `${path}${key}`, value, origin }
  }
}

function refuseUnknownKeys(
  known: readonly string[],
  given: readonly string[],
  path: string,
  origin: Origin,
): void {
  const unknown = given.find((key) => !known.includes(key))
  if (unknown === undefined) return
  throw new ConfigError({
    code: 'TM_UNKNOWN_OPTION',
    message: `There is no option ${path}${unknown} (${origin.label}).${didYouMean(unknown, known)}`,
    remedy: `Remove it, or use one of: ${known.map((key) => path + key).join(', ')}.`,
    place: origin.place,
    details: { key: path + unknown, known },
  })
}
