// Finds the programs that come with a database: which of those that would do is installed, and what it says it is.

import { execFile } from 'node:child_process'
import { ClientMissingError } from './errors.js'

/** A program that is told apart from others by its name alone, and where it comes from. */
export interface ClientProgram {
  readonly name: string
  /** The packages that bring it. */
  readonly debian: string
  readonly homebrew: string
}

export interface InstalledProgram {
  readonly name: string
  /** The line that it prints for `--version`. */
  readonly version: string
}

/**
 * The first of the programs that can be started.
 *
 * @throws ClientMissingError where none can
 */
export async function findProgram(
  dialectLabel: string,
  programs: readonly ClientProgram[],
): Promise<InstalledProgram> {
  let reason: string | undefined
  for (const { name } of programs) {
    try {
      return { name, version: await outputOf(name, ['--version']) }
    } catch (error) {
      reason ??= reasonOf(error)
    }
  }
  const names = programs.map(({ name }) => name)
  throw new ClientMissingError(dialectLabel, names, { reason, remedy: remedyOf(programs) })
}

/** What a program prints on stdout. Rejects where it cannot be started or fails. */
export async function outputOf(
  program: string,
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...process.env, ...variables }
  return await new Promise((resolve, reject) => {
    execFile(program, words, { env }, (error, stdout) => (error === null ? resolve(stdout) : reject(error)))
  })
}

/** The last line that a program printed before it failed; undefined where it is just not there. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && error.code === 'ENOENT') return undefined
  return error.message.trim().split('\n').at(-1)?.replace(/\.$/, '')
}

function remedyOf(programs: readonly ClientProgram[]): string {
  const ways = programs.map(
    ({ name, debian, homebrew }) =>
      `${name} comes with "apt-get install ${debian}" (Debian, Ubuntu) or "brew install ${homebrew}" (Homebrew)`,
  )
  return `Install it: ${ways.join('; ')}. Without it, tidemark db:show and db:table show what is in the database.`
}
