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

/** Where TRUNCATE commits by itself, and leaves no trace. */
const truncateCommits = byDialect({ sqlite: false, postgres: false, mysql: true, mariadb: true })

describe.skipIf(!truncateCommits)('a statement that was under way and leaves no trace', () => {
  /** Its session ends while it waits for another one that reads the table. */
  async function cutOff(tidemark: Tidemark, reader: Tidemark, looker: Tidemark): Promise<void> {
    const db = await reader.db()
    await db.transaction(async () => {
      await db.table('a').count()
      const migrated = tidemark.migrate().catch((error: unknown) => error)
      const { dialect, session } = await connect((await tidemark.config()).connection(), {
        lockTimeoutMs: 1000,
      })
      const isWaiting = async (): Promise<boolean> =>
        (
          await session.query(
            `select 1 from information_schema.processlist where info like 'truncate table%'`,
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
      [`${folder}/001_a.ts`]: createTable('a'),
      [`${folder}/002_empty.ts`]: migrationFile(
        `await db.table('a').insert({ id: 1, name: 'one' })
    await db.statement('truncate table a')
    await db.table('a').insert({ id: 2, name: 'two' })`,
        '',
      ),
    })
    const open = () => openTidemark(project)
    const [tidemark, reader, looker] = [await open(), await open(), await open()]
    await tidemark.migrate({ to: '001_a' })
    return { tidemark, reader, looker }
  }

  test.each([
    ['done', [1, 2]],
    ['not-done', [2]],
  ] as const)('is asked for, and settled as %s', async (decision, ids) => {
    const { tidemark, reader, looker } = await asked()
    await cutOff(tidemark, reader, looker)
    await expect(looker.migrate()).rejects.toMatchObject({ code: 'TM_EFFECT_UNKNOWN', kind: 'undecided' })

    expect(await looker.repair({ name: '002_empty', decision })).toMatchObject([{ kind: 'settle-statement' }])
    await looker.migrate()

    expect(await (await looker.db()).table('a').orderBy('id').pluck('id')).toEqual(ids)
  })
})
