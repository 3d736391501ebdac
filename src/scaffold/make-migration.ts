// Writes a new migration file, named by what it does and numbered so that it comes after those that are there.

import { basename, join, relative, resolve } from 'node:path'
import type { Config } from '../config/config.js'
import { findMigrations } from '../migrations/files.js'
import { nameIsTaken } from './errors.js'
import { type Purpose, migrationNameFrom, purposeOf } from './migration-name.js'
import { sqlMigration, typescriptMigration } from './templates.js'
import { makeFolder, writeNewFile } from './write-file.js'

export interface MakeMigrationOptions {
  readonly name: string
  /** The table that it creates, where the name does not say. */
  readonly create?: string | undefined
  /** The table that it changes, where the name does not say. */
  readonly table?: string | undefined
  readonly format: 'ts' | 'sql'
  /** The folder to write to, relative to the project; the first of the configured ones unless given. */
  readonly directory?: string | undefined
  readonly now: Date
}

export interface MadeMigration {
  readonly name: string
  /** Relative to the project. */
  readonly file: string
  readonly purpose: Purpose
}

const timestampPrefix = /^\d{4}_\d{2}_\d{2}_\d{6}_/
const sequentialPrefix = /^(\d+)_/

/** @throws ScaffoldError where the name cannot be one, or is taken */
export function makeMigration(config: Config, options: MakeMigrationOptions): MadeMigration {
  const { directories, naming } = config.migrations
  const directory = options.directory === undefined ? directories[0] : resolve(config.root, options.directory)
  const folder = directory ?? config.root
  const title = migrationNameFrom(options.name)
  makeFolder(folder)
  const existing = findMigrations({ root: config.root, directories: [...new Set([folder, ...directories])] })
  const taken = existing.find(({ name }) => withoutNumber(name) === title)
  if (taken !== undefined) throw nameIsTaken(title, taken.display)

  const names = existing.map(({ name }) => name)
  const number = naming === 'sequential' ? nextNumber(names) : nextTimestamp(names, options.now)
  const purpose = askedPurpose(options) ?? purposeOf(title)
  const text = options.format === 'sql' ? sqlMigration(purpose) : typescriptMigration(purpose)
  const path = join(folder, `${number}_${title}.${options.format}`)
  if (!writeNewFile(path, text)) throw nameIsTaken(title, path)
  return { name: basename(path, `.${options.format}`), file: relative(config.root, path), purpose }
}

function askedPurpose({ create, table }: MakeMigrationOptions): Purpose | undefined {
  if (create !== undefined) return { kind: 'create', table: create }
  return table === undefined ? undefined : { kind: 'update', table }
}

function withoutNumber(name: string): string {
  return timestampPrefix.test(name) ? name.replace(timestampPrefix, '') : name.replace(sequentialPrefix, '')
}

/** `YYYY_MM_DD_HHMMSS` of now in UTC, or the next second that no migration has. */
function nextTimestamp(names: readonly string[], now: Date): string {
  const taken = new Set(names.map((name) => timestampPrefix.exec(name)?.[0]))
  let moment = now
  while (taken.has(`${timestampOf(moment)}_`)) moment = new Date(moment.getTime() + 1000)
  return timestampOf(moment)
}

function timestampOf(moment: Date): string {
  const [date = '', time = ''] = moment.toISOString().split('T')
  return `${date.replaceAll('-', '_')}_${time.slice(0, 8).replaceAll(':', '')}`
}

/** `NNN`: one more than the highest number. Timestamps are no such numbers. */
function nextNumber(names: readonly string[]): string {
  const numbers = names
    .filter((name) => !timestampPrefix.test(name))
    .map((name) => Number(sequentialPrefix.exec(name)?.[1] ?? 0))
  return String(Math.max(0, ...numbers) + 1).padStart(3, '0')
}
