// What `migrate` refuses to go on with is settled by somebody's decision, one case at a time.

import { describe, expect, test } from 'vitest'
import { connect } from '../../../src/connection/connect.js'
import type { Tidemark } from '../../../src/index.js'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect, outsideTransaction } from './words.js'

const folder = 'database/migrations'
const [users, posts] = ['2025_01_01_000000_create_users_table', '2025_01_02_000000_create_posts_table']

describe('repair', () => {
  test('takes a file that changed for the one that was applied', async () => {
    const project = makeProjectWithMigrations()
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.write(`${folder}/${users}.ts`, createTable('people'))
    expect(await states(tidemark)).toMatchObject({ [users]: 'changed' })

    expect(await tidemark.repair()).toMatchObject([{ name: users, kind: 'accept-change' }])

    expect(await states(tidemark)).toMatchObject({ [users]: 'applied' })
    expect((await tidemark.migrate()).runs).toEqual([])
    expect((await tidemark.history()).map(({ name }) => name)[0]).toBe(users)
  })

  test('forgets a migration whose file is gone, and keeps what it made', async () => {
    const project = makeProjectWithMigrations()
    const tidemark = await openTidemark(project)
    await tidemark.migrate()
    project.remove(`${folder}/${posts}.ts`)

    expect(await tidemark.repairs()).toMatchObject([{ name: posts, kind: 'forget' }])
    expect(await states(tidemark)).toMatchObject({ [posts]: 'missing' })
    await tidemark.repair({ name: posts })

    expect(Object.keys(await states(tidemark))).not.toContain(posts)
    expect(await tableNames(tidemark)).toContain('posts')
  })

  test('forgets a failure that had no effect', async () => {
    const tidemark = await openTidemark(
      makeProject({ [`${folder}/001_a.ts`]: migrationFile(`throw new Error('no luck')`, '') }),
    )
    await expect(tidemark.migrate()).rejects.toThrow('no luck')
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })

    expect(await tidemark.repair()).toMatchObject([{ kind: 'clear-failure' }])

    expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
  })

  test('has nothing to do where all is well, and says so of a name', async () => {
    const tidemark = await openTidemark(makeProjectWithMigrations())
    await tidemark.migrate()

    expect(await tidemark.repair()).toEqual([])
    await expect(tidemark.repair({ name: users })).rejects.toMatchObject({ code: 'TM_NOTHING_TO_REPAIR' })
  })
})

describe('repair of a migration that stopped half-way', () => {
  const halfWay = outsideTransaction(
    migrationFile(
      `await schema.create('a', (table) => { table.id() })
    await db.table('a').insert({ id: 1 })
    await db.statement('insert into nowhere values (1)')`,
      `await schema.drop('a')`,
    ),
  )

  async function stopped() {
    const project = makeProject({ [`${folder}/001_a.ts`]: halfWay })
    const tidemark = await openTidemark(project)
    await expect(tidemark.migrate()).rejects.toThrow('nowhere')
    return { project, tidemark }
  }

  test('goes on with the file as it is now', async () => {
    const { project, tidemark } = await stopped()
    project.write(
      `${folder}/001_a.ts`,
      halfWay.replace('insert into nowhere values (1)', 'insert into a values (2)'),
    )
    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_HALF_APPLIED_CHANGED',
      remedy: expect.stringContaining('tidemark migrate:repair 001_a'),
    })

    expect(await tidemark.repair({ name: '001_a' })).toMatchObject([{ kind: 'go-on' }])
    await tidemark.migrate()

    expect(await (await tidemark.db()).table('a').orderBy('id').pluck('id')).toEqual([1, 2])
  })

  test('does not pass over a statement that stands and is another now', async () => {
    const { project, tidemark } = await stopped()
    project.write(`${folder}/001_a.ts`, halfWay.replace("schema.create('a'", "schema.create('b'"))
    await tidemark.repair({ name: '001_a' })

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_JOURNAL_DIVERGED' })
    expect(await tableNames(tidemark)).toEqual(['a'])
  })

  test.each([
    ['applied', 'applied'],
    ['not-applied', 'pending'],
  ] as const)('counts it as %s', async (decision, state) => {
    const { tidemark } = await stopped()

    expect(await tidemark.repair({ name: '001_a', decision })).toMatchObject([{ kind: 'settle-migration' }])

    expect(await states(tidemark)).toEqual({ '001_a': state })
    expect(await tableNames(tidemark)).toEqual(['a'])
  })

  test('refuses to settle a statement where none was under way', async () => {
    const { tidemark } = await stopped()

    await expect(tidemark.repair({ name: '001_a', decision: 'done' })).rejects.toMatchObject({
      code: 'TM_NOTHING_TO_REPAIR',
    })
  })
})

