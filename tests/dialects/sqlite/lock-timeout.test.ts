// Several Tidemarks of one process on one file: while one waits for the other's lock, the other goes on.

import { expect, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { createTable, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

const folder = 'database/migrations'

declare global {
  /** What a migration of these tests calls, which runs in the test's own process. */
  var beforeTransaction: () => Promise<void>
}

/** The migration calls that when the migration lock is had, and before its transaction begins. */
function pausing(text: string, options = ''): string {
  return text.replace(
    'migration({',
    `migration({ ${options} shouldRun: async () => { await beforeTransaction(); return true },`,
  )
}

/** Holds the write lock in a transaction until it is let go. */
async function hold(tidemark: Tidemark): Promise<() => Promise<void>> {
  const db = await tidemark.db()
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  let transaction: Promise<void> = Promise.resolve()
  await new Promise<void>((begun) => {
    transaction = db.transaction(async () => {
      begun()
      await released
    })
  })
  return async () => {
    release()
    await transaction
  }
}

test('a migration waits for a transaction of another Tidemark in this process, whose timers go on', async () => {
  const project = makeProject({ [`${folder}/001_a.ts`]: pausing(createTable('a')) })
  const [one, other] = [await openTidemark(project), await openTidemark(project)]
  const order: string[] = []
  globalThis.beforeTransaction = async () => {
    const letGo = await hold(one)
    setTimeout(() => {
      order.push('let go')
      void letGo()
    }, 300)
  }
  other.on('migrationEnded', () => order.push('applied'))

  await other.migrate()

  expect(order).toEqual(['let go', 'applied'])
})

test('a migration that waits can be interrupted', async () => {
  const project = makeProject({ [`${folder}/001_a.ts`]: pausing(createTable('a')) })
  const [one, other] = [await openTidemark(project), await openTidemark(project)]
  globalThis.beforeTransaction = async () => {
    const letGo = await hold(one)
    setTimeout(() => {
      other.interrupt()
      // The migration lock is given back once the file's is free again.
      setTimeout(() => void letGo(), 200)
    }, 100)
  }
  const startedAt = performance.now()

  await expect(other.migrate()).rejects.toMatchObject({ code: 'TM_INTERRUPTED', kind: 'interrupted' })

  expect(performance.now() - startedAt).toBeLessThan(8000)
  expect(await states(one)).toEqual({ '001_a': 'pending' })
})

test('the next migration waits as long as the project says again', async () => {
  const project = makeProject({
    [`${folder}/001_a.ts`]: createTable('a').replace('migration({', "migration({ lockTimeout: '10ms',"),
    [`${folder}/002_b.ts`]: pausing(migrationFile(`await schema.create('b', (table) => table.id())`, '')),
  })
  const config = { migrations: { lockTimeout: '1s' } } as const
  const [one, other] = [await openTidemark(project), await openTidemark(project, { config })]
  let letGo = (): Promise<void> => Promise.resolve()
  globalThis.beforeTransaction = async () => {
    letGo = await hold(one)
  }
  let [startedAt, waitedMs] = [0, 0]
  other.on('migrationStarted', () => (startedAt = performance.now()))
  other.on('migrationFailed', () => {
    waitedMs = performance.now() - startedAt
    void letGo()
  })

  await expect(other.migrate()).rejects.toMatchObject({ code: 'TM_DATABASE_LOCKED' })

  // Four tries of a second each, and the pauses between them.
  expect(waitedMs).toBeGreaterThan(4000)
  expect(await states(one)).toMatchObject({ '001_a': 'applied' })
})
