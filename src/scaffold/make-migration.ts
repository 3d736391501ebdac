// Writes a new migration file, named by what it does and numbered so that it comes after those that are there.

import { basename, join, relative, resolve } from 'node:path'
import type { Config } from '../config/config.js'
import { findMigrations } from '../migrations/files.js'
import { titleOf } from '../migrations/names.js'
import { nameIsTaken } from './errors.js'
import { type Purpose, migrationNameFrom, numberGiven, purposeOf } from './migration-name.js'
import { nextPrefix, shortNaming } from './numbering.js'
import { sqlFile, sqlModule } from './sql-templates.js'
import { typescriptMigration } from './templates.js'
import { makeFolder, writeNewFile } from './write-file.js'

export interface MakeMigrationOptions {
  readonly name: string
  /** The table that it creates, where the name does not say. */
  readonly create?: string | undefined
  /** The table that it changes, where the name does not say. */
  readonly table?: string | undefined
  /** `schema` uses the schema builder, `module` has SQL in TypeScript, `sql` is a file of SQL. */
  readonly style: 'schema' | 'module' | 'sql'
  /** Named by a number whatever the configuration says, unless the others have timestamps. */
  readonly isShort: boolean
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

/** @throws ScaffoldError where the name cannot be one, or is taken */
export function makeMigration(config: Config, options: MakeMigrationOptions): MadeMigration {
  const { directories, naming } = config.migrations
  const directory = options.directory === undefined ? directories[0] : resolve(config.root, options.directory)
  const folder = directory ?? config.root
  const title = titleOf(migrationNameFrom(options.name))
  makeFolder(folder)
  const existing = findMigrations({ root: config.root, directories: [...new Set([folder, ...directories])] })
  const taken = existing.find(({ name }) => titleOf(name) === title)
  if (taken !== undefined) throw nameIsTaken(title, taken.display)

  const names = existing.map(({ name }) => name)
  const way = options.isShort ? shortNaming(naming, names) : naming
  const prefix = nextPrefix(way, names, options.now, numberGiven(options.name))
  const purpose = askedPurpose(options) ?? purposeOf(title)
  const ending = options.style === 'sql' ? 'sql' : 'ts'
  const path = join(folder, `${prefix}_${title}.${ending}`)
  if (!writeNewFile(path, textOf(config, options, purpose))) throw nameIsTaken(title, path)
  return { name: basename(path, `.${ending}`), file: relative(config.root, path), purpose }
}

function textOf(config: Config, { style }: MakeMigrationOptions, purpose: Purpose): string {
  if (style === 'schema') return typescriptMigration(purpose)
  const { dialect } = config.connection()
  return style === 'sql' ? sqlFile(dialect, purpose) : sqlModule(dialect, purpose)
}

function askedPurpose({ create, table }: MakeMigrationOptions): Purpose | undefined {
  if (create !== undefined) return { kind: 'create', table: create }
  return table === undefined ? undefined : { kind: 'update', table }
}
