// What the analyser has to say, by migrations.

import type { Finding, LintReport } from '../../lint/lint.js'
import type { Severity } from '../../lint/rule.js'
import { groupBy } from '../../support/group-by.js'
import { hanging, printNotice } from './layout.js'
import type { Style, Terminal } from './terminal.js'

const styles: Readonly<Record<Severity, Style>> = { error: 'red', warn: 'yellow', notice: 'cyan' }
const column = 12

export function printFindings(terminal: Terminal, report: LintReport): void {
  for (const [migration, findings] of groupBy(report.findings, (finding) => finding.migration)) {
    terminal.line()
    terminal.line(`  ${terminal.style('bold', findings[0]?.file ?? migration)}`)
    for (const finding of findings) printFinding(terminal, finding)
  }
  if (report.ledgerUnread !== undefined) {
    terminal.line()
    terminal.line(`  ${terminal.style('yellow', 'The ledger was not read:')} ${report.ledgerUnread}`)
    terminal.line(terminal.style('dim', '  → every migration counts as pending'))
  }
  printNotice(terminal, summaryOf(report))
}

function printFinding(terminal: Terminal, { severity, rule, message, remedy }: Finding): void {
  const label = terminal.style(styles[severity], severity.padEnd(column - 4))
  terminal.line(`    ${label}${hanging(terminal, message, column)} ${terminal.style('dim', rule)}`)
  terminal.line(terminal.style('dim', `${' '.repeat(column)}→ ${hanging(terminal, remedy, column + 2)}`))
}

function summaryOf({ counts, judged }: LintReport): string {
  const { error, warn, notice } = counts
  const found = [counted(error, 'error'), counted(warn, 'warning'), counted(notice, 'notice')]
  const said = found.filter((text) => text !== undefined).join(', ')
  const about = counted(judged, 'migration')
  if (about === undefined) return said === '' ? 'There is nothing to judge.' : `${said}.`
  return `${said === '' ? 'Nothing to say' : said} about ${about}.`
}

function counted(count: number, word: string): string | undefined {
  return count === 0 ? undefined : `${count} ${word}${count === 1 ? '' : 's'}`
}
