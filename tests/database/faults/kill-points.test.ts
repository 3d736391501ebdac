// A migrator killed at every single call to its database, before it, in the midst of it and after it: the next one goes
// on, and in the end everything is as if nothing had happened.

import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { Tidemark } from '../../../src/index.js'
import { type TestDatabase, makeDatabase } from '../../helpers/database.js'
import type { Project } from '../../helpers/project.js'
import { contentsOf, countedProject } from './counted-project.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const built = join(root, 'node_modules', '.tidemark-tests', `faults-${process.pid}`)
const child = join(built, 'migrated-child.js')

beforeAll(async () => {
  await build({
    input: {
      'migrated-child': join(root, 'tests', 'database', 'faults', 'migrated-child.ts'),
      'typescript-hooks': join(root, 'src', 'support', 'typescript-hooks.ts'),
    },
    platform: 'node',
    // As in the package: what is bundled is read much sooner, and the processes are many.
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('kysely'),
    logLevel: 'silent',
    output: { dir: built, format: 'esm' },
  })
})

afterAll(() => rmSync(built, { recursive: true, force: true }))

type Phase = 'before' | 'during' | 'after'

/** Runs the child, to its end or to its death; gives the number of its calls, or undefined where it died. */
async function run(
  project: Project,
  database: TestDatabase,
  direction: 'up' | 'down',
  dieAt = 0,
  phase: Phase = 'before',
): Promise<number | undefined> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...database.variables }
  const words = [child, project.root, direction, String(dieAt), phase]
  const started = spawn(process.execPath, words, { cwd: project.root, env })
  const { signal, status, stdout, stderr } = await outcomeOf(started)
  if (signal === 'SIGKILL') return undefined
  if (status !== 0) throw new Error(`call ${dieAt} ${phase}: ended with ${status}\n${stderr}`)
  return Number(stdout)
}

async function outcomeOf(started: ChildProcess) {
  let [stdout, stderr] = ['', '']
  started.stdout?.on('data', (text: Buffer) => (stdout += text.toString()))
  started.stderr?.on('data', (text: Buffer) => (stderr += text.toString()))
  return await new Promise<{
    signal: NodeJS.Signals | null
    status: number | null
    stdout: string
    stderr: string
  }>((resolve) => {
    started.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }))
  })
}

async function contents(project: Project, { variables }: TestDatabase): Promise<unknown> {
  const tidemark = new Tidemark({ root: project.root, variables })
  try {
    return await contentsOf(tidemark)
  } finally {
    await tidemark.close()
  }
}

const phases: readonly Phase[] = ['before', 'during', 'after']

/** The longer job tries each call in all three ways, and each server; the usual one takes turns, on one of each kind. */
const isLong = process.env['TIDEMARK_FAULTS'] === 'all'
const isOfKind = ['sqlite', 'postgres', 'mysql', 'mariadb'].includes(inject('server'))

function deaths(calls: number): (readonly [dieAt: number, phase: Phase])[] {
  const all = Array.from({ length: calls }, (_, index) => index + 1).flatMap((dieAt) =>
    phases.map((phase) => [dieAt, phase] as const),
  )
  return isLong ? all : all.filter(([dieAt, phase]) => phases.indexOf(phase) === dieAt % phases.length)
}

describe.skipIf(!isLong && !isOfKind)('a migrator killed at any call to its database', () => {
  test(
    'on the way up leaves a migration that is applied once in the end',
    { timeout: 1_200_000 },
    async () => {
      const project = countedProject()
      const undisturbed = await makeDatabase()
      const calls = (await run(project, undisturbed, 'up')) ?? 0
      const expected = await contents(project, undisturbed)

      for (const [dieAt, phase] of deaths(calls)) {
        const database = await makeDatabase()
        await run(project, database, 'up', dieAt, phase)
        await run(project, database, 'up')
        expect(await contents(project, database), `killed ${phase} call ${dieAt}`).toEqual(expected)
      }
      expect(calls).toBeGreaterThan(30)
    },
  )

  test('on the way down leaves one that is undone once in the end', { timeout: 1_200_000 }, async () => {
    const project = countedProject()
    const undisturbed = await makeDatabase()
    await run(project, undisturbed, 'up')
    const calls = (await run(project, undisturbed, 'down')) ?? 0
    const expected = await contents(project, undisturbed)

    for (const [dieAt, phase] of deaths(calls)) {
      const database = await makeDatabase()
      await run(project, database, 'up')
      await run(project, database, 'down', dieAt, phase)
      await run(project, database, 'down')
      expect(await contents(project, database), `killed ${phase} call ${dieAt}`).toEqual(expected)
    }
    expect(calls).toBeGreaterThan(15)
  })
})
