// How long a migration may wait for a lock, and how long it may take.

import { expect, test } from 'vitest'
import { type Project, createTable, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect, transactionalDdl } from './words.js'

const file = 'database/migrations/001_a.ts'

declare global {
  /** What a migration of these tests calls, which runs in the test's own process. */
  var lockElsewhere: () => Promise<void>
}

test('a migration waits for a lock as long as it says itself, not as long as the project', async () => {
  // It is called when the migration lock is had, and before the migration's transaction begins.
  const options = "lockTimeout: '50ms', shouldRun: async () => { await lockElsewhere(); return true },"
  const project = makeProject({
    [file]: migrationFile(`await db.table('taken').update({ n: 2 })`, '').replace(
      'migration({',
      `migration({ ${options}`,
    ),
  })
  const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '20s' } } })
  await (await tidemark.schema()).create('taken', (table) => table.integer('n'))
  await (await tidemark.db()).table('taken').insert({ n: 0 })
  const other = await holderOf(project)
  globalThis.lockElsewhere = other.take
  let [startedAt, waitedMs] = [0, 0]
  tidemark.on('migrationStarted', () => (startedAt = performance.now()))
  tidemark.on('migrationFailed', () => {
    waitedMs = performance.now() - startedAt
    other.letGo()
  })

  await expect(tidemark.migrate()).rejects.toMatchObject({
    code: 'TM_DATABASE_LOCKED',
    kind: 'failed',
    aftermath: { state: 'rolled back' },
  })
  await other.end()

  // The servers of MySQL's family count in whole seconds.
  expect(waitedMs).toBeGreaterThan(40)
  expect(waitedMs).toBeLessThan(10_000)
  // A lock of SQLite's is of the whole file, so that not even the failure could be written down.
  const noted = byDialect({ sqlite: 'pending', postgres: 'failed', mysql: 'failed', mariadb: 'failed' })
  expect(await states(tidemark)).toEqual({ '001_a': noted })
  expect(await (await tidemark.db()).table('taken').value('n')).toBe(1)
})

/** Another session, which takes a lock on the table in a transaction, and holds it until it is told to let go. */
async function holderOf(project: Project) {
  const db = await (await openTidemark(project)).db()
  let [letGo, transaction] = [() => {}, Promise.resolve()]
  const take = async (): Promise<void> => {
    await new Promise<void>((taken) => {
      transaction = db.transaction(async () => {
        await db.table('taken').update({ n: 1 })
        taken()
        await new Promise<void>((resolve) => (letGo = resolve))
      })
    })
  }
  return { take, letGo: () => letGo(), end: () => transaction }
}

/** The limit of a statement's wait for a lock, as the session has it; on SQLite it is Tidemark that waits (lock-timeout.test.ts). */
const limit = byDialect({
  sqlite: { sql: 'pragma busy_timeout', ofThreeSeconds: 0 },
  postgres: { sql: "select current_setting('lock_timeout') as n", ofThreeSeconds: '3s' },
  mysql: { sql: 'select @@session.innodb_lock_wait_timeout as n', ofThreeSeconds: 3 },
  mariadb: { sql: 'select @@session.innodb_lock_wait_timeout as n', ofThreeSeconds: 3 },
})

test('the next migration waits as long as the project says again', async () => {
  const project = makeProject({
    [file]: createTable('a').replace('migration({', "migration({ lockTimeout: '50ms',"),
    'database/migrations/002_b.ts': migrationFile(
      `const [row] = await db.select(${JSON.stringify(limit.sql)})
    await schema.create('b', (table) => { table.string('n') })
    await db.table('b').insert({ n: String(Object.values(row)[0]) })`,
      `await schema.drop('b')`,
    ),
  })
  const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '3s' } } })

  await tidemark.migrate()

  expect(await (await tidemark.db()).table('b').value('n')).toBe(String(limit.ofThreeSeconds))
})

test('a migration that takes longer than its timeout stops before its next statement', async () => {
  const slow = migrationFile(
    `await schema.create('a', (table) => { table.id() })
    for (let step = 0; step < 100; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      await db.table('a').insert({ id: step + 1 })
    }`,
    `await schema.drop('a')`,
  )
  const tidemark = await openTidemark(
    makeProject({ [file]: slow.replace('migration({', "migration({ timeout: '2s',") }),
  )

  await expect(tidemark.migrate()).rejects.toMatchObject({
    code: 'TM_MIGRATION_TIMEOUT',
    aftermath: { state: transactionalDdl ? 'rolled back' : 'half applied' },
  })
  expect(await tableNames(tidemark)).toEqual(transactionalDdl ? [] : ['a'])
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
