// Where in a migration's file an error came from, as its stack tells.

import { pathToFileURL } from 'node:url'
import type { MigrationFile } from './files.js'
import type { ErrorPlace } from '../support/errors.js'
import { TidemarkError } from '../support/errors.js'

/**
 * Where in the migration's file an error arose. In a script that is the innermost line that the error, or what caused
 * it, passed through; a line within a string of SQL is none of the file's. In a SQL file it is the statement's own line.
 */
export function placeIn({ path, display, format }: MigrationFile, error: unknown): ErrorPlace {
  const known = error instanceof TidemarkError ? error.place : {}
  if (known.file !== undefined) return known
  if (format === 'sql') return { ...known, file: display }
  const { line: _line, column: _column, ...rest } = known
  return { ...rest, file: display, ...lineIn(path, error) }
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
