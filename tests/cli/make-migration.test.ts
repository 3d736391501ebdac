import { describe, expect, test } from 'vitest'
import { createTable, makeProject } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

const folder = 'database/migrations'
const sequential = "export default { migrations: { naming: 'sequential' } }\n"

describe('make:migration', () => {
  test('writes a file with the time in its name', async () => {
    const project = makeProject()

    const text = await succeed(project, ['make:migration', 'create_posts_table'])

    const [file = ''] = project.list(folder)
    expect(file).toMatch(/^\d{4}_\d\d_\d\d_\d{6}_create_posts_table\.ts$/)
    expect(text).toBe(
      `\n  Made ${folder}/${file}: creates the table posts\n` +
        '  Write what it does and what takes it back, then run: npx tidemark migrate\n\n',
    )
    expect(project.read(`${folder}/${file}`)).toBe(`import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.create('posts', (table) => {
      table.id()
      table.timestamps()
    })
  },

  async down({ schema }) {
    await schema.dropIfExists('posts')
  },
})
`)
  })

  test('numbers files in sequence where the configuration says so', async () => {
    const project = makeProject({
      'tidemark.config.mjs': sequential,
      [`${folder}/007_create_users_table.ts`]: createTable('users'),
    })

    await succeed(project, ['make:migration', 'add_phone_to_users'])

    expect(project.list(folder)).toEqual(['007_create_users_table.ts', '008_add_phone_to_users.ts'])
  })

  test('gives two migrations of one second different times', async () => {
    const project = makeProject()

    await Promise.all([
      succeed(project, ['make:migration', 'create_posts_table']),
      succeed(project, ['make:migration', 'create_tags_table']),
    ])
    await succeed(project, ['make:migration', 'create_likes_table'])

    const titles = project.list(folder).map((file) => file.slice(18))
    expect(titles.toSorted()).toEqual([
      'create_likes_table.ts',
      'create_posts_table.ts',
      'create_tags_table.ts',
    ])
    expect(titles.at(-1)).toBe('create_likes_table.ts')
  })

  test.each([
    ['create_users_table', 'create', 'users'],
    ['create_users', 'create', 'users'],
    ['add_phone_to_users_table', 'update', 'users'],
    ['add_phone_to_users', 'update', 'users'],
    ['remove_phone_from_users_table', 'update', 'users'],
    ['drop_phone_from_users', 'update', 'users'],
    ['rename_phone_in_users_table', 'update', 'users'],
    ['drop_users_table', 'drop', 'users'],
    ['create_user_roles_table', 'create', 'user_roles'],
  ])('%s: the name says %s %s', async (name, kind, table) => {
    expect(await json(makeProject(), ['make:migration', name])).toMatchObject({ kind, table })
  })

  test.each(['create users table', 'CreateUsersTable', 'create-users-table', 'create_users_table.ts'])(
    '%j becomes create_users_table',
    async (name) => {
      const project = makeProject()

      await succeed(project, ['make:migration', name])

      expect(project.list(folder)[0]).toMatch(/_create_users_table\.ts$/)
    },
  )

  test.each([['--create=people'], ['--table=people']])('%s decides over the name', async (option) => {
    const made = await json(makeProject(), ['make:migration', 'sort_things_out', option])

    expect(made).toMatchObject({ kind: option.startsWith('--create') ? 'create' : 'update', table: 'people' })
  })

  test('--sql writes the two sections of a SQL migration', async () => {
    const project = makeProject()

    await succeed(project, ['make:migration', 'create_posts_table', '--sql'])

    const [file = ''] = project.list(folder)
    expect(project.read(`${folder}/${file}`)).toBe(`-- migrate:up
CREATE TABLE posts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Add your columns here
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- migrate:down
DROP TABLE IF EXISTS posts;
`)
  })

  test.each([
    [['tidy_up.sql'], 'sql'],
    [['tidy_up.ts'], 'ts'],
    [['tidy_up.sql', '--ts'], 'ts'],
  ])('%j writes a file with the ending %s', async (words, ending) => {
    const project = makeProject({ 'tidemark.config.mjs': sequential })

    await succeed(project, ['make:migration', ...words])

    expect(project.list(folder)).toEqual([`001_tidy_up.${ending}`])
  })

  test('--path writes to another folder', async () => {
    const project = makeProject()

    await succeed(project, ['make:migration', 'create_posts_table', '--path', 'modules/blog'])

    expect(project.list('modules/blog')).toHaveLength(1)
  })

  test('what it writes can be applied and rolled back as it is', async () => {
    const project = makeProject()
    for (const name of ['create_posts_table', 'add_a_to_posts_table', 'drop_posts_table', 'tidy_up']) {
      await succeed(project, ['make:migration', name])
    }
    await succeed(project, ['make:migration', 'create_notes_table', '--sql'])

    await succeed(project, ['migrate'])
    await succeed(project, ['migrate:reset'])
    await succeed(project, ['migrate'])

    expect(await json(project, ['db:show'])).toMatchObject({
      tables: [{ name: 'notes' }, { name: 'schema_migrations' }],
    })
  })
})

describe('make:migration refuses', () => {
  test.each([
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['../users', 'it is a path, not a name'],
    ['a\\b', 'it is a path, not a name'],
    ['users?', 'it contains "?"'],
    ['a:b', 'it contains ":"'],
    ['___', 'it has no letter or digit'],
    ['x'.repeat(201), 'it is 201 bytes long, and 200 are allowed'],
  ])('the name %j', async (name, why) => {
    const { status, stderr } = await runCli(makeProject(), ['make:migration', '--', name])

    expect(status).toBe(2)
    expect(stderr).toContain(`"${name}" cannot be a migration's name: ${why}.`)
    expect(stderr).toContain('TM_BAD_MIGRATION_NAME')
  })

  test('a name that a migration has already, whatever its date', async () => {
    const file = `${folder}/2025_01_01_000000_create_users_table.ts`
    const project = makeProject({ [file]: createTable('users') })

    const { status, stderr } = await runCli(project, ['make:migration', 'create_users_table'])

    expect(status).toBe(1)
    expect(stderr).toContain(`There is a migration create_users_table already: ${file}.`)
    expect(project.list(folder)).toHaveLength(1)
  })

  test('a folder that cannot be made', async () => {
    const project = makeProject({ database: 'a file' })

    const { status, stderr } = await runCli(project, ['make:migration', 'create_users_table'])

    expect(status).toBe(1)
    expect(stderr).toContain('TM_CANNOT_WRITE')
    expect(project.read('database')).toBe('a file')
  })

  test('both --create and --table', async () => {
    const { status, stderr } = await runCli(makeProject(), ['make:migration', 'x', '--create=a', '--table=b'])

    expect(status).toBe(2)
    expect(stderr).toContain('make:migration was given --create and --table, which do not go together.')
  })
})
