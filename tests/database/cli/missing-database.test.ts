// A database that the server does not have: who is asked, and what makes it. SQLite makes its file as it opens it.

import { describe, expect, inject, test } from 'vitest'
import { nameDatabase } from '../../helpers/database.js'
import { makeProjectWithMigrations } from '../../helpers/project.js'
import { runCli, succeed } from '../../helpers/run-cli.js'
import { hasTerminal, runOnTerminal } from '../../helpers/run-on-terminal.js'

const isServer = inject('dialect') !== 'sqlite'
const making = ['migrate', 'migrate:install', 'migrate:fresh', 'migrate:refresh']
const looking = ['migrate:status', 'db:show', 'db:wipe', 'migrate:rollback', 'migrate:reset']

describe.runIf(isServer)('a database that the server does not have', () => {
  test.each(making)('%s names both ways to make it', async (command) => {
    const { target, variables } = nameDatabase()

    const { status, stdout, stderr } = await runCli(makeProjectWithMigrations(), [command], variables)

    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(`has no database "${target.database}".`)
    expect(stderr).toContain(
      'Check DB_DATABASE. To have it created, add --force, or run the command on a terminal, where it asks.',
    )
    expect(stderr).toContain('TM_DATABASE_MISSING')
  })

  test.each(making)('%s --force makes it', async (command) => {
    const { target, variables } = nameDatabase()
    const project = makeProjectWithMigrations()

    const text = await succeed(project, [command, '--force'], variables)

    expect(text).toContain(`\n  Created the database "${target.database}".\n`)
    expect((await runCli(project, ['migrate:status'], variables)).status).toBe(0)
  })

  test('--force makes it in production too', async () => {
    const { variables } = nameDatabase()
    const words = ['migrate', '--force']

    const text = await succeed(makeProjectWithMigrations(), words, { ...variables, APP_ENV: 'production' })

    expect(text).toContain('Created the database')
  })

  test('--json is one document', async () => {
    const { variables } = nameDatabase()

    const text = await succeed(makeProjectWithMigrations(), ['migrate', '--force', '--json'], variables)

    expect(JSON.parse(text)).toMatchObject({ migrations: [{}, {}, {}], pretended: false })
  })

  test.each([['migrate', '--pretend', '--force'], ...looking.map((command) => [command])])(
    '%s %s does not make it',
    async (...words) => {
      const { variables } = nameDatabase()
      const project = makeProjectWithMigrations()

      const { status, stderr } = await runCli(project, words, variables)

      expect(status).toBe(1)
      expect(stderr).toContain('TM_DATABASE_MISSING')
      expect((await runCli(project, ['migrate:status'], variables)).stderr).toContain('TM_DATABASE_MISSING')
    },
  )

  describe.skipIf(!hasTerminal)('on a terminal', () => {
    test('is made after a yes', async () => {
      const { target, variables } = nameDatabase()
      const project = makeProjectWithMigrations()
      const question = `has no database "${target.database}". Create it? (y/N)`

      const { status, stdout } = await runOnTerminal(project, ['migrate'], [[question, 'y']], variables)

      expect(status).toBe(0)
      expect(stdout).toContain(`Created the database "${target.database}".`)
      expect(stdout).toContain('2025_01_03_000000_create_tags_table')
    })

    test('is not made after a no', async () => {
      const { variables } = nameDatabase()
      const project = makeProjectWithMigrations()

      const { status, stdout } = await runOnTerminal(project, ['migrate'], [['Create it?', 'n']], variables)

      expect(status).toBe(1)
      expect(stdout).toContain('Nothing was changed. Run the command again and answer y, or add --force.')
      expect((await runCli(project, ['migrate:status'], variables)).stderr).toContain('TM_DATABASE_MISSING')
    })
  })
})

test.runIf(!isServer)('a file that is not there is made without a question', async () => {
  const text = await succeed(makeProjectWithMigrations(), ['migrate'], nameDatabase().variables)

  expect(text).not.toContain('Created')
})
