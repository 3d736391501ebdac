// The short way, from an empty folder, by the command: the preset, then migrations of one's own, filled in, applied, described,
// rolled back, edited and applied again.

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'
import { makeDatabase } from '../../helpers/database.js'
import { makeProject } from '../../helpers/project.js'
import { json, runCli, succeed } from '../../helpers/run-cli.js'
import { openTidemark } from '../../helpers/tidemark.js'

const example = fileURLToPath(new URL('../../../examples/stackctl', import.meta.url))
const dialect = inject('dialect')
const connection = { sqlite: 'sqlite', postgres: 'pgsql', mysql: 'mysql', mariadb: 'mariadb' }[dialect]
const folder = { sqlite: 'sqlite', postgres: 'pgsql', mysql: 'mysql', mariadb: 'mysql' }[dialect]

async function emptyFolder() {
  const { variables } = await makeDatabase()
  const project = makeProject()
  const run = (...words: string[]) => succeed(project, words, variables)
  return { project, variables, run, fails: (...words: string[]) => runCli(project, words, variables) }
}

function fromExample(name: string): string {
  return readFileSync(`${example}/articles/${folder}/${name}.ts`, 'utf8')
}

const preset = readdirSync(`${example}/migrations/${folder}`).map((file) => file.replace('.ts', ''))

test('the preset and the workflow of numbered SQL', { timeout: 120_000 }, async () => {
  const { project, variables, run, fails } = await emptyFolder()
  await run('init', '--preset=stackctl', `--dialect=${connection}`)
  expect(preset).toHaveLength(6)
  expect(project.list('build/database')).toEqual(preset.map((name) => `${name}.ts`))

  expect(await run('db:apply', '--pretend')).toContain('CREATE TABLE mfa_challenges')
  await run('db:apply')
  const status = await run('db:status')
  for (const name of preset) expect(status).toContain(`[✔] ${name} `)

  expect(await run('db:create', 'create_articles')).toContain('build/database/007_create_articles.ts')
  project.write('build/database/007_create_articles.ts', fromExample('007_create_articles'))
  expect(await run('db:status')).toMatch(/\[○\] 007_create_articles \.+ pending/)
  await run('db:apply')
  await run('db:create', 'add_excerpt_to_articles')
  project.write('build/database/008_add_excerpt_to_articles.ts', fromExample('008_add_excerpt_to_articles'))
  await run('db:apply')

  const described = await run('db:describe', 'articles')
  expect(described).toMatch(/Field +Type +Null +Key +Default/)
  expect(described).toMatch(/\n *slug .* UNI /)
  expect(described).toMatch(/\n *excerpt /)

  const refused = await fails('db:rollback', '001_create_users')
  expect([refused.status, refused.stderr]).toEqual([
    7,
    expect.stringContaining('007_create_articles (articles.user_id)'),
  ])

  await run('db:rollback', '008_add_excerpt_to_articles.ts')
  expect(await run('db:describe', 'articles')).not.toContain('excerpt')
  const file = 'build/database/008_add_excerpt_to_articles.ts'
  project.write(file, project.read(file).replaceAll('excerpt', 'summary'))
  await run('db:apply')
  expect(await run('db:describe', 'articles')).toMatch(/\n *summary /)

  expect(await json(project, ['db:status'], variables)).toMatchObject({
    migrations: [...preset, '007_create_articles', '008_add_excerpt_to_articles'].map((name) => ({
      name,
      state: 'applied',
    })),
  })
  await run('migrate:reset')
  expect(((await json(project, ['db:show'], variables)) as { tables: unknown[] }).tables).toHaveLength(1)
  await run('db:apply')
})

test('the preset keeps what it says: one account for an address, nothing left of one that is deleted', async () => {
  const { project, variables, run } = await emptyFolder()
  await run('init', '--preset=stackctl', `--dialect=${connection}`)
  await run('db:apply')
  const tidemark = await openTidemark(project, { variables })
  const db = await tidemark.db()
  const user = { name: 'Ada', email: 'ada@example.com', password: 'hashed' }
  await db.table('users').insert(user)
  const userId = Number(await db.table('users').value('id'))
  const expires = { expires_at: new Date('2037-01-01T00:00:00Z') }
  const token = { user_id: userId, token_hash: 'a'.repeat(64), ...expires }
  await db.table('password_resets').insert(token)
  await db.table('email_verifications').insert({ ...token, email: user.email })
  await db.table('trusted_browsers').insert(token)
  await db.table('mfa_methods').insert({ user_id: userId, type: 'totp', encrypted_secret: 'x' })
  const method = Number(await db.table('mfa_methods').value('id'))
  await db
    .table('mfa_challenges')
    .insert({ user_id: userId, mfa_method_id: method, code_hash: 'b'.repeat(64), ...expires })

  await expect(db.table('users').insert(user)).rejects.toMatchObject({ code: 'TM_UNIQUE_VIOLATION' })
  await expect(db.table('password_resets').insert(token)).rejects.toMatchObject({
    code: 'TM_UNIQUE_VIOLATION',
  })
  await expect(
    db.table('mfa_methods').insert({ user_id: userId, type: 'telepathy', encrypted_secret: 'x' }),
  ).rejects.toThrow()
  expect(await db.table('mfa_challenges').value('attempts')).toBe(0)

  await db.table('users').where('id', userId).delete()

  const others = [
    'password_resets',
    'email_verifications',
    'trusted_browsers',
    'mfa_methods',
    'mfa_challenges',
  ]
  for (const table of others) expect(await db.table(table).count(), table).toBe(0)
})

// MariaDB before 10.10 is so by default: the first column of the type that says nothing else is renewed at each change of a row.
test.runIf(folder === 'mysql')('no expiry of the preset is renewed by the server', async () => {
  const { project, variables, run } = await emptyFolder()
  await run('init', '--preset=stackctl', `--dialect=${connection}`)
  const old = '-- migrate:up\nset session explicit_defaults_for_timestamp = 0;\n'
  project.write('build/database/000_old.sql', old)
  await run('db:apply')

  const db = await (await openTidemark(project, { variables })).db()
  const renewed = await db.select(
    "select column_name as name from information_schema.columns where table_schema = database() and extra like '%on update%'",
  )
  expect(new Set(renewed.map(({ name }) => name))).toEqual(new Set(['updated_at']))
})
