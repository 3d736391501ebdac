// The two ways of a `.sql` file, told apart by lines that are comments to a database: `-- migrate:up` and `-- migrate:down`,
// as dbmate writes them, or `-- +goose Up` and `-- +goose Down`. What those tools take is taken here; what they would pass
// over as a comment, and so run the way back on the way there, is refused.

import { didYouMean } from '../support/nearest.js'
import { type FilePlace, badExport } from './errors.js'
import type { MigrationFile } from './files.js'
import type { Direction } from './report.js'

/** The SQL of one way. */
export interface SqlWay {
  /**
   * One after the other. Each stands at its place in the file, with empty lines for what is not its own, so that an error
   * names the line of the file.
   */
  readonly parts: readonly string[]
  /** `false` where a marker says that it must not be one transaction; undefined where the SQL itself is to say so. */
  readonly transaction: boolean | undefined
}

export type SqlWays = Readonly<Record<Direction, SqlWay | undefined>>

/** A line that means something to a migration tool. */
interface Marker extends Meaning {
  readonly line: string
  readonly start: number
  readonly end: number
}

interface Meaning {
  readonly kind: Direction | 'body' | 'endOfBody' | 'setting'
  readonly transaction: boolean
}

/** How a tool writes its markers. */
interface Grammar {
  /** A comment line, without the white space around it, that is a marker or was meant to be one. */
  readonly isMeant: RegExp
  /** The beginning of a section anywhere in a line, where it would be a comment and nothing more. */
  readonly anywhere: RegExp
  readonly up: string
  readonly down: string
  /** Several pairs of sections are several migrations, and count as one. */
  readonly mayRepeat: boolean
  /** Whether a marker holds for both ways. */
  readonly isOfFile: (marker: Marker) => boolean
  /** @throws MigrationFileError where the line is mistyped */
  readonly read: (place: FilePlace, line: string) => Meaning
}

/** dbmate asks for lower case and a colon without spaces; a line that lacks these means the same and would be passed over. */
const ours: Grammar = {
  isMeant: /^--[ \t]*migrate(?:[ \t]*:|[ \t]+(?:up|down)$)/i,
  anywhere: /--[ \t]*migrate:(?:up|down)\b/g,
  up: '-- migrate:up',
  down: '-- migrate:down',
  mayRepeat: true,
  isOfFile: () => false,
  read(place, line) {
    const [, name, options = ''] = /^--[ \t]*migrate:(up|down)(?:[ \t]+(.*))?$/.exec(line) ?? []
    if (name !== 'up' && name !== 'down') {
      const [, given = ''] = /^--[ \t]*migrate[ \t]*:?[ \t]*(\S*)/i.exec(line) ?? []
      throw unknownMarker(
        place,
        line,
        `Write "-- migrate:up" or "-- migrate:down".${hint(given, ['up', 'down'])}`,
      )
    }
    const [unknown] = /\S+:\s*\S*/.exec(options.replace(/\btransaction:\s*(?:true|false)\b/, '')) ?? []
    if (unknown !== undefined) {
      throw badExport(
        place,
        `its "-- migrate:${name}" has the option "${unknown}"`,
        'The one option there is: transaction:false.',
      )
    }
    return { kind: name, transaction: !/\btransaction:\s*false\b/.test(options) }
  },
}

const gooseMeanings: Readonly<Record<string, Meaning>> = {
  Up: { kind: 'up', transaction: true },
  Down: { kind: 'down', transaction: true },
  StatementBegin: { kind: 'body', transaction: true },
  StatementEnd: { kind: 'endOfBody', transaction: true },
  'NO TRANSACTION': { kind: 'setting', transaction: false },
  'ENVSUB OFF': { kind: 'setting', transaction: true },
}

const gooseWords = Object.keys(gooseMeanings)

