import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { makeProject } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

const example = fileURLToPath(new URL('../../examples/mediastream/database/migrations/', import.meta.url))

describe('init', () => {
  test('sets up an empty folder and says what to do next', async () => {
    const project = makeProject()

    const text = await succeed(project, ['init'])

    expect(text).toBe(`
  Made
    database/migrations/
    .env
    tidemark.config.ts
    .gitignore

  Next
    npm init -y
    npm install tidemark
    npx tidemark make:migration create_users_table
    npx tidemark migrate

`)
    expect(project.read('.env')).toBe('DB_CONNECTION=sqlite\nDB_DATABASE=database/database.sqlite\n')
    expect(project.read('.gitignore')).toBe('.env\n/database/*.sqlite*\n')
  })

  test('what it writes is a project that works', async () => {
    const project = makeProject()
    await succeed(project, ['init'])

    await succeed(project, ['make:migration', 'create_posts_table'])
    await succeed(project, ['migrate'])

    expect(project.has('database/database.sqlite')).toBe(true)
  })

  test('leaves what is there as it was, and completes .gitignore', async () => {
    const project = makeProject({
      '.env': 'DB_CONNECTION=sqlite\n',
      'tidemark.config.mjs': 'export default {}\n',
      '.gitignore': 'node_modules\n.env',
      'package.json': '{}\n',
    })

    const document = await json(project, ['init'])

    expect(document).toEqual({
      made: ['database/migrations/', '.gitignore'],
      left: ['.env', 'tidemark.config.mjs'],
    })
    expect(project.read('.env')).toBe('DB_CONNECTION=sqlite\n')
    expect(project.read('.gitignore')).toBe('node_modules\n.env\n/database/*.sqlite*\n')
  })

  test('can be run again', async () => {
    const project = makeProject()
    await succeed(project, ['init'])

    expect(await json(project, ['init'])).toEqual({
      made: [],
      left: ['database/migrations/', '.env', 'tidemark.config.ts', '.gitignore'],
    })
  })

  test('--preset mediastream writes the migrations of the example, byte for byte', async () => {
    const project = makeProject()

    await succeed(project, ['init', '--preset', 'mediastream'])

    const names = [
      '0001_01_01_000000_create_users_table.ts',
      '0001_01_01_000001_create_cache_table.ts',
      '0001_01_01_000002_create_jobs_table.ts',
      '2025_02_14_000000_add_two_factor_columns_to_users_table.ts',
      '2025_03_05_000000_create_media_table.ts',
    ]
    expect(project.list('database/migrations')).toEqual(names)
    expect(readdirSync(example).sort()).toEqual(names)
    for (const name of names) {
      expect(project.read(`database/migrations/${name}`)).toBe(readFileSync(`${example}${name}`, 'utf8'))
    }
  })

  test('names the presets that there are', async () => {
    const project = makeProject()

    const { status, stderr } = await runCli(project, ['init', '--preset=mediasteam'])

    expect(status).toBe(2)
    expect(stderr).toContain('There is no preset "mediasteam". Did you mean "mediastream"?')
    expect(project.list('.')).toEqual([])
  })
})
