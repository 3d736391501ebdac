// Migrations against another session, past Tidemark, that really holds a lock: on a row, on a table, on the ledger. They fail in
// time, after several tries, say who holds the lock, and are never taken for applied; the next run succeeds.

import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { type LockHolder, openLockHolder } from '../../helpers/held-lock.js'
import { type Project, makeProject, migrationFile } from '../../helpers/project.js'
import { runCli } from '../../helpers/run-cli.js'
import { openTidemark, states, tableNames, variablesOf } from '../../helpers/tidemark.js'
import { byDialect, quoted, transactionalDdl } from './words.js'

const file = 'database/migrations/001_a.ts'

declare global {
  /** Is called when the migration lock is had, and before anything of the migration runs. */
  var beforeMigration: () => Promise<void>
  /** How often the transaction of a migration was begun. */
  var triesOfHeldLocks: number
}

beforeEach(() => {
  globalThis.beforeMigration = () => Promise.resolve()
})

const hook = 'shouldRun: async () => { await globalThis.beforeMigration?.(); return true },'

/** `taken` has two rows, and the lock is on it. */
async function projectOf(up: string, options = hook): Promise<Project> {
  const project = makeProject({
    [file]: migrationFile(up, '').replace('migration({', `migration({ ${options}`),
  })
  const tidemark = await openTidemark(project)
  await (
    await tidemark.schema()
  ).create('taken', (table) => {
    table.integer('id').primary()
    table.integer('n')
  })
  await (await tidemark.db()).table('taken').insert([
    { id: 1, n: 0 },
    { id: 2, n: 0 },
  ])
  await tidemark.install()
  return project
}

interface Case {
  readonly title: string
  /** What the other session runs. */
  readonly take: readonly string[]
  /** What the migration does. */
  readonly up: string
  /** Whether somebody tells who holds a lock of this kind. */
  readonly isTold: boolean
}

const isSqlite = byDialect({ sqlite: true, postgres: false, mysql: false, mariadb: false })

const update = `await db.table('taken').where('id', 1).update({ n: 2 })`
const alter = `await schema.table('taken', (table) => { table.integer('m').nullable() })`
const beginUpdate = ['begin', 'update taken set n = 1 where id = 1']
const beginRead = ['begin', 'select * from taken']
/** SQLite tells it by Linux alone. */
const isLinux = process.platform === 'linux'

/** MariaDB tells who holds a lock on a table only with a plugin or a setting that are off by default. */
const isTableTold = byDialect({ sqlite: isLinux, postgres: true, mysql: true, mariadb: false })

const cases: readonly Case[] = byDialect<readonly Case[]>({
  sqlite: [
    { title: 'the write lock', take: ['begin immediate'], up: update, isTold: isLinux },
    { title: 'the whole file', take: ['begin exclusive'], up: alter, isTold: isLinux },
    { title: 'a reading transaction', take: beginRead, up: update, isTold: isLinux },
  ],
  postgres: [
    { title: 'a row', take: beginUpdate, up: update, isTold: true },
    {
      title: 'a table',
      take: ['begin', 'lock table taken in access exclusive mode'],
      up: `await db.table('taken').count()`,
      isTold: true,
    },
    { title: 'a table that is read', take: beginRead, up: alter, isTold: true },
  ],
  mysql: [
    { title: 'a row', take: beginUpdate, up: update, isTold: true },
    { title: 'a table', take: ['lock tables taken write'], up: update, isTold: true },
    { title: 'a table that is read', take: beginRead, up: alter, isTold: true },
  ],
  mariadb: [
    { title: 'a row', take: beginUpdate, up: update, isTold: true },
    { title: 'a table', take: ['lock tables taken write'], up: update, isTold: isTableTold },
    { title: 'a table that is read', take: beginRead, up: alter, isTold: isTableTold },
  ],
})

async function take(holder: LockHolder, statements: readonly string[]): Promise<void> {
  for (const sql of statements) await holder.run(quoted(sql))
}

/** Four tries of what the server counts as 300 ms, and three pauses between them. */
const fourTriesMs = byDialect({ sqlite: 2600, postgres: 2600, mysql: 5400, mariadb: 5400 })

