import { expect, test } from 'vitest'
import { createTable, makeProject, migrationFile } from '../helpers/project.js'
import { json, outcomeOf, startCli } from '../helpers/run-cli.js'

/** Makes a table, says on stderr that it is there, and waits for what never comes. */
const waiting = migrationFile(
  `await schema.create('half', (table) => { table.id() })
    process.stderr.write('waiting')
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      await db.select('select 1')
    }`,
  '',
)

test.each(['SIGINT', 'SIGTERM'] as const)('%s rolls back what runs and ends with 130', async (signal) => {
  const project = makeProject({
    'database/migrations/001_users.ts': createTable('users'),
    'database/migrations/002_waiting.ts': waiting,
    'database/migrations/003_tags.ts': createTable('tags'),
  })
  const child = startCli(project, ['migrate'])
  child.stderr.once('data', () => child.kill(signal))

  const { status, stdout, stderr } = await outcomeOf(child)

  expect(status).toBe(130)
  expect(stdout).toMatch(/\n {2}001_users \.+ [\d.]+ m?s DONE\n {2}002_waiting \.+ [\d.]+ m?s STOP\n$/)
  expect(stderr).toContain('TM_INTERRUPTED')
  expect(await json(project, ['migrate:status'])).toMatchObject({
    migrations: [{ state: 'applied' }, { state: 'pending' }, { state: 'pending' }],
  })
  expect(await json(project, ['db:show'])).toMatchObject({
    tables: [{ name: 'schema_migrations' }, { name: 'users' }],
  })
})

test('a signal that comes before the first statement is not forgotten', async () => {
  const project = makeProject({
    'tidemark.config.mjs': `process.stderr.write('waiting')
await new Promise((resolve) => setTimeout(resolve, 300))
export default {}`,
    'database/migrations/001_users.ts': createTable('users'),
  })
  const child = startCli(project, ['migrate'])
  child.stderr.once('data', () => child.kill('SIGTERM'))

  const { status, stderr } = await outcomeOf(child)

  expect(status).toBe(130)
  expect(stderr).toContain('TM_INTERRUPTED')
  expect(await json(project, ['migrate:status'])).toMatchObject({ migrations: [{ state: 'pending' }] })
})

test('a second signal leaves at once', async () => {
  const stuck = migrationFile(
    "process.stderr.write('waiting'); await new Promise((resolve) => setTimeout(resolve, 60_000))",
    '',
  )
  const project = makeProject({ 'database/migrations/001_stuck.ts': stuck })
  const child = startCli(project, ['migrate'])
  child.stderr.once('data', () => {
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGINT'), 100)
  })

  const { status } = await outcomeOf(child)

  expect(status).toBe(130)
  expect(await json(project, ['migrate:status'])).toMatchObject({ migrations: [{ state: 'pending' }] })
})
