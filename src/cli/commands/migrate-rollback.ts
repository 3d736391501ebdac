import type { RollbackOptions } from '../../migrations/rollback.js'
import { defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { CommandLineError } from '../errors.js'
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
    const which = onlyOne({ name: context.arguments.name, step, batch })
    if (!pretend) await confirmChange(context, 'Roll back migrations on', force)
    const tidemark = pretend ? await context.tidemark() : await context.watchedTidemark()
    return migrateResult(await tidemark.rollback({ ...which, pretend }))
  },
})

interface Which {
  readonly name: string | undefined
  readonly step: number | undefined
  readonly batch: number | undefined
}

/** A name, a number of steps and a batch say different things: at most one of them may be given. */
function onlyOne(which: Which): RollbackOptions {
  const given = Object.entries(which).filter(([, value]) => value !== undefined)
  if (given.length > 1) {
    const words = given.map(([word]) => (word === 'name' ? 'NAME' : `--${word}`)).join(' and ')
    throw new CommandLineError({
      code: 'TM_OPTIONS_CONFLICT',
      message: `migrate:rollback was given ${words}, which choose different migrations.`,
      remedy: 'Give one of NAME, --step and --batch.',
    })
  }
  return Object.fromEntries(given)
}
