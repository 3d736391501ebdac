// A `Tidemark` on a project of a test's own, closed when the test ends.

import { onTestFinished } from 'vitest'
import { type MigrationEvents, Tidemark, type TidemarkOptions } from '../../src/index.js'
import type { Project } from './project.js'

export function openTidemark(project: Project, options: TidemarkOptions = {}): Tidemark {
  const tidemark = new Tidemark({ root: project.root, variables: {}, ...options })
  onTestFinished(() => tidemark.close())
  return tidemark
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
