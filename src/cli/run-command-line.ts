// Carries out one command line: reads it, runs the one command that it names, prints the result or the error, and says
// with which status the process is to end. Only what that command needs is imported.

import type { CommandResult, GlobalValues } from './command.js'
import { commands } from './commands/index.js'
import { exitStatus, statusOf } from './exit-status.js'
import { runDocument } from './output/migrate-result.js'
import { terminalOn, type Terminal } from './output/terminal.js'
import { ProjectSession, type ProcessSignals } from './project-session.js'
import { readCommandLine, readGlobalOptions, splitCommand } from './read-command-line.js'

export async function runCommandLine(argv: readonly string[], signals: ProcessSignals): Promise<number> {
  const globals = readGlobalOptions(argv)
  const isSilent = globals.json || globals.quiet
  const terminal = terminalOn(process.stdout, { isPlain: globals['no-color'], isSilent })
  const project = new ProjectSession(terminal, signals)
  const result = await resultOf(argv, globals, project, terminal)
  terminal.endLine()
  if (globals.json) await printJson(result, project)
  else if (result.failure === undefined) result.print?.(terminal)
  else await printFailure(result.failure, globals)
  return result.status ?? exitStatus.done
}

async function resultOf(
  argv: readonly string[],
  globals: GlobalValues,
  project: ProjectSession,
  terminal: Terminal,
): Promise<CommandResult> {
  try {
    const result = await project.outcomeOf(runNamedCommand(argv, globals, project, terminal))
    await project.close()
    return result
  } catch (error) {
    await project.close()
    return { data: {}, failure: error, status: statusOf(error) }
  }
}

async function runNamedCommand(
  argv: readonly string[],
  globals: GlobalValues,
  project: ProjectSession,
  terminal: Terminal,
): Promise<CommandResult> {
  if (globals.version) return (await import('./version.js')).versionResult
  const { name, rest } = splitCommand(argv)
  const entry = commands[name ?? 'list']
  if (entry === undefined) throw (await import('./unknown-command.js')).unknownCommand(name ?? '')
  const command = await entry.load()
  if (globals.help && name !== undefined) return (await import('./help.js')).helpResult(name, entry, command)
  const read = readCommandLine(name ?? 'list', command, rest)
  return await command.run({ ...read, ...project.contextFor(read.globals), terminal })
}

async function printJson(result: CommandResult, project: ProjectSession): Promise<void> {
  const document = result.failure === undefined ? result.data : await failureDocument(result, project)
  process.stdout.write(`${JSON.stringify(document, exactly, 2)}\n`)
}

/** JSON has no integers beyond 2^53; as texts they keep their digits. */
function exactly(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

/** The error, and the migrations that were carried out before it. */
async function failureDocument({ failure }: CommandResult, { runs }: ProjectSession): Promise<unknown> {
  const { errorDocument } = await import('./output/error.js')
  return { error: errorDocument(failure), ...(runs.length > 0 && { migrations: runs.map(runDocument) }) }
}

async function printFailure(failure: unknown, globals: GlobalValues): Promise<void> {
  const { printError } = await import('./output/error.js')
  const errors = terminalOn(process.stderr, { isPlain: globals['no-color'], isSilent: false })
  printError(errors, failure, globals.verbose)
}
