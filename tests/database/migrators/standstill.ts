// Brings a migrator to a standstill in the midst of its work, as a machine does that is paused (SIGSTOP). Another one comes
// and goes on in its place, and when that has ended, the first one awakes (SIGCONT).

import { inject } from 'vitest'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { Tidemark } from '../../../src/index.js'
import { startHoldingProxy } from '../../helpers/holding-proxy.js'
import type { Project } from '../../helpers/project.js'
import { type Outcome, outcomeOf, startCli } from '../../helpers/run-cli.js'
import { openTidemark } from '../../helpers/tidemark.js'
import { contentsOf } from '../faults/counted-project.js'
import { type Gate, passing, stallingProject } from './stalling-project.js'
import { type Variables, makeWays } from './ways.js'

/** Where it stands still. */
export type Place = (
  | { /** Where the migration says that it is there. */ readonly at: string }
  | { /** In a statement that waits at a gate. */ readonly in: Gate }
  | {
      /** Having sent the last of these words, which come to the server late. */ readonly sending: readonly RegExp[]
    }
) & { /** Its migrations say `transaction: false`. */ readonly isOutside?: boolean }

export interface Standstill {
  readonly project: Project
  readonly staller: Outcome
  readonly taker: Outcome
  /** How long the taker said that it waited, in milliseconds. */
  readonly waitedMs: number
  /** What there is once the taker has ended, and once the staller has. */
  readonly afterTaker: unknown
  readonly inTheEnd: unknown
}

export async function standStill(place: Place, words: readonly string[] = []): Promise<Standstill> {
  const project = stallingProject(place.isOutside ?? false)
  const [way, otherWay] = await makeWays()
  const tidemark = await openTidemark(project, { variables: way })
  const obstacle = await obstruct(place, project, way, tidemark)

  const staller = startCli(project, ['migrate'], obstacle.way)
  const stallerOutcome = outcomeOf(staller)
  await obstacle.reached()
  staller.kill('SIGSTOP')
  const taker = startCli(project, ['migrate', ...words], otherWay)
  const waited = waitOf(taker)
  const takerOutcome = outcomeOf(taker)
  if ('in' in place) await Promise.race([takerOutcome, hasLock(taker, tidemark).then(obstacle.clear)])
  const taken = await takerOutcome
  await obstacle.clear()
  const afterTaker = await contentsOf(tidemark)
  staller.kill('SIGCONT')

  return {
    project,
    staller: await stallerOutcome,
    taker: taken,
    waitedMs: waited(),
    afterTaker,
    inTheEnd: await contentsOf(tidemark),
  }
}

interface Obstacle {
  /** By which the staller comes. */
  readonly way: Variables
  readonly reached: () => Promise<void>
  readonly clear: () => Promise<void>
}

async function obstruct(
  place: Place,
  project: Project,
  way: Variables,
  tidemark: Tidemark,
): Promise<Obstacle> {
  if ('in' in place) return await closeGate(place.in, project, way, tidemark)
  if ('sending' in place) return await holdBack(place.sending, way)
  return {
    way: { ...way, STALLS_AT: place.at },
    reached: () => until(() => project.has('reached')),
    clear: async () => project.write('go-on', ''),
  }
}

async function closeGate(
  gate: Gate,
  project: Project,
  way: Variables,
  tidemark: Tidemark,
): Promise<Obstacle> {
  const keeper = await openTidemark(project, { variables: way })
  const db = await keeper.db()
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  let kept: Promise<void> = Promise.resolve()
  await new Promise<void>((resolve, reject) => {
    kept = db.transaction(async () => {
      await db.select(`select 1 as gate where ${passing(gate)}`)
      resolve()
      await opened
    })
    kept.catch(reject)
  })
  return {
    way,
    reached: () => until(async () => (await sessionsAtGate(tidemark)) > 0),
    clear: async () => {
      open()
      await kept
      await keeper.close()
    },
  }
}

async function sessionsAtGate(tidemark: Tidemark): Promise<number> {
  const sql =
    inject('dialect') === 'postgres'
      ? `select pid from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`
      : `select id from information_schema.processlist where state = 'User lock' and db = database()`
  return (await (await tidemark.db()).select(sql)).length
}

async function holdBack(words: readonly RegExp[], way: Variables): Promise<Obstacle> {
  const url = new URL(way['DB_URL'] ?? '')
  const proxy = await startHoldingProxy(url.href, words)
  url.port = String(proxy.port)
  return {
    way: { ...way, DB_URL: url.href, DB_SSLMODE: 'disable' },
    reached: () => proxy.held,
    clear: async () => proxy.release(),
  }
}

async function hasLock(process: ChildProcessWithoutNullStreams, tidemark: Tidemark): Promise<void> {
  await until(async () => (await tidemark.lockHolder())?.holder.process === process.pid)
}

/** For how long a migrator waits by what it prints: from when it says so, to what it says next or its end. */
function waitOf({ stdout }: ChildProcessWithoutNullStreams): () => number {
  let since: number | undefined
  let end: number | undefined
  const note = () => {
    if (since === undefined) since = performance.now()
    else end ??= performance.now()
  }
  stdout.on('data', (text: string | Buffer) => {
    if (text.toString().trim() !== '') note()
  })
  stdout.once('end', note)
  return () => (end ?? 0) - (since ?? 0)
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50)
}
