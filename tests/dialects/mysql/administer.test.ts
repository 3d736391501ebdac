import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { loadDialect } from '../../../src/dialects/registry.js'
import { Secret } from '../../../src/support/secret.js'
import { administer, nameDatabase } from '../../helpers/database.js'
import { isMariadb, open, openWorkbench, optionsOf, serverOptions } from './open.js'

const label = isMariadb ? 'MariaDB' : 'MySQL'

async function defaultsOf(database: string, session: Awaited<ReturnType<typeof openWorkbench>>['session']) {
  return await session.query(
    'select default_character_set_name as charset, default_collation_name as collation ' +
      'from information_schema.schemata where schema_name = ?',
    [database],
  )
}

describe('a database', () => {
  test('is made with the character set and collation of new tables, and dropped', async () => {
    const { session, dialect } = await openWorkbench()
    const name = nameDatabase().target.database

    await dialect.administer(session, { kind: 'createDatabase', name })
    expect(await defaultsOf(name, session)).toEqual([{ charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' }])
    await expect(dialect.administer(session, { kind: 'createDatabase', name })).rejects.toMatchObject({
      errno: 1007,
    })
    await dialect.administer(session, { kind: 'dropDatabaseIfExists', name })
    await dialect.administer(session, { kind: 'dropDatabaseIfExists', name })

    expect(await defaultsOf(name, session)).toEqual([])
  })

  test('is made as the connection says', async () => {
    const { dialect, session } = await openWorkbench({
      server: { ...serverOptions(), charset: 'latin1', collation: 'latin1_german1_ci' },
    })
    const name = nameDatabase().target.database

    await dialect.administer(session, { kind: 'createDatabase', name })

    expect(await defaultsOf(name, session)).toEqual([{ charset: 'latin1', collation: 'latin1_german1_ci' }])
    expect(await session.query("select 'Zoë🌊' as name")).toEqual([{ name: 'Zoë🌊' }])
  })

  test('that a connection names is made where it is missing, by several at once', async () => {
    const options = optionsOf(nameDatabase().target)
    const dialect = await loadDialect(inject('dialect'))
    await expect(open(options)).rejects.toMatchObject({ code: 'TM_DATABASE_MISSING' })

    await Promise.all([dialect.createDatabase(options), dialect.createDatabase(options)])

    const { session } = await open(options)
    expect(await session.query('select database() as name')).toEqual([{ name: options.database }])
  })

  test('is not made by whoever may not', async () => {
    const user = `tidemark_meek_${process.pid}`
    await administer(`create user ${user} identified by 'x'`)
    onTestFinished(() => administer(`drop user ${user}`))
    const options = {
      ...optionsOf(nameDatabase().target),
      server: { ...serverOptions(), username: user, password: new Secret('x') },
    }
    const dialect = await loadDialect(inject('dialect'))

    await expect(dialect.createDatabase(options)).rejects.toMatchObject({
      code: 'TM_ACCESS_DENIED',
      message: expect.stringContaining(`does not make the database "${options.database}"`) as string,
    })
  })

  test('has neither extensions nor a file', async () => {
    const { session, dialect } = await openWorkbench()

    await expect(
      dialect.administer(session, { kind: 'ensureExtension', name: 'citext', schema: undefined }),
    ).rejects.toMatchObject({
      code: 'TM_UNSUPPORTED',
      message: `${label} has no ensureExtensionExists().`,
      remedy: expect.stringContaining(`'${isMariadb ? 'mariadb' : 'mysql'}'`) as string,
    })
    await expect(
      dialect.administer(session, { kind: 'emptyDatabaseFile', path: undefined }),
    ).rejects.toMatchObject({
      code: 'TM_UNSUPPORTED',
      message: `${label} has no refreshDatabaseFile().`,
    })
  })
})

test('the overview tells the version and how large the database is', async () => {
  const { session, dialect } = await openWorkbench()
  const [row] = await session.query('select version() as version')
  const empty = await dialect.overview(session)
  await session.execute('create table t (a longtext)')
  await session.execute("insert into t values (repeat('a', 1000000))")
  await session.query('analyze table t')
  const filled = await dialect.overview(session)

  expect(empty.version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(String(row?.['version'])).toContain(empty.version)
  expect(empty.sizeBytes).toBe(0)
  expect(filled.sizeBytes).toBeGreaterThan(500_000)
})
