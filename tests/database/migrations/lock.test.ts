// One migrator at a time: of several that come at once one works and the others wait; a holder that is gone is taken over
// from; one that has lost the lock writes nothing more.

import { randomUUID } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../src/connection/connect.js'
import type { Tidemark } from '../../../src/index.js'
import { type LockHolder, thisProcess } from '../../../src/migrations/lock-holder.js'
import type { DurationText } from '../../../src/support/duration.js'
import { type Project, createTable, makeProject, migrationFile } from '../../helpers/project.js'
import { runCli } from '../../helpers/run-cli.js'
import { openTidemark, states, tableNames, variablesOf } from '../../helpers/tidemark.js'
import { byDialect, outsideTransaction, transactionalDdl } from './words.js'

const folder = 'database/migrations'

declare global {
  /** What a migration of these tests calls, which runs in the test's own process. */
  var besideMigration: () => Promise<void>
}

/** Migrations that count how often each took effect. */
function countingProject(): Project {
  const step = (name: string): string =>
    migrationFile(
      `await schema.create('${name}', (table) => { table.id() })
    await db.statement('update counter set n = n + 1')`,
      `await schema.drop('${name}')`,
    )
  return makeProject({
    [`${folder}/001_counter.ts`]: migrationFile(
      `await schema.create('counter', (table) => { table.integer('n') })
    await db.table('counter').insert({ n: 0 })`,
      `await schema.drop('counter')`,
    ),
    ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`${folder}/002_${name}.ts`, step(name)])),
  })
}

async function expectEachOnce(tidemark: Tidemark): Promise<void> {
  expect(new Set(Object.values(await states(tidemark)))).toEqual(new Set(['applied']))
  expect(await (await tidemark.db()).table('counter').value('n')).toBe(3)
  expect(await tidemark.lockHolder()).toBeUndefined()
}

/** The row of a holder, as its process would have written it. */
async function holdByHand(tidemark: Tidemark, holder: LockHolder, token = '0'.repeat(36)): Promise<void> {
  await tidemark.install()
  await (await tidemark.db()).table('schema_migrations').insert({
    name: '(lock)',
    batch: 0,
    checksum: token,
    fingerprint: '',
    state: 'lock',
    started_at: new Date().toISOString(),
    position: 7,
    error: JSON.stringify(holder),
  })
}

const elsewhere: LockHolder = {
  user: 'ada',
  host: 'build-7',
  process: 4711,
  machine: 'elsewhere',
  processStart: '1',
}

describe('several at once', () => {
  test('apply each migration once, as Tidemarks of one process', { timeout: 120_000 }, async () => {
    const project = countingProject()
    const all = await Promise.all(Array.from({ length: 4 }, () => openTidemark(project)))

    const reports = await Promise.all(all.map((tidemark) => tidemark.migrate()))

    expect(reports.map(({ runs }) => runs.length).sort((a, b) => a - b)).toEqual([0, 0, 0, 4])
    for (const tidemark of all) await expectEachOnce(tidemark)
  })

  test('apply each migration once, as calls of one Tidemark', async () => {
    const tidemark = await openTidemark(countingProject())

    const reports = await Promise.all([tidemark.migrate(), tidemark.migrate(), tidemark.migrate()])

    expect(reports.map(({ runs }) => runs.length).sort((a, b) => a - b)).toEqual([0, 0, 4])
    await expectEachOnce(tidemark)
  })

  test('apply each migration once, as processes', { timeout: 120_000 }, async () => {
    const project = countingProject()
    const variables = await variablesOf(project)

    const outcomes = await Promise.all([1, 2].map(() => runCli(project, ['migrate'], variables)))

    expect(outcomes.map(({ status }) => status)).toEqual([0, 0])
    await expectEachOnce(await openTidemark(project))
  })

  test('make one ledger', { timeout: 120_000 }, async () => {
    const project = makeProject()
    const all = await Promise.all(Array.from({ length: 20 }, () => openTidemark(project)))

    const made = await Promise.all(all.map((tidemark) => tidemark.install()))

    expect(made.filter((isMade) => isMade)).toHaveLength(1)
  })

  test('survive that one of them wipes the database', { timeout: 120_000 }, async () => {
    const project = countingProject()
    const all = await Promise.all(Array.from({ length: 4 }, () => openTidemark(project)))
    const [first, second, ...others] = all
    await first?.migrate()

    await Promise.all([first?.wipe(), second?.wipe(), ...others.map((tidemark) => tidemark.migrate())])

    const last = await openTidemark(project)
    await last.migrate()
    await expectEachOnce(last)
  })
})

