// Folders as they are written for dbmate, goose and golang-migrate (tests/fixtures/formats), run as they stand: up, used,
// down to nothing, and the same again with the line endings of another system.

import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import type { Database } from '../../../src/query/database.js'
import { type Project, makeProject } from '../../helpers/project.js'
import { json, runCli } from '../../helpers/run-cli.js'
import { openTidemark, states, tableNames, variablesOf } from '../../helpers/tidemark.js'
import { byDialect } from './words.js'

const folder = 'database/migrations'
const fixtures = fileURLToPath(new URL('../../fixtures/formats', import.meta.url))
const dialectFolder = byDialect({ sqlite: 'sqlite', postgres: 'postgres', mysql: 'mysql', mariadb: 'mysql' })
const hasRoutines = inject('dialect') !== 'sqlite'

interface Format {
  readonly tool: string
  readonly tables: readonly string[]
  readonly views: readonly string[]
  /** What is in the tables before the migrations after this one run. */
  readonly half: string
  readonly fill: (db: Database) => Promise<void>
  /** Has triggers fire and functions answer, and tells what came of it. */
  readonly use: (db: Database) => Promise<unknown>
  readonly seen: unknown
  /** It has no way down. */
  readonly last?: string
}

const formats: readonly Format[] = [
  {
    tool: 'dbmate',
    tables: [
      'customers',
      'order_items',
      'orders',
      'price_changes',
      ...(hasRoutines ? [] : ['product_search']),
      'products',
    ],
    views: ['best_sellers', 'order_totals', 'products_on_sale'],
    half: '20240108150000_add_refunded_status',
    fill: async (db) => {
      await db.table('customers').insert([
        { id: 1, email: 'ada@example.com', name: 'Ada Lovelace' },
        { id: 2, email: 'bob@example.com', name: 'Bob' },
      ])
      await db.table('customers').insert({ id: 3, email: 'nobody@example.com' })
      await db.table('orders').insert({ id: 1, customer_id: 1, status: 'refunded' })
    },
    use: async (db) => {
      await db.table('orders').insert({ id: 2, customer_id: 1 })
      await db.table('order_items').insert({ order_id: 2, product_id: 1, quantity: 2, price_cents: 460 })
      await db.table('order_items').insert({ order_id: 2, product_id: 3, quantity: 1, price_cents: 1200 })
      await expect(
        db.table('order_items').insert({ order_id: 2, product_id: 2, quantity: 6, price_cents: 1 }),
      ).rejects.toThrow(/left; \w+ (?:is )?wanted/)
      await db.table('products').where('id', 2).update({ price_cents: 500 })
      if (hasRoutines) await db.statement('call mark_paid(2)')
      else await db.table('orders').where('id', 2).update({ status: 'paid' })
      const total = hasRoutines ? 'select order_total(2)' : 'select total_cents from order_totals'
      return {
        names: await db.table('products').orderBy('id').pluck('name'),
        stock: await db.table('products').orderBy('id').pluck('stock'),
        changes: await db.table('price_changes').orderBy('id').get(['product_id', 'old_cents', 'new_cents']),
        totals: (await db.table('order_totals').pluck('total_cents')).map(Number),
        total: Number(await db.scalar(total)),
        status: await db.table('orders').orderBy('id').pluck('status'),
        people: await db.table('customers').orderBy('id').get(['first_name', 'last_name']),
      }
    },
    seen: {
      names: ['Tea; green', 'Tea; black -- strong', "Cup with a 'handle';"],
      stock: [8, 5, 2],
      changes: [
        { product_id: 1, old_cents: 450, new_cents: 460 },
        { product_id: 2, old_cents: 390, new_cents: 400 },
        { product_id: 2, old_cents: 400, new_cents: 500 },
      ],
      totals: [2120],
      total: 2120,
      status: ['refunded', 'paid'],
      people: [
        { first_name: 'Ada', last_name: 'Lovelace' },
        { first_name: 'Bob', last_name: null },
        { first_name: 'nobody;', last_name: 'really' },
      ],
    },
  },
  {
    tool: 'goose',
    tables: [
      'issue_history',
      'issue_labels',
      'issues',
      'labels',
      'projects',
      ...(hasRoutines ? [] : ['summaries']),
      'users',
    ],
    views: ['board'],
    half: '00010_index_titles',
    fill: async (db) => {
      await db.table('users').insert({ id: 4, login: 'dan', full_name: 'dan' })
    },
    use: async (db) => {
      await db.table('issues').insert({ id: 1, project_id: 1, title: 'one', assignee_id: 1 })
      await db.table('issues').insert({ id: 2, project_id: 1, title: 'two' })
      await db.table('issues').insert({ id: 3, project_id: 2, title: 'three' })
      if (hasRoutines) await db.statement('call close_issue(1)')
      else await db.table('issues').where('id', 1).update({ state: 'closed' })
      const open = hasRoutines
        ? 'select open_issues(1)'
        : "select count(*) from issues where project_id = 1 and state = 'open'"
      return {
        names: await db.table('users').orderBy('id').pluck('full_name'),
        initials: await db.table('users').orderBy('id').pluck('initial'),
        projects: await db.table('projects').orderBy('id').pluck('name'),
        board: await db.table('board').orderBy('code').get(),
        history: await db.table('issue_history').get(['issue_id', 'old_state', 'new_state']),
        touched: await db.table('issues').whereNotNull('updated_at').pluck('id'),
        open: Number(await db.scalar(open)),
      }
    },
    seen: {
      names: ['Ada Lovelace', 'Bob; the builder', "Jack O'Neill -- two l's", 'dan'],
      initials: ['A', 'B', 'J', 'D'],
      projects: ['The core; and more', "It's the web;"],
      board: [
        { code: 'CORE-1', title: 'one', state: 'closed', assignee: 'ada' },
        { code: 'CORE-2', title: 'two', state: 'open', assignee: null },
        { code: 'WEB-1', title: 'three', state: 'open', assignee: null },
      ],
      history: [{ issue_id: 1, old_state: 'open', new_state: 'closed' }],
      touched: [1],
      open: 1,
    },
    last: '00001_check_server',
  },
  {
    tool: 'golang-migrate',
    tables: ['accounts', 'currencies', 'owners', 'transfers'],
    views: [...(hasRoutines ? [] : ['payments']), 'statements'],
    half: '000005_index_transfers',
    fill: async (db) => {
      await db.table('accounts').insert({ id: 3, owner_id: 1, balance: 5 })
    },
    use: async (db) => {
      await db.table('transfers').insert({ id: 10, from_id: 1, to_id: 2, amount: 30 })
      if (hasRoutines) await db.statement('call pay(2, 1, 10)')
      else await db.table('payments').insert({ payer: 2, payee: 1, amount: 10 })
      await expect(
        db.table('transfers').insert({ id: 99, from_id: 1, to_id: 2, amount: 1000 }),
      ).rejects.toMatchObject({ code: 'TM_CHECK_VIOLATION' })
      const worth = hasRoutines
        ? 'select worth_of(1)'
        : 'select sum(balance) from accounts where owner_id = 1'
      return {
        balances: (await db.table('accounts').orderBy('id').pluck('balance')).map(Number),
        notes: await db.table('accounts').orderBy('id').pluck('note'),
        currencies: await db.table('accounts').orderBy('id').pluck('currency'),
        payers: await db.table('statements').orderBy('amount').pluck('payer'),
        worth: Number(await db.scalar(worth)),
      }
    },
    seen: {
      balances: [80, 70, 5],
      notes: ['it\'s; "fine" -- $1', "back\\slash; 'quoted'", '; none;'],
      currencies: ['EUR', 'SEK', 'EUR'],
      payers: ["Bob's -- shop", 'Ada; or A.'],
      worth: 85,
    },
  },
]

