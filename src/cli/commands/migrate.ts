import { TidemarkError } from '../../support/errors.js'
import type { MigrateOptions } from '../../migrations/migrate.js'
import { type CommandContext, type CommandResult, defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { ensureDatabase } from '../ensure-database.js'
import { exitStatus } from '../exit-status.js'
import { forceOption, isolatedOption, pretendOption, seedOptions } from '../migration-options.js'
import { flag, text } from '../options.js'
import { migrateResult } from '../output/migrate-result.js'

export const command = defineCommand({
  options: {
    ...pretendOption,
    step: flag('a batch for each; on a terminal, ask before each'),
    to: text('NAME', 'stop after this migration'),
    graceful: flag('end with status 0 even where a migration fails'),
    ...forceOption,
    ...isolatedOption,
    ...seedOptions,
  },
  examples: [
    'tidemark migrate',
    'tidemark migrate --pretend',
    'tidemark migrate --to 2025_03_05_000000_create_media_table',
  ],
  async run(context) {
    const { pretend, step, to, graceful, force } = context.options
    if (!pretend) await confirmChange(context, 'apply the pending migrations to', force)
    const options: MigrateOptions = {
      pretend,
      step,
      ...(to !== undefined && { to }),
      ...(step && !force && !pretend && context.isInteractive() && { confirm: askerFor(context) }),
    }
    return await gracefully(graceful, async () => {
      const tidemark = pretend ? await context.tidemark() : await context.watchedTidemark()
      if (!pretend) await ensureDatabase(context, tidemark, force)
      return migrateResult(await tidemark.migrate(options))
    })
  },
})

function askerFor({
  interruption,
}: Pick<CommandContext, 'interruption'>): (name: string) => Promise<boolean> {
  return async (name) => {
    const { confirm } = await import('../ask.js')
    return await confirm(`Apply ${name}?`, interruption)
  }
}

/** Runs `work`; with `--graceful` what goes wrong is reported and the command succeeds all the same. */
async function gracefully(isGraceful: boolean, work: () => Promise<CommandResult>): Promise<CommandResult> {
  try {
    return await work()
  } catch (error) {
    const isStopped = error instanceof TidemarkError && error.kind === 'interrupted'
    if (!isGraceful || isStopped) throw error
    return { data: {}, failure: error, status: exitStatus.done }
  }
}
