// Reads a command line: which command, with which arguments and options. Strict: a word that means nothing is an error
// with the nearest one that does. `util.parseArgs` cuts the words up; a command-line library costs 3 to 5 ms of a start
// that may take 50.

import { parseArgs } from 'node:util'
import { didYouMean } from '../support/nearest.js'
import type { Command, CommandContext, GlobalValues, Options, OptionValues } from './command.js'
import { CommandLineError } from './errors.js'
import { globalOptions } from './global-options.js'
import type { Option } from './options.js'

type Given = ReadonlyMap<string, readonly (string | undefined)[]>
type Token = ReturnType<typeof tokensOf>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/** The word that names the command, found before the command's own options are known; and the line without it. */
export function splitCommand(argv: readonly string[]): { name: string | undefined; rest: readonly string[] } {
  const word = tokensOf(argv, globalOptions).find((token) => token.kind === 'positional')
  if (word === undefined) return { name: undefined, rest: argv }
  return { name: word.value, rest: argv.filter((_, index) => index !== word.index) }
}

/** The options that every command takes, from a line that may be wrong in everything else. */
export function readGlobalOptions(argv: readonly string[]): GlobalValues {
  const options = tokensOf(argv, globalOptions).filter((token) => token.kind === 'option')
  return valuesOf(globalOptions, gather(options, globalOptions))
}

/** The values of all that a command takes. @throws CommandLineError for the first word that is wrong */
export function readCommandLine(name: string, command: Command, rest: readonly string[]) {
  const table = { ...globalOptions, ...command.options }
  const takesArguments = Object.keys(command.arguments).length > 0
  const { own, handedOn } = command.handsOnTo === undefined ? { own: rest, handedOn: [] } : cut(rest, table)
  const tokens = tokensOf(own, table).filter((token) => token.kind !== 'option-terminator')
  const words = takesArguments ? tokens : giveToRepeatable(tokens, table)
  const options = words.filter((token) => token.kind === 'option')
  for (const token of options) checkOption(token, table, name, command)
  const positionals = words.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const given = gather(options, table)
  return {
    globals: valuesOf(globalOptions, given),
    options: valuesOf(command.options, given),
    handedOn,
    arguments: readArguments(name, command, positionals),
  }
}

/** The line before and after the first `--`. */
function cut(rest: readonly string[], table: Options) {
  const at = tokensOf(rest, table).find((token) => token.kind === 'option-terminator')?.index ?? rest.length
  return { own: rest.slice(0, at), handedOn: rest.slice(at + 1) }
}

function tokensOf(argv: readonly string[], table: Options) {
  const entries = Object.entries(table).flatMap(([name, option]) =>
    [name, ...(option.aliases ?? [])].map((word) => [word, parseArgsOption(option, word === name)] as const),
  )
  const options = Object.fromEntries(entries)
  return parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true }).tokens
}

function parseArgsOption(option: Option<unknown>, isMainName: boolean) {
  const type = option.value !== undefined && option.valueIsOptional !== true ? 'string' : 'boolean'
  return { type, ...(isMainName && option.short !== undefined && { short: option.short }) } as const
}

/** `--path a b`: words right after a repeatable option are more values of it, where nothing else could want them. */
function giveToRepeatable(tokens: readonly Token[], table: Options): readonly Token[] {
  let last: OptionToken | undefined
  return tokens.map((token) => {
    if (token.kind === 'option') last = isRepeatable(token, table) ? token : undefined
    if (token.kind !== 'positional' || last === undefined) return token
    return { ...last, index: token.index, value: token.value, inlineValue: true }
  })
}

function isRepeatable(token: OptionToken, table: Options): boolean {
  return table[mainName(token.name, table) ?? '']?.isRepeatable === true
}

function mainName(word: string, table: Options): string | undefined {
  if (Object.hasOwn(table, word)) return word
  return Object.keys(table).find((name) => table[name]?.aliases?.includes(word))
}

