// Statements that commit by themselves, with the migrator's session ended before they could do anything or right after they
// did, and what the next one makes of it.

import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, inject, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { startProxy } from '../../helpers/mysql-proxy.js'
import { type Project, makeProject } from '../../helpers/project.js'
import { openTidemark, states, variablesOf } from '../../helpers/tidemark.js'

const isMariadb = inject('dialect') === 'mariadb'
const name = '001_a'

/** What the migration awaits after the statement. */
let afterwards: () => Promise<void> = () => Promise.resolve()
Object.assign(globalThis, { afterwards: () => afterwards() })
afterEach(() => {
  afterwards = () => Promise.resolve()
})

interface Cut {
  readonly project: Project
  readonly tidemark: Tidemark
  readonly run: (sql: string) => Promise<void>
  readonly column: (sql: string) => Promise<unknown[]>
}

/** A project whose migration counts before and after some statements, on a database in which `tables` are. */
async function prepared(statements: readonly string[], tables: string): Promise<Cut> {
  const project = makeProject({
    [`database/migrations/${name}.mjs`]: `export default {
  async up({ db }) {
    await db.statement('update n set n = n + 1')
    for (const sql of ${JSON.stringify(statements)}) await db.statement(sql)
    await globalThis.afterwards()
    await db.statement('update n set n = n + 1')
  },
}
`,
  })
  const tidemark = await openTidemark(project)
  const db = await tidemark.db()
  await db.exec(`create table n (n integer); insert into n values (0); ${tables}`)
  return {
    project,
    tidemark,
    run: (sql) => db.exec(sql),
    column: async (sql) => (await db.select(sql)).map((row) => Object.values(row)[0]),
  }
}

/** Ends the session of whoever migrates. */
async function cutSession({ column, run }: Cut): Promise<void> {
  const [id] = await column(
    "select is_used_lock(concat('tidemark ', checksum)) from schema_migrations where name = '(lock)'",
  )
  await run(`kill ${String(id)}`)
}

/** Lets the statements take effect, and nothing after them. */
async function cutAfter(cut: Cut): Promise<void> {
  afterwards = () => cutSession(cut)
  await expect((await openTidemark(cut.project)).migrate()).rejects.toMatchObject({
    code: 'TM_CONNECTION_LOST',
  })
  afterwards = () => Promise.resolve()
}

/** Ends the session while the statement waits for a table that another session has locked. */
async function cutBefore(cut: Cut, locked: string): Promise<void> {
  const holder = await (await openTidemark(cut.project)).db()
  await holder.statement(`lock tables ${locked} write`)
  await cutWhile(cut, 'Waiting for table metadata lock')
  await holder.statement('unlock tables')
}

/** Ends the session while it is in this state, as `SHOW PROCESSLIST` has it. */
async function cutWhile(cut: Cut, state: string): Promise<void> {
  const migrator = await openTidemark(cut.project)
  const migrated = expect(migrator.migrate()).rejects.toMatchObject({ code: 'TM_CONNECTION_LOST' })
  const sql = `select id from information_schema.processlist where db = database() and state like '${state}%'`
  while ((await cut.column(sql)).length === 0) await pause(10)
  await cutSession(cut)
  await migrated
}

async function expectDone({ tidemark, column }: Cut): Promise<void> {
  await tidemark.migrate()
  expect(await column('select n from n')).toEqual([2])
  expect(await states(tidemark)).toEqual({ [name]: 'applied' })
}

