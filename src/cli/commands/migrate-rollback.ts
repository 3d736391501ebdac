import { defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { refuseTogether } from '../errors.js'
import { forceOption, isolatedOption, pretendOption } from '../migration-options.js'
import { count } from '../options.js'
import { migrateResult } from '../output/migrate-result.js'

export const command = defineCommand({
  arguments: { name: { summary: 'roll back this migration only', isRequired: false } },
  options: {
    step: count('N', 'roll back the last N migrations, whatever their batch'),
    batch: count('N', 'roll back all of batch N'),
    ...pretendOption,
    ...forceOption,
    ...isolatedOption,
  },
  examples: [
    'tidemark migrate:rollback',
    'tidemark migrate:rollback --step=1',
    'tidemark migrate:rollback 2025_03_05_000000_create_media_table',
  ],
  async run(context) {
    const { pretend, force, step, batch } = context.options
    const { name } = context.arguments
    refuseTogether('migrate:rollback', { NAME: name, '--step': step, '--batch': batch })
    if (!pretend) await confirmChange(context, 'roll back migrations on', force)
    const tidemark = pretend ? await context.tidemark() : await context.watchedTidemark()
    return migrateResult(await tidemark.rollback({ name, step, batch, pretend, force }))
  },
})
