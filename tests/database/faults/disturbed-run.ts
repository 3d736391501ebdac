// A project that is migrated, rolled back and migrated again while something dies at random instants; what dies, and how,
// is the test's. After each of the three the database must hold what it holds after an undisturbed run.

import { inspect } from 'node:util'
import { expect } from 'vitest'
import { Tidemark } from '../../../src/index.js'
import { lockName } from '../../../src/migrations/lock-row.js'
import type { Project } from '../../helpers/project.js'
import { succeed } from '../../helpers/run-cli.js'
import type { SeededRandom } from '../../helpers/seeded-random.js'
import { type Contents, contentsOf } from './counted-project.js'
import { makeTally } from './mixed-project.js'

export const commands = ['migrate', 'migrate:reset', 'migrate'] as const
export type Command = (typeof commands)[number]

export type Variables = Readonly<Record<string, string>>

/** What a command takes and leaves. */
interface Passage {
  readonly command: Command
  readonly durationMs: number
  readonly contents: Contents
}

export interface Disturbance {
  /** How many deaths a command has at most. */
  readonly most: number
  /** Starts the command and lets something die after so long; says whether the command came to its end all the same. */
  readonly attempt: (command: Command, delayMs: number) => Promise<boolean>
}

/** The longest that a timer takes: never. */
const longestDelayMs = 2 ** 31 - 1

export async function runUndisturbed(project: Project, variables: Variables): Promise<readonly Passage[]> {
  await onDatabase(project, variables, makeTally)
  const passages: Passage[] = []
  for (const command of commands) {
    const startedAt = performance.now()
    await succeed(project, [command], variables)
    const durationMs = performance.now() - startedAt
    passages.push({ command, durationMs, contents: await onDatabase(project, variables, contentsOf) })
  }
  return passages
}

/** @returns how many times something died while a migrator was at work */
export async function runDisturbed(
  project: Project,
  variables: Variables,
  undisturbed: readonly Passage[],
  random: SeededRandom,
  { most, attempt }: Disturbance,
): Promise<number> {
  await onDatabase(project, variables, makeTally)
  const deaths: string[] = []
  let lastToken: unknown
  let hits = 0
  for (const { command, durationMs, contents } of undisturbed) {
    let [isDone, attempts, hitsOfCommand] = [false, 0, 0]
    while (!isDone) {
      // Each goes on where the one before died, and so they come to die everywhere in a part of the time. What is one
      // transaction has to be done in one go, and takes longer on a machine that is busier now: so the part grows.
      const part = 0.3 + attempts / 12
      const delayMs = hitsOfCommand < most ? random.next() * durationMs * part : longestDelayMs
      isDone = await attempt(command, delayMs)
      attempts += 1
      const token = isDone ? undefined : await onDatabase(project, variables, tokenOfLock)
      const isHit = token !== undefined && token !== lastToken
      deaths.push(`${command} after ${Math.round(delayMs)} ms: ${isDone ? 'done' : isHit ? 'hit' : 'missed'}`)
      if (isHit) hitsOfCommand += 1
      lastToken = token
    }
    hits += hitsOfCommand
    const found = await onDatabase(project, variables, contentsOf)
    const about = `FC_SEED=${random.seed}\n${deaths.join('\n')}`
    expect(differences(contents, found), about).toEqual({ missing: [], unexpected: [] })
  }
  return hits
}

/** Who dies at work leaves the lock behind, each with a token of their own. */
async function tokenOfLock(tidemark: Tidemark): Promise<unknown> {
  if ((await tidemark.table('schema_migrations')) === undefined) return undefined
  const db = await tidemark.db()
  const [token] = await db.table('schema_migrations').where('name', lockName).pluck('checksum')
  return token
}

/** The tables hold thousands of rows: a message shows those in which they differ. */
function differences(expected: Contents, found: Contents) {
  const [wanted, had] = [linesOf(expected), linesOf(found)]
  const [isWanted, isHad] = [new Set(wanted), new Set(had)]
  return {
    missing: wanted.filter((line) => !isHad.has(line)),
    unexpected: had.filter((line, index) => !isWanted.has(line) || had.indexOf(line) !== index),
  }
}

function linesOf({ rows, tables, views, ledger }: Contents): readonly string[] {
  const line = (kind: string, value: unknown): string =>
    `${kind} ${inspect(value, { depth: Infinity, breakLength: Infinity, maxArrayLength: Infinity })}`
  return [
    ...Object.entries(rows).flatMap(([name, of]) => of.map((row) => line(`row of ${name}`, row))),
    ...tables.map((table) => line('table', table)),
    ...views.map((view) => line('view', view)),
    ...ledger.map((row) => line('ledger', row)),
  ]
}

async function onDatabase<T>(
  project: Project,
  variables: Variables,
  work: (tidemark: Tidemark) => Promise<T>,
): Promise<T> {
  const tidemark = new Tidemark({ root: project.root, variables })
  try {
    return await work(tidemark)
  } finally {
    await tidemark.close()
  }
}
