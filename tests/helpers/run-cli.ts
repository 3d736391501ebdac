// Runs the built command as a user would: a process of its own, in a project's folder, with a bare environment.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Project } from './project.js'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

type Variables = Readonly<Record<string, string>>

/** Runs `tidemark` with the given words until it ends. */
export async function runCli(
  project: Project,
  words: readonly string[],
  variables: Variables = {},
): Promise<Outcome> {
  return await outcomeOf(startCli(project, words, variables))
}

/** Starts `tidemark` and leaves it running. */
export function startCli(
  project: Project,
  words: readonly string[],
  variables: Variables = {},
): ChildProcessWithoutNullStreams {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: run `npm run build` first.')
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables }
  return spawn(process.execPath, [cli, ...words], { cwd: project.root, env })
}

/** What a started process prints, and with which status it ends; `null` where a signal killed it. */
export async function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, stdout, stderr }))
  })
}

/** Runs a command that must succeed, and gives what it printed. */
export async function succeed(
  project: Project,
  words: readonly string[],
  variables: Variables = {},
): Promise<string> {
  const { status, stdout, stderr } = await runCli(project, words, variables)
  if (status !== 0) throw new Error(`tidemark ${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/** Runs a command with `--json`, and gives the document. The command must succeed and print nothing else. */
export async function json(
  project: Project,
  words: readonly string[],
  variables: Variables = {},
): Promise<unknown> {
  return JSON.parse(await succeed(project, [...words, '--json'], variables))
}
