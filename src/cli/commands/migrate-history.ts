import type { HistoryEntry } from '../../migrations/history.js'
import { defineCommand } from '../command.js'
import { printColumns, printNotice } from '../output/layout.js'
import { formatDuration, formatMoment } from '../output/units.js'

export const command = defineCommand({
  options: {},
  examples: ['tidemark migrate:history', 'tidemark migrate:history --json'],
  async run(context) {
    const history = await (await context.tidemark()).history()
    return {
      data: { migrations: history },
      print(terminal) {
        if (history.length === 0) printNotice(terminal, 'Nothing was applied yet.')
        else
          printColumns(
            terminal,
            ['When', 'Migration', 'State', 'Batch', 'By', 'Took', 'Statements'],
            history.map(rowOf),
          )
      },
    }
  },
})

function rowOf(entry: HistoryEntry): readonly string[] {
  const { name, state, batch, startedAt, appliedBy = '', durationMs, statements, toolVersion } = entry
  return [
    formatMoment(startedAt),
    name,
    state,
    String(batch),
    toolVersion === undefined ? appliedBy : `${appliedBy} (${toolVersion})`,
    durationMs === undefined ? '' : formatDuration(durationMs),
    statements === undefined ? '' : String(statements),
  ]
}
