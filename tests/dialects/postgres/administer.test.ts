import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { administer } from '../../helpers/database.js'
import { serverOptionsOf } from '../../helpers/database.js'
import { openAt, openTestSession } from './sessions.js'

let count = 0

/** A name that no database has, and that none has when the test is over. */
function freeName(): string {
  count += 1
  const name = `tidemark "made" ${process.pid} ${count}`
  onTestFinished(() => administer(`drop database if exists "${name.replaceAll('"', '""')}" with (force)`))
  return name
}

async function exists(name: string): Promise<boolean> {
  const { session } = await openAt()
  return (await session.query('select 1 from pg_database where datname = ?', [name])).length > 0
}

test('a database is made and dropped', async () => {
  const { session, dialect } = await openAt()
  const name = freeName()

  await dialect.administer(session, { kind: 'createDatabase', name })
  const { session: inside } = await openAt({ database: name })
  expect(await inside.setting('server_encoding')).toBe('UTF8')
  await inside.close()

  await dialect.administer(session, { kind: 'dropDatabaseIfExists', name })
  await dialect.administer(session, { kind: 'dropDatabaseIfExists', name })
  expect(await exists(name)).toBe(false)
})

test('a database that is there is not made, and one in use is not dropped', async () => {
  const { session, dialect, database } = await openTestSession()

  const making = await dialect
    .administer(session, { kind: 'createDatabase', name: database })
    .catch((error: unknown) => dialect.explain(error))
  const dropping = await dialect
    .administer(session, { kind: 'dropDatabaseIfExists', name: database })
    .catch((error: unknown) => dialect.explain(error))

  expect(making).toMatchObject({ kind: 'already-exists' })
  expect(dropping).toMatchObject({ kind: 'locked' })
})

describe('a missing database', () => {
  const options = (database: string) => ({
    database,
    foreignKeys: true,
    lockTimeoutMs: 1000,
    server: { ...serverOptionsOf(new URL(inject('address'))), searchPath: ['app'] },
  })

  test('is made, by several at once too', async () => {
    const { dialect } = await openAt()
    const name = freeName()

    await Promise.all([1, 2, 3].map(() => dialect.createDatabase(options(name))))

    expect(await exists(name)).toBe(true)
  })

  test('is not made by who may not', async () => {
    const { dialect } = await openAt()
    await administer('drop role if exists tidemark_maker')
    await administer('create role tidemark_maker login')
    const { server, ...rest } = options(freeName())

    const making = await dialect
      .createDatabase({ ...rest, server: { ...server, username: 'tidemark_maker' } })
      .catch((error: unknown) => error)

    await administer('drop role tidemark_maker')
    expect(making).toMatchObject({
      name: 'ConnectionError',
      code: 'TM_ACCESS_DENIED',
      message: expect.stringContaining('permission denied to create database') as string,
    })
  })
})

test('an extension is made once, in the schema that is named', async () => {
  const { session, dialect } = await openTestSession()
  await session.execute('create schema "ext ra"')
  const task = { kind: 'ensureExtension', name: 'plpgsql', schema: undefined } as const

  await dialect.administer(session, task)
  await session.execute('drop extension plpgsql')
  await dialect.administer(session, task)

  expect(await session.query('select extname as name from pg_extension')).toEqual([{ name: 'plpgsql' }])
  const missing = await dialect
    .administer(session, { ...task, name: 'no "such', schema: 'ext ra' })
    .catch((error: unknown) => dialect.explain(error))
  expect(missing).toMatchObject({ message: expect.stringContaining('no "such') as string })
})

test('a file of a database is refused', async () => {
  const { session, dialect } = await openAt()

  const task = dialect.administer(session, { kind: 'emptyDatabaseFile', path: undefined })

  await expect(task).rejects.toMatchObject({
    code: 'TM_UNSUPPORTED',
    message: 'PostgreSQL has no refreshDatabaseFile().',
  })
})

test('an overview tells the version and the size', async () => {
  const { session, dialect } = await openAt()

  const { version, sizeBytes } = await dialect.overview(session)

  expect(version).toMatch(/^\d+\.\d+$/)
  expect(sizeBytes).toBeGreaterThan(1_000_000)
})
