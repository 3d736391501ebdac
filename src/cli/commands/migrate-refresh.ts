import { defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { ensureDatabase } from '../ensure-database.js'
import { forceOption, isolatedOption, seedOptions } from '../migration-options.js'
import { count } from '../options.js'
import { migrateResult } from '../output/migrate-result.js'

export const command = defineCommand({
  options: {
    step: count('N', 'only the last N migrations'),
    ...forceOption,
    ...isolatedOption,
    ...seedOptions,
  },
  examples: ['tidemark migrate:refresh', 'tidemark migrate:refresh --step=2'],
  async run(context) {
    const { step, force } = context.options
    await confirmChange(context, 'roll back all migrations and apply them again on', force)
    const tidemark = await context.watchedTidemark()
    await ensureDatabase(context, tidemark, force)
    const { down, up } = await tidemark.refresh(step === undefined ? {} : { step })
    return migrateResult(down, up)
  },
})
