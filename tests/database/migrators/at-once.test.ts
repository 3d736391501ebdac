// Several migrators at once, each a process of its own: each migration takes effect once, and all end well. On a cluster
// they come by two of its nodes, in turn; behind a pooler all come through it.

import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { describe, expect, inject, test } from 'vitest'
import type { Project } from '../../helpers/project.js'
import { type Outcome, outcomeOf, runCli, startCli, succeed } from '../../helpers/run-cli.js'
import { openTidemark, states } from '../../helpers/tidemark.js'
import { contentsOf } from '../faults/counted-project.js'
import { countingProject, names, waitForFile } from './counting-project.js'
import { type Variables, makeWays } from './ways.js'

interface Started {
  readonly process: ChildProcessWithoutNullStreams
  readonly outcome: Promise<Outcome>
  /** What it has printed so far. */
  readonly text: () => string
}

type Commands = readonly (readonly string[])[]

/** Starts all commands at once, by one way after the other. */
function start(project: Project, ways: readonly Variables[], commands: Commands): readonly Started[] {
  return commands.map((words, index) => {
    const process = startCli(project, words, ways[index % ways.length])
    const outcome = outcomeOf(process)
    let printed = ''
    process.stdout.on('data', (text: string) => (printed += text))
    return { process, outcome, text: () => printed }
  })
}

function times(count: number, ...words: readonly string[]): Commands {
  return Array.from({ length: count }, () => words)
}

async function outcomes(started: readonly Started[]): Promise<readonly Outcome[]> {
  return await Promise.all(started.map(({ outcome }) => outcome))
}

function expectAllWell(all: readonly Outcome[]): void {
  expect(all.map(({ status, stderr }) => [status, stderr])).toEqual(all.map(() => [0, '']))
}

/** The migrations that each says to have run, one list for all. */
function doneBy(all: readonly Outcome[]): string[] {
  return all
    .flatMap(({ stdout }) => stdout.match(/^ *\w+(?= \.+.* DONE$)/gm) ?? [])
    .map((name) => name.trim())
}

/** What is there is what one migrator alone would have made. */
async function expectAsUndisturbed(project: Project, way: Variables): Promise<void> {
  const [undisturbed] = await makeWays()
  await succeed(project, ['migrate'], undisturbed)
  const found = await openTidemark(project, { variables: way })
  const expected = await openTidemark(project, { variables: undisturbed })
  expect(await contentsOf(found)).toEqual(await contentsOf(expected))
}

const patience = { timeout: 30_000, interval: 50 }

describe.each([2, 5, 10])('%i migrators at once', (count) => {
  test('apply each migration once, and all end well', { timeout: 120_000 }, async () => {
    const project = countingProject()
    const ways = await makeWays()

    const all = await outcomes(start(project, ways, times(count, 'migrate')))

    expectAllWell(all)
    expect(doneBy(all).sort()).toEqual(names)
    await expectAsUndisturbed(project, ways[0])
  })
})

test.runIf(inject('isPooler'))(
  'five migrators at once that were not told of the pooler do so too',
  async () => {
    const project = countingProject()
    const [{ DB_POOLED: _, ...way }] = await makeWays()

    const all = await outcomes(start(project, [way], times(5, 'migrate')))

    expectAllWell(all)
    expect(doneBy(all).sort()).toEqual(names)
    await expectAsUndisturbed(project, way)
  },
)

test('those that migrate and those that roll back take turns', { timeout: 120_000 }, async () => {
  const project = countingProject()
  const ways = await makeWays()
  await succeed(project, ['migrate', '--step'], ways[0])

  const rollbacks = times(3, 'migrate:rollback')
  const all = await outcomes(start(project, ways, [...rollbacks, ...times(3, 'migrate', '--step')]))

  expectAllWell(all)
  const tidemark = await openTidemark(project, { variables: ways[0] })
  const applied = Object.values(await states(tidemark)).filter((state) => state === 'applied')
  expect(await (await tidemark.db()).table('counter').value('n')).toBe(2 * (applied.length - 1))
  await succeed(project, ['migrate', '--step'], ways[1])
  await expectAsUndisturbed(project, ways[0])
})

/** Five migrators, of which one is in the midst of the first migration and the others say that they wait. */
async function oneAndThoseThatWait(project: Project) {
  const ways = await makeWays()
  const started = start(project, ways, times(5, 'migrate'))
  const isWaiting = ({ text }: Started) => text().includes('Waiting for')
  await expect.poll(() => project.has('begun') && started.filter(isWaiting).length, patience).toBe(4)
  const [holder] = started.filter((one) => !isWaiting(one))
  if (holder === undefined) throw new Error('Nobody migrates.')
  return { ways, holder, waiting: started.filter(isWaiting) }
}

test('those that wait say for whom, and find the work done', async () => {
  const project = countingProject(waitForFile)

  const { ways, holder, waiting } = await oneAndThoseThatWait(project)
  project.write('go-on', '')

  expectAllWell(await outcomes([holder, ...waiting]))
  for (const { stdout } of await outcomes(waiting)) {
    const whom = String.raw`Waiting for \S+@\S+, process ${holder.process.pid}, who migrates since 20`
    expect(stdout).toMatch(new RegExp(whom))
    expect(stdout).toContain('Nothing to migrate.')
  }
  await expectAsUndisturbed(project, ways[0])
})

test('one that is killed is taken over from, and the others end well', { timeout: 120_000 }, async () => {
  const project = countingProject(waitForFile)
  const { ways, holder, waiting } = await oneAndThoseThatWait(project)

  holder.process.kill('SIGKILL')
  const killedAt = performance.now()
  project.write('go-on', '')

  const all = await outcomes(waiting)
  expect(performance.now() - killedAt).toBeLessThan(30_000)
  expectAllWell(all)
  expect(doneBy(all).sort()).toEqual(names)
  await expectAsUndisturbed(project, ways[0])
})

test('one that waits in vain ends with 6, says for whom it waited, and has changed nothing', async () => {
  const project = countingProject(waitForFile)
  const ways = await makeWays()
  const [holder] = start(project, ways, [['migrate']])
  await expect.poll(() => project.has('begun'), patience).toBe(true)

  const vain = await runCli(project, ['migrate', '--lock-wait=500ms'], ways[1])
  project.write('go-on', '')

  expect(vain.status).toBe(6)
  expect(vain.stderr).toMatch(/held by \S+@\S+, process \d+, since 20[^]*TM_LOCK_HELD/)
  expect(doneBy([vain])).toEqual([])
  expect(await holder?.outcome).toMatchObject({ status: 0, stderr: '' })
  await expectAsUndisturbed(project, ways[0])
})
