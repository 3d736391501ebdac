// Databases that other tools have migrated, with their ledgers as those tools make them, and one that has none.

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { type Project, createTable, makeProject } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

const folder = 'database/migrations'
const sql = (table: string) =>
  `-- migrate:up\ncreate table ${table} (id integer);\n-- migrate:down\ndrop table ${table};\n`
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

interface Adopted {
  readonly files: Readonly<Record<string, string>>
  /** What makes the ledger and fills it. */
  readonly ledger: (tidemark: Tidemark) => Promise<void>
  /** The migrations with the states that they have then. */
  readonly states: Readonly<Record<string, string>>
  readonly withoutFile?: readonly string[]
}

async function table(
  tidemark: Tidemark,
  name: string,
  columns: Readonly<Record<string, 'integer' | 'string' | 'bigInteger' | 'boolean'>>,
  rows: readonly Readonly<Record<string, string | number | boolean | null>>[],
): Promise<void> {
  const schema = await tidemark.schema()
  await schema.create(name, (blueprint) => {
    for (const [column, type] of Object.entries(columns)) blueprint[type](column).nullable()
  })
  await (await tidemark.db()).table(name).insert(rows)
}

const cases: Readonly<Record<string, Adopted>> = {
  Laravel: {
    files: {
      '2014_10_12_000000_create_users_table.ts': createTable('users'),
      '2015_01_01_000000_create_posts_table.ts': createTable('posts'),
    },
    ledger: (tidemark) =>
      table(tidemark, 'migrations', { id: 'integer', migration: 'string', batch: 'integer' }, [
        { id: 1, migration: '2014_10_12_000000_create_users_table', batch: 3 },
        { id: 2, migration: '2014_10_12_100000_create_gone_table', batch: 3 },
      ]),
    states: {
      '2014_10_12_000000_create_users_table': 'applied',
      '2015_01_01_000000_create_posts_table': 'pending',
    },
    withoutFile: ['2014_10_12_100000_create_gone_table'],
  },
  Knex: {
    files: {
      '20240101000000_users.ts': createTable('users'),
      '20240102000000_posts.ts': createTable('posts'),
    },
    ledger: (tidemark) =>
      table(
        tidemark,
        'knex_migrations',
        { id: 'integer', name: 'string', batch: 'integer', migration_time: 'string' },
        [{ id: 1, name: '20240101000000_users.js', batch: 1, migration_time: 'x' }],
      ),
    states: { '20240101000000_users': 'applied', '20240102000000_posts': 'pending' },
  },
  Kysely: {
    files: { '001_users.ts': createTable('users'), '002_posts.ts': createTable('posts') },
    ledger: (tidemark) =>
      table(tidemark, 'kysely_migration', { name: 'string', timestamp: 'string' }, [
        { name: '001_users', timestamp: '2024' },
      ]),
    states: { '001_users': 'applied', '002_posts': 'pending' },
  },
  Lucid: {
    files: {
      '1700000000000_create_users_table.ts': createTable('users'),
      '1700000000001_create_posts_table.ts': createTable('posts'),
    },
    ledger: (tidemark) =>
      table(
        tidemark,
        'adonis_schema',
        { id: 'integer', name: 'string', batch: 'integer', migration_time: 'string' },
        [
          {
            id: 1,
            name: 'database/migrations/1700000000000_create_users_table',
            batch: 2,
            migration_time: 'x',
          },
        ],
      ),
    states: { '1700000000000_create_users_table': 'applied', '1700000000001_create_posts_table': 'pending' },
  },
  Prisma: {
    files: {
      '20240101000000_init.sql': sql('a'),
      '20240102000000_more.sql': sql('b'),
      '20240103000000_undone.sql': sql('c'),
    },
    ledger: (tidemark) =>
      table(
        tidemark,
        '_prisma_migrations',
        {
          id: 'string',
          checksum: 'string',
          started_at: 'string',
          finished_at: 'string',
          migration_name: 'string',
          rolled_back_at: 'string',
        },
        [
          {
            id: 'a',
            checksum: 'x',
            started_at: '1',
            finished_at: '1',
            migration_name: '20240101000000_init',
            rolled_back_at: null,
          },
          {
            id: 'b',
            checksum: 'x',
            started_at: '2',
            finished_at: null,
            migration_name: '20240102000000_more',
            rolled_back_at: null,
          },
          {
            id: 'c',
            checksum: 'x',
            started_at: '3',
            finished_at: '3',
            migration_name: '20240103000000_undone',
            rolled_back_at: '4',
          },
        ],
      ),
    states: {
      '20240101000000_init': 'applied',
      '20240102000000_more': 'pending',
      '20240103000000_undone': 'pending',
    },
  },
  Drizzle: {
    files: { '0000_first.sql': sql('a'), '0001_second.sql': sql('b') },
    ledger: (tidemark) =>
      table(tidemark, '__drizzle_migrations', { id: 'integer', hash: 'string', created_at: 'bigInteger' }, [
        { id: 1, hash: hashOf(sql('a')), created_at: 1_700_000_000_000 },
      ]),
    states: { '0000_first': 'applied', '0001_second': 'pending' },
  },
  Flyway: {
    files: { 'V1__create_users.sql': sql('a'), '002_posts.sql': sql('b'), 'V3__failed.sql': sql('c') },
    ledger: (tidemark) =>
      table(
        tidemark,
        'flyway_schema_history',
        { installed_rank: 'integer', version: 'string', script: 'string', success: 'boolean' },
        [
          { installed_rank: 1, version: '1', script: 'V1__create_users.sql', success: true },
          { installed_rank: 2, version: '2', script: 'V2__posts.sql', success: true },
          { installed_rank: 3, version: '3', script: 'V3__failed.sql', success: false },
        ],
      ),
    states: { '002_posts': 'applied', V1__create_users: 'applied', V3__failed: 'pending' },
  },
  goose: {
    files: {
      '00001_users.sql': '-- +goose Up\ncreate table a (id integer);',
      '00002_posts.sql': sql('b'),
      '00003_undone.sql': sql('c'),
      '00010_tags.sql': sql('d'),
      '20240101000000_late.sql': sql('e'),
    },
    ledger: (tidemark) =>
      table(
        tidemark,
        'goose_db_version',
        { id: 'integer', version_id: 'bigInteger', is_applied: 'boolean', tstamp: 'string' },
        [
          { id: 1, version_id: 0, is_applied: true, tstamp: 'x' },
          { id: 2, version_id: 1, is_applied: true, tstamp: 'x' },
          { id: 3, version_id: 2, is_applied: true, tstamp: 'x' },
          { id: 4, version_id: 2, is_applied: false, tstamp: 'x' },
          { id: 5, version_id: 2, is_applied: true, tstamp: 'x' },
          { id: 6, version_id: 3, is_applied: true, tstamp: 'x' },
          { id: 7, version_id: 3, is_applied: false, tstamp: 'x' },
          { id: 8, version_id: 7, is_applied: true, tstamp: 'x' },
          { id: 9, version_id: 20_240_101_000_000, is_applied: true, tstamp: 'x' },
        ],
      ),
    states: {
      '00001_users': 'applied',
      '00002_posts': 'applied',
      '00003_undone': 'pending',
      '00010_tags': 'pending',
      '20240101000000_late': 'applied',
    },
    withoutFile: ['version 7'],
  },
  TypeORM: {
    files: {
      '1700000000000-CreateUsers.ts': createTable('users'),
      '1700000000001-CreatePosts.ts': createTable('posts'),
    },
    ledger: (tidemark) =>
      table(tidemark, 'migrations', { id: 'integer', timestamp: 'bigInteger', name: 'string' }, [
        { id: 1, timestamp: 1_700_000_000_000, name: 'CreateUsers1700000000000' },
      ]),
    states: { '1700000000000-CreateUsers': 'applied', '1700000000001-CreatePosts': 'pending' },
  },
}

