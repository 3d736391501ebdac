// Finds and evaluates the config file. Without one nothing is imported: most projects have none, and loading
// TypeScript is the dearest part of reading a configuration.

import { statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { TidemarkError } from '../support/errors.js'
import { provideEnv } from './env.js'
import { ConfigError } from './errors.js'
import { shown } from './mask.js'
import { section } from './option-types.js'
import type { Origin } from './origin.js'
import type { Variables } from './variables.js'

/** What a config file exports, not yet looked into. */
export interface ConfigSource {
  readonly values: Readonly<Record<string, unknown>>
  readonly origin: Origin
}

const fileNames = ['ts', 'mts', 'js', 'mjs'].map((ending) => `tidemark.config.${ending}`)

/** @param asked The file that the caller names; without it the project's own, if there is one. */
export async function readConfigFile(
  root: string,
  asked: string | undefined,
  variables: Variables,
): Promise<ConfigSource | undefined> {
  const file = asked === undefined ? findConfigFile(root) : requireConfigFile(root, asked)
  if (file === undefined) return undefined
  const label = relative(root, file)
  const exported = await inTurn(() => evaluate(file, label, variables))
  const values = section.read(exported)
  if (values === undefined) throw wrongExport(file, label, exported)
  return { values, origin: { label, place: { file } } }
}

function findConfigFile(root: string): string | undefined {
  const found = fileNames.map((name) => join(root, name)).filter(isFile)
  if (found.length < 2) return found[0]
  const names = found.map((file) => relative(root, file))
  throw new ConfigError({
    code: 'TM_TWO_CONFIG_FILES',
    message: `There are ${found.length} config files in ${root}: ${names.join(' and ')}.`,
    remedy: `Keep one of them, or say which: --config ${names[0]}.`,
    details: { files: found },
  })
}

function requireConfigFile(root: string, asked: string): string {
  const file = resolve(root, asked)
  if (isFile(file)) return file
  throw new ConfigError({
    code: 'TM_CONFIG_FILE_MISSING',
    message: `There is no config file ${shown(asked)}: looked for ${file}.`,
    remedy: `Correct the path, or leave it out: then ${fileNames.join(', ')} are looked for in ${root}.`,
    place: { file },
  })
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

async function evaluate(file: string, label: string, variables: Variables): Promise<unknown> {
  provideEnv(variables)
  const { loadModule } = await import('../support/load-module.js')
  try {
    const { default: exported } = await loadModule(file, { fresh: true })
    // Proof: a function that takes nothing and gives a value can be called; what it gives is checked by the caller.
    return await (typeof exported === 'function' ? (exported as () => unknown)() : exported)
  } catch (error) {
    throw asConfigError(error, file, label)
  }
}

// `env()` reads what was provided last, so two projects that load at once must not evaluate their files at once.
let lastEvaluation: Promise<unknown> = Promise.resolve()

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastEvaluation.then(work, work)
  lastEvaluation = turn.catch(() => undefined)
  return turn
}

function asConfigError(error: unknown, file: string, label: string): ConfigError {
  if (error instanceof TidemarkError) {
    const { code, message, remedy, place, details } = error
    return new ConfigError({ code, message, remedy, place, details, cause: error.cause ?? error })
  }
  return new ConfigError({
    code: 'TM_BAD_CONFIG_FILE',
    message: `The function that ${label} exports threw: ${error instanceof Error ? error.message : String(error)}`,
    remedy: `Correct ${file}.`,
    place: { file },
    cause: error,
  })
}

function wrongExport(file: string, label: string, exported: unknown): ConfigError {
  const what = exported === undefined ? 'has no default export' : `exports ${shown(exported)} as default`
  return new ConfigError({
    code: 'TM_BAD_CONFIG_FILE',
    message: `${label} ${what}; a config file's default export is an object.`,
    remedy: `Write: export default defineConfig({ … }), with import { defineConfig } from 'tidemark'.`,
    place: { file },
  })
}
