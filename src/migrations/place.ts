// Where in a migration's file an error came from, as its stack tells.

import { pathToFileURL } from 'node:url'
import type { ErrorPlace } from '../support/errors.js'
import { TidemarkError } from '../support/errors.js'

/** The innermost line of the file that the error, or what caused it, passed through. */
export function placeIn(path: string, display: string, error: unknown): ErrorPlace {
  for (let thrown = error; thrown instanceof Error; thrown = thrown.cause) {
    const found = frameOf(path, thrown.stack ?? '')
    if (found !== undefined) return { file: display, ...found }
    if (thrown instanceof TidemarkError && thrown.place.file !== undefined) return thrown.place
  }
  return { file: display }
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
