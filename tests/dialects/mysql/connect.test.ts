// Reaching a server: where, as whom, how encrypted; what is told where it does not come off, and where it is lost.

import { inspect } from 'node:util'
import { describe, expect, inject, test } from 'vitest'
import type { ServerOptions, SessionOptions } from '../../../src/dialects/dialect.js'
import { loadDialect } from '../../../src/dialects/registry.js'
import { Secret } from '../../../src/support/secret.js'
import { administer, serverOptionsOf } from '../../helpers/database.js'
import { startProxy } from '../../helpers/mysql-proxy.js'
import { fixture } from '../../helpers/postgres-proxy.js'
import { isMariadb, open, openWorkbench } from './open.js'

const address = inject('address')
const { hostname, port } = new URL(address)
const label = isMariadb ? 'MariaDB' : 'MySQL'

/** In no error of any kind. */
const marked = 'MARKED-p4ssw0rd'

function optionsAt(server: Partial<ServerOptions>, database = 'test'): SessionOptions {
  return {
    database,
    foreignKeys: true,
    lockTimeoutMs: 1000,
    server: { ...serverOptionsOf(new URL(address)), ...server },
  }
}

async function failureOf(server: Partial<ServerOptions>, database?: string): Promise<object> {
  const options = optionsAt({ password: new Secret(marked), ...server }, database)
  const error: unknown = await open(options).catch((thrown: unknown) => thrown)
  if (!(error instanceof Error)) throw new Error('it connected')
  assertUnmarked(error)
  return error
}

function assertUnmarked(error: Error): void {
  const shown = [
    error.message,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 10, showHidden: true }),
  ]
  expect(shown.join('\n')).not.toContain(marked)
}

describe('a server that is not reached', () => {
  test('because nothing listens there', async () => {
    expect(await failureOf({ port: 1, username: 'ann' }, 'shop')).toMatchObject({
      name: 'ConnectionError',
      code: 'TM_CONNECTION_FAILED',
      message: `${label} at ${hostname}:1 refused the connection.`,
      remedy: expect.stringContaining(`host ${hostname}, port 1`) as string,
      details: { host: hostname, port: 1, database: 'shop', username: 'ann' },
    })
  })

  test('because there is no such host', async () => {
    expect(await failureOf({ host: 'nowhere.invalid', port: 5555 })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `${label} at nowhere.invalid:5555 cannot be found: there is no host "nowhere.invalid".`,
    })
  })

  test('because there is no such socket', async () => {
    expect(await failureOf({ socket: '/nowhere/mysqld.sock' })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `${label} at /nowhere/mysqld.sock is not there.`,
      details: { socket: '/nowhere/mysqld.sock' },
    })
  })

  test('because it does not answer in time', async () => {
    const proxy = await startProxy(address, { isSilent: true })

    expect(await failureOf({ port: proxy.port })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `${label} at ${hostname}:${proxy.port} did not answer within 10 s.`,
    })
  })

  test('because it hangs up', async () => {
    const proxy = await startProxy(address, { isSilent: true })
    setTimeout(proxy.cut, 200)

    expect(await failureOf({ port: proxy.port })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: `${label} at ${hostname}:${proxy.port} closed the connection before it was open.`,
    })
  })

  test.each(['disable', 'allow', 'prefer'] as const)('once, with sslmode %s', async (mode) => {
    const proxy = await startProxy(address, { refusal: { errno: 1040, message: 'Too many connections' } })

    await failureOf({ port: proxy.port, tls: { mode, caFile: undefined } })
    expect(proxy.connections()).toBe(1)
  })
})

test('a server that is gone when the session is set up is told in the same words', async () => {
  const proxy = await startProxy(address, { endsAt: 'set names' })

  expect(await failureOf({ port: proxy.port, password: undefined })).toMatchObject({
    code: 'TM_CONNECTION_FAILED',
    message: `${label} at ${hostname}:${proxy.port} closed the connection before it was open.`,
  })
})

