// The migration files of a project: found in its folders, put in order, each with its text. Nothing is loaded here.

import { type Dirent, readdirSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { badExport, duplicateName, noSuchPath } from './errors.js'
import { compareNames, migrationName } from './names.js'
import { readSource } from './source-text.js'

export interface SourceFile {
  /** Absolute. */
  readonly path: string
  /** The path relative to the project, for people. */
  readonly display: string
  readonly text: string
}

/** One migration's file; of a pair `NAME.up.sql` and `NAME.down.sql`, the first. */
export interface MigrationFile extends SourceFile {
  readonly name: string
  readonly format: 'module' | 'sql'
  /** The second of a pair. */
  readonly down: SourceFile | undefined
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
  refuseGo(files, options.root)
  return [...withPairsOfNumber(groupByName(files))]
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

/**
 * To golang-migrate two files are a pair by their number alone: `1_add_users.up.sql` and `1_drop_users.down.sql`. Such a
 * pair has the name of its up file.
 */
function withPairsOfNumber(groups: Map<string, string[]>): Map<string, string[]> {
  for (const [name, paths] of groups) {
    const [path = '', ...others] = paths
    if (others.length > 0 || !path.endsWith('.down.sql')) continue
    const ups = [...groups].filter(
      ([other, [up = '', ...more]]) =>
        more.length === 0 &&
        up.endsWith('.up.sql') &&
        isOfSameNumber(other, name) &&
        dirname(up) === dirname(path),
    )
    const [pair, ...rest] = ups
    if (pair === undefined || rest.length > 0) continue
    groups.delete(name)
    pair[1].push(path)
  }
  return groups
}

function isOfSameNumber(a: string, b: string): boolean {
  const [left, right] = [a, b].map((name) => /^0*(\d+)_/.exec(name)?.[1])
  return left !== undefined && left === right
}

/** goose runs these between its SQL. */
function refuseGo(files: readonly string[], root: string): void {
  const path = files.find((file) => file.endsWith('.go'))
  if (path === undefined) return
  throw badExport(
    relative(root, path),
    'it is written in Go, which is not run here',
    `Write ${migrationName(basename(path)).replace(/\.go$/, '')}.ts or .sql, which does the same; or take the file out of this folder.`,
  )
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
  if (/^\d+_.*(?<!_test)\.go$/.test(fileName)) return true
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
  const source = (path: string): SourceFile => ({
    path,
    display: display(path),
    text: readSource(path, display(path)),
  })
  const [path = '', down] = asPair(paths) ?? paths
  if (paths.length > 1 && asPair(paths) === undefined) throw duplicateName(name, paths.map(display))
  return {
    name,
    ...source(path),
    format: path.endsWith('.sql') ? 'sql' : 'module',
    down: down === undefined ? undefined : source(down),
  }
}

/** The up and the down file of a pair in one folder. */
function asPair(paths: readonly string[]): [up: string, down: string] | undefined {
  const up = paths.find((path) => path.endsWith('.up.sql'))
  const down = paths.find((path) => path.endsWith('.down.sql'))
  const isPair = paths.length === 2 && up !== undefined && down !== undefined && dirname(up) === dirname(down)
  return isPair ? [up, down] : undefined
}
