// Carries out what a page shows, block after block, in one project: files are written, commands are run by the built
// command, shown outputs are compared. A block that no rule is for is an error, so that none goes unread.

import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { expect } from 'vitest'
import { loadConfig } from '../../src/config/load-config.js'
import type { DialectName } from '../../src/schema/dialect-name.js'
import { type Project, makeProject } from '../helpers/project.js'
import { type Outcome, outcomeOf, runCli } from '../helpers/run-cli.js'
import { type Block, type Page, bodyAsMigration, root } from './markdown.js'

/** Another database than the project's SQLite file, for the samples that are marked with its dialect. */
export interface Server {
  readonly dialect: DialectName
  /** Makes a database that is thrown away after the test, and says how a user would reach it. */
  makeDatabase(): Promise<Readonly<Record<string, string>>>
}

interface State {
  readonly project: Project
  readonly server: Server | undefined
  /** How commands reach the page's database. */
  readonly variables: Readonly<Record<string, string>>
  /** What was run last, for the output block that may follow. */
  printed: string
}

/** Whether a block is to be run on the dialect: those without a mark are of SQLite. */
export function isFor(block: Block, dialect: DialectName): boolean {
  const dialects = block.marks.get('on')?.split(',') ?? ['sqlite']
  return dialects.includes(dialect)
}

export async function runPage(page: Page, server?: Server): Promise<void> {
  const variables = (await server?.makeDatabase()) ?? {}
  const state: State = { project: makeProject(), server, variables, printed: '' }
  // Scripts of a page import the package by its name, as those of a user do.
  mkdirSync(state.project.path('node_modules'))
  symlinkSync(root, state.project.path('node_modules/tidemark'), 'dir')
  for (const block of page.blocks.filter((each) => isFor(each, server?.dialect ?? 'sqlite'))) {
    try {
      await runBlock(block, state)
    } catch (error) {
      throw new Error(
        `${page.path}:${block.line}: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      )
    }
  }
}

async function runBlock(block: Block, state: State): Promise<void> {
  const { language, marks, text } = block
  const file = marks.get('file')
  if (file !== undefined) state.project.write(resolveStar(state.project, file), text)
  else if (marks.has('settings')) await checkSettings(text, marks.get('settings') ?? '')
  else if (language === 'project') copyExample(state.project, text)
  else if (language === 'sh' || language === 'run') await runLines(block, state)
  else if (marks.has('output')) expect(tidy(state.printed)).toMatch(patternOf(text))
  else if (language === 'ts' && marks.has('up')) await runAsMigration(block, state)
  else if (language !== 'text')
    throw new Error(`No rule says how to run a block of "${language}"; see CONTRIBUTING.md.`)
}

/** Lines of `.env` that lead where the mark says. */
async function checkSettings(text: string, place: string): Promise<void> {
  const { root: folder } = makeProject({ '.env': text })
  expect((await loadConfig({ root: folder, variables: {} })).connection().label).toBe(place)
}

/** `database/migrations/*_create_posts_table.ts` is the one file of that name that a command wrote. */
function resolveStar(project: Project, file: string): string {
  const [folder = '', name = ''] = file.split(/\/(?=[^/]*$)/)
  if (!name.includes('*')) return file
  const found = project.list(folder).filter((entry) => entry.endsWith(name.slice(1)))
  if (found.length !== 1) throw new Error(`${file} is not one file: ${found.join(', ')}`)
  return `${folder}/${found[0]}`
}

function copyExample(project: Project, name: string): void {
  const folder = `${root}examples/${name}/database/migrations`
  mkdirSync(project.path('database/migrations'), { recursive: true })
  for (const file of readdirSync(folder)) {
    copyFileSync(`${folder}/${file}`, project.path(`database/migrations/${file}`))
  }
}

/** The last line must end with the status that the fence says, all others with 0. */
async function runLines({ text, marks }: Block, state: State): Promise<void> {
  const lines = text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
  const commands = lines.filter((line) => line !== '' && !line.startsWith('#'))
  for (const [index, command] of commands.entries()) {
    const outcome = await runCommand(command, state)
    if (outcome === undefined) continue
    const wanted = index === commands.length - 1 ? Number(marks.get('status') ?? 0) : 0
    state.printed = outcome.stdout + outcome.stderr
    expect(outcome.status, `${command}\n${state.printed}`).toBe(wanted)
  }
}

/** Undefined for a command that is not run here: .ci/run runs those of npm on a clean clone and on the package. */
async function runCommand(command: string, state: State): Promise<Outcome | undefined> {
  if (/^(?:npm|git|cd|mkdir) /.test(command)) return undefined
  const [assigned = ''] = /^(?:[A-Z][A-Z_]*=\S+\s+)*/.exec(command) ?? []
  const { project } = state
  const given = [...assigned.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value])
  const variables = { ...state.variables, ...Object.fromEntries(given) }
  const words = command.slice(assigned.length).match(/'[^']*'|"[^"]*"|\S+/g) ?? []
  const [program, ...rest] = words.map((word) => word.replace(/^(['"])(.*)\1$/, '$2'))
  if (program === 'npx' && rest[0] === 'tidemark') return await runCli(project, rest.slice(1), variables)
  if (program !== 'node') throw new Error(`No rule says how to run "${command}"; see CONTRIBUTING.md.`)
  const env = { ...process.env, ...variables }
  return await outcomeOf(spawn(process.execPath, rest, { cwd: project.root, env }))
}

/**
 * Runs the text as the body of `up`, so that the page goes on without it: on a copy of the page's file, and on a server in a
 * database of its own.
 */
async function runAsMigration({ text, marks }: Block, { project, server }: State): Promise<void> {
  const copy = makeProject({
    'tidemark.config.mjs':
      server === undefined
        ? "export default { connections: { sqlite: { dialect: 'sqlite' } }, migrations: { table: 'samples' } }"
        : "export default { migrations: { table: 'samples' } }",
    'database/migrations/1_sample.ts': bodyAsMigration(text),
  })
  const database = project.path('database/database.sqlite')
  if (existsSync(database)) copyFileSync(database, copy.path('database/database.sqlite'))
  const { status, stdout, stderr } = await runCli(copy, ['migrate'], (await server?.makeDatabase()) ?? {})
  const code = marks.get('fails')
  if (code === undefined) expect(status, stdout + stderr).toBe(0)
  else expect(stderr).toContain(code)
}

/** Times, dates, sizes and versions differ from run to run, and the dots that fill up a line with them. */
function tidy(text: string): string {
  return text
    .replaceAll(/\d+(?:\.\d+)? m?s\b/g, '<time>')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<moment>')
    .replaceAll(/\b20(?:2[6-9]|[3-9]\d)_\d\d_\d\d_\d{6}/g, '<now>')
    .replaceAll(/\d+(?:\.\d+)? [KMGT]?B\b/g, '<size>')
    .replaceAll(/SQLite 3[\d.]+/g, 'SQLite <version>')
    .replaceAll(/\.{3,}/g, '...')
    .replaceAll(/ +(?=<time>)/g, ' ')
    .replaceAll(/[ \t]+$/gm, '')
    .trim()
}

/** A line that is only `…` stands for any lines. */
function patternOf(text: string): RegExp {
  const escaped = tidy(text).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll(/^\s*…$/gm, '[\\s\\S]*')}$`)
}
