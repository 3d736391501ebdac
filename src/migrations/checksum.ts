// A migration's checksum: of its words, blind to comments, white space and line endings and to nothing else. The
// fingerprint is of its bytes: where that is the same, so is the checksum, and no word needs to be read.

import { createHash } from 'node:crypto'
import type { MigrationFile } from './files.js'

/** The hash of a file's bytes. */
export function fingerprint(file: MigrationFile): string {
  return hash(file.text)
}

/** The hash of a file's words. */
export async function checksum(file: MigrationFile): Promise<string> {
  const words = file.format === 'sql' ? sqlWords(file.text) : await scriptWords(file.text)
  return hash(words.join('\n'))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const notWords = new Set(['WhiteSpace', 'LineTerminatorSequence', 'SingleLineComment', 'MultiLineComment'])

async function scriptWords(text: string): Promise<string[]> {
  const { default: tokens } = await import('js-tokens')
  const words: string[] = []
  for (const token of tokens(text)) if (!notWords.has(token.type)) words.push(token.value)
  // A line ending inside a template is part of its value, but JavaScript itself reads CRLF there as LF.
  return words.map((word) => word.replaceAll('\r\n', '\n'))
}

/** Strings, quoted names, dollar quotes; comments, of which those that are markers are words; all else by white space. */
const sqlWord =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\$(\w*)\$[\s\S]*?\$\1\$|--[^\r\n]*|\/\*[\s\S]*?\*\/|[\p{L}\p{N}_$@]+|\0|\S/gu
const sqlMarker = /^--\s*(?:\+goose\b|migrate:)/

function sqlWords(text: string): string[] {
  const words = text.replaceAll('\r\n', '\n').match(sqlWord) ?? []
  return words.filter((word) => sqlMarker.test(word) || !(word.startsWith('--') || word.startsWith('/*')))
}
