// A database of its own for a test, on the server of the vitest project that it runs in; removed when the test ends. It is
// made by the driver itself, so that no test stands on the code that it is to test.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import { inject, onTestFinished } from 'vitest'
import type { ConnectionTarget } from '../../src/connection/connect.js'
import type { Row, ServerOptions } from '../../src/dialects/dialect.js'
import { Secret } from '../../src/support/secret.js'
import type { DialectName } from '../../src/schema/dialect-name.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The vitest project, one for each server: see servers.ts. */
    readonly server: string
    readonly dialect: DialectName
    /** The server's address; empty for SQLite. */
    readonly address: string
    /** It leads through a pooler in transaction mode. */
    readonly isPooler: boolean
    readonly missingServer: {
      readonly label: string
      readonly variable: string
      readonly address: string
      readonly isRequired: boolean
    }
  }
}

export interface TestDatabase {
  readonly target: ConnectionTarget
  /** What a user would set to reach it. */
  readonly variables: Readonly<Record<string, string>>
}

export async function makeDatabase(): Promise<TestDatabase> {
  const database = nameDatabase()
  if (inject('dialect') !== 'sqlite') await administer(`create database ${quoted(database.target.database)}`)
  return database
}

/** A database that does not exist yet. Where the test makes it, it is removed as well. */
export function nameDatabase(): TestDatabase {
  return inject('dialect') === 'sqlite' ? nameFile() : nameOnServer(uniqueName())
}

function nameFile(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-database-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const database = join(folder, 'test.sqlite')
  return {
    target: { dialect: 'sqlite', database, foreignKeys: true },
    variables: { DB_URL: `sqlite://${database}` },
  }
}

let count = 0

function uniqueName(): string {
  count += 1
  return `tidemark_${process.pid}_${Date.now().toString(36)}_${count}`
}

function quoted(database: string): string {
  return inject('dialect') === 'postgres' ? `"${database}"` : `\`${database}\``
}

function nameOnServer(database: string): TestDatabase {
  const force = inject('dialect') === 'postgres' ? ' with (force)' : ''
  onTestFinished(() => administer(`drop database if exists ${quoted(database)}${force}`))
  return at(inject('address'), database)
}

/** A database on a server of the test's own, which goes with that. */
export async function makeDatabaseAt(address: string): Promise<TestDatabase> {
  const database = uniqueName()
  await administer(`create database ${quoted(database)}`, address)
  return at(address, database)
}

function at(address: string, database: string): TestDatabase {
  const dialect = inject('dialect')
  const url = new URL(address)
  url.pathname = `/${database}`
  const isPooled = inject('isPooler')
  return {
    target: { dialect, database, foreignKeys: true, server: { ...serverOptionsOf(url), isPooled } },
    variables: { DB_CONNECTION: dialect, DB_URL: url.href, ...(isPooled && { DB_POOLED: 'true' }) },
  }
}

/** The options of a server by its address, everything else as it is by default. */
export function serverOptionsOf(url: URL): ServerOptions {
  return {
    host: url.hostname,
    port: Number(url.port),
    username: decodeURIComponent(url.username),
    password: url.password === '' ? undefined : new Secret(decodeURIComponent(url.password)),
    socket: undefined,
    charset: undefined,
    collation: undefined,
    searchPath: [],
    tls: { mode: 'disable', caFile: undefined },
    isPooled: false,
  }
}

/** Runs one statement past Tidemark, on the server of this project unless another is given. */
export async function administer(sql: string, address = inject('address')): Promise<void> {
  await ask(sql, address)
}

/** The rows that one statement gives. */
export async function ask(sql: string, address: string): Promise<readonly Row[]> {
  if (inject('dialect') === 'postgres') {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    try {
      return (await client.query<Row>(sql)).rows
    } finally {
      await client.end()
    }
  }
  const { createConnection } = await import('mysql2/promise')
  const connection = await createConnection(address)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql)
    return rows
  } finally {
    await connection.end()
  }
}
