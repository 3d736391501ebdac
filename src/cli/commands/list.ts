import { defineCommand } from '../command.js'
import { printCommandList } from '../output/command-list.js'
import { commands } from './index.js'

export const command = defineCommand({
  examples: ['tidemark list'],
  async run() {
    const entries = Object.entries(commands).map(([name, { group, summary }]) => ({ name, group, summary }))
    return { data: { commands: entries }, print: (terminal) => printCommandList(terminal, entries) }
  },
})