describe.each(cases)('$title that another session keeps locked', ({ take: statements, up, isTold }) => {
  test('makes a migration fail in time, after several tries, and the next run succeeds', async () => {
    const project = await projectOf(up)
    const holder = await openLockHolder(project)
    const decoy = await openDecoy(project)
    globalThis.beforeMigration = () => take(holder, statements)
    const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '300ms' } } })
    let [startedAt, waitedMs] = [0, 0]
    tidemark.on('migrationStarted', () => (startedAt = performance.now()))
    const error = await tidemark.migrate().catch((thrown: unknown) => thrown)
    waitedMs = performance.now() - startedAt

    expect(error).toMatchObject({
      name: 'MigrationError',
      code: 'TM_DATABASE_LOCKED',
      kind: 'failed',
      details: { tries: 4 },
      aftermath: { state: 'rolled back' },
    })
    expect(waitedMs).toBeGreaterThan(fourTriesMs)
    expect(waitedMs).toBeLessThan(20_000)
    expectNamed(error, holder, isTold, statements)
    expect(Object.values(await statesOnceFree(project, holder))).not.toContain('applied')

    globalThis.beforeMigration = () => Promise.resolve()
    await decoy.close()
    const { runs } = await tidemark.migrate()

    expect(runs.map(({ outcome }) => outcome)).toEqual(['done'])
    expect(await tidemark.lockHolder()).toBeUndefined()
  })
})

/** A transaction that is older than the lock, and in nobody's way. */
async function openDecoy(project: Project): Promise<LockHolder> {
  const decoy = await openLockHolder(project)
  if (byDialect({ sqlite: false, postgres: true, mysql: true, mariadb: true }))
    await take(decoy, ['create table decoy (n integer)', 'begin', 'insert into decoy values (1)'])
  return decoy
}

/** The one that holds the lock is named, and nobody else as such. */
function expectNamed(
  error: unknown,
  holder: LockHolder,
  isTold: boolean,
  statements: readonly string[],
): void {
  const { message } = error instanceof Error ? error : { message: '' }
  expect(message).not.toMatch(new RegExp(`held by session (?!${holder.id}\\b)`))
  if (!isTold) return
  expect(message).toMatch(new RegExp(`held by (?:session|process) ${holder.id}\\b`))
  expect(error).toMatchObject({
    details: { blockers: [{ who: expect.stringContaining(holder.id) as string }] },
    remedy: expect.stringContaining('end it (') as string,
  })
  const doesTellQuery = byDialect({ sqlite: false, postgres: true, mysql: true, mariadb: false })
  const last = quoted(statements.at(-1) ?? '')
  if (doesTellQuery) expect(error).toMatchObject({ message: expect.stringContaining(last) as string })
}

async function statesOnceFree(project: Project, holder: LockHolder) {
  await holder.close()
  return await states(await openTidemark(project))
}

test('a lock that is let go of between two tries makes the migration succeed', async () => {
  const project = await projectOf(`${update}
    ${alter}`)
  const holder = await openLockHolder(project)
  globalThis.beforeMigration = async () => {
    await take(
      holder,
      byDialect({
        sqlite: ['begin immediate'],
        postgres: beginUpdate,
        mysql: beginUpdate,
        mariadb: beginUpdate,
      }),
    )
    setTimeout(() => void holder.run('commit'), 2000)
  }
  const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '300ms' } } })
  const startedAt = performance.now()

  await tidemark.migrate()

  expect(performance.now() - startedAt).toBeGreaterThan(1900)
  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  expect(await (await tidemark.db()).table('taken').where('id', 1).value('n')).toBe(2)
})

/** A lock of SQLite's is of the whole file, so that not even the failure can be written down. */
const notedState = byDialect({ sqlite: 'pending', postgres: 'failed', mysql: 'failed', mariadb: 'failed' })

test('a migration that stands half-way when it fails for a lock goes on there', async () => {
  const project = await projectOf(`await schema.create('a', (table) => { table.integer('n') })
    await db.table('a').insert({ n: 1 })
    ${update}
    await db.table('a').insert({ n: 2 })`)
  const holder = await openLockHolder(project)
  globalThis.beforeMigration = () =>
    take(
      holder,
      byDialect({
        sqlite: ['begin immediate'],
        postgres: beginUpdate,
        mysql: beginUpdate,
        mariadb: beginUpdate,
      }),
    )
  const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '100ms' } } })

  await expect(tidemark.migrate()).rejects.toMatchObject({
    code: 'TM_DATABASE_LOCKED',
    aftermath: transactionalDdl ? { state: 'rolled back' } : { state: 'half applied', statements: 2 },
  })
  expect(await statesOnceFree(project, holder)).toEqual({ '001_a': notedState })
  expect(await tableNames(tidemark)).toEqual(transactionalDdl ? ['taken'] : ['a', 'taken'])
  globalThis.beforeMigration = () => Promise.resolve()

  await tidemark.migrate()

  expect(await (await tidemark.db()).table('a').orderBy('n').pluck('n')).toEqual([1, 2])
})

