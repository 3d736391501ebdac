// A migration written as SQL: one file with sections for each way (sql-sections.ts), or a pair of files `NAME.up.sql`
// and `NAME.down.sql`, as golang-migrate has them.

import type { Dialect } from '../dialects/dialect.js'
import { TidemarkError } from '../support/errors.js'
import { badExport, unreadableSql } from './errors.js'
import type { MigrationFile, SourceFile } from './files.js'
import type { Migration } from './migration.js'
import type { Direction } from './report.js'
import { type SqlWay, type SqlWays, readSections } from './sql-sections.js'
import { settleTransaction } from './sql-transaction.js'

/**
 * Reads a `.sql` file, or the pair of them, as a migration. Its ways may differ in whether they are one transaction:
 * what the migration says is of the way that is asked for.
 *
 * @throws MigrationFileError where a section is missing or twice, or a marker is not what it should be; on the way up
 *   also where either way cannot be cut into statements
 */
export function readSqlMigration(file: MigrationFile, dialect: Dialect, direction: Direction): Migration {
  const ways = waysOf(file, dialect)
  if (ways.up === undefined) throw noSections(file)
  // What is applied can be undone whatever its way up says by now.
  if (direction === 'up') refuseUnreadable(file, dialect, ways)
  const up = settleTransaction(dialect, ways.up)
  const down = ways.down === undefined ? undefined : settleTransaction(dialect, ways.down)
  const { transaction } = direction === 'up' ? up : (down ?? up)
  return {
    up: running(up),
    ...(down === undefined ? {} : { down: running(down) }),
    ...(transaction ? {} : { transaction }),
  }
}

function running({ parts }: SqlWay): Migration['up'] {
  return async ({ db }) => {
    for (const part of parts) await db.exec(part)
  }
}

/** Nothing is applied whose way back turns out to be no SQL when it is needed. */
function refuseUnreadable(file: MigrationFile, dialect: Dialect, { up, down }: SqlWays): void {
  refuseUnreadableParts(file, dialect, up)
  refuseUnreadableParts(file.down ?? file, dialect, down)
}

function refuseUnreadableParts({ display }: SourceFile, dialect: Dialect, way: SqlWay | undefined): void {
  try {
    for (const part of way?.parts ?? []) dialect.split(part)
  } catch (error) {
    throw error instanceof TidemarkError ? unreadableSql(display, error) : error
  }
}

function waysOf(file: MigrationFile, dialect: Dialect): SqlWays {
  if (file.path.endsWith('.down.sql')) throw upFileMissing(file)
  if (file.text.trim() === '') throw isEmpty(file)
  const sections = readSections(file, (text) => firstStatement(dialect, text))
  if (file.down === undefined)
    return sections ?? { up: file.path.endsWith('.up.sql') ? wholeFile(file) : undefined, down: undefined }
  if (sections !== undefined) throw sectionsInPair(file, file.down)
  return { up: wholeFile(file), down: wholeFile(file.down) }
}

/** Nothing begins a transaction around a file of a pair but what it says itself. */
function wholeFile({ text }: SourceFile): SqlWay {
  return { parts: [text], transaction: undefined }
}

/** Where the first one begins, or what cannot be read as one. */
function firstStatement(dialect: Dialect, text: string): { readonly line?: number } | undefined {
  try {
    return dialect.split(text)[0]
  } catch (error) {
    return error instanceof TidemarkError ? error.place : {}
  }
}

function noSections(file: MigrationFile): Error {
  return badExport(
    file.display,
    'it has no section "-- migrate:up"',
    'Put a line "-- migrate:up" above its SQL. SQL that is no migration may lie here with a name that begins with "_".',
  )
}

function isEmpty(file: MigrationFile): Error {
  return badExport(file.display, 'it is empty', 'Put a line "-- migrate:up" into it, and its SQL below.')
}

function upFileMissing(file: MigrationFile): Error {
  const up = file.display.replace(/\.down\.sql$/, '.up.sql')
  return badExport(file.display, `there is no ${up} beside it`, `Write ${up}, or bring it back.`)
}

function sectionsInPair(file: MigrationFile, down: SourceFile): Error {
  return badExport(
    file.display,
    `it has sections, and ${down.display} is there too`,
    'Keep one of the two: sections, or a pair of files without any.',
  )
}
