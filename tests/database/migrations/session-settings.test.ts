// What a migration sets of how SQL is read, as a dump does at its beginning, is its own: neither the ledger nor the next
// migration is read so.

import { expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect } from './words.js'

/** The beginning of a file, and a table that can only be made after it. */
const dump = byDialect<{ up: string; down: string } | undefined>({
  sqlite: undefined,
  postgres: {
    up: "select pg_catalog.set_config('search_path', '', false);\ncreate table public.a (id integer);",
    down: "set search_path to '';\ndrop table public.a;",
  },
  mysql: {
    up: `set sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES';\ncreate table "a" ("id" integer);`,
    down: `set sql_mode = 'ANSI_QUOTES';\ndrop table "a";`,
  },
  mariadb: {
    up: `set sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES';\ncreate table "a" ("id" integer);`,
    down: `set sql_mode = 'ANSI_QUOTES';\ndrop table "a";`,
  },
})

const said = byDialect({ sqlite: '', postgres: "'said'", mysql: '"said"', mariadb: '"said"' })

test.skipIf(dump === undefined)('what a migration sets holds to its end', async () => {
  const project = makeProject({
    'database/migrations/001_dump.sql': `-- migrate:up\n${dump?.up}\n-- migrate:down\n${dump?.down}\n`,
    'database/migrations/002_b.ts': migrationFile(
      `await schema.create('b', (table) => { table.string('s') })
    await db.statement(\`insert into b values (${said})\`)`,
      `await schema.drop('b')`,
    ),
  })
  const tidemark = await openTidemark(project)

  await tidemark.migrate()

  expect(await states(tidemark)).toEqual({ '001_dump': 'applied', '002_b': 'applied' })
  expect(await (await tidemark.db()).table('b').pluck('s')).toEqual(['said'])

  await tidemark.reset()
  expect(await tableNames(tidemark)).toEqual([])

  await tidemark.migrate()
  expect(await tableNames(tidemark)).toEqual(['a', 'b'])
})

test.skipIf(dump === undefined)('so it does where the file is gone by then', async () => {
  const file = 'database/migrations/001_dump.sql'
  const project = makeProject({ [file]: `-- migrate:up\n${dump?.up}\n-- migrate:down\n${dump?.down}\n` })
  const tidemark = await openTidemark(project)
  await tidemark.migrate()
  project.remove(file)

  await tidemark.rollback()

  expect(await tableNames(tidemark)).toEqual([])
  expect(await states(tidemark)).toEqual({})
})
