import { expect, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

const users = 'database/migrations/2025_01_01_000000_create_users_table.ts'

test('marks what is applied, with batch and time, and what is pending', async () => {
  const project = makeProjectWithMigrations()
  await succeed(project, ['migrate', '--to=2025_01_01_000000_create_users_table'])

  const lines = (await succeed(project, ['migrate:status'])).split('\n')

  expect(lines[1]).toMatch(
    /^ {2}\[✔\] 2025_01_01_000000_create_users_table \.+ batch 1 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2} *\d+\.\d ms$/,
  )
  expect(lines[2]).toMatch(/^ {2}\[○\] 2025_01_02_000000_create_posts_table \.+ pending$/)
  expect(lines[1]?.length).toBe(lines[2]?.length)
})

test('marks what changed, what lost its file and what failed, and says what to do', async () => {
  const project = makeProjectWithMigrations()
  await succeed(project, ['migrate', '--to=2025_01_02_000000_create_posts_table'])
  project.write(users, createTable('people'))
  project.remove('database/migrations/2025_01_02_000000_create_posts_table.ts')

  const text = await succeed(project, ['migrate:status'])

  expect(text).toMatch(/\[~\] 2025_01_01_000000_create_users_table \.+ changed since it was applied\n/)
  expect(text).toMatch(/\[\?\] 2025_01_02_000000_create_posts_table \.+ its file is gone\n/)
  expect(text).toContain(
    '→ restore the file, roll the migration back, or accept the file with tidemark migrate:repair',
  )
})

test('marks what failed, with the reason', async () => {
  const project = makeProject({
    'database/migrations/001_broken.ts': migrationFile("throw new Error('no luck')", ''),
  })
  await runCli(project, ['migrate'])

  const text = await succeed(project, ['migrate:status'])

  expect(text).toMatch(/\[✗\] 001_broken \.+ failed\n/)
  expect(text).toContain('001_broken failed: no luck')
})

test('--pending ends with 3, or the number given, where something is pending', async () => {
  const project = makeProjectWithMigrations()

  expect((await runCli(project, ['migrate:status', '--pending'])).status).toBe(3)
  expect((await runCli(project, ['migrate:status', '--pending=9'])).status).toBe(9)
  expect((await runCli(project, ['migrate:status'])).status).toBe(0)

  await succeed(project, ['migrate'])

  expect(await succeed(project, ['migrate:status', '--pending'])).toBe('\n  Nothing is pending.\n\n')
})

test('--json holds the same facts', async () => {
  const project = makeProjectWithMigrations()
  await succeed(project, ['migrate', '--to=2025_01_01_000000_create_users_table'])

  const document = await json(project, ['migrate:status'])

  expect(document).toMatchObject({
    migrations: [
      { name: '2025_01_01_000000_create_users_table', state: 'applied', batch: 1, file: users },
      { name: '2025_01_02_000000_create_posts_table', state: 'pending' },
      { name: '2025_01_03_000000_create_tags_table', state: 'pending' },
    ],
  })
})

test('says so where there are no migrations', async () => {
  expect(await succeed(makeProject(), ['migrate:status'])).toBe('\n  There are no migrations yet.\n\n')
})
