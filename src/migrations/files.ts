// The migration files of a project: found in its folders, put in order, each with its text. Nothing is loaded here.

import { type Dirent, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { duplicateName, noSuchPath } from './errors.js'
import { compareNames, migrationName } from './names.js'

/** One migration's file, or the two of a pair `NAME.up.sql` and `NAME.down.sql`. */
export interface MigrationFile {
  readonly name: string
  /** Absolute; of a pair, the up file. */
  readonly path: string
  /** Absolute; of a pair, the down file. */
  readonly downPath: string | undefined
  readonly format: 'module' | 'sql'
  /** The path relative to the project, for people. */
  readonly display: string
  /** The text of the file, of a pair both with a line between that no SQL file has. */
  readonly text: string
}

export interface FindOptions {
  readonly root: string
  /** Absolute paths of the configured folders; those that do not exist hold nothing. */
  readonly directories: readonly string[]
  /** Folders or files that were asked for instead; relative to the project, and they must exist. */
  readonly paths?: readonly string[] | undefined
}

/** All migrations, ordered by name across the folders. @throws MigrationFileError where two have one name */
export function findMigrations(options: FindOptions): readonly MigrationFile[] {
  const places = options.paths?.map((path) => existing(resolve(options.root, path))) ?? options.directories
  const files = [...new Set(places)].flatMap(migrationFilesIn)
  return [...groupByName(files)]
    .map(([name, paths]) => migrationFile(name, paths, options.root))
    .sort((a, b) => compareNames(a.name, b.name))
}

function groupByName(files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const path of files) {
    const name = migrationName(basename(path))
    groups.set(name, [...(groups.get(name) ?? []), path])
  }
  return groups
}

function existing(path: string): string {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw noSuchPath(path)
  return path
}

function migrationFilesIn(place: string): string[] {
  if (statSync(place, { throwIfNoEntry: false })?.isFile() === true) return [place]
  return entriesOf(place)
    .filter((entry) => isMigrationFile(entry.name) && !entry.isDirectory())
    .map((entry) => `${place}${sep}${entry.name}`)
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return []
    throw error
  }
}

/** Declarations, tests and names that begin with `_` or `.` may lie beside migrations. */
function isMigrationFile(fileName: string): boolean {
  return (
    /\.(?:ts|mts|js|mjs|sql)$/.test(fileName) &&
    !/^[._]/.test(fileName) &&
    !/\.(?:d|test|spec)\.m?[jt]s$/.test(fileName)
  )
}

function migrationFile(name: string, paths: readonly string[], root: string): MigrationFile {
  const prefix = root.endsWith(sep) ? root : `${root}${sep}`
  const display = (path: string): string =>
    path.startsWith(prefix) ? path.slice(prefix.length) : relative(root, path)
  const [path = '', downPath] = asPair(paths) ?? paths
  if (paths.length > 1 && asPair(paths) === undefined) throw duplicateName(name, paths.map(display))
  const texts = [path, ...(downPath === undefined ? [] : [downPath])].map(readText)
  return {
    name,
    path,
    downPath,
    format: path.endsWith('.sql') ? 'sql' : 'module',
    display: display(path),
    text: texts.join('\n\0\n'),
  }
}

/** The up and the down file of a pair in one folder. */
function asPair(paths: readonly string[]): [up: string, down: string] | undefined {
  const up = paths.find((path) => path.endsWith('.up.sql'))
  const down = paths.find((path) => path.endsWith('.down.sql'))
  const isPair = paths.length === 2 && up !== undefined && down !== undefined && dirname(up) === dirname(down)
  return isPair ? [up, down] : undefined
}

/** Editors of some systems put a byte-order mark before a text, which databases do not know. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
}
