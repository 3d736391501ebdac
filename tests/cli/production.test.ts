import { describe, expect, test } from 'vitest'
import { makeProjectWithMigrations } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

const production = { APP_ENV: 'production' }
const changing = [
  ['migrate', 'apply the pending migrations to'],
  ['migrate:rollback', 'roll back migrations on'],
  ['migrate:reset', 'roll back all migrations on'],
  ['migrate:refresh', 'roll back all migrations and apply them again on'],
  ['migrate:fresh', 'drop everything in'],
  ['migrate:install', 'make the table of migrations in'],
  ['db:wipe', 'drop everything in'],
] as const

describe('in production, where nobody can be asked', () => {
  test.each(changing)('%s is refused with 7', async (command, change) => {
    const project = makeProjectWithMigrations()

    const { status, stdout, stderr } = await runCli(project, [command], production)

    expect(status).toBe(7)
    expect(stdout).toBe('')
    expect(stderr).toBe(`
  Error  Refused: this is production, and nobody can be asked whether to ${change} database/database.sqlite (connection sqlite).

  next   Add --force if this is what you want.
  code   TM_PRODUCTION

`)
    expect(project.has('database/database.sqlite')).toBe(false)
  })

  test.each(changing)('%s goes on with --force', async (command) => {
    const { status } = await runCli(makeProjectWithMigrations(), [command, '--force'], production)

    expect(status).toBe(0)
  })

  test('NODE_ENV says so as well', async () => {
    const { status } = await runCli(makeProjectWithMigrations(), ['migrate'], { NODE_ENV: 'production' })

    expect(status).toBe(7)
  })

  test('what only looks is not asked about', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])

    for (const words of [
      ['migrate:status'],
      ['db:show'],
      ['db:table', 'users'],
      ['migrate:reset', '--pretend'],
    ]) {
      expect((await runCli(project, words, production)).status).toBe(0)
    }
  })
})

test('outside production nothing is asked, and nothing needs --force', async () => {
  const project = makeProjectWithMigrations()

  for (const [command] of changing) expect((await runCli(project, [command])).status).toBe(0)

  expect(await json(project, ['db:show'])).toMatchObject({ tables: [] })
})
