// A migration written as SQL: one file with a section for each way (sql-sections.ts), or a pair of files `NAME.up.sql`
// and `NAME.down.sql`, as golang-migrate has them.

import { badExport } from './errors.js'
import { type MigrationFile, readText } from './files.js'
import type { Migration } from './migration.js'
import { type SqlSections, readSections } from './sql-sections.js'

/** Reads a `.sql` file, or the pair of them, as a migration. @throws MigrationFileError where a section is missing or twice */
export function readSqlMigration(file: MigrationFile): Migration {
  if (file.path.endsWith('.down.sql')) throw upFileMissing(file)
  if (file.text.trim() === '') throw isEmpty(file)
  const { up, down, transaction } = file.downPath === undefined ? sections(file) : pair(file, file.downPath)
  return {
    up: ({ db }) => db.exec(up),
    ...(down === undefined ? {} : { down: ({ db }) => db.exec(down) }),
    ...(transaction ? {} : { transaction: false }),
  }
}

function sections(file: MigrationFile): SqlSections {
  const found = readSections(file)
  if (found !== undefined) return found
  if (file.path.endsWith('.up.sql')) return ofPair(file.text, undefined)
  throw badExport(
    file.display,
    'it has no section "-- migrate:up"',
    'Put a line "-- migrate:up" above its SQL.',
  )
}

function pair(file: MigrationFile, downPath: string): SqlSections {
  const up = readText(file.path)
  if (up.trim() === '') throw isEmpty(file)
  return ofPair(up, readText(downPath))
}

/**
 * Nothing begins a transaction around a file of a pair but what it says itself. One that is a transaction from its first
 * statement to its last is one with its row in the ledger; another runs without.
 */
function ofPair(up: string, down: string | undefined): SqlSections {
  const ways = [up, down ?? ''].map(unwrapped)
  const [unwrappedUp = '', unwrappedDown] = ways
  return {
    up: unwrappedUp,
    down: down === undefined ? undefined : unwrappedDown,
    transaction: !ways.some(standsAlone),
  }
}

const beginning = /^\s*(?:begin|start\s+transaction)(?:\s+(?:work|transaction))?\s*;/i
const ending = /(?:^|;)\s*((?:commit|end)(?:\s+(?:work|transaction))?\s*;?\s*)$/i

/** Without a BEGIN before all else and a COMMIT after it; every other character stays at its place. */
function unwrapped(sql: string): string {
  const code = codeOf(sql)
  const first = beginning.exec(code)?.[0]
  const last = ending.exec(code)?.[1]
  if (first === undefined || last === undefined) return sql
  const end = code.length - last.length
  const inside = blank(sql.slice(0, first.length)) + sql.slice(first.length, end) + blank(sql.slice(end))
  return standsAlone(inside) ? sql : inside
}

/** What can be in no transaction, or ends one. */
const alone =
  /(?:^|;)\s*(?:begin|start\s+transaction|commit|rollback|vacuum|alter\s+system|(?:create|drop)\s+(?:database|tablespace)|reindex\s+(?:database|system))\b|\bindex\s+concurrently\b/i

function standsAlone(sql: string): boolean {
  return alone.test(codeOf(sql))
}

/** The SQL with blanks for strings, quoted names, the bodies of functions and comments. */
function codeOf(sql: string): string {
  return sql.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g,
    blank,
  )
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ')
}

function isEmpty(file: MigrationFile): Error {
  return badExport(file.display, 'it is empty', 'Put a line "-- migrate:up" into it, and its SQL below.')
}

function upFileMissing(file: MigrationFile): Error {
  const up = file.display.replace(/\.down\.sql$/, '.up.sql')
  return badExport(file.display, `there is no ${up} beside it`, `Write ${up}, or bring it back.`)
}
