// How long a migration may wait for a lock, and how long it may take.

import { expect, test } from 'vitest'
import { createTable, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'

const file = 'database/migrations/001_a.ts'

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

test('a migration waits for a lock as long as it says itself, not as long as the project', async () => {
  const project = makeProject({
    [file]: createTable('a').replace('migration({', "migration({ lockTimeout: '50ms',"),
  })
  const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '20s' } } })
  await tidemark.install()
  const other = await (await openTidemark(project)).db()

  const waitedMs = await other.transaction(() =>
    elapsedMs(() =>
      expect(tidemark.migrate()).rejects.toMatchObject({
        code: 'TM_DATABASE_LOCKED',
        kind: 'locked',
        aftermath: { state: 'rolled back' },
      }),
    ),
  )

  expect(waitedMs).toBeLessThan(10_000)
  expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
})

test('the next migration waits as long as the project says again', async () => {
  const project = makeProject({
    [file]: createTable('a').replace('migration({', "migration({ lockTimeout: '50ms',"),
    'database/migrations/002_b.ts': migrationFile(
      `const [row] = await db.select('pragma busy_timeout')
    await schema.create('b', (table) => { table.integer('n').default(Number(Object.values(row)[0])) })`,
      `await schema.drop('b')`,
    ),
  })
  const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '3s' } } })

  await tidemark.migrate()

  expect((await tidemark.table('b'))?.columns[0]?.default).toBe("'3000'")
})

test('a migration that takes longer than its timeout stops before its next statement and is rolled back', async () => {
  const slow = migrationFile(
    `await schema.create('a', (table) => { table.id() })
    for (let step = 0; step < 100; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      await db.table('a').insert({ id: step + 1 })
    }`,
    `await schema.drop('a')`,
  )
  const tidemark = await openTidemark(
    makeProject({ [file]: slow.replace('migration({', "migration({ timeout: '100ms',") }),
  )

  await expect(tidemark.migrate()).rejects.toMatchObject({
    code: 'TM_MIGRATION_TIMEOUT',
    aftermath: { state: 'rolled back' },
  })
  expect(await tableNames(tidemark)).toEqual([])
  expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
})

test('a migration whose last call takes it past its timeout is not taken for applied', async () => {
  const late = migrationFile(
    `await schema.create('a', (table) => { table.id() })
    await new Promise((resolve) => setTimeout(resolve, 150))`,
    '',
  )
  const tidemark = await openTidemark(
    makeProject({ [file]: late.replace('migration({', "migration({ timeout: '50ms',") }),
  )

  await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_MIGRATION_TIMEOUT' })
  expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
})
