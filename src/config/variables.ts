// The variables that configure a project: the process environment over `.env.<environment>` over `.env`. Each keeps
// the place that it came from. `process.env` itself is never changed.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../support/errors.js'
import { parseDotenv } from './dotenv.js'
import { ConfigError } from './errors.js'
import { shown } from './mask.js'
import { options } from './options.js'
import { processOrigin } from './origin.js'
import type { Origin } from './origin.js'

export interface Variable {
  readonly value: string
  readonly origin: Origin
}

export interface Variables {
  get(name: string): Variable | undefined
}

export interface ProjectEnvironment {
  readonly variables: Variables
  readonly environment: string
  readonly isProduction: boolean
}

/** The environment of a process. */
export type ProcessVariables = Readonly<Record<string, string | undefined>>

const nothing: Variables = { get: () => undefined }

/** @param asked The name of the environment where the caller gives one; else `APP_ENV` and `NODE_ENV` do. */
export function readProjectEnvironment(
  root: string,
  process: ProcessVariables,
  asked: string | undefined,
): ProjectEnvironment {
  const outer = processVariables(process)
  const base = layered(outer, readEnvFile(root, '.env', outer, nothing))
  const environment = environmentName(asked, outer, base)
  const variables = layered(outer, readEnvFile(root, `.env.${environment}`, outer, base), base)
  return {
    variables,
    environment,
    isProduction: isProduction(environment, asked === undefined ? variables : outer),
  }
}

function processVariables(process: ProcessVariables): Variables {
  return {
    get(name) {
      const value = process[name]
      return value === undefined ? undefined : { value, origin: processOrigin }
    },
  }
}

function layered(...layers: readonly Variables[]): Variables {
  return {
    get(name) {
      for (const layer of layers) {
        const variable = layer.get(name)
        if (variable !== undefined) return variable
      }
      return undefined
    },
  }
}

function environmentName(asked: string | undefined, outer: Variables, base: Variables): string {
  const given = [asked, outer.get('APP_ENV')?.value, outer.get('NODE_ENV')?.value, base.get('APP_ENV')?.value]
  const name = given.find((value) => value !== undefined && value !== '')
  const { type, default: fallback } = options.application.environment
  if (name === undefined) return fallback
  if (type.read(name) !== undefined) return name
  throw new ConfigError({
    code: 'TM_BAD_OPTION',
    message: `The environment cannot be called ${shown(name)}; allowed: ${type.allowed}.`,
    remedy: 'Give --env or APP_ENV a name such as local, testing or production.',
  })
}

/** Safety first: whatever the command was told, a process that says it is in production is. */
function isProduction(environment: string, variables: Variables): boolean {
  const names = [environment, variables.get('APP_ENV')?.value, variables.get('NODE_ENV')?.value]
  return names.some((name) => name?.toLowerCase() === 'production')
}

/** @param outer Wins over the file where a value says `${NAME}`; `inner` is asked last. */
function readEnvFile(root: string, name: string, outer: Variables, inner: Variables): Variables {
  const file = join(root, name)
  const text = readText(file, name)
  if (text === undefined) return nothing
  const entries = parseDotenv(text, (key, own) => outer.get(key)?.value ?? own ?? inner.get(key)?.value)
  if ('problemLine' in entries) throw unreadableLine(file, name, entries.problemLine)
  const found = new Map(
    entries.map(({ key, value, line }): [string, Variable] => [
      key,
      { value, origin: { label: `${name} line ${line}`, place: { file, line } } },
    ]),
  )
  return { get: (key) => found.get(key) }
}

/** Undefined where there is no such file; a folder (Python calls one `.env`) is none. */
function readText(file: string, name: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    if (!text.includes('\0')) return text
  } catch (error) {
    // Node's file functions throw errors that carry a code.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR') return undefined
    throw new ConfigError({
      code: 'TM_ENV_FILE_UNREADABLE',
      message: `${name} cannot be read: ${messageOf(error)}.`,
      remedy: `Let this user read ${file}, or remove it.`,
      place: { file },
      cause: error,
    })
  }
  throw new ConfigError({
    code: 'TM_ENV_FILE_UNREADABLE',
    message: `${name} is not UTF-8 text.`,
    remedy: `Save ${file} as UTF-8.`,
    place: { file },
  })
}

function unreadableLine(file: string, name: string, line: number): ConfigError {
  return new ConfigError({
    code: 'TM_BAD_ENV_FILE',
    message: `Line ${line} of ${name} is not of the form KEY=value, or a quote in it is not closed.`,
    remedy: `Correct line ${line} of ${file}: KEY=value, KEY="a value with spaces", or # in front of a comment.`,
    place: { file, line },
  })
}
