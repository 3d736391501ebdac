// The commands that settle what migrate refuses, and that tell who did what: migrate:repair, migrate:unlock,
// migrate:history, migrate:adopt.

import { describe, expect, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'
import { openTidemark } from '../helpers/tidemark.js'

const folder = 'database/migrations'

describe('migrate:repair', () => {
  test('says what it would do, asks, and does it with --force', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])
    project.write(`${folder}/2025_01_01_000000_create_users_table.ts`, createTable('people'))
    project.remove(`${folder}/2025_01_02_000000_create_posts_table.ts`)
    project.write(`${folder}/2025_01_01_500000_create_late_table.ts`, createTable('late'))

    const refused = await runCli(project, ['migrate'])
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('tidemark migrate:repair')])
    expect(await succeed(project, ['migrate:repair', '--pretend'])).toBe(`
  To repair
  2025_01_01_000000_create_users_table: it changed after it was applied
    → take the file as it is for the one that was applied
  2025_01_01_500000_create_late_table: it comes by its name before one that is applied
    → let it run now
  2025_01_02_000000_create_posts_table: its file is gone
    → forget that it was applied; what it made stays

`)
    const unasked = await runCli(project, ['migrate:repair'])
    expect([unasked.status, unasked.stderr]).toEqual([7, expect.stringContaining('--force')])
    expect(unasked.stderr).toContain('TM_NOT_CONFIRMED')

    await succeed(project, ['migrate:repair', '--force'])

    expect(await succeed(project, ['migrate', '--force'])).toContain('2025_01_01_500000_create_late_table')
    expect(await succeed(project, ['migrate:repair'])).toContain('There is nothing to repair.')
  })

  test('wants a name where somebody decides', async () => {
    const { status, stderr } = await runCli(makeProject(), ['migrate:repair', '--done'])

    expect([status, stderr]).toEqual([2, expect.stringContaining('migrate:repair NAME --done')])
  })
})

describe('migrate:status', () => {
  test('marks what comes too late, and says what to do', async () => {
    const project = makeProject({ [`${folder}/002_b.ts`]: createTable('b') })
    await succeed(project, ['migrate'])
    project.write(`${folder}/001_a.ts`, createTable('a'))

    const text = await succeed(project, ['migrate:status'])

    expect(text).toMatch(/\[○\] 001_a \.+ pending, before one that is applied\n/)
    expect(text).toContain('→ rename it so that it comes last, or let it run with tidemark migrate:repair')
    expect(await json(project, ['migrate:status'])).toMatchObject({
      migrations: [{ name: '001_a', state: 'pending', isOutOfOrder: true }, { isOutOfOrder: false }],
    })
    expect((await runCli(project, ['migrate:status', '--pending'])).status).toBe(3)
  })
})

describe('migrate:history', () => {
  test('shows who applied what, when and with which release', async () => {
    const project = makeProjectWithMigrations()
    expect(await succeed(project, ['migrate:history'])).toContain('Nothing was applied yet.')
    await succeed(project, ['migrate'])

    const lines = (await succeed(project, ['migrate:history'])).split('\n').filter((line) => line !== '')
    expect(lines[0]).toMatch(/When +Migration +State +Batch +By +Took +Statements/)
    expect(lines[1]).toMatch(
      /^ *\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +2025_01_01_000000_create_users_table +applied +1 +\S+@\S+ \(\d+\.\d+\.\d+\) +[\d.]+ ms +1$/,
    )
    expect(await json(project, ['migrate:history'])).toMatchObject({
      migrations: [
        { name: '2025_01_01_000000_create_users_table', state: 'applied', batch: 1, statements: 1 },
        { name: '2025_01_02_000000_create_posts_table' },
        { name: '2025_01_03_000000_create_tags_table' },
      ],
    })
  })
})

describe('migrate:unlock', () => {
  test('says that nobody holds the lock, or who does, and breaks it with --force', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate:install'])
    expect(await succeed(project, ['migrate:unlock'])).toContain('Nobody holds the migration lock.')
    const holder = { host: 'build-7', process: 4711, user: 'ada', startedAt: undefined }
    const db = await (await openTidemark(project)).db()
    await db.table('schema_migrations').insert({
      name: '(lock)',
      batch: 0,
      checksum: 'somebody',
      fingerprint: '',
      state: 'lock',
      started_at: '2026-01-02T03:04:05.678Z',
      position: 3,
      error: JSON.stringify(holder),
    })

    const unasked = await runCli(project, ['migrate:unlock'])
    expect([unasked.status, unasked.stderr]).toEqual([7, expect.stringContaining('build-7')])
    const waited = await runCli(project, ['migrate', '--lock-wait=200ms'])
    expect([waited.status, waited.stderr]).toEqual([6, expect.stringMatching(/build-7.*4711|4711.*build-7/)])
    expect(await json(project, ['migrate:unlock', '--force'])).toMatchObject({ held: true, broken: true })

    await succeed(project, ['migrate'])
  })
})

describe('migrate:adopt', () => {
  test('shows its plan, asks, and counts all up to a baseline as applied', async () => {
    const project = makeProjectWithMigrations()
    const words = ['migrate:adopt', '--baseline', '2025_01_02_000000_create_posts_table']

    expect((await runCli(project, words)).status).toBe(7)
    const shown = await succeed(project, [...words, '--pretend'])
    expect(shown).toContain('2025_01_02_000000_create_posts_table')
    await succeed(project, [...words, '--force'])

    expect(await succeed(project, ['migrate'])).not.toContain('create_posts_table')
    expect(await json(project, ['migrate:status'])).toMatchObject({
      migrations: [{ state: 'applied' }, { state: 'applied' }, { state: 'applied' }],
    })
  })
})
