// A statement that takes long is given up on the server when the work is interrupted, or its time is up. SQLite runs
// statements in this process and cannot be asked.

import { expect, inject, test } from 'vitest'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

const file = 'database/migrations/001_a.ts'

/** A statement that takes minutes. */
const slow: Readonly<Record<DialectName, string | undefined>> = {
  sqlite: undefined,
  postgres: 'select pg_sleep(60)',
  // A lone SLEEP that is given up ends as if it were over.
  mysql: 'insert into a (id) select sleep(100) + 1 from information_schema.collations',
  mariadb: 'insert into a (id) select sleep(100) + 1 from information_schema.collations',
}

const statement = slow[inject('dialect')]

function slowMigration(options = ''): string {
  return migrationFile(
    `await schema.create('a', (table) => { table.id() })
    await db.statement('${statement ?? ''}')`,
    `await schema.drop('a')`,
  ).replace('migration({', `migration({ ${options}`)
}

test.skipIf(statement === undefined)('an interruption cancels the statement that runs', async () => {
  const tidemark = await openTidemark(makeProject({ [file]: slowMigration() }))
  setTimeout(() => tidemark.interrupt(), 1500)
  const startedAt = performance.now()

  await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_INTERRUPTED', kind: 'interrupted' })

  expect(performance.now() - startedAt).toBeLessThan(30_000)
  expect(Object.values(await states(tidemark))).not.toContain('applied')
})

test.skipIf(statement === undefined)("a migration's timeout cancels the statement that runs", async () => {
  const tidemark = await openTidemark(makeProject({ [file]: slowMigration("timeout: '1500ms',") }))
  const startedAt = performance.now()

  await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_MIGRATION_TIMEOUT' })

  expect(performance.now() - startedAt).toBeLessThan(30_000)
  expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
})

test.skipIf(statement === undefined)(
  'statementTimeout gives up a statement, and the migration failed',
  async () => {
    const tidemark = await openTidemark(makeProject({ [file]: slowMigration() }), {
      config: { migrations: { statementTimeout: '1s' } },
    })
    const startedAt = performance.now()

    await expect(tidemark.migrate()).rejects.toMatchObject({ code: 'TM_STATEMENT_TIMEOUT' })

    expect(performance.now() - startedAt).toBeLessThan(30_000)
    expect(await states(tidemark)).toEqual({ '001_a': 'failed' })
  },
)
