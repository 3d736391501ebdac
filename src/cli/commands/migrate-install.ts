import { defineCommand } from '../command.js'
import { confirmChange } from '../confirm-change.js'
import { ensureDatabase } from '../ensure-database.js'
import { forceOption } from '../migration-options.js'
import { printNotice } from '../output/layout.js'

export const command = defineCommand({
  options: { ...forceOption },
  examples: ['tidemark migrate:install'],
  async run(context) {
    const { force } = context.options
    await confirmChange(context, 'make the table of migrations in', force)
    const tidemark = await context.tidemark()
    await ensureDatabase(context, tidemark, force)
    const created = await tidemark.install()
    const { table } = (await tidemark.config()).migrations
    return {
      data: { table, created },
      print: (terminal) =>
        printNotice(terminal, created ? `Made the table ${table}.` : `The table ${table} is there already.`),
    }
  },
})
