// The analyser as a command: what it prints in each format, and with which status it ends.

import { expect, test } from 'vitest'
import { type Project, makeProject } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

const sql = (name: string): string =>
  `-- migrate:up\ncreate table ${name} (id integer primary key);\n-- migrate:down\ndrop table ${name};\n`

const pathOf = (name: string): string => `database/migrations/${name}.sql`

/** Applied: 001_users, 002_posts, 003_tags. */
async function migratedProject(): Promise<Project> {
  const project = makeProject({
    [pathOf('001_users')]: sql('users'),
    [pathOf('002_posts')]: sql('posts'),
    [pathOf('003_tags')]: sql('tags'),
  })
  await succeed(project, ['migrate'])
  return project
}

/** One finding of each kind. */
async function troubledProject(): Promise<Project> {
  const project = await migratedProject()
  project.write(pathOf('001_users'), sql('people'))
  project.remove(pathOf('002_posts'))
  project.write(pathOf('002_early'), sql('early'))
  project.write(pathOf('003_topics'), sql('topics'))
  return project
}

test('two migrations of one number are a notice, which fails nothing', async () => {
  const project = await migratedProject()
  project.write(pathOf('003_topics'), sql('topics'))

  expect(await runCli(project, ['lint'])).toEqual({
    status: 0,
    stderr: '',
    stdout: `
  database/migrations/003_topics.sql
    notice  003_tags has number 3 too; they run in the order of their whole names. duplicate-timestamp
            → Rename 003_topics if no database has it yet.

  1 notice about 1 migration.

`,
  })
})

test('where nothing is pending, there is nothing to judge', async () => {
  const project = await migratedProject()

  expect(await succeed(project, ['lint'])).toBe('\n  There is nothing to judge.\n\n')
  expect(await succeed(project, ['lint', '--all'])).toBe('\n  Nothing to say about 3 migrations.\n\n')
})

test('an error ends with status 5', async () => {
  const project = await troubledProject()

  const { status, stdout, stderr } = await runCli(project, ['migrate:lint'])

  expect({ status, stderr }).toEqual({ status: 5, stderr: '' })
  expect(stdout).toMatch(
    /\n {2}database\/migrations\/001_users\.sql\n {4}error {3}001_users was changed .* executed-migration-modified\n/,
  )
  expect(stdout).toMatch(/\n {2}002_posts\n {4}error .* executed-migration-missing\n/)
  expect(stdout).toMatch(/\n {2}2 errors, 1 warning, 2 notices about 2 migrations\.\n\n$/)
})

test('--max-warnings makes warnings end with status 5', async () => {
  const project = await migratedProject()
  project.write(pathOf('002_early'), sql('early'))

  expect((await runCli(project, ['lint'])).status).toBe(0)
  expect((await runCli(project, ['lint', '--max-warnings=1'])).status).toBe(0)
  expect((await runCli(project, ['lint', '--max-warnings=0'])).status).toBe(5)
  expect(await runCli(project, ['lint', '--max-warnings=none'])).toMatchObject({ status: 2, stdout: '' })
})

test('--json and --format=json are the same document', async () => {
  const project = await migratedProject()
  project.write(pathOf('003_topics'), sql('topics'))

  const document = await json(project, ['lint'])

  expect(document).toMatchObject({
    findings: [{ rule: 'duplicate-timestamp', severity: 'notice', migration: '003_topics' }],
    counts: { error: 0, warn: 0, notice: 1 },
    judged: 1,
  })
  expect(JSON.parse(await succeed(project, ['lint', '--format=json']))).toEqual(document)
})

test('--format=github is a command for each finding', async () => {
  const project = await troubledProject()

  const lines = (await runCli(project, ['lint', '--format=github'])).stdout.split('\n')

  expect(lines[0]).toBe(
    '::error file=database/migrations/001_users.sql,title=executed-migration-modified::001_users was changed after it was applied. Restore the file and write a new migration; or accept it with tidemark migrate:repair 001_users.',
  )
  expect(lines.map((line) => line.slice(0, line.indexOf(' ')))).toEqual([
    '::error',
    '::notice',
    '::warning',
    '::error',
    '::notice',
    '',
  ])
})

test('--format=sarif holds the rules, and where each finding is', async () => {
  const project = await migratedProject()
  project.write(pathOf('003_to pics'), sql('topics'))

  const { version, runs } = JSON.parse(await succeed(project, ['lint', '--format=sarif'])) as {
    version: string
    runs: { tool: { driver: { name: string; rules: { id: string }[] } }; results: unknown[] }[]
  }

  expect(version).toBe('2.1.0')
  expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toContain('duplicate-timestamp')
  expect(runs[0]?.results).toEqual([
    {
      ruleId: 'duplicate-timestamp',
      level: 'note',
      message: { text: expect.stringContaining('003_tags has number 3 too') as string },
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'database/migrations/003_to%20pics.sql' } } },
      ],
    },
  ])
})

test('without a database, every migration counts as pending, and it is said why', async () => {
  const project = makeProject({
    [pathOf('001_users')]: sql('users'),
    [pathOf('001_posts')]: sql('posts'),
  })
  const variables = { DB_URL: 'mysql://root:secret@127.0.0.1:1/nowhere' }

  const { status, stdout, stderr } = await runCli(project, ['lint'], variables)

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('The ledger was not read: MySQL at 127.0.0.1:1 refused the connection.')
  expect(stdout).toContain('1 notice about 2 migrations.')
  expect(stdout).not.toContain('secret')
})
