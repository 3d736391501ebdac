// The two ways of a `.sql` file, told apart by lines that are comments to a database: `-- migrate:up` and `-- migrate:down`,
// as dbmate writes them, or `-- +goose Up` and `-- +goose Down`.

import { didYouMean } from '../support/nearest.js'
import { badExport } from './errors.js'
import type { MigrationFile } from './files.js'
import type { Direction } from './report.js'

export interface SqlSections {
  readonly up: string
  readonly down: string | undefined
  /** `false` where a marker says that what it does must not be one transaction. */
  readonly transaction: boolean
}

/** A line that means something to a migration tool. */
interface Marker {
  readonly line: string
  readonly start: number
  readonly end: number
  readonly kind: Direction | 'body' | 'endOfBody' | 'setting'
  readonly transaction: boolean
}

/** How a tool writes its markers. */
interface Grammar {
  /** Each line that is a marker, with the words that follow the tool's own. */
  readonly pattern: RegExp
  /** The same anywhere in a line, where it would be a comment and nothing more. */
  readonly anywhere: RegExp
  readonly up: string
  readonly down: string
  read(file: MigrationFile, line: string, words: string): Pick<Marker, 'kind' | 'transaction'>
}

const ours: Grammar = {
  pattern: /^[ \t]*--[ \t]*migrate:(.*)$/gm,
  anywhere: /--[ \t]*migrate:(?:up|down)\b/g,
  up: '-- migrate:up',
  down: '-- migrate:down',
  read(file, line, words) {
    const [, name = '', options = ''] = /^(\S*)(.*)$/.exec(words) ?? []
    // A marker that is mistyped would leave what takes the migration back among what it does.
    if (name !== 'up' && name !== 'down') {
      const hint = didYouMean(name, ['up', 'down'])
      throw unknownMarker(file, line, `Write "-- migrate:up" or "-- migrate:down".${hint}`)
    }
    const [unknown] = /\S+:\s*\S*/.exec(options.replace(/\btransaction:\s*(?:true|false)\b/, '')) ?? []
    if (unknown !== undefined) {
      throw badExport(
        file.display,
        `its "-- migrate:${name}" has the option "${unknown}"`,
        'The one option there is: transaction:false.',
      )
    }
    return { kind: name, transaction: !/\btransaction:\s*false\b/.test(options) }
  },
}

const gooseWords: Readonly<Record<string, Pick<Marker, 'kind' | 'transaction'>>> = {
  up: { kind: 'up', transaction: true },
  down: { kind: 'down', transaction: true },
  statementbegin: { kind: 'body', transaction: true },
  statementend: { kind: 'endOfBody', transaction: true },
  'no transaction': { kind: 'setting', transaction: false },
  'envsub off': { kind: 'setting', transaction: true },
}

const goose: Grammar = {
  pattern: /^[ \t]*--[ \t]*\+goose[ \t]+(.*)$/gim,
  anywhere: /--[ \t]*\+goose[ \t]+(?:up|down)\b/gi,
  up: '-- +goose Up',
  down: '-- +goose Down',
  read(file, line, words) {
    const marker = gooseWords[words.trim().toLowerCase().replaceAll(/\s+/g, ' ')]
    if (marker !== undefined) return marker
    const known = 'Known are Up, Down, StatementBegin, StatementEnd and NO TRANSACTION.'
    const isSubstitution = /^envsub\b/i.test(words)
    throw unknownMarker(
      file,
      line,
      isSubstitution ? 'Variables are not put into SQL here. Write what they stand for.' : known,
    )
  },
}

/**
 * The sections of a file; undefined where it has no marker at all.
 *
 * @throws MigrationFileError where a marker is mistyped, there twice, or stands behind something else
 */
export function readSections(file: MigrationFile): SqlSections | undefined {
  const [grammar, ...others] = [ours, goose].filter(({ pattern }) => file.text.search(pattern) >= 0)
  if (grammar === undefined) {
    for (const each of [ours, goose]) refuseHiddenMarker(file, each, 0)
    return undefined
  }
  if (others.length > 0) {
    throw badExport(
      file.display,
      'it has the markers of two tools, "-- migrate:" and "-- +goose"',
      'Keep those of one.',
    )
  }
  const markers = [...file.text.matchAll(grammar.pattern)].map((match) => markerOf(file, grammar, match))
  refuseHiddenMarker(file, grammar, markers.filter(isBeginning).length)
  refuseUnpaired(file, markers)
  const up = sectionOf(file, grammar, markers, 'up')
  if (up === undefined) {
    throw badExport(
      file.display,
      `it has no section "${grammar.up}"`,
      `Put a line "${grammar.up}" above its SQL.`,
    )
  }
  return {
    up,
    down: sectionOf(file, grammar, markers, 'down'),
    transaction: markers.every(({ transaction }) => transaction),
  }
}

function markerOf(file: MigrationFile, grammar: Grammar, match: RegExpExecArray): Marker {
  const [whole, words = ''] = match
  const line = whole.trim()
  return {
    line,
    start: match.index,
    end: match.index + whole.length,
    ...grammar.read(file, line, words.trimEnd()),
  }
}

function isBeginning({ kind }: Marker): boolean {
  return kind === 'up' || kind === 'down'
}

/** The SQL of one way. The lines above it are kept as empty ones, so that an error names the line of the file. */
function sectionOf(
  file: MigrationFile,
  grammar: Grammar,
  markers: readonly Marker[],
  direction: Direction,
): string | undefined {
  const [marker, second] = markers.filter(({ kind }) => kind === direction)
  if (second !== undefined) {
    throw badExport(file.display, `it has two sections "${grammar[direction]}"`, 'Make one of the two.')
  }
  if (marker === undefined) return undefined
  const next = markers.find((other) => isBeginning(other) && other.start > marker.start)
  const above = file.text.slice(0, marker.end).replaceAll(/[^\n]+/g, '')
  return above + file.text.slice(marker.end, next?.start)
}

/** A marker behind other SQL would be read as a comment, and leave the way back among what the migration does. */
function refuseHiddenMarker(file: MigrationFile, { anywhere, up, down }: Grammar, found: number): void {
  if ((file.text.match(anywhere) ?? []).length <= found) return
  throw badExport(
    file.display,
    `a marker "${up}" or "${down}" stands behind something else`,
    'Give each marker a line of its own.',
  )
}

/** Where a statement ends is found out without these markers; that each has its other half is still made sure of. */
function refuseUnpaired(file: MigrationFile, markers: readonly Marker[]): void {
  let open: Marker | undefined
  for (const marker of markers) {
    const isWrong = open === undefined ? marker.kind === 'endOfBody' : marker.kind !== 'endOfBody'
    if (isWrong) throw unpaired(file, open ?? marker)
    open = marker.kind === 'body' ? marker : undefined
  }
  if (open !== undefined) throw unpaired(file, open)
}

function unpaired(file: MigrationFile, { line }: Marker): Error {
  return badExport(
    file.display,
    `its line "${line}" has no other half`,
    'Write "-- +goose StatementBegin" before a statement and "-- +goose StatementEnd" after it, or neither.',
  )
}

function unknownMarker(file: MigrationFile, line: string, remedy: string): Error {
  return badExport(file.display, `it has a line "${line}"`, remedy)
}
