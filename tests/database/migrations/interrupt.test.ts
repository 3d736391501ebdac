// A statement that takes long, or waits for long, is given up on the server when the work is interrupted or its time is up, and
// the migration has failed. SQLite runs statements in this process and cannot be asked: what took too long has failed when it
// ends.

import { describe, expect, test } from 'vitest'
import type { Tidemark, TidemarkOptions } from '../../../src/index.js'
import { type LockHolder, openLockHolder } from '../../helpers/held-lock.js'
import { type Project, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'
import { byDialect, transactionalDdl } from './words.js'

const file = 'database/migrations/001_a.ts'

/** Each takes a minute, or waits for it; on SQLite a second. */
const slow = byDialect<readonly string[]>({
  sqlite: [
    'with recursive c (n) as (select 1 union all select n + 1 from c where n < 4000000) select count(*) from c',
    'insert into t (id) with recursive c (n) as (select 1 union all select n + 1 from c where n < 4000000) select count(*) from c',
  ],
  postgres: [
    'select pg_sleep(60)',
    'update t set n = (select 1 from pg_sleep(60))',
    'alter table waited_for add m integer',
  ],
  mysql: [
    'select sleep(60)',
    'do sleep(60)',
    'insert into t (id) values (sleep(60) + 1)',
    'insert into t (id) select sleep(60) + 1 from information_schema.collations',
    'alter table waited_for add m integer',
  ],
  mariadb: [
    'select sleep(60)',
    'do sleep(60)',
    'insert into t (id) values (sleep(60) + 1)',
    'update t set n = sleep(60)',
    'alter table waited_for add m integer',
  ],
})

async function projectOf(statement: string, options = ''): Promise<{ project: Project; other: LockHolder }> {
  const project = makeProject({
    [file]: migrationFile(
      `await schema.create('a', (table) => { table.id() })
    await db.statement('${statement}')`,
      `await schema.drop('a')`,
    ).replace('migration({', `migration({ ${options}`),
  })
  const tidemark = await openTidemark(project)
  const schema = await tidemark.schema()
  for (const name of ['t', 'waited_for']) {
    await schema.create(name, (table) => {
      table.integer('id')
      table.integer('n').nullable()
    })
  }
  await (await tidemark.db()).table('t').insert({ id: 0 })
  const other = await openLockHolder(project)
  if (statement.includes('waited_for')) await other.run('begin')
  if (statement.includes('waited_for')) await other.run('select * from waited_for')
  return { project, other }
}

/** A statement that waits for a lock is to be stopped by what is tested, not by the wait. */
async function open(project: Project, migrations: NonNullable<TidemarkOptions['config']>['migrations'] = {}) {
  return await openTidemark(project, { config: { migrations: { lockTimeout: '50s', ...migrations } } })
}

/** How many sessions of clients run something in the database. */
const running = byDialect({
  sqlite: undefined,
  postgres:
    "select count(*)::int from pg_stat_activity where datname = current_database() and state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()",
  mysql:
    "select count(*) from information_schema.processlist where db = database() and command in ('Query', 'Execute') and id <> connection_id()",
  mariadb:
    "select count(*) from information_schema.processlist where db = database() and command in ('Query', 'Execute') and id <> connection_id()",
})

async function expectStopped(tidemark: Tidemark, other: LockHolder, startedAt: number): Promise<void> {
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  // A session that ends its work may show as busy for a moment; what goes on unstopped takes a minute.
  if (running !== undefined)
    await expect.poll(async () => await other.ask(running), { timeout: 5000 }).toBe(0)
  expect((await tidemark.tables()).some(({ name }) => name === 'a')).toBe(!transactionalDdl)
  expect(await (await tidemark.db()).table('t').get()).toEqual([{ id: 0, n: null }])
  expect(await tidemark.lockHolder()).toBeUndefined()
}

const aftermath = transactionalDdl ? { state: 'rolled back' } : { state: 'half applied', statements: 1 }

describe.each(slow)('%s', (statement) => {
  test('fails by statementTimeout', async () => {
    const { project, other } = await projectOf(statement)
    const tidemark = await open(project, { statementTimeout: '300ms' })
    const startedAt = performance.now()

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_STATEMENT_TIMEOUT',
      kind: 'failed',
      aftermath,
    })

    await expectStopped(tidemark, other, startedAt)
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  })

  test("fails by the migration's timeout", async () => {
    const { project, other } = await projectOf(statement, "timeout: '500ms',")
    const tidemark = await open(project)
    const startedAt = performance.now()

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_MIGRATION_TIMEOUT',
      kind: 'failed',
      aftermath,
    })

    await expectStopped(tidemark, other, startedAt)
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  })

  test.skipIf(running === undefined)('is stopped by an interruption', async () => {
    const { project, other } = await projectOf(statement)
    const tidemark = await open(project)
    setTimeout(() => tidemark.interrupt(), 700)
    const startedAt = performance.now()

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_INTERRUPTED',
      kind: 'interrupted',
      aftermath,
    })

    await expectStopped(tidemark, other, startedAt)
    expect(await states(tidemark)).toEqual({ '001_a': transactionalDdl ? 'pending' : 'failed' })
  })
})

test.skipIf(running === undefined)(
  'a migration that was stopped while it waited goes on when it need not wait',
  async () => {
    const { project, other } = await projectOf('alter table waited_for add m integer', "timeout: '2s',")
    const tidemark = await open(project)
    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_MIGRATION_TIMEOUT' })
    await other.run('commit')

    await tidemark.migrate()

    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  },
)
