// The list of commands, by group.

import { columnsOf, type Terminal } from './terminal.js'

interface ListedCommand {
  readonly name: string
  readonly group: string
  readonly summary: string
}

export function printCommandList(terminal: Terminal, commands: readonly ListedCommand[]): void {
  const width = Math.max(...commands.map(({ name }) => columnsOf(name)))
  terminal.line()
  terminal.line(`  ${terminal.style('bold', 'Usage')}  tidemark COMMAND [options]`)
  for (const group of new Set(commands.map(({ group }) => group))) {
    terminal.line()
    terminal.line(`  ${terminal.style('bold', group)}`)
    for (const { name, summary } of commands.filter((command) => command.group === group)) {
      terminal.line(`    ${terminal.style('green', name.padEnd(width))}  ${summary}`)
    }
  }
  terminal.line()
  terminal.line('  tidemark COMMAND --help shows what a command takes, with an example.')
  terminal.line()
}