describe('one that waits', () => {
  test('is told for whom, and finds the work done', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a').replace(
        'migration({',
        'migration({ shouldRun: async () => { await besideMigration(); return true },',
      ),
    })
    const [holder, waiter] = [await openTidemark(project), await openTidemark(project)]
    const waiting = new Promise<LockHolder>((resolve) =>
      waiter.on('waitingForLock', ({ holder: who }) => resolve(who)),
    )
    let work: Promise<unknown> = Promise.resolve()
    globalThis.besideMigration = async () => {
      work = waiter.migrate()
      await waiting
    }

    const { runs } = await holder.migrate()

    expect(runs).toHaveLength(1)
    expect(await work).toEqual({ runs: [], isPretended: false })
    expect(await waiting).toEqual(thisProcess())
  })

  test.each(['migrate', 'rollback', 'refresh', 'fresh', 'wipe'] as const)(
    'gives up after lockWait, and has changed nothing: %s',
    async (command) => {
      const project = makeProject({ [`${folder}/001_a.ts`]: createTable('a') })
      const tidemark = await openTidemark(project, { lockWait: '300ms' })
      await tidemark.migrate()
      project.write(`${folder}/002_b.ts`, createTable('b'))
      await holdByHand(tidemark, thisProcess())
      const startedAt = performance.now()

      await expect(tidemark[command]()).rejects.toMatchObject({
        code: 'TM_LOCK_HELD',
        kind: 'locked',
        message: expect.stringContaining(`process ${process.pid}`),
        details: { holder: thisProcess() },
      })

      expect(performance.now() - startedAt).toBeGreaterThan(290)
      expect(await tableNames(tidemark)).toEqual(['a'])
      expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'pending' })
    },
  )

  test.each([0, '0'] as const)('does not wait where lockWait is %j', async (lockWait) => {
    const project = makeProject({ [`${folder}/001_a.ts`]: createTable('a') })
    const [tidemark, holder] = [await openTidemark(project, { lockWait }), await openTidemark(project)]
    await holdByHand(holder, thisProcess())
    const startedAt = performance.now()

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_LOCK_HELD',
      message: expect.stringContaining('was not to be waited for') as string,
    })

    expect(performance.now() - startedAt).toBeLessThan(5000)
    await holder.unlock()
    await tidemark.migrate()
    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  })

  test('stops waiting when it is interrupted', async () => {
    const tidemark = await openTidemark(makeProject({ [`${folder}/001_a.ts`]: createTable('a') }))
    await holdByHand(tidemark, thisProcess())
    tidemark.on('waitingForLock', () => tidemark.interrupt())

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_INTERRUPTED' })
  })
})

/** What keeps everybody else from seeing the ledger's rows, until it is let go of. */
async function hideLedger(tidemark: Tidemark): Promise<() => Promise<void>> {
  const { session } = await connect((await tidemark.config()).connection(), { lockTimeoutMs: 1000 })
  onTestFinished(() => session.close())
  const hiding = byDialect({
    sqlite: ['begin exclusive'],
    postgres: ['begin', 'lock table schema_migrations'],
    mysql: ['lock tables schema_migrations write'],
    mariadb: ['lock tables schema_migrations write'],
  })
  for (const sql of hiding) await session.execute(sql)
  return async () => {
    await session.execute(
      byDialect({ sqlite: 'commit', postgres: 'commit', mysql: 'unlock tables', mariadb: 'unlock tables' }),
    )
  }
}

