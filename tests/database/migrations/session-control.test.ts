// What a migration that has a journal must not do to its session is refused before it runs, and what only looks like it runs.

import { describe, expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'
import { byDialect, outsideTransaction, transactionalDdl } from './words.js'

const ofMysql = [
  'set autocommit = 0',
  'SET SESSION autocommit=off',
  'set local autocommit := false',
  'set @@autocommit = 0',
  'set @@session.autocommit = 0',
  'set @@local . `autocommit` = 0',
  "set sql_mode = '', autocommit = 0",
  'set global max_connect_errors = 100, session autocommit = 0',
  'set @old = @@autocommit, autocommit = @old - 1',
  '/*!40101 set autocommit = 0 */',
  '/* a */ set autocommit = default',
  'select release_all_locks()',
  'do release_all_locks ()',
]
const ofPostgres = [
  'discard all',
  'RESET ALL',
  "set application_name = 'mine'",
  "set session application_name to 'mine'",
  'reset application_name',
]
const harmful = byDialect({ sqlite: [], postgres: ofPostgres, mysql: ofMysql, mariadb: ofMysql })

const harmlessOfMysql = [
  'set autocommit = 1',
  'set session autocommit = on, @@autocommit = true',
  "set @autocommit = 0, @x = 'autocommit = 0'",
  "select 'release_all_locks()' as autocommit",
]
const harmless = byDialect({
  sqlite: [],
  postgres: ['set search_path = public', 'reset search_path', "select 'discard all'"],
  mysql: harmlessOfMysql,
  mariadb: harmlessOfMysql,
})

describe.skipIf(harmful.length === 0)('in a migration that is not one transaction', () => {
  test.each(harmful)('%s is refused before it runs', async (sql) => {
    const up = `await db.statement('create table a (n integer)')
    await db.statement(${JSON.stringify(sql)})`
    const tidemark = await openTidemark(
      makeProject({ 'database/migrations/001_a.ts': outsideTransaction(migrationFile(up, '')) }),
    )

    await expect(tidemark.migrate()).rejects.toMatchObject({
      code: 'TM_SESSION_CONTROL',
      place: { sql },
      aftermath: { state: 'half applied', statements: 1 },
    })
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  })

  test('what only looks like it runs', async () => {
    const up = harmless.map((sql) => `await db.statement(${JSON.stringify(sql)})`).join('\n    ')
    const tidemark = await openTidemark(
      makeProject({ 'database/migrations/001_a.ts': outsideTransaction(migrationFile(up, '')) }),
    )

    await tidemark.migrate()

    expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
  })

  test('asking is refused as well, and so is a file of SQL', async () => {
    const [sql = ''] = transactionalDdl ? harmful : harmful.slice(-2)
    const asking = outsideTransaction(migrationFile(`await db.select(${JSON.stringify(sql)})`, ''))
    for (const [name, text] of [
      ['001_a.ts', asking],
      ['001_a.sql', `-- migrate:up transaction:false\n${sql};\n-- migrate:down\n`],
    ] as const) {
      const tidemark = await openTidemark(makeProject({ [`database/migrations/${name}`]: text }))
      await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_SESSION_CONTROL' })
    }
  })
})
