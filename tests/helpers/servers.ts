// The database servers that tests run on: where each is looked for, and whether it is there. Nothing here starts one; see
// CONTRIBUTING.md for how tests find servers.

import { connect as reach } from 'node:net'
import type { DialectName } from '../../src/schema/dialect-name.js'

export interface TestServer {
  /** The name of its vitest project, and of `TIDEMARK_REQUIRE`. */
  readonly name: string
  readonly label: string
  readonly dialect: Exclude<DialectName, 'sqlite'>
  /** The environment's key for its address. */
  readonly variable: string
  readonly defaultUrl: string
  /** What is tested on it: everything, or what several migrators do to each other, where it leads to a server of another name. */
  readonly tests: 'everything' | 'migrators'
  /** It is a pooler in transaction mode. */
  readonly isPooler?: true
}

export const testServers: readonly TestServer[] = [
  {
    name: 'postgres',
    label: 'PostgreSQL 15',
    dialect: 'postgres',
    variable: 'TEST_POSTGRES_URL',
    defaultUrl: 'postgres://postgres@127.0.0.1:5432/test',
    tests: 'everything',
  },
  {
    name: 'postgres18',
    label: 'PostgreSQL 18',
    dialect: 'postgres',
    variable: 'TEST_POSTGRES18_URL',
    defaultUrl: 'postgres://postgres@127.0.0.1:5418/test',
    tests: 'everything',
  },
  {
    name: 'mysql',
    label: 'MySQL 9.7',
    dialect: 'mysql',
    variable: 'TEST_MYSQL_URL',
    defaultUrl: 'mysql://root@127.0.0.1:3307/test',
    tests: 'everything',
  },
  {
    name: 'mariadb',
    label: 'MariaDB 10.11',
    dialect: 'mariadb',
    variable: 'TEST_MARIADB_URL',
    defaultUrl: 'mysql://root@127.0.0.1:3306/test',
    tests: 'everything',
  },
  {
    name: 'mariadb11',
    label: 'MariaDB 11.8',
    dialect: 'mariadb',
    variable: 'TEST_MARIADB11_URL',
    defaultUrl: 'mysql://root@127.0.0.1:3311/test',
    tests: 'everything',
  },
  {
    name: 'pgbouncer',
    label: 'PgBouncer in transaction mode',
    dialect: 'postgres',
    variable: 'TEST_PGBOUNCER_URL',
    defaultUrl: 'postgres://postgres@127.0.0.1:6432/test',
    tests: 'migrators',
    isPooler: true,
  },
  {
    name: 'galera',
    label: 'a Galera cluster of MariaDB 10.11',
    dialect: 'mariadb',
    variable: 'TEST_GALERA_URL',
    defaultUrl: 'mysql://root@127.0.0.1:3321/test',
    tests: 'migrators',
  },
]

export function serverNamed(name: string): TestServer {
  const server = testServers.find((one) => one.name === name)
  if (server === undefined) throw new Error(`There is no server ${name} to test on.`)
  return server
}

export function addressOf({ variable, defaultUrl }: TestServer): string {
  return process.env[variable] ?? defaultUrl
}

/** Whether something answers at the server's address. */
export async function isThere(server: TestServer): Promise<boolean> {
  return await answersAt(addressOf(server))
}

export async function answersAt(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address)
  return await new Promise((resolve) => {
    const socket = reach({ host: hostname, port: Number(port), timeout: 1000 })
    const answer = (isUp: boolean) => {
      socket.destroy()
      resolve(isUp)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}

/** The servers that must be there (`TIDEMARK_REQUIRE=postgres,mysql`). */
export function requiredServers(): readonly string[] {
  return (process.env['TIDEMARK_REQUIRE'] ?? '').split(',').filter((name) => name !== '')
}
