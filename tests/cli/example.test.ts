// The example as its README says. That each of its migrations goes up, down and up again is a test of every database:
// tests/database/cli/mediastream.test.ts.

import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Project, makeProject } from '../helpers/project.js'
import { json, succeed } from '../helpers/run-cli.js'

const example = fileURLToPath(new URL('../../examples/mediastream', import.meta.url))

function copyOfExample(): Project {
  const project = makeProject()
  cpSync(`${example}/.env`, project.path('.env'))
  cpSync(`${example}/database/migrations`, project.path('database/migrations'), { recursive: true })
  return project
}

test('makes the tables that its README names, with what they hold', async () => {
  const project = copyOfExample()

  await succeed(project, ['migrate'])

  const shown = (await json(project, ['db:show'])) as { tables: { name: string }[] }
  expect(shown.tables.map(({ name }) => name)).toEqual([
    'cache',
    'cache_locks',
    'failed_jobs',
    'job_batches',
    'jobs',
    'media',
    'password_reset_tokens',
    'schema_migrations',
    'sessions',
    'users',
  ])
  expect(await succeed(project, ['db:describe', 'users'])).toBe(`
  Field                      Type      Null  Key  Default
  id                         integer   NO    PRI  NULL
  name                       varchar   NO         NULL
  email                      varchar   NO    UNI  NULL
  email_verified_at          datetime  YES        NULL
  password                   varchar   NO         NULL
  remember_token             varchar   YES        NULL
  created_at                 datetime  YES        NULL
  updated_at                 datetime  YES        NULL
  two_factor_secret          text      YES        NULL
  two_factor_recovery_codes  text      YES        NULL
  two_factor_confirmed_at    datetime  YES        NULL

`)
  expect(await json(project, ['db:table', 'media'])).toMatchObject({
    foreignKeys: [{ columns: ['user_id'], foreignTable: { name: 'users' }, onDelete: 'cascade' }],
    indexes: [{ name: 'media_created_at_index' }, { name: 'media_type_index' }],
  })
})