/** Where a procedure may commit by itself, so that nobody can tell whether its call took effect. */
const callsAreUntold = byDialect({ sqlite: false, postgres: false, mysql: true, mariadb: true })

describe.skipIf(!callsAreUntold)('a statement that was under way and leaves no trace', () => {
  /** Its session ends while it waits for a row that another one has locked. */
  async function cutOff(tidemark: Tidemark, holder: Tidemark, looker: Tidemark): Promise<void> {
    const db = await holder.db()
    await db.transaction(async () => {
      await db.select('select id from a for update')
      const migrated = tidemark.migrate().catch((error: unknown) => error)
      const { dialect, session } = await connect((await tidemark.config()).connection(), {
        lockTimeoutMs: 1000,
      })
      const isWaiting = async (): Promise<boolean> =>
        (
          await session.query(
            `select 1 from information_schema.processlist where info like 'update a set name%'`,
          )
        ).length > 0
      await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true)
      await dialect.fence.expel(session, (await looker.lockHolder())?.token ?? '')
      await session.close()
      expect(await migrated).toMatchObject({ code: 'TM_CONNECTION_LOST' })
    })
  }

  async function asked() {
    const project = makeProject({
      [`${folder}/001_a.ts`]: migrationFile(
        `await schema.create('a', (table) => { table.id(); table.string('name') })
    await db.table('a').insert({ id: 1, name: 'one' })
    await db.exec("create procedure mark_all() update a set name = concat(name, '+')")`,
        '',
      ),
      [`${folder}/002_mark.ts`]: migrationFile(
        `await db.statement('call mark_all()')
    await db.table('a').insert({ id: 2, name: 'two' })`,
        '',
      ),
    })
    const open = () => openTidemark(project)
    const [tidemark, holder, looker] = [await open(), await open(), await open()]
    await tidemark.migrate({ to: '001_a' })
    return { tidemark, holder, looker }
  }

  test.each([
    ['done', ['one', 'two']],
    ['not-done', ['one+', 'two']],
  ] as const)('is asked for, and settled as %s', async (decision, names) => {
    const { tidemark, holder, looker } = await asked()
    await cutOff(tidemark, holder, looker)
    await expect(looker.migrate()).rejects.toMatchObject({ code: 'TM_EFFECT_UNKNOWN', kind: 'undecided' })

    expect(await looker.repair({ name: '002_mark', decision })).toMatchObject([{ kind: 'settle-statement' }])
    await looker.migrate()

    expect(await (await looker.db()).table('a').orderBy('id').pluck('name')).toEqual(names)
  })
})

test('what has changed since somebody agreed to it is not repaired', async () => {
  const project = makeProject({
    'database/migrations/001_a.ts': createTable('a'),
    'database/migrations/002_b.ts': createTable('b'),
  })
  const tidemark = await openTidemark(project)
  await tidemark.migrate()
  project.remove('database/migrations/001_a.ts')
  const agreed = await tidemark.repairs()
  project.remove('database/migrations/002_b.ts')

  await expect(tidemark.repair({ agreed })).rejects.toMatchObject({
    code: 'TM_REPAIR_CHANGED',
    kind: 'refused',
    details: { names: ['002_b'] },
  })

  expect(await states(tidemark)).toEqual({ '001_a': 'missing', '002_b': 'missing' })
  expect(await tidemark.repair({ agreed: await tidemark.repairs() })).toHaveLength(2)
  expect(await states(tidemark)).toEqual({})
})
