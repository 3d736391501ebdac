import { defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { dropOptions, forceOption } from '../migration-options.js'
import { printNotice } from '../output/layout.js'

export const command = defineCommand({
  options: { ...dropOptions, ...forceOption },
  examples: ['tidemark db:wipe', 'tidemark db:wipe --connection=reporting'],
  async run(context) {
    await confirmChange(context, 'drop everything in', context.options.force)
    await (await context.tidemark()).wipe()
    const { name, label } = (await context.config()).connection()
    return {
      data: { connection: name, database: label },
      print: (terminal) => printNotice(terminal, `Dropped every table, view and type of ${label}.`),
    }
  },
})
