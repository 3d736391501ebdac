// Where in a migration's file an error came from, as its stack tells.

import { pathToFileURL } from 'node:url'
import type { MigrationFile } from './files.js'
import type { Direction } from './report.js'
import type { ErrorPlace } from '../support/errors.js'
import { TidemarkError } from '../support/errors.js'

/**
 * Where in the migration's file an error arose. Of SQL it is where the statement begins, or where the database stopped to
 * understand it. In a script it is that too where the statement stands in it word for word; else the innermost line that
 * the error, or what caused it, passed through.
 */
export function placeIn(file: MigrationFile, direction: Direction, error: unknown): ErrorPlace {
  const known = error instanceof TidemarkError ? error.place : {}
  if (known.file !== undefined) return known
  const offset = offsetIn(error)
  if (file.format === 'sql') {
    const { display } = direction === 'down' && file.down !== undefined ? file.down : file
    return { ...known, file: display, ...shifted(known, offset) }
  }
  const { line: _line, column: _column, ...rest } = known
  const called = lineIn(file.path, error)
  const found = lineOfStatement(file.text, known, called?.line)
  return {
    ...rest,
    file: file.display,
    ...called,
    ...found,
    ...(found && shifted({ ...known, ...found }, offset)),
  }
}

/** Where in the statement the database has stopped to understand it. */
function offsetIn(error: unknown): number | undefined {
  const offset = error instanceof TidemarkError ? error.details['offset'] : undefined
  return typeof offset === 'number' ? offset : undefined
}

/** So far behind where a statement begins. */
function shifted(
  { line, column, sql = '' }: ErrorPlace,
  offset: number | undefined,
): LineAndColumn | undefined {
  if (line === undefined || column === undefined || offset === undefined) return undefined
  const before = sql.slice(0, offset)
  const lines = before.split('\n').length - 1
  return { line: line + lines, column: lines === 0 ? column + offset : offset - before.lastIndexOf('\n') }
}

interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/** SQL that is known to be part of a longer string, as the user wrote it. */
function lineOfStatement(
  text: string,
  { sql, line: lineOfString }: ErrorPlace,
  calledLine = 1,
): LineAndColumn | undefined {
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

function lineIn(path: string, error: unknown): LineAndColumn | undefined {
  for (let thrown = error; thrown instanceof Error; thrown = thrown.cause) {
    const found = frameOf(path, thrown.stack ?? '')
    if (found !== undefined) return found
  }
  return undefined
}

function frameOf(path: string, stack: string): LineAndColumn | undefined {
  const url = pathToFileURL(path).href
  for (const frame of stack.split('\n')) {
    if (!frame.includes(url) && !frame.includes(path)) continue
    const [, line, column] = /:(\d+):(\d+)\)?\s*$/.exec(frame) ?? []
    if (line !== undefined && column !== undefined) return { line: Number(line), column: Number(column) }
  }
  return undefined
}
