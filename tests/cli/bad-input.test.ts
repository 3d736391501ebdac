// What can be wrong with a project rather than with the command line: each has its message, its remedy and its status.

import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createTable, makeProject, makeProjectWithMigrations, migrationFile } from '../helpers/project.js'
import { runCli, succeed } from '../helpers/run-cli.js'
import { openTidemark } from '../helpers/tidemark.js'

const first = 'database/migrations/001_first.ts'

describe('the configuration', () => {
  test('names a connection that there is not', async () => {
    const { status, stderr } = await runCli(makeProject(), ['migrate', '--connection=sqlit'])

    expect(status).toBe(2)
    expect(stderr).toContain('There is no connection "sqlit"')
    expect(stderr).toContain('Did you mean "sqlite"?')
  })

  test('is looked for in a file that is not there', async () => {
    const { status, stderr } = await runCli(makeProject(), ['migrate', '--config=other.config.ts'])

    expect(status).toBe(2)
    expect(stderr).toContain('TM_CONFIG_FILE_MISSING')
  })

  test('has a value that cannot be right', async () => {
    const project = makeProject({
      'tidemark.config.mjs': "export default { migrations: { lockTimeout: '10 apples' } }",
    })

    const { status, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(2)
    expect(stderr).toContain('migrations.lockTimeout')
    expect(stderr).toContain('10 apples')
  })

  test('chooses a server and says not which of its databases', async () => {
    const { status, stdout, stderr } = await runCli(makeProject(), ['migrate', '--connection=pgsql'])

    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toBe(`
  Error  Connection "pgsql" names no database.

  next   Set DB_DATABASE.
  code   TM_NO_DATABASE_NAME

`)
  })

  test('points migrations at a folder that is not there', async () => {
    const { status, stderr } = await runCli(makeProject(), ['migrate', '--path=nowhere'])

    expect(status).toBe(2)
    expect(stderr).toContain('TM_NO_SUCH_PATH')
  })
})

describe('the database', () => {
  test('is a file of another kind', async () => {
    const project = makeProjectWithMigrations({
      'database/database.sqlite': 'this is no database, only text\n'.repeat(99),
    })

    const { status, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(1)
    expect(stderr).toContain('TM_NOT_A_DATABASE')
    expect(stderr).toContain('database/database.sqlite')
  })

  test('is a folder', async () => {
    const project = makeProjectWithMigrations({ 'database/database.sqlite/file': '' })

    const { status, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(1)
    expect(stderr).toContain('TM_CONNECTION_FAILED')
  })

  test('is locked for longer than the time-out', async () => {
    const project = makeProjectWithMigrations({
      'tidemark.config.mjs': "export default { migrations: { lockTimeout: '200ms' } }",
    })
    await succeed(project, ['migrate', '--to=2025_01_01_000000_create_users_table'])
    const other = await (await openTidemark(project)).db()

    const { status, stderr } = await other.transaction(() => runCli(project, ['migrate']))

    expect(status).toBe(6)
    expect(stderr).toContain('TM_DATABASE_LOCKED')
    await succeed(project, ['migrate'])
  })
})

describe('a migration', () => {
  const files: [what: string, text: string, code: string, message: RegExp][] = [
    ['without up', 'export default { async down() {} }\n', 'TM_BAD_EXPORT', /001_first\.ts/],
    ['with a named export only', 'export const up = 1\n', 'TM_BAD_EXPORT', /001_first\.ts/],
    ['that exports a number', 'export default 7\n', 'TM_BAD_EXPORT', /001_first\.ts/],
    [
      'with a syntax error',
      'export default {\n  up( {},\n}\n',
      'TM_SYNTAX_ERROR',
      /where {2}database\/migrations\/001_first\.ts:\d+:\d+/,
    ],
    [
      'that imports what is not there',
      "import { a } from './missing.js'\nexport default { up: a, down: a }\n",
      'TM_',
      /missing\.js/,
    ],
    [
      'with an option that does not exist',
      'export default { async up() {}, async down() {}, transactoin: false }\n',
      'TM_UNKNOWN_MIGRATION_OPTION',
      /Did you mean "transaction"\?/,
    ],
    [
      'that changes a table that does not exist',
      migrationFile("await schema.table('userz', (table) => { table.string('a') })", ''),
      'TM_NO_SUCH_TABLE',
      /"userz"[\s\S]*where {2}database\/migrations\/001_first\.ts:5:/,
    ],
    [
      'that drops a column that does not exist',
      migrationFile(
        "await schema.create('users', (table) => { table.string('email') })\n    await schema.table('users', (table) => { table.dropColumn('emal') })",
        '',
      ),
      'TM_NO_SUCH_COLUMN',
      /"emal"[\s\S]*Did you mean "email"\?/,
    ],
    [
      'that makes what SQLite cannot have',
      migrationFile("await schema.create('a', (table) => { table.set('tags', ['x']) })", ''),
      'TM_UNSUPPORTED',
      /SQLite/,
    ],
    ['that throws', migrationFile("throw new Error('no luck')", ''), 'TM_MIGRATION_FAILED', /no luck/],
  ]

  test.each(files)('%s is refused', async (_, text, code, message) => {
    const { status, stderr } = await runCli(makeProject({ [first]: text }), ['migrate'])

    expect(status).toBe(1)
    expect(stderr).toContain(`code   ${code}`)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('is there twice', async () => {
    const project = makeProject({
      [first]: createTable('a'),
      'database/migrations/001_first.sql': '-- migrate:up\n',
    })

    const { status, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(1)
    expect(stderr).toContain('Two files are the migration 001_first')
  })

  test('is applied and its file is gone, or says something else now', async () => {
    const project = makeProjectWithMigrations()
    await succeed(project, ['migrate'])
    const file = 'database/migrations/2025_01_01_000000_create_users_table.ts'

    project.write(file, createTable('people'))
    const changed = await runCli(project, ['migrate'])
    project.remove(file)
    const missing = await runCli(project, ['migrate'])

    expect([changed.status, missing.status]).toEqual([1, 1])
    expect(changed.stderr).toContain('TM_MIGRATION_CHANGED')
    expect(missing.stderr).toContain('TM_MIGRATION_FILE_MISSING')
    expect(missing.stderr).toContain('tidemark migrate:rollback 2025_01_01_000000_create_users_table')
  })
})

describe('a file of SQL', () => {
  const up = '-- migrate:up\nselect 1;\n'
  const utf16 = (text: string) => Buffer.from(text, 'utf16le')

  const files: [what: string, name: string, text: string | Uint8Array, code: string, facts: RegExp][] = [
    ['that is empty', '001_a.sql', '', 'TM_BAD_EXPORT', /001_a\.sql is no migration: it is empty\./],
    ['with a mark and nothing else', '001_a.sql', '\uFEFF\r\n', 'TM_BAD_EXPORT', /it is empty/],
    ['without a section', '001_a.sql', 'select 1;', 'TM_BAD_EXPORT', /no section "-- migrate:up"/],
    [
      'with a marker twice',
      '001_a.sql',
      `${up}${up}`,
      'TM_BAD_EXPORT',
      /two sections "-- migrate:up"[^]*001_a\.sql:3\n/,
    ],
    [
      'with a mistyped marker',
      '001_a.sql',
      `${up}-- migrate:don\n`,
      'TM_BAD_EXPORT',
      /001_a\.sql:3\n[^]*Did you mean "down"\?/,
    ],
    [
      'with a marker behind SQL',
      '001_a.sql',
      `${up}select 2; -- migrate:down\n`,
      'TM_BAD_EXPORT',
      /001_a\.sql:3\n[^]*a line of its own/,
    ],
    [
      'with SQL above its marker',
      '001_a.sql',
      `select 0;\n${up}`,
      'TM_BAD_EXPORT',
      /would not be run[^]*001_a\.sql:1\n/,
    ],
    [
      'with the markers of two tools',
      '001_a.sql',
      `${up}-- +goose Down\n`,
      'TM_BAD_EXPORT',
      /Keep those of one/,
    ],
    [
      'with half of a pair of markers',
      '001_a.sql',
      '-- +goose Up\n-- +goose StatementBegin\n',
      'TM_BAD_EXPORT',
      /no other half/,
    ],
    [
      'that asks for variables',
      '001_a.sql',
      '-- +goose Up\n-- +goose ENVSUB ON\n',
      'TM_BAD_EXPORT',
      /not put into SQL/,
    ],
    [
      'that is the way back alone',
      '001_a.down.sql',
      'select 1;',
      'TM_BAD_EXPORT',
      /there is no database\/migrations\/001_a\.up\.sql/,
    ],
    ['in Go', '00001_a.go', 'package migrations', 'TM_BAD_EXPORT', /written in Go/],
    ['in UTF-16', '001_a.sql', utf16(`\uFEFF${up}`), 'TM_BAD_TEXT', /UTF-16[^]*Save it as UTF-8/],
    ['in UTF-16 without a mark', '001_a.sql', utf16(up), 'TM_BAD_TEXT', /UTF-16/],
    [
      'in Latin-1',
      '001_a.sql',
      Buffer.from(`${up}-- é`, 'latin1'),
      'TM_BAD_TEXT',
      /byte 0xE9[^]*001_a\.sql:3:4\n/,
    ],
    ['with a NUL', '001_a.sql', `${up}select 'a\0b';`, 'TM_BAD_TEXT', /NUL character[^]*001_a\.sql:3:10\n/],
  ]

  test.each(files)('%s is refused, and nothing runs', async (_, name, text, code, facts) => {
    const project = makeProject({ 'database/migrations/000_a.sql': `${up}-- migrate:down\n` })
    writeFileSync(project.path(`database/migrations/${name}`), text)

    const { status, stderr } = await runCli(project, ['migrate:fresh', '--force'])

    expect(status).toBe(1)
    expect(stderr).toContain(`code   ${code}`)
    expect(stderr).toMatch(facts)
    project.remove(`database/migrations/${name}`)
    expect(await (await openTidemark(project)).tables()).toEqual([])
  })
})

describe('a migration that goes astray', () => {
  test.each([
    ['at its end', ''],
    ['on its way', 'await new Promise((resolve) => setTimeout(resolve, 50))'],
  ])('does not await a call that fails %s', async (_when, rest) => {
    const up = `await schema.create('tags', (table) => { table.id() })
    void schema.drop('nowhere')
    ${rest}`
    const project = makeProject({ [first]: migrationFile(up, '') })

    const { status, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(1)
    expect(stderr).toContain('TM_STRAY_REJECTION')
    expect(stderr).toContain('The database has no table "nowhere"')
    expect(stderr).toContain('await')
    expect(stderr).not.toContain('node_modules')
    expect(await (await openTidemark(project)).table('tags')).toBeUndefined()
  })

  test('waits for what never comes', async () => {
    const project = makeProject({ [first]: migrationFile('await new Promise(() => undefined)', '') })

    const { status, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(1)
    expect(stderr).toContain('Migration 001_first waits for a promise that nothing will settle')
  })

  test('ends the process', async () => {
    const project = makeProject({ [first]: migrationFile('process.exit(0)', '') })

    const { status, stderr } = await runCli(project, ['migrate'])

    expect(status).toBe(1)
    expect(stderr).toContain('process.exit()')
  })
})