describe('migrate:adopt', () => {
  test.each(Object.entries(cases))(
    'takes over from %s what it has applied, and runs nothing',
    async (tool, adopted) => {
      const files = Object.fromEntries(
        Object.entries(adopted.files).map(([name, text]) => [`${folder}/${name}`, text]),
      )
      const tidemark = await openTidemark(makeProject(files))
      await adopted.ledger(tidemark)
      const before = (await tidemark.tables()).map(({ name }) => name)

      const plan = await tidemark.adoption()
      expect((await tidemark.tables()).map(({ name }) => name)).toEqual(before)
      await tidemark.adopt()

      expect(plan.tool).toBe(tool)
      expect(plan.withoutFile).toEqual(adopted.withoutFile ?? [])
      expect(await states(tidemark)).toEqual(adopted.states)
      expect((await tidemark.tables()).map(({ name }) => name).sort()).toEqual(
        [...before, 'schema_migrations'].sort(),
      )
    },
  )

  /** Their ledgers have the name of ours. */
  const namesakes = [
    {
      tool: 'dbmate',
      files: ['20240101000000_users', '20240102000000_posts'],
      columns: { version: 'string' },
      row: { version: '20240101000000' },
    },
    {
      tool: 'golang-migrate',
      files: ['000001_users', '2_posts', '000010_tags'],
      columns: { version: 'bigInteger', dirty: 'boolean' },
      row: { version: 2, dirty: false },
    },
  ] as const

  interface Namesake {
    readonly files: readonly string[]
    readonly columns: Parameters<typeof table>[2]
    readonly row: Parameters<typeof table>[3][number]
  }

  async function namesake({ files, columns, row }: Namesake): Promise<Project> {
    const project = makeProject(
      Object.fromEntries(files.map((name, index) => [`${folder}/${name}.sql`, sql(`t${index}`)])),
    )
    await table(await openTidemark(project), 'schema_migrations', columns, [row])
    return project
  }

  test.each(namesakes)('says that the ledger is that of $tool, and how to go on', async (of) => {
    const tidemark = await openTidemark(await namesake(of))

    const attempts = [
      () => tidemark.migrate(),
      () => tidemark.status(),
      () => tidemark.adopt(),
      () => tidemark.rollback(),
      () => tidemark.install(),
      () => tidemark.fresh(),
      () => tidemark.refresh(),
      () => tidemark.unlock(),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'TM_FOREIGN_LEDGER',
        message: `The table schema_migrations is the ledger of ${of.tool}, not of Tidemark.`,
        remedy: expect.stringMatching(/table: 'tidemark_migrations'.*tidemark migrate:adopt$/),
      })
    }
  })

  test.each(namesakes)('takes over from $tool where ours is given another name', async (of) => {
    const project = await namesake(of)
    const tidemark = await openTidemark(project, { config: { migrations: { table: 'tidemark_migrations' } } })

    const { tool, pending } = await tidemark.adopt()

    expect(tool).toBe(of.tool)
    expect(pending).toEqual(of.files.slice(-1))
    expect(Object.values(await states(tidemark))).toEqual([
      ...of.files.slice(1).map(() => 'applied'),
      'pending',
    ])
  })

  test('does not take over from golang-migrate what that does not know itself', async () => {
    const project = await namesake({ ...namesakes[1], row: { version: 2, dirty: true } })
    const tidemark = await openTidemark(project, { config: { migrations: { table: 'tidemark_migrations' } } })

    await expect(tidemark.adopt()).rejects.toMatchObject({
      code: 'TM_DIRTY_LEDGER',
      message: expect.stringContaining('version 2 is dirty'),
    })
    expect(await states(tidemark)).toMatchObject({ '000001_users': 'pending' })
  })

  test('counts all up to a baseline as applied', async () => {
    const tidemark = await openTidemark(
      makeProject({
        [`${folder}/001_a.ts`]: createTable('a'),
        [`${folder}/002_b.ts`]: createTable('b'),
        [`${folder}/003_c.ts`]: createTable('c'),
      }),
    )

    const plan = await tidemark.adopt({ baseline: '002_b.ts' })

    expect(plan).toMatchObject({ adopted: [{ name: '001_a' }, { name: '002_b' }], pending: ['003_c'] })
    expect(await states(tidemark)).toEqual({ '001_a': 'applied', '002_b': 'applied', '003_c': 'pending' })
  })

  test('says which ledgers it knows where there is none', async () => {
    const tidemark = await openTidemark(makeProject({ [`${folder}/001_a.ts`]: createTable('a') }))

    await expect(tidemark.adopt()).rejects.toMatchObject({
      code: 'TM_NO_LEDGER_TO_ADOPT',
      kind: 'usage',
      remedy: expect.stringContaining('--baseline NAME'),
    })
  })
})
