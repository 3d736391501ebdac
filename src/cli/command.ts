// What a command is: what it takes, what it does, and what it hands back to be printed. A command never prints an
// error, ends the process or looks at the raw command line.

import type { Config } from '../config/config.js'
import type { Tidemark } from '../tidemark.js'
import type { globalOptions } from './global-options.js'
import type { Option } from './options.js'
import type { Terminal } from './output/terminal.js'

interface Argument {
  readonly summary: string
  readonly isRequired: boolean
}

export type Arguments = Readonly<Record<string, Argument>>
// `unknown` stands for whatever value each option gives; ValuesOf finds it again.
export type Options = Readonly<Record<string, Option<unknown>>>

/** The values that a command gets for the arguments it declares. */
type ArgumentValues<Declared extends Arguments> = {
  readonly [Name in keyof Declared]: Declared[Name]['isRequired'] extends true ? string : string | undefined
}

/** The values that a command gets for the options it declares. */
export type OptionValues<Declared extends Options> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Option<infer Value> ? Value : never
}

export type GlobalValues = OptionValues<typeof globalOptions>

/** What `run` hands back. */
export interface CommandResult {
  /** The document that `--json` prints. */
  readonly data: unknown
  /** Prints the same for people. */
  print?(terminal: Terminal): void
  /** An error to report instead, where the command itself says with which status it ends. */
  readonly failure?: unknown
  /** The exit status; 0 unless given. */
  readonly status?: number
}

export interface CommandContext<Takes extends Arguments = Arguments, Has extends Options = Options> {
  readonly arguments: ArgumentValues<Takes>
  readonly options: OptionValues<Has>
  /** The words after `--`, where the command hands them on. */
  readonly handedOn: readonly string[]
  readonly globals: GlobalValues
  /** Where to print while the command runs. Says nothing with `--quiet` and `--json`. */
  readonly terminal: Terminal
  /** Whether there is somebody to ask. */
  isInteractive(): boolean
  /** Aborts when Ctrl-C or SIGTERM asks the process to stop. */
  readonly interruption: AbortSignal
  /**
   * While `work` runs, Ctrl-C and SIGTERM stop nothing of ours: they are told to `receive`, because another program has the
   * terminal.
   */
  handSignalsTo<T>(receive: (signal: NodeJS.Signals) => void, work: () => Promise<T>): Promise<T>
  config(): Promise<Config>
  /** The project's database; closed, and interrupted by Ctrl-C, by whoever runs the command. */
  tidemark(): Promise<Tidemark>
  /** The same, with each migration printed as it runs. */
  watchedTidemark(): Promise<Tidemark>
}

export interface CommandDefinition<Takes extends Arguments, Has extends Options> {
  readonly arguments?: Takes
  readonly options?: Has
  /** Whose the words after `--` are, if the command hands them on as they stand: `psql`. */
  readonly handsOnTo?: string
  /** Complete command lines for the help; at least one. */
  readonly examples: readonly [string, ...string[]]
  run(context: CommandContext<Takes, Has>): Promise<CommandResult>
}

/** A command whose own types are of no concern any more: what runs and describes commands sees this. */
export interface Command {
  readonly arguments: Arguments
  readonly options: Options
  readonly handsOnTo: string | undefined
  readonly examples: readonly [string, ...string[]]
  run(context: CommandContext): Promise<CommandResult>
}

/** Checks a command against what it declares, and makes it like every other. */
export function defineCommand<const Takes extends Arguments, const Has extends Options>(
  definition: CommandDefinition<Takes, Has>,
): Command {
  return {
    arguments: definition.arguments ?? {},
    options: definition.options ?? {},
    handsOnTo: definition.handsOnTo,
    examples: definition.examples,
    // The values were read by these very declarations (read-command-line.ts), so the context is of their type.
    run: (context) => definition.run(context as unknown as CommandContext<Takes, Has>),
  }
}

/** The same command under another name. */
export function renamed(command: Command, examples: Command['examples']): Command {
  return { ...command, examples }
}
