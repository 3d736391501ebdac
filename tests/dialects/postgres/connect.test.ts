// Reaching a server: where, as whom, how encrypted; and what is told where it does not come off.

import { inspect } from 'node:util'
import { describe, expect, inject, test } from 'vitest'
import { Secret } from '../../../src/support/secret.js'
import { administer } from '../../helpers/database.js'
import { fixture, startProxy } from '../../helpers/postgres-proxy.js'
import { type OpenOptions, openAt } from './sessions.js'

const { hostname, port, username } = new URL(inject('address'))

/** In no error of any kind. */
const marked = 'MARKED-p4ssw0rd'

async function failureOf(options: OpenOptions): Promise<Error & Record<string, unknown>> {
  const server = { password: new Secret(marked), ...options.server }
  const error: unknown = await openAt({ ...options, server }).catch((thrown: unknown) => thrown)
  if (!(error instanceof Error)) throw new Error('it connected')
  const shown = [
    error.message,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 10, showHidden: true }),
  ]
  expect(shown.join('\n')).not.toContain(marked)
  // Its class and fields are looked at by name.
  return error as Error & Record<string, unknown>
}

describe('a server that is not reached', () => {
  test('because nothing listens there', async () => {
    expect(await failureOf({ database: 'shop', server: { port: 1, username: 'ann' } })).toMatchObject({
      name: 'ConnectionError',
      code: 'TM_CONNECTION_FAILED',
      message: `PostgreSQL at ${hostname}:1 refused the connection.`,
      remedy: expect.stringContaining(`host ${hostname}, port 1`) as string,
      details: { host: hostname, port: 1, database: 'shop', username: 'ann' },
    })
  })

  test('because there is no such host', async () => {
    expect(await failureOf({ server: { host: 'nowhere.invalid', port: 5555 } })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: 'PostgreSQL at nowhere.invalid:5555 cannot be found: there is no host "nowhere.invalid".',
    })
  })

  test('because there is no such socket', async () => {
    expect(await failureOf({ server: { socket: '/nowhere/' } })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `PostgreSQL at /nowhere/.s.PGSQL.${port} is not there.`,
      details: { socket: `/nowhere/.s.PGSQL.${port}` },
    })
    expect(await failureOf({ server: { socket: '/nowhere/.s.PGSQL.7777' } })).toMatchObject({
      message: 'PostgreSQL at /nowhere/.s.PGSQL.7777 is not there.',
    })
  })

  test('because it does not answer in time', async () => {
    const proxy = await startProxy(inject('address'), { isSilent: true })

    expect(await failureOf({ server: { port: proxy.port } })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `PostgreSQL at ${hostname}:${proxy.port} did not answer within 10 s.`,
    })
  })

  test('because it hangs up', async () => {
    const proxy = await startProxy('postgres://127.0.0.1:1')
    setTimeout(proxy.cut, 200)

    expect(await failureOf({ server: { port: proxy.port } })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `PostgreSQL at ${hostname}:${proxy.port} closed the connection before it was open.`,
    })
  })
})

test('a server that is gone when the session is set up is told in the same words', async () => {
  const proxy = await startProxy(inject('address'), { endsAt: 'set_config' })

  expect(await failureOf({ server: { port: proxy.port } })).toMatchObject({
    code: 'TM_CONNECTION_FAILED',
    message: `PostgreSQL at ${hostname}:${proxy.port} closed the connection before it was open.`,
  })
})

test.each([
  ['57P01', 'terminating connection due to administrator command'],
  ['57P02', 'terminating connection because of crash of another server process'],
  ['57P03', 'the database system is shutting down'],
])('a server that stops while it lets somebody in is not ready (%s)', async (state, message) => {
  const proxy = await startProxy(inject('address'), { refusal: { state, message } })

  expect(await failureOf({ server: { port: proxy.port } })).toMatchObject({
    code: 'TM_CONNECTION_FAILED',
    message: `PostgreSQL at ${hostname}:${proxy.port} is not ready (${message}).`,
  })
})

