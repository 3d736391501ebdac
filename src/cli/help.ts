// The help of one command, made from what the command declares.

import type { Command, CommandResult, Options } from './command.js'
import type { CommandEntry } from './commands/index.js'
import { globalOptions } from './global-options.js'
import type { Option } from './options.js'
import { columnsOf, type Terminal } from './output/terminal.js'

export function helpResult(name: string, entry: CommandEntry, command: Command): CommandResult {
  return {
    data: {
      name,
      group: entry.group,
      summary: entry.summary,
      ...(command.handsOnTo !== undefined && { handsOnTo: command.handsOnTo }),
      arguments: Object.entries(command.arguments).map(([argument, declared]) => ({
        name: argument,
        ...declared,
      })),
      options: describe(command.options),
      everywhere: describe(globalOptions),
      examples: command.examples,
    },
    print: (terminal) => printHelp(terminal, name, entry, command),
  }
}

function describe(options: Options) {
  return visible(options).map(([name, option]) => ({
    name: `--${name}`,
    ...(option.short !== undefined && { short: `-${option.short}` }),
    ...(option.value !== undefined && { value: option.value }),
    summary: option.summary,
  }))
}

function printHelp(terminal: Terminal, name: string, entry: CommandEntry, command: Command): void {
  const sections: [string, [string, string][]][] = [
    [
      'Arguments',
      Object.entries(command.arguments).map(([word, { summary }]) => [word.toUpperCase(), summary]),
    ],
    ['Options', visible(command.options).map(([word, option]) => [spelling(word, option), option.summary])],
    ['Everywhere', visible(globalOptions).map(([word, option]) => [spelling(word, option), option.summary])],
  ]
  const width = Math.max(...sections.flatMap(([, rows]) => rows.map(([left]) => columnsOf(left))))
  terminal.line()
  terminal.line(`  ${entry.summary}`)
  terminal.line()
  terminal.line(`  ${terminal.style('bold', 'Usage')}  ${usage(name, command)}`)
  for (const [title, rows] of sections) {
    if (rows.length === 0) continue
    terminal.line()
    terminal.line(`  ${terminal.style('bold', title)}`)
    for (const [left, right] of rows) {
      terminal.line(`    ${terminal.style('green', left)}${' '.repeat(width - columnsOf(left))}  ${right}`)
    }
  }
  terminal.line()
  terminal.line(`  ${terminal.style('bold', command.examples.length > 1 ? 'Examples' : 'Example')}`)
  for (const example of command.examples) terminal.line(`    ${example}`)
  terminal.line()
}

function usage(name: string, command: Command): string {
  const words = Object.entries(command.arguments).map(([word, { isRequired }]) =>
    isRequired ? word.toUpperCase() : `[${word.toUpperCase()}]`,
  )
  const handedOn = command.handsOnTo === undefined ? [] : [`[-- words for ${command.handsOnTo}]`]
  return ['tidemark', name, ...words, '[options]', ...handedOn].join(' ')
}

function visible(options: Options): [string, Option<unknown>][] {
  return Object.entries(options).filter(([, option]) => option.isHidden !== true)
}

/** `-v, --verbose`, `--step=N`, `--pending[=STATUS]` */
function spelling(name: string, option: Option<unknown>): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `
  const value =
    option.value === undefined
      ? ''
      : option.valueIsOptional === true
        ? `[=${option.value}]`
        : `=${option.value}`
  return `${short}--${name}${value}${option.isRepeatable === true ? ' …' : ''}`
}
