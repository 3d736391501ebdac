// A migration's checksum: of its words, blind to comments, white space and line endings and to nothing else. The
// fingerprint is of its whole text: where that is the same, so is the checksum, and no word needs to be read.

import { once } from '../support/once.js'
import type { MigrationFile } from './files.js'

const hashing = once(() => import('node:crypto'))
const tokenizer = once(() => import('js-tokens'))

/**
 * The length of a file's text and 64 bits of FNV-1a, twice seeded. It saves the reading of files that did not change,
 * at every command, and so it does without node:crypto, whose loading takes longer than reading them. The chance that an
 * edit goes unseen is one in 2^64; it is no guard against somebody who wants one to.
 */
export function fingerprint(file: MigrationFile): string {
  const text = wholeText(file)
  let [low, high] = [0x81_1c_9d_c5, 0x01_00_01_93]
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01_00_01_93)
    high = Math.imul(high ^ unit ^ (low >>> 16), 0x01_00_01_93)
  }
  return [text.length, low >>> 0, high >>> 0].map((part) => part.toString(16)).join('-')
}

/** The SHA-256 of a file's words. */
export async function checksum(file: MigrationFile): Promise<string> {
  const { createHash } = await hashing()
  const text = wholeText(file)
  const words = file.format === 'sql' ? sqlWords(text) : await scriptWords(text)
  return createHash('sha256').update(words.join('\n')).digest('hex')
}

const notWords = new Set(['WhiteSpace', 'LineTerminatorSequence', 'SingleLineComment', 'MultiLineComment'])

async function scriptWords(text: string): Promise<string[]> {
  const { default: tokens } = await tokenizer()
  const words: string[] = []
  for (const token of tokens(text)) if (!notWords.has(token.type)) words.push(token.value)
  // A line ending inside a template is part of its value, but JavaScript itself reads CRLF there as LF.
  return words.map((word) => word.replaceAll('\r\n', '\n'))
}

/** Of a pair, both files with a line between that no SQL has. */
function wholeText({ text, down }: MigrationFile): string {
  return down === undefined ? text : `${text}\n\0\n${down.text}`
}

/**
 * Strings, quoted names, dollar quotes; comments, of which those that are markers are words; all else by white space. A
 * string may have any length, and so no alternative is tried for each of its characters.
 */
const sqlWord =
  /'[^']*(?:''[^']*)*'|"[^"]*(?:""[^"]*)*"|`[^`]*(?:``[^`]*)*`|\$(\w*)\$[\s\S]*?\$\1\$|--[^\r\n]*|\/\*[\s\S]*?\*\/|[\p{L}\p{N}_$@]+|\0|\S/gu
const sqlMarker = /^--\s*(?:\+goose\b|migrate:)/

function sqlWords(text: string): string[] {
  const words = text.replaceAll('\r\n', '\n').match(sqlWord) ?? []
  return words.filter((word) => sqlMarker.test(word) || !(word.startsWith('--') || word.startsWith('/*')))
}
