import { defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { ensureDatabase } from '../ensure-database.js'
import { dropOptions, forceOption, isolatedOption, seedOptions } from '../migration-options.js'
import { flag } from '../options.js'
import { migrateResult } from '../output/migrate-result.js'

export const command = defineCommand({
  options: {
    ...dropOptions,
    step: flag('a batch for each migration'),
    ...forceOption,
    ...isolatedOption,
    ...seedOptions,
  },
  examples: ['tidemark migrate:fresh', 'tidemark migrate:fresh --step'],
  async run(context) {
    const { step, force } = context.options
    await confirmChange(context, 'drop everything in', force)
    const tidemark = await context.watchedTidemark()
    await ensureDatabase(context, tidemark, force)
    return migrateResult(await tidemark.fresh({ step }))
  },
})
