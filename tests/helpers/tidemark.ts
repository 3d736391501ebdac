// A `Tidemark` on a project of a test's own, closed when the test ends. In the vitest project of a server its database is
// one on that server, made for the project and dropped with it; everywhere else it is the file that a new project has.

import { inject, onTestFinished } from 'vitest'
import { type MigrationEvents, Tidemark, type TidemarkOptions } from '../../src/index.js'
import type { ConnectionConfig } from '../../src/config/config.js'
import { makeDatabase } from './database.js'
import type { Project } from './project.js'

/** Several of one project share its database. */
export async function openTidemark(project: Project, options: TidemarkOptions = {}): Promise<Tidemark> {
  const variables = options.variables ?? (await variablesOf(project))
  const tidemark = new Tidemark({ root: project.root, ...options, variables })
  onTestFinished(() => tidemark.close())
  return tidemark
}

type Variables = Readonly<Record<string, string>>

const variablesByProject = new WeakMap<Project, Promise<Variables>>()

/** What leads to the project's database, in the environment of another process too. */
export async function variablesOf(project: Project): Promise<Variables> {
  const variables = variablesByProject.get(project) ?? makeVariables()
  variablesByProject.set(project, variables)
  return await variables
}

async function makeVariables(): Promise<Variables> {
  return isOnServer() ? (await makeDatabase()).variables : {}
}

function isOnServer(): boolean {
  return (inject('address') ?? '') !== ''
}

/** A configuration with two databases of the same kind: `main`, which is the default, and `reporting`. */
export async function twoConnections() {
  const connections = { main: await makeConnection('main'), reporting: await makeConnection('reporting') }
  return { default: 'main', connections }
}

async function makeConnection(name: string): Promise<ConnectionConfig> {
  if (!isOnServer()) return { dialect: 'sqlite', database: `${name}.sqlite` }
  const { DB_CONNECTION, DB_URL } = (await makeDatabase()).variables
  // It is one of the words: `makeDatabase` writes the name of the dialect.
  return { dialect: DB_CONNECTION as ConnectionConfig['dialect'], url: DB_URL }
}

/** Writes down the events of these names as they come: `migrationEnded 001_a`. */
export function watch(tidemark: Tidemark, names: readonly (keyof MigrationEvents)[]): string[] {
  const seen: string[] = []
  for (const name of names) {
    tidemark.on(name, (event: object) => {
      seen.push([name, ...('name' in event ? [String(event.name)] : [])].join(' '))
    })
  }
  return seen
}

/** The names and states of all migrations. */
export async function states(tidemark: Tidemark): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await tidemark.status()).map(({ name, state }) => [name, state]))
}

/** The names of the tables, the ledger left out. */
export async function tableNames(tidemark: Tidemark): Promise<string[]> {
  const names = (await tidemark.tables()).map(({ name }) => name)
  return names.filter((name) => name !== 'schema_migrations').sort()
}
