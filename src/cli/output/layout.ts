// Two ways to lay out lines: a left and a right part joined by dots, and columns.

import { columnsOf, type Terminal } from './terminal.js'

export interface Pair {
  readonly left: string
  readonly right: string
}

const indent = '  '
const leastDots = 3

/** Prints pairs as `  left ........ right`, all equally wide. */
export function printPairs(terminal: Terminal, pairs: readonly Pair[]): void {
  const width = widthFor(terminal, pairs)
  for (const pair of pairs) terminal.line(dotted(terminal, pair, width))
}

/** The columns that a list is printed in: the terminal's, or elsewhere more where a pair is longer. */
export function widthFor(terminal: Terminal, pairs: readonly Pair[]): number {
  return terminal.isLive ? terminal.width : Math.max(terminal.width, neededFor(pairs))
}

/** The columns that the longest of the pairs takes. */
export function neededFor(pairs: readonly Pair[]): number {
  const needed = pairs.map(
    ({ left, right }) => indent.length + columnsOf(left) + leastDots + 2 + columnsOf(right),
  )
  return Math.max(0, ...needed)
}

export function dotted(terminal: Terminal, { left, right }: Pair, width: number): string {
  const dots = Math.max(leastDots, width - indent.length - columnsOf(left) - 2 - columnsOf(right))
  return `${indent}${left} ${terminal.style('dim', '.'.repeat(dots))} ${right}`
}

/** Prints rows under a heading, each column as wide as its widest cell. */
export function printColumns(
  terminal: Terminal,
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = heading.map((title, index) =>
    Math.max(columnsOf(title), ...rows.map((row) => columnsOf(row[index] ?? ''))),
  )
  const format = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - columnsOf(cell)))
      .join('  ')
      .trimEnd()
  terminal.line(indent + terminal.style('bold', format(heading)))
  for (const row of rows) terminal.line(indent + format(row))
}

/**
 * A text that begins at `column`, every further line of which begins there too. On a terminal its lines are broken
 * between words; elsewhere they stay as long as they are, for whoever searches in them.
 */
export function hanging(terminal: Terminal, text: string, column: number): string {
  const lines = text
    .split('\n')
    .flatMap((line) => (terminal.isLive ? broken(line, terminal.width - column) : [line]))
  return lines.join(`\n${' '.repeat(column)}`)
}

function broken(line: string, columns: number): string[] {
  if (columnsOf(line) <= columns) return [line]
  const end = line.lastIndexOf(' ', columns)
  return end <= 0 ? [line] : [line.slice(0, end), ...broken(line.slice(end + 1), columns)]
}

/** A heading over a list. */
export function printHeading(terminal: Terminal, text: string): void {
  terminal.line()
  terminal.line(indent + terminal.style('bold', text))
}

/** One sentence with an empty line above and below. */
export function printNotice(terminal: Terminal, text: string): void {
  terminal.line()
  terminal.line(indent + text)
  terminal.line()
}