describe('while the holder cannot be looked at, one that waits', () => {
  async function waitAndHide(lockWait: DurationText) {
    const project = makeProject({
      [`${folder}/001_a.ts`]: createTable('a'),
      'tidemark.config.ts': `export default { migrations: { lockTimeout: '100ms' } }`,
    })
    const [tidemark, other] = [await openTidemark(project, { lockWait }), await openTidemark(project)]
    await holdByHand(other, elsewhere)
    const hidden = new Promise<() => Promise<void>>((resolve, reject) => {
      tidemark.on('waitingForLock', () => void hideLedger(other).then(resolve, reject))
    })
    return { tidemark, other, work: tidemark.migrate(), show: await hidden }
  }

  test('goes on waiting', async () => {
    const { tidemark, other, work, show } = await waitAndHide('30s')
    // Longer than a statement waits for a lock, on each database.
    await expect(Promise.race([work, pause(2500, 'waiting')])).resolves.toBe('waiting')

    await show()
    await (await other.db()).table('schema_migrations').where('name', '(lock)').delete()

    await work
    expect(await tableNames(tidemark)).toEqual(['a'])
  })

  test('gives up when its time is up, and says who it was', async () => {
    const { work, show } = await waitAndHide('2s')

    await expect(work).rejects.toMatchObject({
      code: 'TM_LOCK_HELD',
      message: expect.stringContaining('ada@build-7, process 4711'),
    })
    await show()
  })
})

describe('a holder that is gone', () => {
  test('is taken over from at once where its process was on this machine', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    const tidemark = await openTidemark(makeProject({ [`${folder}/001_a.ts`]: createTable('a') }))
    await holdByHand(tidemark, { ...thisProcess(), process: child.pid ?? 0 })
    const startedAt = performance.now()

    await tidemark.migrate()

    expect(performance.now() - startedAt).toBeLessThan(15_000)
    expect(await tableNames(tidemark)).toEqual(['a'])
  })

  test('is taken over from where its number is another process’s by now', async () => {
    const tidemark = await openTidemark(makeProject({ [`${folder}/001_a.ts`]: createTable('a') }))
    await holdByHand(tidemark, { ...thisProcess(), processStart: '1' })

    await tidemark.migrate()

    expect(await tableNames(tidemark)).toEqual(['a'])
  })

  test(
    'on another machine is taken over from when its heart was not seen to beat for 22 s, and its session ended',
    { timeout: 90_000 },
    async () => {
      const project = makeProject({ [`${folder}/001_a.ts`]: createTable('a') })
      const tidemark = await openTidemark(project, { lockWait: '1m' })
      const token = randomUUID()
      await holdByHand(tidemark, elsewhere, token)
      const old = await openMarked(tidemark, token)
      const startedAt = performance.now()

      await tidemark.migrate()

      expect(performance.now() - startedAt).toBeGreaterThan(20_000)
      expect(await tableNames(tidemark)).toEqual(['a'])
      // On SQLite there is no server on which the session of a dead process could go on.
      const isOver = byDialect({ sqlite: false, postgres: true, mysql: true, mariadb: true })
      const asked = await old.query('select 1').then(
        () => 'answered',
        () => 'over',
      )
      expect(asked).toBe(isOver ? 'over' : 'answered')
    },
  )

  test('whose heart beats is not taken over from', { timeout: 90_000 }, async () => {
    const project = makeProject({ [`${folder}/001_a.ts`]: createTable('a') })
    const tidemark = await openTidemark(project, { lockWait: '28s' })
    await holdByHand(tidemark, elsewhere)
    const heart = await (await openTidemark(project)).db()
    let lastBeat: Promise<unknown> = Promise.resolve()
    const beating = setInterval(() => {
      lastBeat = heart.table('schema_migrations').where('name', '(lock)').increment('position')
    }, 4000)
    onTestFinished(() => clearInterval(beating))

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_LOCK_HELD' })

    clearInterval(beating)
    await lastBeat
    expect(await tableNames(tidemark)).toEqual([])
  })
})