/** To goose every comment line with `+goose` is a marker. */
const goose: Grammar = {
  isMeant: /\+goose|^--[ \t]*\+?[ \t]*goose:?[ \t]+(?:up|down|statementbegin|statementend|no transaction)$/i,
  anywhere: /--[ \t]*\+goose[ \t]+(?:up|down)\b/gi,
  up: '-- +goose Up',
  down: '-- +goose Down',
  mayRepeat: false,
  isOfFile: ({ kind }) => kind === 'setting',
  read(place, line) {
    const [, given] = /^--[ \t]*\+goose(.*)$/i.exec(line) ?? []
    const words = given?.trim().replaceAll(/\s+/g, ' ') ?? ''
    const known = gooseWords.find((word) => word.toLowerCase() === words.toLowerCase())
    const meaning = known === undefined ? undefined : gooseMeanings[known]
    if (meaning !== undefined && given !== undefined) return meaning
    if (/^envsub\b/i.test(words)) {
      const remedy =
        'Variables of the environment are not put into SQL here, where the ledger and every message would show them. Write what they stand for.'
      throw unknownMarker(place, line, remedy)
    }
    const remedy = `Known are ${gooseWords.map((word) => `"-- +goose ${word}"`).join(', ')}.`
    throw unknownMarker(place, line, `${remedy}${hint(words, gooseWords)}`)
  },
}

function hint(given: string, known: readonly string[]): string {
  return given === '' ? '' : didYouMean(given, known)
}

function unknownMarker(place: FilePlace, line: string, remedy: string): Error {
  return badExport(place, `it has a line "${line}"`, remedy)
}

/**
 * The sections of a file; undefined where it has no marker at all.
 *
 * @param firstStatement where the first one of a text begins; undefined where it has none
 * @throws MigrationFileError where a marker is mistyped, stands behind something else or has no other half, and where
 *   sections are missing, there twice or not in their order
 */
export function readSections(
  file: MigrationFile,
  firstStatement: (text: string) => { readonly line?: number } | undefined,
): SqlWays | undefined {
  const comments = commentLines(file.text)
  for (const grammar of [ours, goose]) refuseHiddenMarker(file, grammar)
  const [grammar, ...others] = [ours, goose].filter(({ isMeant }) =>
    comments.some(({ line }) => isMeant.test(line)),
  )
  if (grammar === undefined) return undefined
  const isMeant = ({ line }: CommentLine): boolean =>
    [grammar, ...others].some((one) => one.isMeant.test(line))
  const [first] = comments.filter(isMeant)
  if (others.length > 0) {
    throw badExport(
      placeAt(file, first?.start ?? 0),
      'it has the markers of two tools, "-- migrate:" and "-- +goose"',
      'Keep those of one.',
    )
  }
  const markers = comments
    .filter(isMeant)
    .map((comment) => ({ ...comment, ...grammar.read(placeAt(file, comment.start), comment.line) }))
  refuseUnpaired(file, markers)
  refuseDisorder(file, grammar, markers)
  const above = firstStatement(file.text.slice(0, markers.find(isBeginning)?.start))
  if (above !== undefined) {
    throw badExport(
      { file: file.display, line: above.line ?? 1 },
      `there is SQL above its "${grammar.up}", which would not be run`,
      'Put it below that line.',
    )
  }
  return { up: wayOf(file, grammar, markers, 'up'), down: wayOf(file, grammar, markers, 'down') }
}

interface CommentLine {
  readonly line: string
  readonly start: number
  readonly end: number
}

function commentLines(text: string): CommentLine[] {
  return [...text.matchAll(/^[ \t]*--.*$/gm)].map(({ 0: whole, index }) => ({
    line: whole.trim(),
    start: index,
    end: index + whole.length,
  }))
}

function placeAt({ display, text }: MigrationFile, offset: number): FilePlace {
  return { file: display, line: text.slice(0, offset).split('\n').length }
}

function isBeginning({ kind }: Marker): boolean {
  return kind === 'up' || kind === 'down'
}

