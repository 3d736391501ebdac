// Migrations that say `transaction: false`, for what PostgreSQL does in no transaction.

import { describe, expect, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

const file = 'database/migrations/001_a.ts'

async function opened(up: string): Promise<Tidemark> {
  const text = migrationFile(up, '').replace('migration({', 'migration({ transaction: false,')
  return await openTidemark(makeProject({ [file]: text }))
}

/** The names of the indexes of `a`, those that are not valid with a question mark. */
async function indexes(tidemark: Tidemark): Promise<readonly string[]> {
  const rows = await (
    await tidemark.db()
  ).select(
    "select indexrelid::regclass::text || case when indisvalid then '' else '?' end as name from pg_index where indrelid = 'a'::regclass order by 1",
  )
  return rows.map(({ name }) => String(name))
}

test.each([
  ['raw SQL', `await db.statement('create unique index concurrently a_v on a (v)')`],
  ['the schema builder', `await schema.table('a', (table) => { table.unique('v', 'a_v').online() })`],
])(
  'an index that a build left as not valid is built anew when the migration goes on: %s',
  async (_, build) => {
    const tidemark = await opened(`await schema.create('a', (table) => { table.integer('v') })
    await db.table('a').insert([{ v: 1 }, { v: 1 }])
    ${build}`)
    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_UNIQUE_VIOLATION',
      aftermath: { state: 'half applied', statements: 2 },
    })
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
    await (await tidemark.db()).exec('delete from a where ctid = (select min(ctid) from a)')

    await tidemark.migrate()

    expect(await indexes(tidemark)).toEqual(['a_v'])
    expect(await (await tidemark.db()).table('a').pluck('v')).toEqual([1])
  },
)

test('an index of another table that is not valid is left alone', async () => {
  const tidemark = await opened(`await db.statement('create index concurrently a_v on a (v)')`)
  const db = await tidemark.db()
  await db.exec('create schema other; create table other.a (v integer); create table a (v integer)')
  await db.exec('insert into other.a values (1), (1)')
  await expect(db.statement('create unique index concurrently a_v on other.a (v)')).rejects.toMatchObject({
    code: 'TM_UNIQUE_VIOLATION',
  })

  await tidemark.migrate()

  expect(await db.scalar("select indisvalid from pg_index where indexrelid = 'other.a_v'::regclass")).toBe(
    false,
  )
  expect(await indexes(tidemark)).toEqual(['a_v'])
})

test('VACUUM runs, and what comes after it takes effect once', async () => {
  const tidemark = await opened(`await db.statement('update a set v = v + 1')
    await db.statement('vacuum analyze a')
    await db.statement('update a set v = v + 1')
    await db.statement('insert into nowhere values (1)')`)
  const db = await tidemark.db()
  await db.exec('create table a (v integer); insert into a values (0)')
  await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })
  await db.exec('create table nowhere (n integer)')

  await tidemark.migrate()

  expect(await db.scalar('select v from a')).toBe(2)
  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})

test('what may run in no transaction is refused by the server in a migration that is one', async () => {
  const tidemark = await openTidemark(
    makeProject({ [file]: migrationFile(`await db.statement('vacuum')`, '') }),
  )

  await expect(tidemark.migrate()).rejects.toMatchObject({
    message: expect.stringContaining('cannot run inside a transaction block'),
    aftermath: { state: 'rolled back' },
  })
})

describe('a block of code', () => {
  /** Counts by `sql`, and loses its session after that. */
  async function cutAfter(sql: string, made = 'select 1'): Promise<Tidemark> {
    const tidemark = await opened(`await db.statement(${JSON.stringify(sql)})
    if ((await db.table('gate').count()) === 0) await db.select('select pg_terminate_backend(pg_backend_pid())')
    await db.statement('update n set v = v + 10')`)
    const db = await tidemark.db()
    await db.exec(
      `create table n (v integer); insert into n values (0); create table gate (v integer); ${made}`,
    )
    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_CONNECTION_LOST' })
    await tidemark.close()
    await (await tidemark.db()).exec('insert into gate values (1)')
    return tidemark
  }

  test.each([
    ['DO', 'do $$ begin update n set v = v + 1; end $$', undefined],
    ['CALL', 'call bump()', 'create procedure bump() language sql as $$ update n set v = v + 1 $$'],
  ])('takes effect once, whatever dies after it: %s', async (_, sql, made) => {
    const tidemark = await cutAfter(sql, made)

    await tidemark.migrate()

    expect(await (await tidemark.db()).table('n').pluck('v')).toEqual([11])
  })

  test('that commits by itself runs, and is asked about where it was cut off', async () => {
    const tidemark = await cutAfter('do $$ begin update n set v = v + 1; commit; end $$')

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_EFFECT_UNKNOWN',
      remedy: expect.stringContaining('migrate:repair 001_a --done') as string,
    })
    await tidemark.repair({ name: '001_a', decision: 'done' })
    await tidemark.migrate()

    expect(await (await tidemark.db()).table('n').pluck('v')).toEqual([11])
  })

  test('that fails has had no effect', async () => {
    const tidemark = await opened(`await db.statement('create table n (v integer)')
    await db.statement('do $$ begin insert into n values (1); perform 1 / (select count(*) from gate); end $$')`)
    const db = await tidemark.db()
    await db.exec('create table gate (v integer)')
    await expect(tidemark.migrate()).rejects.toMatchObject({
      aftermath: { state: 'half applied', statements: 1 },
    })
    await db.exec('insert into gate values (1)')

    await tidemark.migrate()

    expect(await db.table('n').pluck('v')).toEqual([1])
  })
})
