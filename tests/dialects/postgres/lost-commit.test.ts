// The network cuts the connection off at the commit of a migration. What is said of it is true: whether the commit has
// reached the server, has not, or cannot be looked at.

import { describe, expect, test } from 'vitest'
import type { Tidemark } from '../../../src/index.js'
import { type ProxyOptions, startProxy } from '../../helpers/postgres-proxy.js'
import { type Project, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames, variablesOf } from '../../helpers/tidemark.js'

const a = 'database/migrations/001_a.ts'
const create = migrationFile(`await schema.create('a', (table) => table.id())`, `await schema.drop('a')`)

/** One past the proxy, which has made the ledger, and one through it. */
async function openBoth(
  project: Project,
  options: ProxyOptions,
): Promise<{ direct: Tidemark; cut: Tidemark }> {
  const variables = await variablesOf(project)
  const direct = await openTidemark(project)
  await direct.install()
  const url = new URL(variables['DB_URL'] ?? '')
  url.port = String((await startProxy(url.href, { endsAt: 'COMMIT', ...options })).port)
  return { direct, cut: await openTidemark(project, { variables: { ...variables, DB_URL: url.href } }) }
}

describe('a migration whose connection is lost at its commit', () => {
  test('is applied where the commit has arrived', async () => {
    const { direct, cut } = await openBoth(makeProject({ [a]: create }), {})

    const { runs } = await cut.migrate()

    expect(runs).toMatchObject([{ name: '001_a', outcome: 'done' }])
    expect(await states(direct)).toEqual({ '001_a': 'applied' })
    expect(await tableNames(direct)).toEqual(['a'])
    await direct.rollback()
  })

  test('is rolled back where it has not', async () => {
    const { direct, cut } = await openBoth(makeProject({ [a]: create }), { passesLastOn: false })

    await expect(cut.migrate()).rejects.toMatchObject({
      code: 'TM_CONNECTION_LOST',
      aftermath: { state: 'rolled back' },
    })

    expect(await states(direct)).toEqual({ '001_a': 'pending' })
    expect(await tableNames(direct)).toEqual([])
    await direct.migrate()
  })

  test('is whichever it says where the server is still at it', async () => {
    const slow = `await schema.create('a', (table) => table.id())
    await db.exec(\`create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return null; end $$;
      create constraint trigger slow after insert on a deferrable initially deferred for each row execute function slow();
      insert into a values (1)\`)`
    const { direct, cut } = await openBoth(makeProject({ [a]: migrationFile(slow, '') }), {})

    const said = await cut.migrate().then(
      () => 'applied',
      (error: unknown) => Object(error).aftermath.state,
    )

    expect(await states(direct)).toEqual({ '001_a': said === 'applied' ? 'applied' : 'pending' })
    expect(['applied', 'rolled back']).toContain(said)
  })

  test('may be either where nobody can look', async () => {
    const { direct, cut } = await openBoth(makeProject({ [a]: create }), { isLast: true })

    await expect(cut.migrate()).rejects.toMatchObject({
      code: 'TM_CONNECTION_LOST',
      aftermath: { state: 'unknown' },
      remedy: expect.stringContaining('tidemark migrate:status') as string,
    })
    expect(await states(direct)).toEqual({ '001_a': 'applied' })
  })

  test('leaves the next one to a connection that is there', async () => {
    const files = { [a]: create, 'database/migrations/002_b.ts': create.replaceAll("'a'", "'b'") }
    const { direct, cut } = await openBoth(makeProject(files), {})

    await expect(cut.migrate()).rejects.toMatchObject({
      details: { migration: '002_b', aftermath: { state: 'rolled back' } },
    })

    expect(await states(direct)).toEqual({ '001_a': 'applied', '002_b': 'pending' })
  })
})

describe('a rollback whose connection is lost at its commit', () => {
  test.each([
    { passesLastOn: true, state: 'pending' },
    { passesLastOn: false, state: 'applied' },
  ])('tells the truth, where it is then $state', async ({ passesLastOn, state }) => {
    const { direct, cut } = await openBoth(makeProject({ [a]: create }), { passesLastOn })
    await direct.migrate()

    const rolledBack = cut.rollback()

    await (passesLastOn
      ? expect(rolledBack).resolves.toMatchObject({ runs: [{ name: '001_a', outcome: 'done' }] })
      : expect(rolledBack).rejects.toMatchObject({ aftermath: { state: 'rolled back' } }))
    expect(await states(direct)).toEqual({ '001_a': state })
  })

  test('may be either where nobody can look', async () => {
    const { direct, cut } = await openBoth(makeProject({ [a]: create }), { isLast: true })
    await direct.migrate()

    await expect(cut.rollback()).rejects.toMatchObject({
      aftermath: { state: 'unknown' },
      remedy: expect.stringContaining('tidemark migrate:status') as string,
    })
    expect(await states(direct)).toEqual({ '001_a': 'pending' })
  })
})
