// The list of migrations with a mark for how each stands.

import type { MigrationState, MigrationStatus } from '../../migrations/report.js'
import { type Pair, neededFor, printNotice, printPairs } from './layout.js'
import type { Style, Terminal } from './terminal.js'
import { formatDuration, formatMoment } from './units.js'

interface Look {
  readonly mark: string
  readonly style: Style
  /** What is said of it, where a batch and a time do not say it. */
  readonly words: string
  /** What to do about it. */
  readonly advice?: string
}

const looks: Record<MigrationState, Look> = {
  applied: { mark: '✔', style: 'green', words: '' },
  pending: { mark: '○', style: 'yellow', words: 'pending' },
  failed: {
    mark: '✗',
    style: 'red',
    words: 'failed',
    advice: 'mend what failed and run tidemark migrate again, which says how to go on',
  },
  running: { mark: '…', style: 'cyan', words: 'under way, or its process died' },
  changed: {
    mark: '~',
    style: 'yellow',
    words: 'changed since it was applied',
    advice: 'restore the file, roll the migration back, or accept the file with tidemark migrate:repair',
  },
  missing: {
    mark: '?',
    style: 'yellow',
    words: 'its file is gone',
    advice: 'restore the file, roll the migration back, or forget it with tidemark migrate:repair',
  },
}

const outOfOrder: Look = {
  mark: '○',
  style: 'yellow',
  words: 'pending, before one that is applied',
  advice: 'rename it so that it comes last, or let it run with tidemark migrate:repair',
}

function lookOf({ state, isOutOfOrder }: MigrationStatus): Look {
  return isOutOfOrder ? outOfOrder : looks[state]
}

export function printStatus(
  terminal: Terminal,
  migrations: readonly MigrationStatus[],
  shared: ReadonlyMap<string, readonly string[]>,
  isOnlyPending: boolean,
): void {
  if (migrations.length === 0) {
    printNotice(terminal, isOnlyPending ? 'Nothing is pending.' : 'There are no migrations yet.')
    return
  }
  terminal.line()
  const pairs = pairsOf(terminal, migrations, true)
  const isTooWide = terminal.isLive && neededFor(pairs) > terminal.width
  printPairs(terminal, isTooWide ? pairsOf(terminal, migrations, false) : pairs)
  for (const migration of migrations) printTrouble(terminal, migration)
  for (const names of shared.values()) printShared(terminal, names)
  terminal.line()
}

function pairsOf(terminal: Terminal, migrations: readonly MigrationStatus[], hasDuration: boolean): Pair[] {
  return migrations.map((migration) => ({
    left: leftOf(terminal, migration),
    right: rightOf(terminal, migration, hasDuration),
  }))
}

function leftOf(terminal: Terminal, migration: MigrationStatus): string {
  const { mark, style } = lookOf(migration)
  return `[${terminal.style(style, mark)}] ${migration.name}`
}

function rightOf(terminal: Terminal, migration: MigrationStatus, hasDuration: boolean): string {
  const { batch, finishedAt, durationMs } = migration
  const { words, style } = lookOf(migration)
  if (words !== '') return terminal.style(style, words)
  const parts = [
    batch === undefined ? '' : `batch ${batch}`,
    finishedAt === undefined ? '' : formatMoment(finishedAt),
    durationMs === undefined || !hasDuration ? '' : formatDuration(durationMs).padStart(8),
  ]
  return parts.filter((part) => part !== '').join('  ')
}

function printShared(terminal: Terminal, names: readonly string[]): void {
  terminal.line()
  terminal.line(`  ${terminal.style('yellow', names.join(', '))} have one number`)
  terminal.line(
    terminal.style(
      'dim',
      '  → they run in the order of their whole names; rename one that no database has yet',
    ),
  )
}

function printTrouble(terminal: Terminal, migration: MigrationStatus): void {
  const { name, error } = migration
  const { advice, style, words } = lookOf(migration)
  if (advice === undefined) return
  terminal.line()
  terminal.line(`  ${terminal.style(style, name)} ${words}${error === undefined ? '' : `: ${error}`}`)
  terminal.line(terminal.style('dim', `  → ${advice}`))
}
