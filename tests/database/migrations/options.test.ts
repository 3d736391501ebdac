// What a migration's file and the project's configuration say about how migrations run.

import { expect, test } from 'vitest'
import { createTable, makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames, twoConnections } from '../../helpers/tidemark.js'

const file = 'database/migrations/001_a.ts'

test('withinTransaction: false runs outside a transaction, as transaction: false does', async () => {
  for (const option of ['withinTransaction: false', 'transaction: false']) {
    const text = migrationFile(
      `await schema.create('a', (table) => { table.id() })
      await db.exec('insert into nowhere values (1)')`,
      `await schema.dropIfExists('a')`,
    )
    const tidemark = await openTidemark(
      makeProject({ [file]: text.replace('migration({', `migration({ ${option},`) }),
    )

    await expect(tidemark.migrate()).rejects.toMatchObject({
      aftermath: { state: 'half applied', statements: 1 },
    })
    expect(await tableNames(tidemark)).toEqual(['a'])
  }
})

test('allow answers the analyser and changes nothing', async () => {
  const text = createTable('a').replace('migration({', "migration({ allow: { 'drop-table': 'it is empty' },")
  const tidemark = await openTidemark(makeProject({ [file]: text }))

  await tidemark.migrate()

  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})

test.each([
  ['timeout', '5 minutes'],
  ['lockTimeout', 'soon'],
])('a %s that is no length of time is refused', async (option, value) => {
  const text = createTable('a').replace('migration({', `migration({ ${option}: '${value}',`)
  const tidemark = await openTidemark(makeProject({ [file]: text }))

  await expect(tidemark.migrate()).rejects.toThrow(`its ${option} is no length of time`)
})

test.each(['schema', "schema.connection('reporting')"])(
  "migrations.change: 'exact' makes every change() of %s exact",
  async (schema) => {
    const text = migrationFile(
      `await ${schema}.create('a', (table) => { table.string('c').nullable().default('x') })
      await ${schema}.table('a', (table) => { table.string('c').change() })`,
      `await ${schema}.drop('a')`,
    )
    const config = { ...(await twoConnections()), migrations: { change: 'exact' } } as const
    const project = makeProject({ [file]: text })

    await (await openTidemark(project, { config })).migrate()

    const connection = schema === 'schema' ? 'main' : 'reporting'
    const made = await (await openTidemark(project, { config, connection })).table('a')
    expect(made?.columns).toMatchObject([{ name: 'c', nullable: false, default: undefined }])
  },
)
