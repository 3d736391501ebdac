// One migration is undone out of the middle while tables of later ones reference what it made.

import { describe, expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect, outsideTransaction, quoted, transactionalDdl } from './words.js'

const folder = 'database/migrations'

const files = {
  [`${folder}/001_create_users.ts`]: migrationFile(
    `await db.exec(${JSON.stringify(quoted('create table "users" (id bigint not null primary key)'))})`,
    `await db.exec(${JSON.stringify(quoted('drop table if exists "users"'))})`,
  ),
  [`${folder}/002_create_posts.ts`]: migrationFile(
    `await schema.create('posts', (table) => { table.id(); table.bigInteger('user_id'); table.foreign('user_id').references('id').on('users').cascadeOnDelete() })`,
    `await schema.drop('posts')`,
  ),
  [`${folder}/003_create_tags.ts`]: migrationFile(
    `await schema.create('tags', (table) => { table.id() })`,
    `await schema.drop('tags')`,
  ),
}

async function migrated(users?: string) {
  const project = makeProject({
    ...files,
    ...(users !== undefined && { [`${folder}/001_create_users.ts`]: users }),
  })
  const tidemark = await openTidemark(project)
  await tidemark.migrate()
  const db = await tidemark.db()
  await db.exec('insert into users (id) values (1)')
  await db.exec('insert into posts (user_id) values (1)')
  return { project, tidemark, db }
}

describe('rolling back a migration alone', () => {
  test('is refused where others reference what it made, with the list', async () => {
    const { tidemark } = await migrated()

    await expect(tidemark.rollback({ name: '001_create_users.ts' })).rejects.toMatchObject({
      code: 'TM_DEPENDED_ON',
      kind: 'refused',
      message: expect.stringContaining('002_create_posts (posts.user_id)'),
      remedy: expect.stringContaining('tidemark migrate:rollback 002_create_posts'),
      details: { dependents: [{ migration: '002_create_posts', table: 'posts', columns: ['user_id'] }] },
    })
    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
  })

  test('lists them in the order of the migrations, and names the last one to begin with', async () => {
    const referencing = (table: string) =>
      migrationFile(
        `await schema.create('${table}', (table) => { table.id(); table.bigInteger('user_id'); table.foreign('user_id').references('id').on('users') })`,
        `await schema.drop('${table}')`,
      )
    const tidemark = await openTidemark(
      makeProject({
        ...files,
        [`${folder}/003_create_tags.ts`]: referencing('zebras'),
        [`${folder}/004_create_ants.ts`]: referencing('ants'),
      }),
    )
    await tidemark.migrate()

    await expect(tidemark.rollback({ name: '001_create_users' })).rejects.toMatchObject({
      message: expect.stringMatching(/002_create_posts.*003_create_tags.*004_create_ants/),
      remedy: expect.stringContaining('tidemark migrate:rollback 004_create_ants'),
    })
  })

  test('drops those foreign keys first where it is forced, and keeps their rows', async () => {
    const { tidemark, db } = await migrated()

    await tidemark.rollback({ name: '001_create_users', force: true })

    expect(await tableNames(tidemark)).toEqual(['posts', 'tags'])
    expect(await db.table('posts').pluck('user_id')).toEqual([1])
    expect((await tidemark.table('posts'))?.foreignKeys).toEqual([])
    expect(await states(tidemark)).toMatchObject({
      '001_create_users': 'pending',
      '002_create_posts': 'applied',
    })
    await tidemark.migrate()
    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
  })

  const failing = (down: string) => `await schema.create('helpers', (table) => { table.id() })
    await db.statement('insert into nowhere values (1)')
    ${down}
    await schema.drop('helpers')`
  const upAndDown = [
    `await schema.create('users', (table) => { table.bigInteger('id').primary() })`,
    `await schema.drop('users')`,
  ] as const

  test('has the foreign keys that it drops first in its journal', async () => {
    const { project, tidemark } = await migrated(
      outsideTransaction(migrationFile(upAndDown[0], failing(upAndDown[1]))),
    )
    await expect(tidemark.rollback({ name: '001_create_users', force: true })).rejects.toMatchObject({
      aftermath: {
        state: 'half applied',
        statements: byDialect({ sqlite: expect.any(Number) as number, postgres: 2, mysql: 2, mariadb: 2 }),
      },
    })
    await tidemark.close()

    const next = await openTidemark(project)
    await (await next.db()).exec('create table nowhere (n integer)')
    await next.rollback({ name: '001_create_users' })

    expect(await tableNames(next)).toEqual(['nowhere', 'posts', 'tags'])
    expect((await next.table('posts'))?.foreignKeys).toEqual([])
  })

  test.runIf(transactionalDdl)('keeps the foreign keys where it fails and is one transaction', async () => {
    const { tidemark } = await migrated(migrationFile(upAndDown[0], failing(upAndDown[1])))

    await expect(tidemark.rollback({ name: '001_create_users', force: true })).rejects.toMatchObject({
      aftermath: { state: 'rolled back' },
    })

    expect((await tidemark.table('posts'))?.foreignKeys).toHaveLength(1)
    expect(await states(tidemark)).toMatchObject({ '001_create_users': 'applied' })
  })

  test('goes without asking where nothing references it, or all is undone', async () => {
    const { tidemark } = await migrated()

    await tidemark.rollback({ name: '002_create_posts' })
    await tidemark.rollback({ name: '001_create_users' })
    await tidemark.migrate()
    await tidemark.reset()

    expect(await tableNames(tidemark)).toEqual([])
  })

  test('goes where its down changes a table that is referenced, and drops none', async () => {
    const { project, tidemark, db } = await migrated()
    project.write(
      `${folder}/004_change_users.ts`,
      migrationFile(
        `await schema.table('users', (table) => { table.string('name').default('x') })
    await schema.table('users', (table) => { table.text('name').nullable().change() })`,
        `await schema.table('users', (table) => { table.string('name').nullable(false).change() })
    await schema.table('users', (table) => { table.dropColumn('name') })`,
      ),
    )
    await tidemark.migrate()

    await tidemark.rollback({ name: '004_change_users' })

    expect(await db.table('posts').count()).toBe(1)
  })

  test('goes where its down takes the foreign key away itself', async () => {
    const { project, tidemark } = await migrated()
    project.write(
      `${folder}/004_teams.ts`,
      migrationFile(
        `await schema.create('teams', (table) => { table.id() })
    await schema.table('posts', (table) => { table.foreignId('team_id').nullable().constrained() })`,
        `await schema.table('posts', (table) => { table.dropConstrainedForeignId('team_id') })
    await schema.drop('teams')`,
      ),
    )
    await tidemark.migrate()

    await tidemark.rollback({ name: '004_teams' })

    expect(await tableNames(tidemark)).toEqual(['posts', 'tags', 'users'])
  })

  test('is refused though its file is gone', async () => {
    const { project, tidemark } = await migrated()
    project.remove(`${folder}/001_create_users.ts`)
    project.remove(`${folder}/002_create_posts.ts`)

    await expect(tidemark.rollback({ name: '001_create_users' })).rejects.toMatchObject({
      code: 'TM_DEPENDED_ON',
      message: expect.stringContaining('002_create_posts (posts.user_id)'),
    })
  })
})