test('a transaction of a migration that is not one is tried again as a whole, and done once', async () => {
  const project = await projectOf(
    `await db.statement('insert into tries values (0)')
    await db.transaction(async () => {
      globalThis.triesOfHeldLocks += 1
      await db.statement('insert into tries values (1)')
      ${update}
    })
    await db.statement('insert into gate values (1)')`,
    `transaction: false, ${hook}`,
  )
  const tidemark = await openTidemark(project, { config: { migrations: { lockTimeout: '100ms' } } })
  await (await tidemark.schema()).create('tries', (table) => table.integer('n'))
  const holder = await openLockHolder(project)
  globalThis.triesOfHeldLocks = 0
  globalThis.beforeMigration = async () => {
    await take(holder, beginUpdate)
    setTimeout(
      () => void holder.run('commit'),
      byDialect({ sqlite: 1500, postgres: 1000, mysql: 2000, mariadb: 2000 }),
    )
  }

  await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })
  // SQLite begins no transaction before it has the lock.
  if (isSqlite) expect(globalThis.triesOfHeldLocks).toBe(1)
  else expect(globalThis.triesOfHeldLocks).toBeGreaterThan(1)
  globalThis.beforeMigration = () => Promise.resolve()
  await (await tidemark.schema()).create('gate', (table) => table.integer('n'))
  await tidemark.migrate()

  expect(await (await tidemark.db()).table('tries').orderBy('n').pluck('n')).toEqual([0, 1])
  expect(await (await tidemark.db()).table('taken').where('id', 1).value('n')).toBe(2)
})

/** On SQLite the lock of the migration is the file's too: it has to be taken between the two, by the migration's own process. */
function lockingItself(): string {
  if (!isSqlite) return ''
  const holder = fileURLToPath(new URL('../../helpers/sqlite-holder.mjs', import.meta.url))
  return `shouldRun: async () => {
    const { fork } = await import('node:child_process')
    const child = fork('${holder}', ['database/database.sqlite'])
    await new Promise((resolve) => { child.once('message', resolve); child.send('begin immediate') })
    child.channel.unref()
    child.unref()
    return true
  },`
}

describe('on the command line', () => {
  const config = "export default { migrations: { lockTimeout: '300ms' } }"

  test('a migration that waits in vain ends with status 1, and says for whom', async () => {
    const project = await projectOf(update, lockingItself())
    project.write('tidemark.config.mjs', config)
    const holder = await openLockHolder(project)
    if (!isSqlite) await take(holder, beginUpdate)

    const { status, stderr } = await runCli(project, ['migrate'], await variablesOf(project))

    expect(status).toBe(1)
    expect(stderr).toContain('TM_DATABASE_LOCKED')
    if (!isSqlite) expect(stderr).toContain(`held by session ${holder.id}`)
    if (isSqlite && isLinux) expect(stderr).toContain('held by process')
    expect(Object.values(await statesOnceFree(project, holder))).not.toContain('applied')
  })

  const ledgerLock = byDialect({
    sqlite: ['begin immediate'],
    postgres: ['begin', 'lock table schema_migrations in access exclusive mode'],
    mysql: ['lock tables schema_migrations write'],
    mariadb: ['lock tables schema_migrations write'],
  })

  test('a ledger that another session keeps locked ends it with status 6, in time, and nothing has run', async () => {
    const project = await projectOf(update)
    project.write('tidemark.config.mjs', config)
    const holder = await openLockHolder(project)
    await take(holder, ledgerLock)
    const startedAt = performance.now()

    const { status, stderr } = await runCli(project, ['migrate'], await variablesOf(project))

    expect(performance.now() - startedAt).toBeLessThan(30_000)
    expect(status).toBe(6)
    expect(stderr).toContain('TM_DATABASE_LOCKED')
    expect(stderr).toContain('tried 4 times')
    if (isTableTold) expect(stderr).toMatch(new RegExp(`held by (?:session|process) ${holder.id}\\b`))
    expect(await statesOnceFree(project, holder)).toEqual({ '001_a': 'pending' })
    expect((await runCli(project, ['migrate'], await variablesOf(project))).status).toBe(0)
  })
})
