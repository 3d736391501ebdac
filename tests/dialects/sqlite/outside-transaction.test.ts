// Migrations that say `transaction: false`, in what only SQLite has: settings that no transaction takes, and tables that
// are made anew.

import { expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

const file = 'database/migrations/001_a.ts'

function outsideTransaction(up: string): string {
  return migrationFile(up, '').replace('migration({', 'migration({ transaction: false,')
}

test('a migration may switch a setting that no transaction takes, and begin and commit itself', async () => {
  const tidemark = await openTidemark(
    makeProject({
      [file]: outsideTransaction(
        `await db.exec('pragma foreign_keys = off; begin; create table a (x); commit; pragma foreign_keys = on')`,
      ),
    }),
  )

  await tidemark.migrate()

  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})

test('a table that is made anew keeps the rows that reference it', async () => {
  const tidemark = await openTidemark(
    makeProject({
      [file]: outsideTransaction(
        `await schema.create('a', (table) => { table.id(); table.string('name') })
    await schema.create('b', (table) => { table.id(); table.foreignId('a_id').constrained('a').cascadeOnDelete() })
    await db.table('a').insert({ id: 1, name: 'x' })
    await db.table('b').insert({ id: 1, a_id: 1 })
    await schema.table('a', (table) => { table.text('name').nullable().change() })`,
      ),
    }),
  )

  await tidemark.migrate()

  const db = await tidemark.db()
  expect(await db.table('b').get()).toEqual([{ id: 1, a_id: 1 }])
  expect(await db.select('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
  expect((await tidemark.table('a'))?.columns.map(({ type }) => type)).toEqual(['integer', 'text'])
})

test('a setting that a run before made is made again when the migration is gone on with', async () => {
  const project = makeProject({
    [file]: outsideTransaction(
      `await schema.create('a', (table) => { table.id() })
    await schema.create('b', (table) => { table.id(); table.foreignId('a_id').constrained('a').cascadeOnDelete() })
    await db.exec('insert into a values (1); insert into b values (1, 1)')
    await db.statement('pragma foreign_keys = off')
    await db.exec('insert into a values (2)')
    await db.exec('insert into nowhere values (1)')
    await db.exec('delete from a')
    await db.statement('pragma foreign_keys = on')`,
    ),
  })
  const first = await openTidemark(project)
  await expect(first.migrate()).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })
  await first.close()

  const second = await openTidemark(project)
  await (await second.db()).exec('create table nowhere (n integer)')
  await second.migrate()

  expect(await (await second.db()).table('b').count()).toBe(1)
})
