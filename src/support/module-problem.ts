// From whatever importing a file threw to a ModuleError that says where in the user's files, and what to do.

import { readFileSync } from 'node:fs'
import { findSourceMap } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { messageOf, ModuleError, TidemarkError } from './errors.js'
import type { ErrorPlace } from './errors.js'
import type { LoadProblem } from './typescript-hooks.js'

/**
 * The error to throw instead of `thrown`, which importing `path` threw. Tidemark's own errors stay as they are.
 *
 * @param findSyntaxProblem Looks into a JavaScript file where Node does not say which line is wrong.
 */
export function moduleErrorOf(
  thrown: unknown,
  path: string,
  findSyntaxProblem: (file: string) => LoadProblem | undefined,
): TidemarkError {
  if (thrown instanceof TidemarkError) return thrown
  const problem = problemOf(thrown)
  if (problem?.kind === 'import') return importError(problem)
  if (problem?.kind === 'syntax') return syntaxError(problem)
  if (problem?.kind === 'transform') return transformMissing(problem)
  const place = placeIn(thrown)
  if (thrown instanceof SyntaxError) {
    const found = place === undefined ? findSyntaxProblem(path) : undefined
    return syntaxError(found ?? { file: path, ...place, message: thrown.message }, thrown)
  }
  return new ModuleError({
    code: 'TM_MODULE_FAILED',
    message: `${shortPath(path)} threw while it was loaded: ${messageOf(thrown)}`,
    remedy: `Correct ${whereabouts({ file: path, ...place })}. Code outside \`up\` and \`down\` runs whenever the file is read.`,
    place: { file: path, ...place },
    cause: thrown,
  })
}

/** Proof: only the hooks put a `problem` on an error, and they put a LoadProblem there. */
function problemOf(thrown: unknown): LoadProblem | undefined {
  return thrown instanceof Error ? (thrown as { problem?: LoadProblem }).problem : undefined
}

interface SourcePlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

function syntaxError(problem: SourcePlace & { readonly message: string }, cause?: unknown): ModuleError {
  const { message, ...rest } = problem
  const place = placeOf(rest)
  return new ModuleError({
    code: 'TM_SYNTAX_ERROR',
    message: `${message} (${whereabouts(place)})${excerpt(place)}`,
    remedy: `Correct ${whereabouts(place)}.`,
    place,
    cause,
  })
}

function importError(problem: LoadProblem): ModuleError {
  const { specifier = '', message } = problem
  const place = placeOf(problem)
  const isOwnFile = /^[./]/.test(specifier)
  return new ModuleError({
    code: 'TM_IMPORT_NOT_FOUND',
    message: `"${specifier}" cannot be imported (${whereabouts(place)})${excerpt(place)}`,
    remedy: isOwnFile
      ? `Correct the path, which counts from the folder of ${shortPath(problem.file)}.`
      : `Install it (npm install ${packageName(specifier)}), or correct its name. Node says: ${message}`,
    place,
    details: { specifier },
  })
}

/** A package manager that was told to leave optional dependencies out leaves out what oxc-transform runs on. */
function transformMissing({ file, message }: LoadProblem): ModuleError {
  return new ModuleError({
    code: 'TM_TRANSFORM_MISSING',
    message: `${shortPath(file)} cannot be read as TypeScript: the part of oxc-transform for this platform is not installed.`,
    remedy:
      'Install again with optional dependencies, and on this platform: npm install --include=optional. JavaScript files need none.',
    place: { file },
    details: { platform: `${process.platform}-${process.arch}`, reason: message },
  })
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function placeOf({ file, line, column }: SourcePlace): ErrorPlace & SourcePlace {
  return { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }
}

function whereabouts({ file, line, column }: SourcePlace): string {
  const parts = [
    shortPath(file),
    line === undefined ? '' : `line ${line}`,
    column === undefined ? '' : `column ${column}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** Relative to the working directory where it lies in there. */
function shortPath(file: string): string {
  const path = relative('', file)
  return path.startsWith('..') ? file : path
}

/** The line, and a caret below the column. */
function excerpt({ file, line, column }: SourcePlace): string {
  const text = line === undefined ? undefined : readFileSync(file, 'utf8').split(/\r?\n/)[line - 1]
  if (text === undefined) return ''
  const margin = `  ${line} | `
  const caret =
    column === undefined
      ? ''
      : `\n${' '.repeat(margin.length)}${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`
  return `\n\n${margin}${text}${caret}`
}

/** The first place in a stack that is in a file and not in Node or a package. */
function placeIn(thrown: unknown): SourcePlace | undefined {
  const lines = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : []
  for (const [index, text] of lines.entries()) {
    const match = /(?:^|\s|\()((?:file:\/\/)?(?:\/?[A-Z]:)?[\\/][^:?]+)(\?[^:]*)?:(\d+)(?::(\d+))?\)?$/.exec(
      text,
    )
    const [, address, query = '', line, column] = match ?? []
    if (address === undefined || address.includes('/node_modules/')) continue
    const caret = lines.slice(index + 1, index + 3).find((below) => /^\s*\^+\s*$/.test(below))
    const place = {
      file: address.startsWith('file:') ? fileURLToPath(address) : address,
      line: Number(line),
      column: column === undefined ? (caret?.indexOf('^') ?? 0) + 1 : Number(column),
    }
    return query === '' ? place : sourcePlace(place, query)
  }
  return undefined
}

/**
 * Node puts source files, without a query, in the place of what it runs, unless the application formats its stack
 * traces itself; then the place is looked up here.
 */
function sourcePlace(place: Required<SourcePlace>, query: string): SourcePlace {
  const sourceMap = findSourceMap(pathToFileURL(place.file).href + query)
  const entry = sourceMap?.findEntry(place.line - 1, place.column - 1)
  if (entry === undefined || !('originalLine' in entry)) return place
  return { file: place.file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
}
