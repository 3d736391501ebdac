import type { LockState } from '../../migrations/lock-row.js'
import { describeHolder } from '../../migrations/lock-holder.js'
import { defineCommand } from '../command.js'
import { confirmAlways } from '../confirm-change.js'
import { forceOption } from '../migration-options.js'
import { printNotice } from '../output/layout.js'

export const command = defineCommand({
  options: { ...forceOption },
  examples: ['tidemark migrate:unlock', 'tidemark migrate:unlock --force'],
  async run(context) {
    const tidemark = await context.tidemark()
    const held = await tidemark.lockHolder()
    if (held === undefined) {
      return {
        data: { held: false },
        print: (terminal) => printNotice(terminal, 'Nobody holds the migration lock.'),
      }
    }
    const words = wordsOf(held)
    await confirmAlways(
      context,
      `Break the migration lock of ${words}? What it is doing now is cut off`,
      context.options.force,
    )
    const broken = await tidemark.unlock()
    return {
      data: { held: true, broken: broken !== undefined, holder: held.holder, since: held.since },
      print: (terminal) => printNotice(terminal, `Broke the migration lock of ${words}.`),
    }
  },
})

function wordsOf({ holder, since }: LockState): string {
  return `${describeHolder(holder)}, who holds it since ${since.toISOString()}`
}
