// Prints migrations while they run, one line each. On a terminal a line is begun when its migration begins, so that one
// sees which takes its time; elsewhere it is printed whole when the migration has ended.

import { describeHolder } from '../../migrations/lock-holder.js'
import type { Direction } from '../../migrations/report.js'
import type { Tidemark } from '../../tidemark.js'
import { dotted, printHeading, printNotice, widthFor } from './layout.js'
import { type Style, type Terminal, columnsOf } from './terminal.js'
import { formatDuration } from './units.js'

const titles: Record<Direction, string> = { up: 'Running migrations', down: 'Rolling back migrations' }
const nothing: Record<Direction, string> = { up: 'Nothing to migrate.', down: 'Nothing to roll back.' }
/** As wide as the ends of lines usually are; the dots before them are drawn before the end is known. */
const usualEnd = '999.9 ms DONE'

export function printProgress(tidemark: Tidemark, terminal: Terminal, isVerbose: boolean): void {
  let width = terminal.width
  let drawn = 0

  function begin(name: string): void {
    if (!terminal.isLive || isVerbose) return
    const begun = dotted(terminal, { left: name, right: '' }, width - usualEnd.length).trimEnd()
    terminal.write(begun)
    drawn = columnsOf(begun)
  }

  function end(name: string, durationMs: number, word: string, style: Style): void {
    const right = `${formatDuration(durationMs)} ${terminal.style(style, word)}`
    const dots = '.'.repeat(Math.max(0, width - drawn - columnsOf(right) - 1))
    terminal.line(
      drawn === 0
        ? dotted(terminal, { left: name, right }, width)
        : `${terminal.style('dim', dots)} ${right}`,
    )
    drawn = 0
  }

  tidemark
    .on('wiped', () => printHeading(terminal, 'Dropped everything'))
    .on('waitingForLock', ({ holder, since }) =>
      printNotice(
        terminal,
        `Waiting for ${describeHolder(holder)}, who migrates since ${since.toISOString()}.`,
      ),
    )
    .on('nothingToDo', ({ direction }) => printNotice(terminal, nothing[direction]))
    .on('migrationsStarted', ({ direction, names }) => {
      width = widthFor(
        terminal,
        names.map((name) => ({ left: name, right: usualEnd })),
      )
      printHeading(terminal, titles[direction])
    })
    .on('migrationStarted', ({ name }) => begin(name))
    .on('statement', ({ statement, durationMs }) => {
      if (!isVerbose) return
      terminal.line(terminal.style('dim', `    ${statement.sql}; -- ${formatDuration(durationMs)}`))
    })
    .on('migrationEnded', (run) => end(run.name, run.durationMs, 'DONE', 'green'))
    .on('migrationSkipped', (run) => end(run.name, run.durationMs, 'SKIP', 'yellow'))
    .on('migrationFailed', ({ name, durationMs, error }) =>
      end(name, durationMs, error.kind === 'interrupted' ? 'STOP' : 'FAIL', 'red'),
    )
    .on('migrationsEnded', () => terminal.line())
}
