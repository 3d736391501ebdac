// Runs the built command on a terminal, where it may ask. The terminal is made by script(1), which Linux systems have as a
// part of util-linux.

import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Project } from './project.js'
import { type Outcome, outcomeOf } from './run-cli.js'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** Whether there is a script(1) that can hand on the status of the command. */
export const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

/**
 * Runs `tidemark` and types each answer when its question is there. What was printed, typed words included, is all in
 * `stdout`, with the line ends of text files.
 *
 * @param answers what is typed when a text shows up, in their order
 */
export async function runOnTerminal(
  project: Project,
  words: readonly string[],
  answers: readonly (readonly [question: string, answer: string])[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  // In the place of the shell, which would end by a Ctrl-C that the command goes on after.
  const command = ['exec', ...[process.execPath, cli, ...words].map(quoted)].join(' ')
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TERM: 'dumb',
    NO_COLOR: '1',
    ...variables,
  }
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: project.root, env })
  const open = [...answers]
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
    const [question, answer] = open[0] ?? []
    if (question === undefined || !printed.includes(question)) return
    open.shift()
    printed = ''
    child.stdin.write(`${answer}\n`)
  })
  const { status, stdout, stderr } = await outcomeOf(child)
  return { status, stdout: stdout.replaceAll('\r', ''), stderr }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
