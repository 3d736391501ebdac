import { namesByNumber } from '../../migrations/names.js'
import { defineCommand } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { status } from '../options.js'
import { printStatus } from '../output/migration-status.js'

export const command = defineCommand({
  options: {
    pending: status('only what is pending; if there is any, exit so (3)', exitStatus.pending),
  },
  examples: [
    'tidemark migrate:status',
    'tidemark migrate:status --pending',
    'tidemark migrate:status --pending=9',
  ],
  async run(context) {
    const statusWhenPending = context.options.pending
    const all = await (await context.tidemark()).status()
    const pending = all.filter(({ state }) => state === 'pending')
    const shared = namesByNumber(all.map(({ name }) => name))
    const migrations = statusWhenPending === undefined ? all : pending
    return {
      data: { migrations, sharedNumbers: [...shared].map(([number, names]) => ({ number, names })) },
      print: (terminal) => printStatus(terminal, migrations, shared, statusWhenPending !== undefined),
      status: pending.length > 0 ? (statusWhenPending ?? exitStatus.done) : exitStatus.done,
    }
  },
})
