import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { clientOf } from '../../connection/connect.js'
import { InterruptedError } from '../../connection/errors.js'
import type { ClientCommand } from '../../dialects/dialect.js'
import { Secret } from '../../support/secret.js'
import { type CommandContext, defineCommand } from '../command.js'
import { CommandLineError } from '../errors.js'
import { printNotice } from '../output/layout.js'
import { terminalOn } from '../output/terminal.js'

export const command = defineCommand({
  handsOnTo: 'the client',
  examples: [
    'tidemark db:shell',
    'tidemark db:shell --connection=reporting < report.sql',
    "tidemark db:shell -- -c 'select 1'",
  ],
  async run(context) {
    if (context.globals.json) throw noDocument()
    const client = await clientOf((await context.config()).connection())
    try {
      if (context.interruption.aborted) throw new InterruptedError()
      printNotices(client, context)
      return { data: undefined, status: await runClient(client, context) }
    } finally {
      client.dispose()
    }
  },
})

function noDocument(): CommandLineError {
  return new CommandLineError({
    code: 'TM_NO_DOCUMENT',
    message: "db:shell has no --json: what it prints is the client's.",
    remedy:
      'Leave --json out, and ask the client for a format behind --: tidemark db:shell -- --help lists them.',
    details: { command: 'db:shell', option: '--json' },
  })
}

/** On stderr: stdout is the client's, and may be read by a program. */
function printNotices({ notices }: ClientCommand, { globals }: Pick<CommandContext, 'globals'>): void {
  const terminal = terminalOn(process.stderr, { isPlain: globals['no-color'], isSilent: globals.quiet })
  for (const notice of notices) printNotice(terminal, notice)
}

/** The exit status of the client, which has the terminal until it ends. */
async function runClient(
  { program, words, variables }: ClientCommand,
  { handedOn, handSignalsTo }: Pick<CommandContext, 'handedOn' | 'handSignalsTo'>,
): Promise<number> {
  const env = { ...process.env, ...revealed(variables) }
  const child = spawn(program, [...words, ...handedOn], { stdio: 'inherit', env })
  return await handSignalsTo(
    // Ctrl-C the terminal itself gives to everything that runs in it.
    (signal) => void (signal === 'SIGINT' || child.kill(signal)),
    () =>
      new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('exit', (status, signal) => resolve(status ?? statusOfSignal(signal)))
      }),
  )
}

function revealed(variables: ClientCommand['variables']): NodeJS.ProcessEnv {
  const entries = Object.entries(variables)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  )
}

/** As shells have it. */
function statusOfSignal(signal: NodeJS.Signals | null): number {
  return 128 + (signal === null ? 0 : constants.signals[signal])
}
