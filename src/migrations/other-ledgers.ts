// The ledgers of other tools: what each one's table is called, how its rows are read, and which file a row means. One row
// of the table below is one tool; nothing of theirs is ever written.

import { createHash } from 'node:crypto'
import type { Row } from '../dialects/dialect.js'
import { dirtyLedger } from './errors.js'
import type { MigrationFile } from './files.js'
import { nameGiven } from './names.js'

/** What a row of another tool's ledger says: a migration that took effect, and how its file is told from others. */
export interface AdoptedRow {
  /** As the other tool names it, for people. */
  readonly label: string
  readonly batch: number | undefined
  matches(file: MigrationFile): boolean
}

export interface OtherLedger {
  readonly tool: string
  readonly table: string
  /** PostgreSQL: the schema that the tool makes for itself. */
  readonly schema?: string
  /** Columns that the table has; another table of the same name is somebody else's. */
  readonly columns: readonly string[]
  /** Columns that it has not, but that of another tool has. */
  readonly lacks?: readonly string[]
  /** The columns by which the rows are in order. */
  readonly orderBy: readonly string[]
  /** What its rows, in order, say of migrations that took effect. @throws LedgerError where they do not say it */
  read(rows: readonly Row[], files: readonly MigrationFile[]): readonly AdoptedRow[]
}

/** The tool that has made a table of this name with these columns. */
export function toolOf(table: string, columns: readonly string[]): string | undefined {
  return otherLedgers.find((ledger) => ledger.table === table && isLedgerOf(ledger, columns))?.tool
}

export function isLedgerOf(ledger: OtherLedger, columns: readonly string[]): boolean {
  const { columns: needed, lacks = [] } = ledger
  return needed.every((name) => columns.includes(name)) && !lacks.some((name) => columns.includes(name))
}

/** Each row says something of one migration, or nothing where that did not take effect. */
function eachRow(read: (row: Row) => AdoptedRow | undefined): OtherLedger['read'] {
  return (rows) => rows.map(read).filter((row) => row !== undefined)
}

/** Numbers, and the texts of those that a number cannot hold, are texts here. */
function text(row: Row, column: string): string {
  const value = row[column]
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : ''
}

const number = (row: Row, column: string): number | undefined =>
  row[column] === null || row[column] === undefined ? undefined : Number(row[column])

/** By the file's name, whatever folder and ending the other tool had. */
function byName(label: string, batch?: number): AdoptedRow {
  const name = nameGiven(label.replace(/\.php$/, ''))
  return { label, batch, matches: (file) => file.name === name }
}

/** By what the file's name begins with. */
function byVersion(label: string, version: string): AdoptedRow {
  return {
    label,
    batch: undefined,
    matches: ({ name }) =>
      name === version || (name.startsWith(version) && !/^\d/.test(name.slice(version.length))),
  }
}

