// A statement that drops several things, of which one cannot be dropped: all or nothing on MySQL, one after the other on MariaDB. The
// next run goes on with what is left, however the statement is written.

import { expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'
import { isMariadb } from './open.js'

const file = 'database/migrations/001_a.ts'

const tables = `create table a (id integer primary key); create table b (id integer primary key);
  create table obstacle (id integer, foreign key (id) references b (id))`
const views = 'create table obstacle (id integer); create view a as select 1 as x'

test.each([
  ['drop table a, b', tables],
  ['drop tables `a`,b restrict', tables],
  ['DROP TABLE IF EXISTS a, b', tables],
  ['/* why */ drop table a, b', tables],
  ['-- why\n  drop /* which */ table -- these\n a, /* and */ b', tables],
  ['# why\ndrop table if exists a,b cascade', tables],
  ['drop view a, b', views],
  ['/* why */ drop view a, b', views],
])('%j that could drop the first alone is gone on with', async (sql, before) => {
  const tidemark = await openTidemark(
    makeProject({ [file]: migrationFile(`await db.statement(${JSON.stringify(sql)})`, '') }),
  )
  const db = await tidemark.db()
  await db.exec(before)
  const isThere = async (): Promise<boolean> =>
    (
      await db.select(
        "select 1 from information_schema.tables where table_schema = database() and table_name = 'a'",
      )
    ).length > 0

  await expect(tidemark.migrate()).rejects.toMatchObject({ name: 'MigrationError' })
  expect(await isThere()).toBe(!isMariadb)
  await db.exec(before === views ? 'create view b as select 1 as x' : 'drop table obstacle')
  await tidemark.migrate()

  expect(await isThere()).toBe(false)
  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})
