// The project that a command works on: its `Tidemark`, made when a command first asks for it and closed with the
// command, told to stop when the process is or something goes wrong beside it, and watched by whatever prints its
// progress.

import type { MigrationRun } from '../migrations/report.js'
import { Tidemark, type TidemarkOptions } from '../tidemark.js'
import type { CommandContext, GlobalValues } from './command.js'
import { InterruptedError } from '../connection/errors.js'
import { StandstillError, StrayRejectionError } from './errors.js'
import { printProgress } from './output/progress.js'
import type { Terminal } from './output/terminal.js'

type ProjectContext = Pick<
  CommandContext,
  'config' | 'tidemark' | 'watchedTidemark' | 'isInteractive' | 'interruption' | 'handSignalsTo'
>

/** What happens to the process while a command runs. */
export interface ProcessSignals {
  /** Aborts when Ctrl-C or SIGTERM asks the process to stop. */
  readonly interruption: AbortSignal
  /** Aborts when a promise is rejected that nobody awaits; its reason is what was thrown. */
  readonly stray: AbortSignal
  /** Aborts when nothing is left that could wake the process. */
  readonly standstill: AbortSignal
  /** See `CommandContext`. */
  readonly handSignalsTo: CommandContext['handSignalsTo']
}

export class ProjectSession {
  /** What was carried out, for the document of `--json` where an error ends the command. */
  readonly runs: MigrationRun[] = []
  readonly #terminal: Terminal
  readonly #signals: ProcessSignals
  /** The migration that began last. */
  #migration: string | undefined
  #tidemark: Tidemark | undefined

  constructor(terminal: Terminal, signals: ProcessSignals) {
    this.#terminal = terminal
    this.#signals = signals
  }

  contextFor(globals: GlobalValues): ProjectContext {
    const tidemark = async () => await Promise.resolve(this.#open(globals))
    return {
      tidemark,
      config: async () => (await tidemark()).config(),
      watchedTidemark: async () => this.#watch(await tidemark(), globals.verbose),
      interruption: this.#signals.interruption,
      handSignalsTo: this.#signals.handSignalsTo,
      // A function: to look at standard input costs milliseconds that most commands need not spend.
      isInteractive: () => isWatched() && !globals['no-interaction'] && !globals.json,
    }
  }

  /**
   * The outcome of `work`. What was rejected and not awaited makes it a failure. Ctrl-C ends the wait at once where no
   * database is open that would have to be left tidy.
   */
  async outcomeOf<T>(work: Promise<T>): Promise<T> {
    const { interruption, stray, standstill } = this.#signals
    const interrupted = rejectionOn(interruption, () =>
      this.#tidemark === undefined ? new InterruptedError() : undefined,
    )
    const stuck = rejectionOn(standstill, () => new StandstillError(this.#migration))
    const [outcome] = await Promise.allSettled([Promise.race([work, interrupted, stuck])])
    if (stray.aborted) throw new StrayRejectionError(stray.reason, this.#migration)
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }

  async close(): Promise<void> {
    await this.#tidemark?.close()
  }

  /** @throws InterruptedError where the wait was ended already: nobody would close what is opened now */
  #open(globals: GlobalValues): Tidemark {
    const { interruption, stray } = this.#signals
    if (interruption.aborted && this.#tidemark === undefined) throw new InterruptedError()
    const signal = AbortSignal.any([interruption, stray])
    this.#tidemark ??= new Tidemark({ ...tidemarkOptions(globals), signal })
    return this.#tidemark
  }

  #watch(tidemark: Tidemark, isVerbose: boolean): Tidemark {
    tidemark.on('migrationStarted', ({ name }) => (this.#migration = name))
    tidemark.on('migrationEnded', (run) => this.runs.push(run))
    printProgress(tidemark, this.#terminal, isVerbose)
    return tidemark
  }
}

/** Rejects when `signal` aborts, with the error that there is then, if any. */
async function rejectionOn(signal: AbortSignal, errorOf: () => Error | undefined): Promise<never> {
  return await new Promise<never>((_, reject) => {
    const stop = () => {
      const error = errorOf()
      if (error !== undefined) reject(error)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
}

function tidemarkOptions(globals: GlobalValues): TidemarkOptions {
  const { connection, config, env, path, 'lock-wait': lockWait } = globals
  return {
    ...(connection !== undefined && { connection }),
    ...(config !== undefined && { file: config }),
    ...(env !== undefined && { environment: env }),
    ...(path.length > 0 && { paths: path }),
    ...(lockWait !== undefined && { lockWait }),
  }
}

/** Whether somebody sits there who can be asked and can answer. */
function isWatched(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}
