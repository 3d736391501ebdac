// A migration written as SQL: one file with sections `-- migrate:up` and `-- migrate:down`, or a pair of files
// `NAME.up.sql` and `NAME.down.sql`.

import { readFileSync } from 'node:fs'
import { badExport } from './errors.js'
import type { MigrationFile } from './files.js'
import type { Migration } from './migration.js'

interface Section {
  readonly sql: string
  /** The words after the marker, such as `transaction:false`. */
  readonly options: string
}

const marker = /^[ \t]*--[ \t]*migrate:(up|down)\b(.*)$/gm

/** Reads a `.sql` file, or the pair of them, as a migration. @throws MigrationFileError where a section is missing or twice */
export function readSqlMigration(file: MigrationFile): Migration {
  const { up, down } = file.downPath === undefined ? sections(file) : pair(file, file.downPath)
  return {
    up: ({ db }) => db.exec(up.sql),
    ...(down === undefined ? {} : { down: ({ db }) => db.exec(down.sql) }),
    ...(/\btransaction:\s*false\b/.test(`${up.options} ${down?.options ?? ''}`)
      ? { transaction: false }
      : {}),
  }
}

function pair(file: MigrationFile, downPath: string): { up: Section; down: Section } {
  return {
    up: { sql: readFileSync(file.path, 'utf8'), options: '' },
    down: { sql: readFileSync(downPath, 'utf8'), options: '' },
  }
}

function sections(file: MigrationFile): { up: Section; down: Section | undefined } {
  const found = [...file.text.matchAll(marker)]
  const section = (name: 'up' | 'down'): Section | undefined => {
    const [match, second] = found.filter(([, which]) => which === name)
    if (second !== undefined) {
      throw badExport(file.display, `it has two sections "-- migrate:${name}"`, 'Make one of the two.')
    }
    if (match === undefined) return undefined
    const next = found.find((other) => other.index > match.index)
    // The lines above are kept as empty ones, so that an error names the line of the file.
    const above = file.text.slice(0, match.index + match[0].length).replaceAll(/[^\n]+/g, '')
    return {
      sql: above + file.text.slice(match.index + match[0].length, next?.index),
      options: match[2] ?? '',
    }
  }
  const up = section('up') ?? (file.path.endsWith('.up.sql') ? { sql: file.text, options: '' } : undefined)
  if (up === undefined) {
    throw badExport(
      file.display,
      'it has no section "-- migrate:up"',
      'Put a line "-- migrate:up" above its SQL.',
    )
  }
  return { up, down: section('down') }
}
