import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Project, makeProject } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'
import { hasTerminal, runOnTerminal } from '../helpers/run-on-terminal.js'

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

  test('--preset stackctl writes numbered SQL for the database that is chosen or configured', async () => {
    const project = makeProject()

    const text = await succeed(project, ['init', '--preset=stackctl', '--dialect=mysql'])

    expect(text).toContain('    npx tidemark db:apply\n')
    expect(project.list('build/database')).toEqual([
      '001_create_users.ts',
      '002_create_password_resets.ts',
      '003_create_email_verifications.ts',
      '004_create_mfa_methods.ts',
      '005_create_mfa_challenges.ts',
      '006_trusted_browsers.ts',
    ])
    expect(project.read('build/database/001_create_users.ts')).toContain(
      'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4',
    )
    expect(project.read('tidemark.config.ts')).toContain(
      "directory: 'build/database',\n    naming: 'sequential'",
    )
    expect(project.read('.env')).toContain('DB_CONNECTION=mysql\n')

    const configured = makeProject({ '.env': 'DB_CONNECTION=pgsql\nDB_DATABASE=app\n' })
    await succeed(configured, ['init', '--preset=stackctl'])
    expect(configured.read('build/database/001_create_users.ts')).toContain('TIMESTAMPTZ')

    const elsewhere = makeProject({
      'tidemark.config.mjs': "export default { migrations: { directory: 'db', naming: 'sequential' } }\n",
    })
    await succeed(elsewhere, ['init', '--preset=stackctl'])
    expect(elsewhere.list('db')).toContain('001_create_users.ts')
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

  test.each([
    ['pgsql', 'pgsql', '5432', 'postgres', 'pg'],
    ['postgres', 'pgsql', '5432', 'postgres', 'pg'],
    ['mysql', 'mysql', '3306', 'root', 'mysql2'],
    ['mariadb', 'mariadb', '3306', 'root', 'mysql2'],
  ])('--dialect %s writes the keys of that server', async (dialect, connection, port, username, driver) => {
    const project = makeProject()
    mkdirSync(project.path('My Shop (2)'))
    const folder: Project = { ...project, root: project.path('My Shop (2)') }

    const text = await succeed(folder, ['init', '--dialect', dialect])

    expect(text).toContain(`\n    npm install tidemark ${driver}\n`)
    expect(project.read('My Shop (2)/.env')).toBe(
      [
        `DB_CONNECTION=${connection}`,
        'DB_HOST=127.0.0.1',
        `DB_PORT=${port}`,
        'DB_DATABASE=my_shop_2',
        `DB_USERNAME=${username}`,
        'DB_PASSWORD=',
        '',
      ].join('\n'),
    )
    expect(project.read('My Shop (2)/.gitignore')).toBe('.env\n')
  })

  test.each(['mysql', 'postgres'])(
    'the folder %s does not lead into the database of that name, which is the server’s own',
    async (name) => {
      const project = makeProject()
      mkdirSync(project.path(name))

      await succeed({ ...project, root: project.path(name) }, ['init', '--dialect=mysql'])

      expect(project.read(`${name}/.env`)).toContain(`\nDB_DATABASE=${name}_app\n`)
    },
  )

  test('says only what is not installed yet', async () => {
    const project = makeProject({ 'node_modules/tidemark/package.json': '{}', 'package.json': '{}' })

    expect(await succeed(project, ['init', '--dialect=mysql'])).toContain(`
  Next
    npm install mysql2
    npx tidemark make:migration create_users_table
`)
  })

  test('refuses a database that it does not know', async () => {
    const project = makeProject()

    const { status, stderr } = await runCli(project, ['init', '--dialect=mysqll'])

    expect(status).toBe(2)
    expect(stderr).toContain(
      '--dialect takes one of sqlite, pgsql, mysql, mariadb; given was "mysqll". Did you mean "mysql"?',
    )
    expect(project.list('.')).toEqual([])
  })

  describe.skipIf(!hasTerminal)('on a terminal', () => {
    const question = 'Which database? sqlite, pgsql, mysql, mariadb (sqlite)'

    test('asks for the database, until the answer is one', async () => {
      const project = makeProject()

      const { status } = await runOnTerminal(
        project,
        ['init'],
        [
          [question, 'oracle'],
          [question, 'PgSQL'],
        ],
      )

      expect(status).toBe(0)
      expect(project.read('.env')).toContain('DB_CONNECTION=pgsql\n')
    })

    test('takes Enter for SQLite', async () => {
      const project = makeProject()

      await runOnTerminal(project, ['init'], [[question, '']])

      expect(project.read('.env')).toContain('DB_CONNECTION=sqlite\n')
    })

    test.each([
      ['--dialect says it', ['init', '--dialect=sqlite'], {}],
      ['.env says it', ['init'], { '.env': 'DB_CONNECTION=sqlite\n' }],
      ['it is told not to ask', ['init', '--no-interaction'], {}],
    ])('does not ask where %s', async (_why, words, files) => {
      const { status, stdout } = await runOnTerminal(makeProject(files), words, [])

      expect(status).toBe(0)
      expect(stdout).not.toContain('Which database?')
    })
  })
})
