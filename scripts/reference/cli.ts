// The page of commands, from what each command declares.

import type { Command, Options } from '../../src/cli/command.js'
import { type CommandEntry, commands } from '../../src/cli/commands/index.js'
import { exitStatus } from '../../src/cli/exit-status.js'
import { globalOptions } from '../../src/cli/global-options.js'
import type { Option } from '../../src/cli/options.js'
import { code, page, table } from './markdown.js'

/** What an application calls for the same; empty where there is nothing to call. */
const twins: Readonly<Record<string, string>> = {
  init: '',
  'make:migration': '',
  migrate: 'tidemark.migrate({ pretend, step, to })',
  'migrate:status': 'tidemark.status()',
  'migrate:rollback': 'tidemark.rollback({ name, step, batch, pretend, force })',
  'migrate:reset': 'tidemark.reset({ pretend })',
  'migrate:refresh': 'tidemark.refresh({ step })',
  'migrate:fresh': 'tidemark.fresh({ step })',
  'migrate:install': 'tidemark.install()',
  'migrate:adopt': 'tidemark.adoption({ from, baseline }), tidemark.adopt({ from, baseline })',
  'migrate:history': 'tidemark.history()',
  'migrate:repair': 'tidemark.repairs({ name, decision }), tidemark.repair({ name, decision, agreed })',
  'migrate:unlock': 'tidemark.lockHolder(), tidemark.unlock()',
  'migrate:lint': 'tidemark.lint({ all })',
  lint: 'tidemark.lint({ all })',
  'db:create': '',
  'db:apply': 'tidemark.migrate({ pretend, step, to })',
  'db:status': 'tidemark.status()',
  'db:rollback': 'tidemark.rollback({ name, step, batch, pretend, force })',
  'db:show': 'tidemark.overview(), tidemark.tables(), tidemark.views(), tidemark.types()',
  'db:table': 'tidemark.table(name)',
  'db:describe': 'tidemark.table(name)',
  'db:wipe': 'tidemark.wipe()',
  'db:shell': '',
  list: '',
}

const statusMeanings: Readonly<Record<keyof typeof exitStatus, string>> = {
  done: 'done, or nothing to do',
  failed: 'something that was tried did not work',
  usage: 'the command line or the configuration is wrong; nothing was tried',
  pending: 'something is pending (`migrate:status --pending`, unless it names another number)',
  drift: 'kept for later releases',
  findings: 'the analyser has found an error, or more warnings than `--max-warnings` allows',
  locked: 'the migration lock was not had in time, or another session keeps the ledger locked',
  refused: 'refused for safety, such as a change in production without `--force`',
  undecided: 'a half-applied migration needs your decision',
  interrupted: 'stopped by Ctrl-C or SIGTERM',
}

export async function cliPage(): Promise<string> {
  const names = Object.keys(commands)
  const described = await Promise.all(names.map(async (name) => await commandSection(name)))
  return await page('the definitions in src/cli', [
    '# Commands',
    'Each command has `--help` with the same text. What a command does, an application can do too: see [the API](api.md).',
    table(
      ['command', 'does'],
      names.map((name) => [`[\`${name}\`](#${anchorOf(name)})`, commands[name]?.summary ?? '']),
    ),
    '## Options of every command',
    optionTable(globalOptions),
    'Where `APP_ENV` or `NODE_ENV` is `production`, a command that changes the database asks first. Where nobody can be asked, it needs `--force`, or ends with status 7.',
    '## Exit status',
    table(
      ['status', 'means'],
      Object.entries(exitStatus).map(([word, status]) => [
        String(status),
        // The keys of `exitStatus` are those of `statusMeanings`.
        statusMeanings[word as keyof typeof exitStatus],
      ]),
    ),
    ...described.flat(),
  ])
}

async function commandSection(name: string): Promise<readonly string[]> {
  const entry = commands[name]
  if (entry === undefined) return []
  const command = await entry.load()
  const twin = twins[name]
  if (twin === undefined) throw new Error(`scripts/reference/cli.ts says nothing of the API of ${name}.`)
  return [
    `## ${name}`,
    `${entry.summary}.`,
    fenced('text', usage(name, command)),
    ...argumentSection(command),
    ...(visible(command.options).length === 0 ? [] : [optionTable(command.options)]),
    `Examples:\n\n${fenced('text', command.examples.join('\n'))}`,
    ...(twin === '' ? [] : [`In an application: \`${twin}\`.`]),
  ]
}

function usage(name: string, command: Command): string {
  const words = Object.entries(command.arguments).map(([word, { isRequired }]) =>
    isRequired ? word.toUpperCase() : `[${word.toUpperCase()}]`,
  )
  const handedOn = command.handsOnTo === undefined ? [] : [`[-- words for ${command.handsOnTo}]`]
  return ['tidemark', name, ...words, '[options]', ...handedOn].join(' ')
}

function argumentSection(command: Command): readonly string[] {
  const entries = Object.entries(command.arguments)
  if (entries.length === 0) return []
  return [
    table(
      ['argument', 'is'],
      entries.map(([name, { summary }]) => [code(name.toUpperCase()), summary]),
    ),
  ]
}

function optionTable(options: Options): string {
  return table(
    ['option', 'does'],
    visible(options).map(([name, option]) => [spelling(name, option), option.summary]),
  )
}

function visible(options: Options): [string, Option<unknown>][] {
  return Object.entries(options).filter(([, option]) => option.isHidden !== true)
}

function spelling(name: string, { value, valueIsOptional, short, aliases = [] }: Option<unknown>): string {
  const ending = value === undefined ? '' : valueIsOptional === true ? `[=${value}]` : `=${value}`
  const others = [...(short === undefined ? [] : [`-${short}`]), ...aliases.map((alias) => `--${alias}`)]
  return [code(`--${name}${ending}`), ...others.map(code)].join(', ')
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

/** The anchor that a heading of this text gets. */
function anchorOf(name: CommandEntry['summary']): string {
  return name.replaceAll(':', '')
}
