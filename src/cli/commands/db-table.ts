import { defineCommand } from '../command.js'
import { knownTable } from '../known-table.js'
import { printTable } from '../output/table.js'

export const command = defineCommand({
  arguments: { table: { summary: 'the table or view', isRequired: true } },
  examples: ['tidemark db:table users'],
  async run(context) {
    const table = await knownTable(await context.tidemark(), context.arguments.table)
    return { data: table, print: (terminal) => printTable(terminal, table) }
  },
})