/** Everything that the database has beside the ledger, routines and triggers too. */
const everything = byDialect({
  sqlite: "select name from sqlite_master where name not like 'sqlite_%' and tbl_name <> 'schema_migrations'",
  postgres: `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relname not like 'schema_migrations%'
    union all select proname from pg_proc where pronamespace = current_schema()::regnamespace
    union all select typname from pg_type where typnamespace = current_schema()::regnamespace and typname !~ '^_?schema_migrations'`,
  mysql: everythingOfMysql(),
  mariadb: everythingOfMysql(),
})

function everythingOfMysql(): string {
  return `select table_name as name from information_schema.tables where table_schema = database() and table_name <> 'schema_migrations'
    union all select routine_name from information_schema.routines where routine_schema = database()
    union all select trigger_name from information_schema.triggers where trigger_schema = database()
    union all select event_name from information_schema.events where event_schema = database()`
}

function projectOf({ tool }: Format): Project {
  const project = makeProject()
  cpSync(join(fixtures, tool, dialectFolder), project.path(folder), { recursive: true })
  return project
}

/** As an editor of another system saves them. */
function saveOnWindows(project: Project): void {
  for (const name of readdirSync(project.path(folder))) {
    const path = project.path(join(folder, name))
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}`)
  }
}

function namesIn(project: Project): string[] {
  const names = readdirSync(project.path(folder)).filter((name) => !name.endsWith('.down.sql'))
  return names.map((name) => name.replace(/(?:\.up)?\.sql$/, '')).sort()
}

async function upAndUsed(tidemark: Tidemark, { half, fill, use }: Format): Promise<unknown> {
  const db = await tidemark.db()
  await tidemark.migrate({ to: half })
  await fill(db)
  await tidemark.migrate()
  return await use(db)
}

/** Takes all of it back, by the command. What has no way down is the first of its folder, and does nothing that stays. */
async function downByCommand(project: Project, { last }: Format): Promise<void> {
  const run = async (words: readonly string[]) => await runCli(project, words, await variablesOf(project))
  const { status, stdout, stderr } = await run(['migrate:reset'])
  if (last === undefined) return expect([status, stderr]).toEqual([0, ''])
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(
    `Migration ${last} has no down, so it cannot be rolled back. Nothing was rolled back.`,
  )
  const [, step = ''] = /migrate:rollback (--step=\d+)/.exec(stderr) ?? []
  expect(await run(['migrate:rollback', step])).toMatchObject({ status: 0, stderr: '' })
}

describe.each(formats)('a folder of $tool', (format) => {
  test('goes up, works, goes down to nothing and up again, on Windows too', async () => {
    const project = projectOf(format)
    const tidemark = await openTidemark(project)
    const db = await tidemark.db()
    const checksums = () => db.table('schema_migrations').orderBy('name').pluck('checksum')
    const names = namesIn(project)
    const areAll = (state: string) => Object.fromEntries(names.map((name) => [name, state]))

    expect(await upAndUsed(tidemark, format)).toEqual(format.seen)
    expect(await tableNames(tidemark)).toEqual(format.tables)
    const views = (await tidemark.snapshot()).views.map(({ name }) => name).sort()
    expect(views).toEqual(format.views)
    expect(await json(project, ['migrate:status'], await variablesOf(project))).toMatchObject({
      migrations: names.map((name) => ({ name, state: 'applied' })),
    })
    const before = await checksums()

    saveOnWindows(project)
    expect(await states(tidemark)).toEqual(areAll('applied'))
    await downByCommand(project, format)
    expect(await db.select(everything)).toEqual([])
    const first = format.last === undefined ? {} : { [format.last]: 'applied' }
    expect(await states(tidemark)).toEqual({ ...areAll('pending'), ...first })

    expect(await upAndUsed(tidemark, format)).toEqual(format.seen)
    expect(await checksums()).toEqual(before)
  })

  test('is pretended with each statement that is run', async () => {
    const tidemark = await openTidemark(projectOf(format))
    const ran: [string, string][] = []
    tidemark.on('statement', ({ migration, statement }) => ran.push([migration, statement.sql]))

    const { runs } = await tidemark.migrate({ pretend: true })
    expect(await tableNames(tidemark)).toEqual([])
    await tidemark.migrate()

    expect(runs.flatMap(({ name, sql }) => sql.map((one) => [name, one]))).toEqual(ran)
    expect(ran.length).toBeGreaterThan(15)
  })
})