describe('a server that lets nobody in', () => {
  test('because it knows no such user', async () => {
    expect(await failureOf({ username: 'no_such_user' })).toMatchObject({
      code: 'TM_ACCESS_DENIED',
      message: expect.stringMatching(
        `^${label} at ${hostname}:${port} does not let "no_such_user" in with the configured password \\(Access denied for user 'no_such_user'@`,
      ) as string,
      remedy: expect.stringContaining('DB_PASSWORD') as string,
      details: { username: 'no_such_user' },
    })
    expect(await failureOf({ username: 'no_such_user', password: undefined })).toMatchObject({
      message: expect.stringContaining('in without a password') as string,
    })
  })

  test('because it has no such database', async () => {
    expect(await failureOf({ password: undefined }, 'no_such_database')).toMatchObject({
      code: 'TM_DATABASE_MISSING',
      message: `${label} at ${hostname}:${port} has no database "no_such_database".`,
      remedy: expect.stringContaining('create database `no_such_database`') as string,
    })
  })

  test('because the user may not use the database', async () => {
    await administer("create user if not exists tidemark_nobody identified by 'MARKED-p4ssw0rd'")

    const failure = await failureOf({ username: 'tidemark_nobody' }, 'mysql')

    await administer('drop user tidemark_nobody')
    expect(failure).toMatchObject({
      code: 'TM_ACCESS_DENIED',
      message: `${label} at ${hostname}:${port} does not let "tidemark_nobody" use the database "mysql".`,
    })
  })

  test.each([
    [
      1040,
      'Too many connections',
      'TM_CONNECTION_FAILED',
      'takes no more connections (Too many connections).',
    ],
    [
      1130,
      "Host '10.0.0.9' is not allowed to connect to this server",
      'TM_ACCESS_DENIED',
      "lets nobody in from this host (Host '10.0.0.9' is not allowed to connect to this server).",
    ],
    [
      1129,
      "Host '10.0.0.9' is blocked because of many connection errors",
      'TM_ACCESS_DENIED',
      "lets nobody in from this host (Host '10.0.0.9' is blocked because of many connection errors).",
    ],
    [9999, 'No idea', 'TM_CONNECTION_FAILED', 'did not open a connection: No idea.'],
  ])('because of its error %i', async (errno, message, code, what) => {
    const proxy = await startProxy(address, { refusal: { errno, message } })

    expect(await failureOf({ port: proxy.port })).toMatchObject({
      code,
      message: `${label} at ${hostname}:${proxy.port} ${what}`,
    })
  })

  test('because it knows no such collation', async () => {
    expect(await failureOf({ password: undefined, collation: 'utf8mb4_nowhere' })).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: expect.stringContaining("Unknown collation: 'utf8mb4_nowhere'") as string,
      remedy: expect.stringContaining('DB_COLLATION') as string,
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
    const proxy = await startProxy(address, { certificate: 'server' })

    const { session } = await open(optionsAt({ port: proxy.port, tls: { mode, caFile: file } }))

    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(proxy.encrypted() > 0).toBe(expected)
  })

  test.each(['disable', 'allow', 'prefer'] as const)(
    'is done without with sslmode %s where the server has none',
    async (mode) => {
      const proxy = await startProxy(address)

      const { session } = await open(optionsAt({ port: proxy.port, tls: { mode, caFile: undefined } }))

      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    },
  )

  test.each(['require', 'verify-ca', 'verify-full'] as const)(
    'is insisted on with sslmode %s',
    async (mode) => {
      const proxy = await startProxy(address)

      expect(await failureOf({ port: proxy.port, tls: { mode, caFile: undefined } })).toMatchObject({
        code: 'TM_CONNECTION_FAILED',
        message: `${label} at ${hostname}:${proxy.port} offers no TLS, which sslmode "${mode}" asks for.`,
      })
    },
  )

  test('that a server without TLS cannot have, does not hide why nobody is let in', async () => {
    const proxy = await startProxy(address)
    const tls = { mode: 'allow', caFile: undefined } as const

    expect(await failureOf({ port: proxy.port, username: 'no_such_user', tls })).toMatchObject({
      code: 'TM_ACCESS_DENIED',
    })
  })

  test.each(['verify-ca', 'verify-full'] as const)(
    'with sslmode %s is refused where the certificate is of nobody that is trusted',
    async (mode) => {
      const proxy = await startProxy(address, { certificate: 'server' })

      expect(await failureOf({ port: proxy.port, tls: { mode, caFile: undefined } })).toMatchObject({
        code: 'TM_CONNECTION_FAILED',
        message: expect.stringContaining('has a certificate that is not trusted') as string,
      })
    },
  )

  test('is refused with sslmode verify-full alone where the certificate is of another host', async () => {
    const proxy = await startProxy(address, { certificate: 'other-host' })
    const at = (mode: 'verify-ca' | 'verify-full') => ({ port: proxy.port, tls: { mode, caFile } })

    const { session } = await open(optionsAt(at('verify-ca')))
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(await failureOf(at('verify-full'))).toMatchObject({
      code: 'TM_CONNECTION_FAILED',
      message: expect.stringContaining('has a certificate for another host') as string,
    })
  })
})

