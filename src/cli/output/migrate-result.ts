// What a command that ran migrations hands back. The migrations themselves were printed while they ran; what is left
// to print is the SQL of `--pretend`.

import type { MigrateReport, MigrationRun } from '../../migrations/report.js'
import type { CommandResult } from '../command.js'
import { printNotice } from './layout.js'
import type { Terminal } from './terminal.js'

export function migrateResult(...reports: readonly MigrateReport[]): CommandResult {
  const runs = reports.flatMap((report) => report.runs)
  const isPretended = reports.some((report) => report.isPretended)
  return {
    data: { migrations: runs.map(runDocument), pretended: isPretended },
    print: (terminal) => {
      if (isPretended) printSql(terminal, runs)
    },
  }
}

/** A migration's run as `--json` shows it. */
export function runDocument({ name, direction, outcome, batch, durationMs, sql, readsData }: MigrationRun) {
  const pretended = outcome === 'pretended' ? { sql, readsData } : {}
  return { name, direction, outcome, batch, durationMs: roundedDuration(durationMs), ...pretended }
}

/** To a tenth, as it is printed; nothing measures more exactly. */
function roundedDuration(ms: number): number {
  return Math.round(ms * 10) / 10
}

/** SQL that can be run as it stands: everything else in it is a comment. */
function printSql(terminal: Terminal, runs: readonly MigrationRun[]): void {
  if (runs.length === 0) printNotice(terminal, 'Nothing to do.')
  for (const run of runs) {
    terminal.line(terminal.style('cyan', `-- ${run.name} (${run.direction})`))
    if (run.outcome === 'skipped') comment(terminal, 'is skipped: its shouldRun says no')
    if (run.readsData) comment(terminal, 'reads rows: on other data the statements may differ')
    for (const [index, sql] of run.sql.entries()) {
      const note = run.statements[index]?.note
      if (note !== undefined) comment(terminal, note)
      terminal.line(`${sql.trim().replace(/;$/, '')};`)
    }
    terminal.line()
  }
}

function comment(terminal: Terminal, text: string): void {
  terminal.line(terminal.style('dim', `-- ${text.replaceAll('\n', '\n-- ')}`))
}
