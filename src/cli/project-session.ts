// The project that a command works on: its `Tidemark`, made when a command first asks for it and closed with the
// command, told to stop by Ctrl-C, and watched by whatever prints its progress.

import type { MigrationRun } from '../migrations/report.js'
import { Tidemark, type TidemarkOptions } from '../tidemark.js'
import type { CommandContext, GlobalValues } from './command.js'
import { InterruptedError } from '../connection/errors.js'
import { printProgress } from './output/progress.js'
import type { Terminal } from './output/terminal.js'

type ProjectContext = Pick<
  CommandContext,
  'config' | 'tidemark' | 'watchedTidemark' | 'isInteractive' | 'interruption'
>

export class ProjectSession {
  /** What was carried out, for the document of `--json` where an error ends the command. */
  readonly runs: MigrationRun[] = []
  readonly #terminal: Terminal
  readonly #interruption: AbortSignal
  #tidemark: Tidemark | undefined

  constructor(terminal: Terminal, interruption: AbortSignal) {
    this.#terminal = terminal
    this.#interruption = interruption
    interruption.addEventListener('abort', () => this.#tidemark?.interrupt(), { once: true })
  }

  contextFor(globals: GlobalValues): ProjectContext {
    const tidemark = () => Promise.resolve(this.#open(globals))
    return {
      tidemark,
      config: async () => (await tidemark()).config(),
      watchedTidemark: async () => this.#watch(await tidemark(), globals.verbose),
      interruption: this.#interruption,
      // A function: to look at standard input costs milliseconds that most commands need not spend.
      isInteractive: () => isWatched() && !globals['no-interaction'] && !globals.json,
    }
  }

  /** The outcome of `work`; Ctrl-C ends the wait at once where no database is open that would have to be left tidy. */
  async untilInterrupted<T>(work: Promise<T>): Promise<T> {
    const interrupted = new Promise<never>((_, reject) => {
      const stop = () => {
        if (this.#tidemark === undefined) reject(new InterruptedError())
      }
      this.#interruption.addEventListener('abort', stop, { once: true })
    })
    return await Promise.race([work, interrupted])
  }

  async close(): Promise<void> {
    await this.#tidemark?.close()
  }

  #open(globals: GlobalValues): Tidemark {
    this.#tidemark ??= new Tidemark(tidemarkOptions(globals))
    return this.#tidemark
  }

  #watch(tidemark: Tidemark, isVerbose: boolean): Tidemark {
    tidemark.on('migrationEnded', (run) => this.runs.push(run))
    printProgress(tidemark, this.#terminal, isVerbose)
    return tidemark
  }
}

function tidemarkOptions(globals: GlobalValues): TidemarkOptions {
  const { connection, config, env, path } = globals
  return {
    ...(connection !== undefined && { connection }),
    ...(config !== undefined && { file: config }),
    ...(env !== undefined && { environment: env }),
    ...(path.length > 0 && { paths: path }),
  }
}

/** Whether somebody sits there who can be asked and can answer. */
function isWatched(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}