describe('what has taken effect is passed over:', () => {
  test('TRUNCATE', async () => {
    const cut = await prepared(['truncate a'], 'create table a (v integer); insert into a values (1)')
    await cutAfter(cut)
    await cut.run('insert into a values (2)')

    await expectDone(cut)
    expect(await cut.column('select v from a')).toEqual([2])
  })

  test('tables that take the names of each other', async () => {
    const cut = await prepared(
      ['rename table a to c, b to a, c to b'],
      'create table a (v integer); create table b like a; insert into a values (1); insert into b values (2)',
    )
    await cutAfter(cut)

    await expectDone(cut)
    expect(await cut.column('select v from a')).toEqual([2])
  })

  test('a partition that is exchanged', async () => {
    const cut = await prepared(
      ['alter table a exchange partition p0 with table b'],
      `create table a (v integer) partition by range (v) (partition p0 values less than (10));
        create table b (v integer); insert into a values (1); insert into b values (2)`,
    )
    await cutAfter(cut)

    await expectDone(cut)
    expect(await cut.column('select v from a')).toEqual([2])
  })

  test.each([
    ['an account', "create user 'tm_cut_off'@'localhost'", "drop user 'tm_cut_off'@'localhost'"],
    ['a view', 'create view v as select 1 as x', 'drop view v'],
    ['a trigger', 'create trigger t before insert on a for each row set new.v = 7', 'drop trigger t'],
    ['a procedure', 'create procedure p() select 1', 'drop procedure p'],
    [
      'a table that is renamed with another change',
      'alter table a add w integer, rename to z',
      'drop table z',
    ],
    ['a table of rows', 'create table z as select v from a', 'drop table z'],
    ['an event', 'create event e on schedule every 1 year do select 1', 'drop event e'],
    ['a table of another database', 'create table tm_cut_off.x (v integer)', 'drop table tm_cut_off.x'],
  ])('%s', async (_, create, drop) => {
    const tables = `create table a (v integer); drop user if exists 'tm_cut_off'@'localhost'; create database if not exists tm_cut_off; drop table if exists tm_cut_off.x`
    const cut = await prepared([create], tables)
    await cutAfter(cut)

    await expectDone(cut)
    await cut.run(drop)
  })

  test('REVOKE, which fails where there is nothing to take away', async () => {
    const account = "'tm_cut_off_2'@'localhost'"
    const cut = await prepared(
      [`create user ${account}`, `grant select on a to ${account}`, `revoke select on a from ${account}`],
      `create table a (v integer); drop user if exists ${account}`,
    )
    await cutAfter(cut)

    await expectDone(cut)
    await cut.run(`drop user ${account}`)
  })

  test('what was prepared, of structure and of rows', async () => {
    const cut = await prepared(
      [
        "set @sql = 'alter table a add column w integer'",
        'prepare s from @sql',
        'execute s',
        'deallocate prepare s',
        "prepare s from 'update a set v = v + ?'",
        'set @by = 3',
        'execute s using @by',
        'drop prepare s',
      ],
      'create table a (v integer); insert into a values (1)',
    )
    await cutAfter(cut)

    await expectDone(cut)
    expect(await cut.column('select v from a where w is null')).toEqual([4])
  })
})

describe('what has not taken effect runs:', () => {
  test('whatever others make meanwhile', async () => {
    const cut = await prepared(['create view v as select v from a'], 'create table a (v integer)')
    await cutBefore(cut, 'a')
    await cut.run(
      'create database tm_cut_off_2; drop database tm_cut_off_2; create table c (v integer); create view w as select 1 as x',
    )

    await expectDone(cut)
    expect(await cut.column('select v from v')).toEqual([])
  })
})

test.skipIf(isMariadb)('tables that reference each other are dropped together', async () => {
  const cut = await prepared(
    ['drop table a, b'],
    'create table a (id integer primary key); create table b (id integer, foreign key (id) references a (id))',
  )
  await cutAfter(cut)

  await expectDone(cut)
})

test.runIf(isMariadb)('a statement with settings of its own takes effect once', async () => {
  const cut = await prepared(
    [
      'set statement max_statement_time = 10 for update a set v = v + 1',
      'set statement max_statement_time = 10 for create table c (v integer)',
    ],
    'create table a (v integer); insert into a values (1)',
  )
  await cutAfter(cut)

  await expectDone(cut)
  expect(await cut.column('select v from a')).toEqual([2])
})

test.runIf(isMariadb)('a table that was dropped to be replaced is made', async () => {
  const cut = await prepared(
    ['create or replace table a as select sleep(0.5) as v'],
    'create table a (v integer); insert into a values (1)',
  )
  await cutWhile(cut, 'User sleep')
  expect(await cut.column("show tables like 'a'")).toEqual([])

  await expectDone(cut)
  expect(await cut.column('select v from a')).toEqual([0])
})

test('a session that ends where its wait for locks is set is told as lost', async () => {
  const project = makeProject({
    [`database/migrations/${name}.mjs`]: `export default { lockTimeout: '3s', async up() {} }`,
  })
  const variables = await variablesOf(project)
  const address = new URL(variables['DB_URL'] ?? '')
  const proxy = await startProxy(address.href, { endsAt: 'innodb_lock_wait_timeout = 3,' })
  address.port = String(proxy.port)

  const tidemark = await openTidemark(project, { variables: { ...variables, DB_URL: address.href } })
  await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_CONNECTION_LOST' })
})
