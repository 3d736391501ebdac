// The example on the database under test: each of its migrations up, down and up again, by the command and by the API.

import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, test } from 'vitest'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import type { TableSnapshot } from '../../../src/schema/snapshot.js'
import type { Tidemark } from '../../../src/tidemark.js'
import { makeDatabase } from '../../helpers/database.js'
import { type Project, makeProject } from '../../helpers/project.js'
import { json, succeed } from '../../helpers/run-cli.js'
import { openTidemark } from '../../helpers/tidemark.js'

const example = fileURLToPath(new URL('../../../examples/mediastream', import.meta.url))
const dialect = inject('dialect')

interface Example {
  readonly project: Project
  readonly variables: Readonly<Record<string, string>>
  readonly names: readonly string[]
}

async function copyOfExample(): Promise<Example> {
  const project = makeProject()
  cpSync(`${example}/database/migrations`, project.path('database/migrations'), { recursive: true })
  const names = project.list('database/migrations').map((file) => file.replace('.ts', ''))
  expect(names).toHaveLength(5)
  return { project, names, variables: (await makeDatabase()).variables }
}

function withoutLedger<Table extends { readonly name: string }>(tables: readonly Table[]): Table[] {
  return tables.filter(({ name }) => name !== 'schema_migrations')
}

async function snapshot(tidemark: Tidemark): Promise<readonly TableSnapshot[]> {
  return withoutLedger((await tidemark.snapshot()).tables)
}

/** Every table as db:table shows it. */
async function shown({ project, variables }: Example): Promise<unknown> {
  // What db:show prints with --json.
  const { tables } = (await json(project, ['db:show'], variables)) as { tables: { name: string }[] }
  return await Promise.all(
    withoutLedger(tables).map(({ name }) => json(project, ['db:table', name], variables)),
  )
}

describe('the example', () => {
  test('goes up, down and up again, migration by migration, by the API', async () => {
    const { project, names, variables } = await copyOfExample()
    const tidemark = await openTidemark(project, { variables })

    for (const name of names) {
      const before = await snapshot(tidemark)
      await tidemark.migrate({ to: name })
      const after = await snapshot(tidemark)
      expect(after).not.toEqual(before)

      await tidemark.rollback({ name })
      expect(await snapshot(tidemark)).toEqual(before)

      await tidemark.migrate({ to: name })
      expect(await snapshot(tidemark)).toEqual(after)
    }
  })

  test('goes up, down and up again as a whole, by the command', async () => {
    const copy = await copyOfExample()
    const { project, variables } = copy

    await succeed(project, ['migrate'], variables)
    const after = await shown(copy)
    await succeed(project, ['migrate:reset'], variables)
    expect(await shown(copy)).toEqual([])
    await succeed(project, ['migrate'], variables)

    expect(await shown(copy)).toEqual(after)
    expect(after).toHaveLength(9)
  })

  test('shows the SQL of all of it before there is anything, and changes nothing', async () => {
    const { project, variables } = await copyOfExample()

    const text = await succeed(project, ['migrate', '--pretend'], variables)

    expect(text.match(/^create table/gim)).toHaveLength(9)
    expect(await json(project, ['db:show'], variables)).toMatchObject({ tables: [] })
  })
})

/** `Field Type Null Key Default` of `media`, by the words of each database. */
const description: Readonly<Record<DialectName, string>> = {
  sqlite: `
  Field           Type      Null  Key  Default
  id              integer   NO    PRI  NULL
  user_id         integer   NO         NULL
  title           varchar   NO         NULL
  description     text      YES        NULL
  type            varchar   NO    MUL  NULL
  file_path       varchar   NO         NULL
  thumbnail_path  varchar   YES        NULL
  duration        integer   NO         NULL
  file_size       integer   NO         NULL
  mime_type       varchar   NO         NULL
  metadata        text      YES        NULL
  created_at      datetime  YES   MUL  NULL
  updated_at      datetime  YES        NULL
  deleted_at      datetime  YES        NULL

`,
  postgres: `
  Field           Type                            Null  Key  Default
  id              bigint                          NO    PRI  NULL
  user_id         bigint                          NO         NULL
  title           character varying(255)          NO         NULL
  description     text                            YES        NULL
  type            character varying(255)          NO    MUL  NULL
  file_path       character varying(255)          NO         NULL
  thumbnail_path  character varying(255)          YES        NULL
  duration        integer                         NO         NULL
  file_size       bigint                          NO         NULL
  mime_type       character varying(255)          NO         NULL
  metadata        json                            YES        NULL
  created_at      timestamp(0) without time zone  YES   MUL  NULL
  updated_at      timestamp(0) without time zone  YES        NULL
  deleted_at      timestamp(0) without time zone  YES        NULL

`,
  mysql: `
  Field           Type                     Null  Key  Default
  id              bigint unsigned          NO    PRI  NULL
  user_id         bigint unsigned          NO    MUL  NULL
  title           varchar(255)             NO         NULL
  description     text                     YES        NULL
  type            enum('movie','episode')  NO    MUL  NULL
  file_path       varchar(255)             NO         NULL
  thumbnail_path  varchar(255)             YES        NULL
  duration        int unsigned             NO         NULL
  file_size       bigint unsigned          NO         NULL
  mime_type       varchar(255)             NO         NULL
  metadata        json                     YES        NULL
  created_at      timestamp                YES   MUL  NULL
  updated_at      timestamp                YES        NULL
  deleted_at      timestamp                YES        NULL

`,
  mariadb: `
  Field           Type                     Null  Key  Default
  id              bigint(20) unsigned      NO    PRI  NULL
  user_id         bigint(20) unsigned      NO    MUL  NULL
  title           varchar(255)             NO         NULL
  description     text                     YES        NULL
  type            enum('movie','episode')  NO    MUL  NULL
  file_path       varchar(255)             NO         NULL
  thumbnail_path  varchar(255)             YES        NULL
  duration        int(10) unsigned         NO         NULL
  file_size       bigint(20) unsigned      NO         NULL
  mime_type       varchar(255)             NO         NULL
  metadata        longtext                 YES        NULL
  created_at      timestamp                YES   MUL  NULL
  updated_at      timestamp                YES        NULL
  deleted_at      timestamp                YES        NULL

`,
}

test('the example’s media are described by the words of the database', async () => {
  const { project, variables } = await copyOfExample()
  await succeed(project, ['migrate'], variables)

  expect(await succeed(project, ['db:describe', 'media'], variables)).toBe(description[dialect])
})
