// Several migrators at once, and migrators that are killed: each migration takes effect once. The migrations mix
// structure with data that tells how often it was changed.

import { expect, test } from 'vitest'
import { type Project, makeProject, migrationFile } from '../helpers/project.js'
import { type Outcome, outcomeOf, runCli, startCli, succeed } from '../helpers/run-cli.js'
import { openTidemark, states } from '../helpers/tidemark.js'

const count = 24

function countingProject(): Project {
  const name = (index: number): string => `database/migrations/${String(index).padStart(3, '0')}_step.ts`
  const first = migrationFile(
    `await schema.create('counter', (table) => { table.id(); table.integer('n') })
    await db.table('counter').insert({ id: 1, n: 0 })`,
    `await schema.drop('counter')`,
  )
  const step = (index: number): string =>
    migrationFile(
      `await schema.create('t${index}', (table) => { table.id(); table.foreignId('counter_id').nullable().constrained('counter') })
    await db.exec('update counter set n = n + 1')
    await schema.table('counter', (table) => { table.bigInteger('n').change() })
    await db.table('t${index}').insert({ counter_id: 1 })`,
      `await schema.drop('t${index}')`,
    )
  return makeProject({
    [name(0)]: first,
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index + 1), step(index + 1)])),
  })
}

async function expectEachOnce(project: Project): Promise<void> {
  const tidemark = await openTidemark(project)
  const db = await tidemark.db()
  expect(new Set(Object.values(await states(tidemark)))).toEqual(new Set(['applied']))
  expect(await db.table('counter').value('n')).toBe(count)
  for (let index = 1; index <= count; index += 1) expect(await db.table(`t${index}`).count()).toBe(1)
  expect(await db.select('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await db.select('pragma foreign_key_check')).toEqual([])
}

test('five migrators at once apply each migration once, and all end well', { timeout: 120_000 }, async () => {
  const project = countingProject()

  const outcomes = await Promise.all(Array.from({ length: 5 }, () => runCli(project, ['migrate'])))

  expect(outcomes.map(({ status, stderr }) => [status, stderr])).toEqual(outcomes.map(() => [0, '']))
  await expectEachOnce(project)
})

test(
  'a migrator killed again and again applies each migration once in the end',
  { timeout: 180_000 },
  async () => {
    const project = countingProject()
    let kills = 0
    for (let status: number | null = null; status !== 0;) {
      const child = startCli(project, ['migrate'])
      const outcome = outcomeOf(child)
      // The first kills come at once, later ones later, so that they fall on each part of the work.
      const timer = setTimeout(() => child.kill('SIGKILL'), 40 + kills * 30)
      ;({ status } = await outcome)
      clearTimeout(timer)
      if (status === null) kills += 1
      else expect((await outcome).stderr).toBe('')
    }

    expect(kills).toBeGreaterThan(3)
    await expectEachOnce(project)
  },
)

test('rolling back undoes what a killed migrator left applied', { timeout: 120_000 }, async () => {
  const project = countingProject()
  const child = startCli(project, ['migrate'])
  child.stdout.once('data', () => child.kill('SIGKILL'))
  await outcomeOf(child)

  await succeed(project, ['migrate:reset'])

  const tidemark = await openTidemark(project)
  expect(new Set(Object.values(await states(tidemark)))).toEqual(new Set(['pending']))
  expect((await tidemark.tables()).map(({ name }) => name)).toEqual(['schema_migrations'])
})

/** A migration that says when it has begun, and then takes its time. */
function slowMigration(ms: number): string {
  return migrationFile(
    `await schema.create('slow', (table) => { table.id() })
    await db.table('slow').insert({ id: 1 })
    await writeFile('begun', '')
    await new Promise((resolve) => setTimeout(resolve, ${ms}))`,
    `await schema.drop('slow')`,
  ).replace('import {', "import { writeFile } from 'node:fs/promises'\nimport {")
}

/** What becomes of a second migrator that starts while the first one is inside the slow migration. */
async function migrateBeside(project: Project): Promise<{ first: Outcome; second: Outcome }> {
  const first = outcomeOf(startCli(project, ['migrate']))
  while (!project.has('begun')) await new Promise((resolve) => setTimeout(resolve, 20))
  const second = await runCli(project, ['migrate'])
  return { first: await first, second }
}

test('a migrator that comes second waits, and finds the work done', async () => {
  const project = makeProject({ 'database/migrations/001_slow.ts': slowMigration(1500) })

  const { first, second } = await migrateBeside(project)

  expect(first).toMatchObject({ status: 0, stderr: '' })
  expect(second).toMatchObject({ status: 0, stderr: '' })
  expect(second.stdout).toMatch(/Waiting for \S+@\S+, process \d+, who migrates since 20/)
  expect(second.stdout).toContain('Nothing to migrate.')
})

test('a migrator that waits in vain ends with 6, says for whom it waited, and has changed nothing', async () => {
  const project = makeProject({
    'database/migrations/001_slow.ts': slowMigration(4000),
    'tidemark.config.ts': `export default { migrations: { lockWait: '500ms', lockTimeout: '100ms' } }`,
  })

  const { first, second } = await migrateBeside(project)

  expect(first).toMatchObject({ status: 0, stderr: '' })
  expect(second.status).toBe(6)
  expect(second.stderr).toMatch(/held by \S+@\S+, process \d+, since 20[^]*TM_LOCK_HELD/)
  const tidemark = await openTidemark(project)
  expect(await states(tidemark)).toEqual({ '001_slow': 'applied' })
  expect(await (await tidemark.db()).table('slow').count()).toBe(1)
})

test('a migration outside a transaction is not begun by a second migrator', async () => {
  const project = makeProject({
    'database/migrations/001_slow.ts': slowMigration(1500).replace(
      'migration({',
      'migration({ transaction: false,',
    ),
  })

  const { first, second } = await migrateBeside(project)

  expect(first).toMatchObject({ status: 0, stderr: '' })
  expect(second).toMatchObject({ status: 0, stderr: '' })
  const tidemark = await openTidemark(project)
  expect(await states(tidemark)).toEqual({ '001_slow': 'applied' })
  expect(await (await tidemark.db()).table('slow').count()).toBe(1)
})