function gather(tokens: readonly OptionToken[], table: Options): Given {
  const given = new Map<string, (string | undefined)[]>()
  for (const token of tokens) {
    const name = mainName(token.name, table)
    if (name !== undefined) given.set(name, [...(given.get(name) ?? []), token.value])
  }
  return given
}

function valuesOf<Table extends Options>(table: Table, given: Given): OptionValues<Table> {
  const values = Object.entries(table).map(([name, option]) => [
    name,
    option.read(given.get(name) ?? [], name),
  ])
  // Each value was read by the option of the same name, whose value type is what OptionValues says.
  return Object.fromEntries(values) as OptionValues<Table>
}

function checkOption(token: OptionToken, table: Options, name: string, command: Command): void {
  const option = table[mainName(token.name, table) ?? '']
  if (option === undefined) throw unknownOption(token, table, name, command)
  const given = { option: token.rawName, command: name }
  if (option.value === undefined && token.value !== undefined) {
    throw new CommandLineError({
      code: 'TM_BAD_FLAG_VALUE',
      message: `${token.rawName} takes no value; given was "${token.value}".`,
      remedy: `Write ${token.rawName} alone, or leave it out.`,
      details: given,
    })
  }
  if (option.value !== undefined && option.valueIsOptional !== true && lacksValue(token)) {
    throw new CommandLineError({
      code: 'TM_MISSING_FLAG_VALUE',
      message: `${token.rawName} needs a value.`,
      remedy: `Write ${token.rawName}=${option.value}: ${option.summary}.`,
      details: given,
    })
  }
}

function lacksValue(token: OptionToken): boolean {
  return (
    token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('-'))
  )
}

function unknownOption(
  token: OptionToken,
  table: Options,
  name: string,
  { handsOnTo }: Command,
): CommandLineError {
  const known = Object.entries(table).flatMap(([name, option]) =>
    option.isHidden === true ? [] : [`--${name}`],
  )
  return new CommandLineError({
    code: 'TM_UNKNOWN_FLAG',
    message: `${name} has no option ${token.rawName}.${didYouMean(token.rawName, known)}`,
    remedy: `Run tidemark ${name} --help to see its options.${handingOn(name, handsOnTo, token.rawName)}`,
    details: { option: token.rawName, command: name },
  })
}

/** A sentence to append: how a word is written that is for another program. */
function handingOn(command: string, handsOnTo: string | undefined, word: string): string {
  if (handsOnTo === undefined) return ''
  return ` Words for ${handsOnTo} go behind --: tidemark ${command} -- ${word} …`
}

function readArguments(
  name: string,
  command: Command,
  words: readonly string[],
): CommandContext['arguments'] {
  const declared = Object.entries(command.arguments)
  const missing = declared.find(([, argument], index) => argument.isRequired && words[index] === undefined)
  if (missing !== undefined) throw missingArgument(name, missing[0], missing[1].summary)
  const extra = words[declared.length]
  if (extra !== undefined) throw extraArgument(name, extra, declared.length, command)
  const values = declared.map(([argument], index) => [argument, words[index]])
  // Those that are required were just found to be there.
  return Object.fromEntries(values) as CommandContext['arguments']
}

function missingArgument(command: string, argument: string, summary: string): CommandLineError {
  const shown = argument.toUpperCase()
  return new CommandLineError({
    code: 'TM_MISSING_ARGUMENT',
    message: `${command} needs ${shown}: ${summary}.`,
    remedy: `Run tidemark ${command} ${shown}, or tidemark ${command} --help for an example.`,
    details: { command, argument },
  })
}

function extraArgument(name: string, word: string, taken: number, { handsOnTo }: Command): CommandLineError {
  const takes = taken === 0 ? 'no argument' : taken === 1 ? 'one argument' : `${taken} arguments`
  return new CommandLineError({
    code: 'TM_EXTRA_ARGUMENT',
    message: `${name} takes ${takes}; "${word}" is one too many.`,
    remedy:
      `Leave "${word}" out, or run tidemark ${name} --help to see what the command takes.` +
      handingOn(name, handsOnTo, `'${word}'`),
    details: { command: name, argument: word },
  })
}
