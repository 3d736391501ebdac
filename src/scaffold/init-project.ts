// Sets up a project: the folders and files that one would otherwise write by hand. What is there stays as it is, so
// that it can be run again at any time.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { Config } from '../config/config.js'
import type { ConnectionName } from '../config/options.js'
import { drivers, environmentFile, ignoredLines } from './connection-templates.js'
import { type Preset, loadPreset } from './presets.js'
import { configurationFile } from './templates.js'
import { makeFolder, writeNewFile } from './write-file.js'

export interface InitReport {
  /** What was made or added to; relative to the project. */
  readonly made: readonly string[]
  /** What was there and was left as it was. */
  readonly left: readonly string[]
  /** What the project has yet to install, Tidemark itself among it. */
  readonly missing: readonly string[]
  readonly hasManifest: boolean
  /** Whether migrations are named by numbers, for which there are short commands. */
  readonly isShort: boolean
}

export interface InitOptions {
  /** The kind of database that `.env` is written for, where there is none yet. */
  readonly connection: ConnectionName
  readonly preset: string | undefined
}

/** Whether nothing in the project says yet which database it has. */
export function needsConnection({ root }: Config): boolean {
  return !existsSync(join(root, '.env'))
}

/** @throws ScaffoldError where there is no such preset, or a file cannot be written */
export function initProject(config: Config, { connection, preset }: InitOptions): InitReport {
  const { root } = config
  const loaded = preset === undefined ? undefined : loadPreset(preset, connection)
  const { directory, naming } = settingsFor(config, loaded)
  const migrations = resolve(root, directory)
  const steps: readonly (readonly [path: string, make: () => boolean])[] = [
    [`${migrations}/`, () => makeFolder(migrations)],
    ...(loaded?.files ?? []).map(({ name, text }) => {
      const path = join(migrations, name)
      return [path, () => writeNewFile(path, text)] as const
    }),
    [join(root, '.env'), () => writeNewFile(join(root, '.env'), environmentFile(connection, basename(root)))],
    [
      configurationPath(root),
      () => writeNewFile(configurationPath(root), configurationFile(directory, naming)),
    ],
    [join(root, '.gitignore'), () => ignoreFiles(join(root, '.gitignore'), ignoredLines[connection])],
  ]
  const outcomes = steps.map(([path, make]) => ({ path: shown(root, path), isMade: make() }))
  return {
    made: outcomes.filter(({ isMade }) => isMade).map(({ path }) => path),
    left: outcomes.filter(({ isMade }) => !isMade).map(({ path }) => path),
    missing: ['tidemark', ...drivers[connection]].filter(
      (name) => !existsSync(join(root, 'node_modules', name)),
    ),
    hasManifest: existsSync(join(root, 'package.json')),
    isShort: naming === 'sequential',
  }
}

/** What the project's own configuration says of its migrations comes before what a preset would say. */
function settingsFor(
  { root, migrations }: Config,
  preset: Preset | undefined,
): Pick<Preset, 'directory' | 'naming'> {
  if (preset !== undefined && !existsSync(configurationPath(root))) return preset
  const [directory = 'database/migrations'] = migrations.directories
  return { directory: relative(root, directory), naming: migrations.naming }
}

/** The configuration file that is there, whatever its ending, or the one to write. */
function configurationPath(root: string): string {
  const there = readdirSync(root).find((name) => /^tidemark\.config\.(?:ts|mts|js|mjs)$/.test(name))
  return join(root, there ?? 'tidemark.config.ts')
}

function ignoreFiles(path: string, lines: readonly string[]): boolean {
  if (writeNewFile(path, `${lines.join('\n')}\n`)) return true
  const text = readFileSync(path, 'utf8')
  const present = new Set(text.split(/\r?\n/).map((line) => line.trim()))
  const missing = lines.filter((line) => !present.has(line))
  if (missing.length === 0) return false
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  writeFileSync(path, `${text}${separator}${missing.join('\n')}\n`)
  return true
}

function shown(root: string, path: string): string {
  const slash = path.endsWith('/') ? '/' : ''
  return relative(root, path) + slash
}
