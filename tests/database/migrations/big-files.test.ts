// Files of 10 MB, by the command, in little memory: many statements, and one.

import { expect, test } from 'vitest'
import { makeDatabase } from '../../helpers/database.js'
import { makeProject } from '../../helpers/project.js'
import { runCli, succeed } from '../../helpers/run-cli.js'
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

/** MySQL and MariaDB take no statement that is longer than their setting. */
const hasLimit = byDialect({ sqlite: false, postgres: false, mysql: true, mariadb: true })

test.runIf(hasLimit)(
  'a statement that is longer than the server takes says which setting that is',
  async () => {
    const { variables } = await makeDatabase()
    const project = makeProject()
    const db = await (await openTidemark(project, { variables })).db()
    const limit = Number(await db.scalar('select @@max_allowed_packet'))
    project.write(
      'database/migrations/001_big.sql',
      migrated(`insert into big values (1, '${'x'.repeat(limit)}');`),
    )

    const { status, stderr } = await runCli(project, ['migrate'], variables)

    expect(status).toBe(1)
    expect(stderr).toContain("Got a packet bigger than 'max_allowed_packet' bytes")
    expect(stderr).toContain('database/migrations/001_big.sql:3:1')
    expect(stderr).toContain("Send less at once, or raise the server's max_allowed_packet.")
    expect(stderr.length).toBeLessThan(3000)

    project.write('database/migrations/001_big.sql', migrated("insert into big values (1, 'x');"))
    await succeed(project, ['migrate:repair', '001_big', '--force'], variables)
    await succeed(project, ['migrate'], variables)
    expect(await db.table('big').count()).toBe(1)
  },
)
