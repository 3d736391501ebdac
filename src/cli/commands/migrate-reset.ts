import { defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { forceOption, isolatedOption, pretendOption } from '../migration-options.js'
import { migrateResult } from '../output/migrate-result.js'

export const command = defineCommand({
  options: { ...pretendOption, ...forceOption, ...isolatedOption },
  examples: ['tidemark migrate:reset'],
  async run(context) {
    const { pretend, force } = context.options
    if (!pretend) await confirmChange(context, 'roll back all migrations on', force)
    const tidemark = pretend ? await context.tidemark() : await context.watchedTidemark()
    return migrateResult(await tidemark.reset({ pretend }))
  },
})
