// Where in a migration's file an error came from, as its stack tells.

import { pathToFileURL } from 'node:url'
import type { MigrationFile } from './files.js'
import type { Direction } from './report.js'
import type { ErrorPlace } from '../support/errors.js'
import { TidemarkError } from '../support/errors.js'

/**
 * Where in the migration's file an error arose. Of SQL it is the statement's own line. In a script it is the innermost
 * line that the error, or what caused it, passed through; or the line on which the statement begins, where its text is
 * there word for word.
 */
export function placeIn(file: MigrationFile, direction: Direction, error: unknown): ErrorPlace {
  const known = error instanceof TidemarkError ? error.place : {}
  if (known.file !== undefined) return known
  if (file.format === 'sql') {
    const { display } = direction === 'down' && file.down !== undefined ? file.down : file
    return { ...known, file: display }
  }
  const { line: _line, column: _column, ...rest } = known
  const called = lineIn(file.path, error)
  return { ...rest, file: file.display, ...called, ...lineOfStatement(file.text, known, called?.line) }
}

/** SQL that is known to be part of a longer string, as the user wrote it. */
function lineOfStatement(
  text: string,
  { sql, line: lineOfString }: ErrorPlace,
  calledLine = 1,
): { line: number; column: number } | undefined {
  if (sql === undefined || lineOfString === undefined) return undefined
  const lines = text.replaceAll('\r\n', '\n')
  const [first, second] = [lines.indexOf(sql), lines.lastIndexOf(sql)]
  const called = startOfLine(lines, calledLine)
  const at = first === second ? first : lines.indexOf(sql, called)
  if (at === -1) return undefined
  const before = lines.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

function startOfLine(text: string, line: number): number {
  return text.split('\n', line - 1).join('\n').length
}

function lineIn(path: string, error: unknown): { line: number; column: number } | undefined {
  for (let thrown = error; thrown instanceof Error; thrown = thrown.cause) {
    const found = frameOf(path, thrown.stack ?? '')
    if (found !== undefined) return found
  }
  return undefined
}

function frameOf(path: string, stack: string): { line: number; column: number } | undefined {
  const url = pathToFileURL(path).href
  for (const frame of stack.split('\n')) {
    if (!frame.includes(url) && !frame.includes(path)) continue
    const [, line, column] = /:(\d+):(\d+)\)?\s*$/.exec(frame) ?? []
    if (line !== undefined && column !== undefined) return { line: Number(line), column: Number(column) }
  }
  return undefined
}