/** A marker behind other SQL would be read as a comment, and leave the way back among what the migration does. */
function refuseHiddenMarker(file: MigrationFile, { anywhere }: Grammar): void {
  for (const { 0: marker, index } of file.text.matchAll(anywhere)) {
    const before = file.text.slice(file.text.lastIndexOf('\n', index) + 1, index).trim()
    if (before === '' || /^(?:--|\/?\*)/.test(before)) continue
    throw badExport(
      placeAt(file, index),
      `its marker "${marker}" stands behind something else`,
      'Give each marker a line of its own.',
    )
  }
}

/** Up comes first, and there is one of each; or there are several such pairs. */
function refuseDisorder(
  file: MigrationFile,
  { up, down, mayRepeat }: Grammar,
  markers: readonly Marker[],
): void {
  const beginnings = markers.filter(isBeginning)
  const [first] = beginnings
  if (!beginnings.some(({ kind }) => kind === 'up')) {
    throw badExport({ file: file.display }, `it has no section "${up}"`, `Put a line "${up}" above its SQL.`)
  }
  if (first?.kind === 'down') {
    throw badExport(
      placeAt(file, first.start),
      `its "${down}" comes before its "${up}"`,
      'Put up above down.',
    )
  }
  const again = beginnings.find(
    ({ kind }, index) => (index > 1 && !mayRepeat) || kind === beginnings[index - 1]?.kind,
  )
  if (again !== undefined) {
    throw badExport(
      placeAt(file, again.start),
      `it has two sections "${again.kind === 'up' ? up : down}"`,
      'Make one of the two.',
    )
  }
  const last = beginnings.at(-1)
  if (beginnings.length > 2 && last?.kind === 'up') {
    throw badExport(
      placeAt(file, last.start),
      `its last section "${up}" has no "${down}", and those before have`,
      `Write a section "${down}" below it.`,
    )
  }
}

/** That each half has its other one. */
function refuseUnpaired(file: MigrationFile, markers: readonly Marker[]): void {
  let open: Marker | undefined
  for (const marker of markers.filter(({ kind }) => kind !== 'setting')) {
    const isWrong = open === undefined ? marker.kind === 'endOfBody' : marker.kind !== 'endOfBody'
    if (isWrong) throw unpaired(file, open ?? marker)
    open = marker.kind === 'body' ? marker : undefined
  }
  if (open !== undefined) throw unpaired(file, open)
}

function unpaired(file: MigrationFile, { line, start }: Marker): Error {
  return badExport(
    placeAt(file, start),
    `its line "${line}" has no other half`,
    'Write "-- +goose StatementBegin" before a statement and "-- +goose StatementEnd" after it, or neither.',
  )
}

/** Several sections are gone one after the other, and back the other way round. */
function wayOf(
  file: MigrationFile,
  grammar: Grammar,
  markers: readonly Marker[],
  direction: Direction,
): SqlWay | undefined {
  const sections = markers.filter(({ kind }) => kind === direction)
  if (sections.length === 0) return undefined
  const parts = sections.map((section) => {
    const next = markers.find((other) => isBeginning(other) && other.start > section.start)
    return partOf(file.text, section.end, next?.start ?? file.text.length, markers)
  })
  const telling = markers.filter((marker) => grammar.isOfFile(marker) || sections.includes(marker))
  return {
    parts: direction === 'up' ? parts : parts.toReversed(),
    transaction: telling.every(({ transaction }) => transaction),
  }
}

/** What lies between two offsets. Where goose is told that a statement ends, its semicolon may be missing. */
function partOf(text: string, start: number, end: number, markers: readonly Marker[]): string {
  let part = text.slice(0, start).replaceAll(/[^\n]+/g, '')
  let at = start
  for (const marker of markers.filter(({ kind }) => kind === 'endOfBody')) {
    if (marker.start < start || marker.start >= end) continue
    part += `${text.slice(at, marker.start)};`
    at = marker.end
  }
  return part + text.slice(at, end)
}
