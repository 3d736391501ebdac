// From a migration's file to the migration: its module is run, and what it exports is checked before anything else is.

import type { Dialect } from '../dialects/dialect.js'
import { once } from '../support/once.js'
import { limitForms, parseDuration } from '../support/duration.js'
import { badExport, unknownOption } from './errors.js'
import type { MigrationFile } from './files.js'
import type { Migration } from './migration.js'
import type { Direction } from './report.js'
import { readSqlMigration } from './sql-migration.js'

const moduleLoader = once(() => import('../support/load-module.js'))

const known = {
  up: 'function',
  down: 'function',
  irreversible: 'string',
  transaction: 'boolean',
  withinTransaction: 'boolean',
  timeout: 'string',
  lockTimeout: 'string',
  connection: 'string',
  shouldRun: 'function',
  allow: 'object',
} as const satisfies Record<keyof Migration, string>

const durations: ReadonlySet<string> = new Set(['timeout', 'lockTimeout'])

const sample = 'export default migration({ async up({ schema }) { … }, async down({ schema }) { … } })'

/** Loads one migration, to be taken in one direction. @throws MigrationFileError, ModuleError */
export async function loadMigration(
  file: MigrationFile,
  dialect: Dialect,
  direction: Direction,
): Promise<Migration> {
  if (file.format === 'sql') return readSqlMigration(file, dialect, direction)
  const { loadModule } = await moduleLoader()
  return checked(file, await loadModule(file.path))
}

function checked(file: MigrationFile, module: Readonly<Record<string, unknown>>): Migration {
  const exported = module['default']
  if (exported === undefined) throw badExport(file.display, missingDefault(module), `Write: ${sample}`)
  if (typeof exported !== 'object' || exported === null) {
    throw badExport(file.display, `its default export is ${article(typeof exported)}`, `Write: ${sample}`)
  }
  const options: Record<string, unknown> = { ...exported }
  if (typeof options['up'] !== 'function') {
    throw badExport(file.display, 'it has no function up', `Write: ${sample}`)
  }
  for (const [option, value] of Object.entries(options)) checkOption(file, option, value)
  if (options['down'] !== undefined && options['irreversible'] !== undefined) {
    throw badExport(
      file.display,
      'it has a down and says that it is irreversible',
      'Leave one of the two out.',
    )
  }
  // Each option was checked above to be of its type.
  return options as unknown as Migration
}

function checkOption(file: MigrationFile, option: string, value: unknown): void {
  if (!isKnown(option)) throw unknownOption(file.display, option, Object.keys(known))
  if (value === undefined) return
  if (typeof value !== known[option]) {
    const [given, wanted] = [article(typeof value), article(known[option])]
    throw badExport(file.display, `its ${option} is ${given}`, `${option} takes ${wanted}.`)
  }
  if (durations.has(option) && parseDuration(value) === undefined) {
    throw badExport(file.display, `its ${option} is no length of time`, `Write ${limitForms}.`)
  }
}

function isKnown(option: string): option is keyof typeof known {
  return Object.hasOwn(known, option)
}

function missingDefault(module: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(module)
  return names.length === 0
    ? 'it exports nothing'
    : `it has no default export (it exports ${names.join(', ')})`
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

/** Whether the migration is to run inside a transaction. */
export function isTransactional(migration: Migration): boolean {
  return migration.transaction !== false && migration.withinTransaction !== false
}
