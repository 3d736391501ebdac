import { defineCommand } from '../command.js'
import { knownTable } from '../known-table.js'
import { describeColumns, printDescription } from '../output/table-description.js'

export const command = defineCommand({
  arguments: { table: { summary: 'the table or view', isRequired: true } },
  examples: ['tidemark db:describe users'],
  async run(context) {
    const table = await knownTable(await context.tidemark(), context.arguments.table)
    const rows = describeColumns(table)
    return { data: rows, print: (terminal) => printDescription(terminal, rows) }
  },
})
