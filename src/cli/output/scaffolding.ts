// What was written for the user, and what to do with it next.

import type { InitReport } from '../../scaffold/init-project.js'
import type { MadeMigration } from '../../scaffold/make-migration.js'
import { printHeading } from './layout.js'
import type { Terminal } from './terminal.js'

export function printInit(terminal: Terminal, report: InitReport, hasMigrations: boolean): void {
  printFiles(terminal, 'Made', report.made)
  printFiles(terminal, 'Left as it was', report.left)
  printHeading(terminal, 'Next')
  for (const step of nextSteps(report, hasMigrations)) terminal.line(`    ${step}`)
  terminal.line()
}

function printFiles(terminal: Terminal, title: string, files: readonly string[]): void {
  if (files.length === 0) return
  printHeading(terminal, title)
  for (const file of files) terminal.line(`    ${file}`)
}

function nextSteps({ hasManifest, missing, isShort }: InitReport, hasMigrations: boolean): readonly string[] {
  return [
    ...(hasManifest ? [] : ['npm init -y']),
    ...(missing.length === 0 ? [] : [`npm install ${missing.join(' ')}`]),
    ...(hasMigrations
      ? []
      : [`npx tidemark ${isShort ? 'db:create create_users' : 'make:migration create_users_table'}`]),
    `npx tidemark ${isShort ? 'db:apply' : 'migrate'}`,
  ]
}

/** @param next the command that applies it */
export function printMadeMigration(terminal: Terminal, { file, purpose }: MadeMigration, next: string): void {
  const subject = purpose.kind === 'blank' ? '' : `: ${purpose.kind}s the table ${purpose.table}`
  terminal.line()
  terminal.line(`  Made ${terminal.style('bold', file)}${subject}`)
  terminal.line(
    terminal.style('dim', `  Write what it does and what takes it back, then run: npx tidemark ${next}`),
  )
  terminal.line()
}