test('logs in with a password, in each way in which the server may ask for it', async ({ skip }) => {
  const user = `tidemark_${process.pid}`
  await administer(`drop user if exists ${user}`)
  await administer(`create user ${user} identified by '${marked}'`)
  try {
    const { session } = await open(
      optionsAt({ username: user, password: new Secret(marked) }, 'information_schema'),
    )
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    const [row] = await session.query("show variables like 'have_ssl'")
    if (row?.['Value'] === 'DISABLED') skip('This server has no TLS')
    const encrypted = await open(
      optionsAt(
        { username: user, password: new Secret(marked), tls: { mode: 'require', caFile: undefined } },
        'information_schema',
      ),
    )
    expect(await encrypted.session.query('select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    await administer(`drop user ${user}`)
  }
})

test('is of the dialect that the server speaks, whichever was configured', async () => {
  const { options } = await openWorkbench()

  for (const name of ['mysql', 'mariadb'] as const) {
    const { dialect, session } = await (await loadDialect(name)).open(options)
    await session.close()
    expect(dialect.name).toBe(isMariadb ? 'mariadb' : 'mysql')
    expect(dialect.label).toBe(label)
  }
})

describe('a connection that is lost', () => {
  async function openThroughProxy() {
    const { options } = await openWorkbench()
    const proxy = await startProxy(address)
    const server = { ...options.server, ...optionsAt({ port: proxy.port }).server } as ServerOptions
    const opened = await open({ ...options, server })
    return { ...opened, proxy, place: `${hostname}:${proxy.port}` }
  }

  async function problemOf(opened: Awaited<ReturnType<typeof openThroughProxy>>, call: Promise<unknown>) {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return opened.dialect.explain(error)
  }

  test('while a statement runs, says where it led, and so does every later call', async () => {
    const opened = await openThroughProxy()
    const running = problemOf(opened, opened.session.query('select sleep(30)'))
    const waiting = problemOf(opened, opened.session.query('select 1'))
    setTimeout(opened.proxy.cut, 100)

    for (const problem of [
      await running,
      await waiting,
      await problemOf(opened, opened.session.query('select 1')),
    ]) {
      expect(problem).toMatchObject({
        kind: 'connection-lost',
        message: expect.stringContaining(`The connection to ${opened.place} was lost`) as string,
        remedy: expect.stringContaining('was rolled back') as string,
      })
    }
    await opened.session.close()
  })

  test('while nothing runs, is noticed at the next call, and ends no process', async () => {
    const opened = await openThroughProxy()
    opened.proxy.cut()
    await new Promise((resolve) => setTimeout(resolve, 50))

    expect(await problemOf(opened, opened.session.execute('select 1'))).toMatchObject({
      kind: 'connection-lost',
    })
    expect(opened.session.inTransaction).toBe(false)
  })

  test('in a transaction, is what the transaction throws', async () => {
    const opened = await openThroughProxy()

    const problem = await problemOf(
      opened,
      opened.session.transaction(async () => {
        opened.proxy.cut()
        await opened.session.query('select 1')
      }),
    )

    expect(problem.kind).toBe('connection-lost')
  })

  test('because somebody killed it, while it works and while it does not', async () => {
    const opened = await openWorkbench()
    const { session: killer } = await opened.openAnother()
    const victim = await opened.openAnother()
    const [row] = await victim.session.query('select connection_id() as id')
    await killer.execute(`kill ${String(row?.['id'])}`)
    await new Promise((resolve) => setTimeout(resolve, 50))

    const error: unknown = await victim.session.query('select 1').catch((thrown: unknown) => thrown)
    expect(victim.dialect.explain(error).kind).toBe('connection-lost')

    const busy = await opened.openAnother()
    const [other] = await busy.session.query('select connection_id() as id')
    const failure: Promise<unknown> = busy.session
      .query('select sleep(30)')
      .catch((thrown: unknown) => thrown)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await killer.execute(`kill ${String(other?.['id'])}`)
    expect(['connection-lost', 'cancelled']).toContain(busy.dialect.explain(await failure).kind)
    const later: unknown = await busy.session.query('select 1').catch((thrown: unknown) => thrown)
    expect(busy.dialect.explain(later).kind).toBe('connection-lost')
  })

  test('because it was idle for too long', async () => {
    const { session, dialect } = await openWorkbench()
    await session.execute('set session wait_timeout = 1')
    await new Promise((resolve) => setTimeout(resolve, 2500))

    const error: unknown = await session.query('select 1').catch((thrown: unknown) => thrown)
    expect(dialect.explain(error).kind).toBe('connection-lost')
  })
})

describe('a session that is closed', () => {
  test('says so to every later call, and may be closed again', async () => {
    const { session, dialect } = await openWorkbench()
    await session.close()
    await session.close()

    const error: unknown = await session.query('select 1').catch((thrown: unknown) => thrown)
    expect(dialect.explain(error)).toMatchObject({
      kind: 'connection-lost',
      message: `The connection to ${hostname}:${port} is closed.`,
    })
  })

  test('does not wait for a statement that runs on, or for a server that is silent', async () => {
    const { session } = await openWorkbench()
    const running = session.query('select sleep(30)').catch(() => 'ended')
    const begun = performance.now()
    await session.close()

    expect(await running).toBe('ended')
    expect(performance.now() - begun).toBeLessThan(5000)
  })
})