/** A session as the holder of that token would have it. */
async function openMarked(tidemark: Tidemark, token: string) {
  const { dialect, session } = await connect((await tidemark.config()).connection(), { lockTimeoutMs: 1000 })
  onTestFinished(() => session.close())
  await dialect.fence.raise(session, token, 60_000)
  return session
}

describe('a holder that has lost the lock', () => {
  const losing = (text: string): string =>
    text.replace(
      'migration({',
      'migration({ shouldRun: async () => { await besideMigration(); return true },',
    )

  test.each([
    ['in a transaction', (text: string) => text],
    ['outside one', outsideTransaction],
  ])('commits nothing more, %s', async (_, wrapped) => {
    const project = makeProject({ [`${folder}/001_a.ts`]: wrapped(losing(createTable('a'))) })
    const [tidemark, other] = [await openTidemark(project), await openTidemark(project)]
    globalThis.besideMigration = async () => {
      await (await other.db()).table('schema_migrations').where('name', '(lock)').delete()
    }

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_LOCK_LOST', kind: 'locked' })

    expect(await tableNames(other)).toEqual([])
    expect(await states(other)).toEqual({ '001_a': 'pending' })
  })

  test('by unlock is ended, and commits nothing more', async () => {
    const project = makeProject({ [`${folder}/001_a.ts`]: losing(createTable('a')) })
    const [tidemark, other] = [await openTidemark(project), await openTidemark(project)]
    globalThis.besideMigration = async () => {
      expect((await other.unlock())?.holder).toEqual(thisProcess())
    }

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_LOCK_LOST', kind: 'locked' })

    expect(await tableNames(other)).toEqual([])
    expect(await states(other)).toEqual({ '001_a': 'pending' })
  })

  test('half-way stops before its next statement, and another goes on there', async () => {
    const project = makeProject({
      [`${folder}/001_a.ts`]: outsideTransaction(
        migrationFile(
          `await schema.create('a', (table) => { table.integer('n') })
    await db.table('a').insert({ n: 1 })
    await globalThis.besideMigration()
    await db.table('a').insert({ n: 2 })`,
          '',
        ),
      ),
    })
    const [tidemark, other] = [await openTidemark(project), await openTidemark(project)]
    globalThis.besideMigration = async () => {
      await (await other.db()).table('schema_migrations').where('name', '(lock)').delete()
    }
    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_LOCK_LOST' })
    expect(await (await other.db()).table('a').pluck('n')).toEqual([1])
    globalThis.besideMigration = () => Promise.resolve()

    await other.migrate()

    expect(await (await other.db()).table('a').orderBy('n').pluck('n')).toEqual([1, 2])
  })
})

test('a session that is lost under a migration is told as that, and the next run finds out what stands', async () => {
  const project = makeProject({
    [`${folder}/001_a.ts`]: migrationFile(
      `await schema.create('a', (table) => { table.integer('n') })
    await db.table('a').insert({ n: 1 })
    await globalThis.besideMigration()
    await db.table('a').insert({ n: 2 })`,
      '',
    ),
  })
  const [tidemark, other] = [await openTidemark(project), await openTidemark(project)]
  const isServer = byDialect({ sqlite: false, postgres: true, mysql: true, mariadb: true })
  globalThis.besideMigration = async () => {
    const held = await other.lockHolder()
    const { dialect, session } = await connect((await other.config()).connection(), { lockTimeoutMs: 1000 })
    await dialect.fence.expel(session, held?.token ?? '')
    await session.close()
  }

  const migrated = tidemark.migrate()

  if (isServer) {
    await expect(migrated).rejects.toMatchObject({
      name: 'MigrationError',
      code: 'TM_CONNECTION_LOST',
      aftermath: { state: transactionalDdl ? 'rolled back' : 'unknown' },
    })
    globalThis.besideMigration = () => Promise.resolve()
    await other.migrate()
  } else await migrated

  expect(await (await other.db()).table('a').orderBy('n').pluck('n')).toEqual([1, 2])
  expect(await other.lockHolder()).toBeUndefined()
})
