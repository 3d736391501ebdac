// The text of a migration's file. What is no text in UTF-8 is refused: it would come to the database as other letters than
// an editor shows.

import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { type FilePlace, badText } from './errors.js'

const saveAsUtf8 = 'Save it as UTF-8.'

/**
 * A file's text, without the byte-order mark that editors of some systems put before it. In SQL a line ends in one way,
 * whatever system the file was checked out on: else one migration would write other values there.
 *
 * @throws MigrationFileError TM_BAD_TEXT
 */
export function readSource(path: string, display: string): string {
  const text = readFileSync(path, 'utf8')
  // It stands for what is not UTF-8, and may as well be in the file itself.
  if (text.includes('\uFFFD')) refuseOtherEncodings(readFileSync(path), text, display)
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (!path.endsWith('.sql')) return clean
  refuseNul(clean, display)
  return clean.includes('\r\n') ? clean.replaceAll('\r\n', '\n') : clean
}

function refuseOtherEncodings(bytes: Uint8Array, text: string, display: string): void {
  if (isUtf8(bytes)) return
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (isUtf16) throw inUtf16(display)
  const { before, byte } = firstBadByte(bytes, text)
  throw badText(
    placeAfter(before, display),
    `is no text in UTF-8: it has the byte 0x${byte.toString(16).toUpperCase()}`,
    `${saveAsUtf8} It may be in Latin-1 or Windows-1252.`,
  )
}

function firstBadByte(bytes: Uint8Array, text: string): { readonly before: string; readonly byte: number } {
  for (const { index } of text.matchAll(/\uFFFD/g)) {
    const before = text.slice(0, index)
    const offset = Buffer.byteLength(before)
    const isItself = [0xef, 0xbf, 0xbd].every((byte, place) => bytes[offset + place] === byte)
    if (!isItself) return { before, byte: bytes[offset] ?? 0 }
  }
  return { before: '', byte: 0 }
}

/** Where each character of English text has one beside it, it is in UTF-16 without a mark. */
function refuseNul(text: string, display: string): void {
  const at = text.indexOf('\0')
  if (at === -1) return
  if (/^(?:[^\0]\0){2}|^(?:\0[^\0]){2}/.test(text)) throw inUtf16(display)
  throw badText(placeAfter(text.slice(0, at), display), 'has a NUL character', 'Take it out: no SQL has one.')
}

function inUtf16(display: string): Error {
  return badText({ file: display }, 'is a text in UTF-16', saveAsUtf8)
}

function placeAfter(before: string, file: string): FilePlace {
  const lineStart = before.lastIndexOf('\n') + 1
  return { file, line: before.split('\n').length, column: before.length - lineStart + 1 }
}