describe('a server that lets nobody in', () => {
  test('because it knows no such user', async () => {
    expect(await failureOf({ server: { username: 'no_such_user' } })).toMatchObject({
      code: 'TM_ACCESS_DENIED',
      message: `PostgreSQL at ${hostname}:${port} does not let "no_such_user" in with the configured password (role "no_such_user" does not exist).`,
      details: { username: 'no_such_user' },
    })
  })

  test('because it has no such database', async () => {
    expect(await failureOf({ database: 'no_such_database' })).toMatchObject({
      code: 'TM_DATABASE_MISSING',
      message: `PostgreSQL at ${hostname}:${port} has no database "no_such_database".`,
      remedy: expect.stringContaining('createdb "no_such_database"') as string,
    })
  })

  test('because the user may not use the database', async () => {
    await administer('drop database if exists tidemark_closed')
    await administer('create database tidemark_closed')
    await administer('revoke connect on database tidemark_closed from public')
    await administer('drop role if exists tidemark_nobody')
    await administer("create role tidemark_nobody login password 'x'")

    const failure = await failureOf({ database: 'tidemark_closed', server: { username: 'tidemark_nobody' } })

    await administer('drop database tidemark_closed')
    await administer('drop role tidemark_nobody')
    expect(failure).toMatchObject({ code: 'TM_ACCESS_DENIED' })
  })

  test('because the user has too many connections', async () => {
    await administer('drop role if exists tidemark_single')
    await administer('create role tidemark_single login connection limit 0')

    const failure = await failureOf({ server: { username: 'tidemark_single' } })

    await administer('drop role tidemark_single')
    expect(failure).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: expect.stringContaining('takes no more connections') as string,
    })
  })
})

describe('an encrypted connection', () => {
  const caFile = fixture('ca.pem')
  const isEncrypted = true

  test.each([
    ['disable', undefined, false],
    ['allow', undefined, false],
    [undefined, undefined, isEncrypted],
    ['prefer', undefined, isEncrypted],
    ['require', undefined, isEncrypted],
    ['verify-ca', caFile, isEncrypted],
    ['verify-full', caFile, isEncrypted],
  ] as const)('is had with sslmode %s where the server offers it', async (mode, file, expected) => {
    const proxy = await startProxy(inject('address'), { certificate: 'server' })

    const { session } = await openAt({ server: { port: proxy.port, tls: { mode, caFile: file } } })

    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(proxy.encrypted() > 0).toBe(expected)
  })

  test.each(['disable', 'allow', 'prefer'] as const)(
    'is done without with sslmode %s where the server has none',
    async (mode) => {
      const proxy = await startProxy(inject('address'))

      const { session } = await openAt({ server: { port: proxy.port, tls: { mode, caFile: undefined } } })

      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    },
  )

  test.each(['require', 'verify-ca', 'verify-full'] as const)(
    'is insisted on with sslmode %s',
    async (mode) => {
      const proxy = await startProxy(inject('address'))

      expect(
        await failureOf({ server: { port: proxy.port, tls: { mode, caFile: undefined } } }),
      ).toMatchObject({
        code: 'TM_CONNECTION_FAILED',
        message: `PostgreSQL at ${hostname}:${proxy.port} offers no TLS, which sslmode "${mode}" asks for.`,
      })
    },
  )

  test.each(['verify-ca', 'verify-full'] as const)(
    'with sslmode %s is refused where the certificate is of nobody that is trusted',
    async (mode) => {
      const proxy = await startProxy(inject('address'), { certificate: 'server' })

      expect(
        await failureOf({ server: { port: proxy.port, tls: { mode, caFile: undefined } } }),
      ).toMatchObject({
        code: 'TM_CONNECTION_FAILED',
        message: expect.stringContaining('has a certificate that is not trusted') as string,
      })
    },
  )

  test('is refused with sslmode verify-full alone where the certificate is of another host', async () => {
    const proxy = await startProxy(inject('address'), { certificate: 'other-host' })
    const open = (mode: 'verify-ca' | 'verify-full') => ({
      server: { port: proxy.port, tls: { mode, caFile } },
    })

    const { session } = await openAt(open('verify-ca'))
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(await failureOf(open('verify-full'))).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: expect.stringContaining('has a certificate for another host') as string,
    })
  })

  test('needs a file of certificates that is there', async () => {
    const tls = { mode: 'verify-full', caFile: '/nowhere/ca.pem' } as const

    expect(await failureOf({ server: { tls } })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: expect.stringContaining('"/nowhere/ca.pem" cannot be read') as string,
    })
  })
})

test('says which version answers', async () => {
  const { dialect, session } = await openAt()

  const { version } = await dialect.overview(session)
  const [row] = await session.query("select current_setting('server_version') as version")

  expect(version).toMatch(/^\d+\.\d+$/)
  expect(row?.['version']).toMatch(version)
})

test('takes the names that libpq would, where nothing is configured', async () => {
  const before = process.env['PGUSER']
  process.env['PGUSER'] = 'no_such_user'
  try {
    expect(
      await failureOf({ server: { username: undefined, host: undefined, port: Number(port) } }),
    ).toMatchObject({
      details: { host: '127.0.0.1', username: 'no_such_user' },
    })
  } finally {
    if (before === undefined) delete process.env['PGUSER']
    else process.env['PGUSER'] = before
  }
})

test('shows itself to whoever looks at the sessions of the server', async () => {
  const { session } = await openAt()

  expect(await session.setting('application_name')).toBe('tidemark')
  expect(await session.query('select current_user as name')).toEqual([{ name: username }])
})