export const otherLedgers: readonly OtherLedger[] = [
  {
    tool: 'Laravel',
    table: 'migrations',
    columns: ['id', 'migration', 'batch'],
    orderBy: ['id'],
    read: eachRow((row) => byName(text(row, 'migration'), number(row, 'batch'))),
  },
  {
    tool: 'Knex',
    table: 'knex_migrations',
    columns: ['id', 'name', 'batch', 'migration_time'],
    orderBy: ['id'],
    read: eachRow((row) => byName(text(row, 'name'), number(row, 'batch'))),
  },
  {
    tool: 'Kysely',
    table: 'kysely_migration',
    columns: ['name', 'timestamp'],
    orderBy: ['timestamp', 'name'],
    read: eachRow((row) => byName(text(row, 'name'))),
  },
  {
    tool: 'Lucid',
    table: 'adonis_schema',
    columns: ['id', 'name', 'batch', 'migration_time'],
    orderBy: ['id'],
    read: eachRow((row) => byName(text(row, 'name'), number(row, 'batch'))),
  },
  {
    tool: 'dbmate',
    table: 'schema_migrations',
    columns: ['version'],
    lacks: ['dirty'],
    orderBy: ['version'],
    read: eachRow((row) => byVersion(text(row, 'version'), text(row, 'version'))),
  },
  {
    tool: 'golang-migrate',
    table: 'schema_migrations',
    columns: ['version', 'dirty'],
    orderBy: ['version'],
    read: upToVersion,
  },
  {
    tool: 'goose',
    table: 'goose_db_version',
    columns: ['id', 'version_id', 'is_applied'],
    orderBy: ['id'],
    read: lastOfEachVersion,
  },
  {
    tool: 'Prisma',
    table: '_prisma_migrations',
    columns: ['id', 'checksum', 'finished_at', 'migration_name', 'rolled_back_at'],
    orderBy: ['started_at'],
    read: eachRow((row) =>
      row['finished_at'] === null || row['rolled_back_at'] !== null
        ? undefined
        : byName(text(row, 'migration_name')),
    ),
  },
  {
    tool: 'Drizzle',
    table: '__drizzle_migrations',
    schema: 'drizzle',
    columns: ['id', 'hash', 'created_at'],
    orderBy: ['id'],
    read: eachRow((row) => byHash(text(row, 'hash'))),
  },
  {
    tool: 'Flyway',
    table: 'flyway_schema_history',
    columns: ['installed_rank', 'version', 'script', 'success'],
    orderBy: ['installed_rank'],
    read: eachRow((row) =>
      isTrue(row['success']) ? byFlywayScript(text(row, 'script'), text(row, 'version')) : undefined,
    ),
  },
  {
    tool: 'TypeORM',
    table: 'migrations',
    columns: ['id', 'timestamp', 'name'],
    orderBy: ['id'],
    read: eachRow((row) => byTimestamp(text(row, 'name'), text(row, 'timestamp'))),
  },
]

/** By the number that the file's name begins with, however many zeros are before it. */
function byNumber(number: bigint): AdoptedRow {
  return { label: `version ${number}`, batch: undefined, matches: (file) => numberOf(file) === number }
}

function numberOf({ name }: MigrationFile): bigint | undefined {
  const digits = /^(\d+)_/.exec(name)?.[1]
  return digits === undefined ? undefined : BigInt(digits)
}

/** golang-migrate keeps one row: where it is. Every migration up to there has taken effect. */
function upToVersion(rows: readonly Row[], files: readonly MigrationFile[]): readonly AdoptedRow[] {
  const [row] = rows
  if (row === undefined) return []
  const version = BigInt(text(row, 'version'))
  if (isTrue(row['dirty'])) throw dirtyLedger('golang-migrate', String(version))
  const before = files
    .map(numberOf)
    .flatMap((number) => (number !== undefined && number < version ? [number] : []))
  return [...before, version].map(byNumber)
}

/** goose once wrote a row for the way back as well, and always one of version 0. */
function lastOfEachVersion(rows: readonly Row[]): readonly AdoptedRow[] {
  const applied = new Map(rows.map((row) => [text(row, 'version_id'), isTrue(row['is_applied'])]))
  applied.delete('0')
  return [...applied].filter(([, isApplied]) => isApplied).map(([version]) => byNumber(BigInt(version)))
}

/** Drizzle keeps the SHA-256 of the file's text, and no name. */
function byHash(hash: string): AdoptedRow {
  return {
    label: hash,
    batch: undefined,
    matches: (file) => createHash('sha256').update(file.text).digest('hex') === hash,
  }
}

/** `V1.2__create_users.sql`: by that name, or by the number alone. */
function byFlywayScript(script: string, version: string): AdoptedRow {
  const name = nameGiven(script)
  const rest = name.replace(/^V[^_]*__/, '')
  return {
    label: script,
    batch: undefined,
    matches: (file) =>
      file.name === name ||
      (version !== '' &&
        new RegExp(`^0*${version.replaceAll(/[^\w]/g, '.')}_+`).test(file.name) &&
        file.name.endsWith(rest)),
  }
}

/** The class `CreateUsers1700000000000` is most often in the file `1700000000000-CreateUsers.ts`. */
function byTimestamp(name: string, timestamp: string): AdoptedRow {
  return {
    label: name,
    batch: undefined,
    matches: (file) =>
      file.name === name || file.name.startsWith(`${timestamp}-`) || file.name.startsWith(`${timestamp}_`),
  }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === '1'
}
