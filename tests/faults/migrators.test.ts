// Migrators that are killed: each migration takes effect once. The migrations mix structure with data that tells how often it
// was changed.

import { expect, test } from 'vitest'
import { type Project, makeProject, migrationFile } from '../helpers/project.js'
import { outcomeOf, startCli, succeed } from '../helpers/run-cli.js'
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
