// Files of 10 MB, by the command, in little memory: many statements, and one.

import { expect, test } from 'vitest'
import { makeDatabase } from '../../helpers/database.js'
import { makeProject } from '../../helpers/project.js'
import { runCli } from '../../helpers/run-cli.js'
import { openTidemark } from '../../helpers/tidemark.js'
import { byDialect } from './words.js'

const text = byDialect({ sqlite: 'text', postgres: 'text', mysql: 'longtext', mariadb: 'longtext' })
const megabytes = (sql: string): number => sql.length / 1_000_000

function migrated(statements: string): string {
  return `-- migrate:up\ncreate table big (id integer primary key, body ${text});\n${statements}\n-- migrate:down\ndrop table big;\n`
}

const many = Array.from(
  { length: 1000 },
  (_, index) => `insert into big (id, body) values (${index}, 'it''s; ${'-- x'.repeat(2500)}');`,
).join('\n')
const value = 'it; -- '.repeat(1_430_000)

test.each([
  ['1,000 statements', many, 1000],
  ['one statement', `insert into big (id, body) values (1, '${value}');`, 1],
])('a file of 10 MB that is %s is applied and rolled back in 200 MB', async (_, statements, count) => {
  const { variables } = await makeDatabase()
  const project = makeProject({ 'database/migrations/001_big.sql': migrated(statements) })
  const run = (command: string) =>
    runCli(project, [command], { ...variables, NODE_OPTIONS: '--max-old-space-size=200' })
  expect(megabytes(statements)).toBeGreaterThan(10)

  expect(await run('migrate')).toMatchObject({ status: 0, stderr: '' })

  const db = await (await openTidemark(project, { variables })).db()
  expect(await db.table('big').count()).toBe(count)
  expect(await db.table('big').where('id', 1).value('body')).toBe(
    count === 1 ? value : `it's; ${'-- x'.repeat(2500)}`,
  )
  expect(await run('migrate:status')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('[✔] 001_big'),
  })
  expect(await run('migrate:rollback')).toMatchObject({ status: 0, stderr: '' })
})
