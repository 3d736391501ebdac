// A migration written as SQL: one file with sections `-- migrate:up` and `-- migrate:down`, or a pair of files
// `NAME.up.sql` and `NAME.down.sql`.

import { readFileSync } from 'node:fs'
import { didYouMean } from '../support/nearest.js'
import { badExport } from './errors.js'
import type { MigrationFile } from './files.js'
import type { Migration } from './migration.js'

interface Section {
  readonly sql: string
  /** The words after the marker, such as `transaction:false`. */
  readonly options: string
}

const marker = /^[ \t]*--[ \t]*migrate:(\S*)(.*)$/gm

/** Reads a `.sql` file, or the pair of them, as a migration. @throws MigrationFileError where a section is missing or twice */
export function readSqlMigration(file: MigrationFile): Migration {
  if (file.path.endsWith('.down.sql')) throw upFileMissing(file)
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
  refuseHiddenMarker(file, found.length)
  for (const [, name = '', options = ''] of found) checkMarker(file, name, options)
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

/** A marker behind other SQL would be read as a comment, and leave the way back among what the migration does. */
function refuseHiddenMarker(file: MigrationFile, found: number): void {
  const anywhere = file.text.match(/--[ \t]*migrate:(?:up|down)\b/g) ?? []
  if (anywhere.length <= found) return
  throw badExport(
    file.display,
    'a marker "-- migrate:up" or "-- migrate:down" stands behind something else',
    'Give each marker a line of its own.',
  )
}

/** A marker that is mistyped would leave what takes the migration back among what it does. */
function checkMarker(file: MigrationFile, name: string, options: string): void {
  if (name !== 'up' && name !== 'down') {
    throw badExport(
      file.display,
      `it has a line "-- migrate:${name}"`,
      `Write "-- migrate:up" or "-- migrate:down".${didYouMean(name, ['up', 'down'])}`,
    )
  }
  const [unknown] = /\S+:\s*\S*/.exec(options.replace(/\btransaction:\s*(?:true|false)\b/, '')) ?? []
  if (unknown !== undefined) {
    throw badExport(
      file.display,
      `its "-- migrate:${name}" has the option "${unknown}"`,
      'The one option there is: transaction:false.',
    )
  }
}

function upFileMissing(file: MigrationFile): Error {
  const up = file.display.replace(/\.down\.sql$/, '.up.sql')
  return badExport(file.display, `there is no ${up} beside it`, `Write ${up}, or bring it back.`)
}
