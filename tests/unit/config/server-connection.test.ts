// What a connection to a server gets out of an address and single keys. Expected values are written out whole where a key
// that is forgotten would go unnoticed.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Config, Connection, LoadConfigOptions } from '../../../src/config/config.js'
import { ConfigError } from '../../../src/config/errors.js'
import { loadConfig } from '../../../src/config/load-config.js'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tidemark-config-')))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

const load = (options: LoadConfigOptions = {}): Promise<Config> =>
  loadConfig({ root, variables: {}, ...options })

async function connectionOf(variables: Record<string, string>): Promise<Connection> {
  return (await load({ variables })).connection()
}

async function refusal(options: LoadConfigOptions): Promise<ConfigError> {
  const error: unknown = await load(options).catch((thrown: unknown) => thrown)
  if (!(error instanceof ConfigError)) throw new Error(`not refused as it should be: ${inspect(error)}`)
  return error
}

/** The options with the password in clear, to be compared. */
function plain(server: Connection['server']) {
  return server && { ...server, password: server.password?.reveal() }
}

const nothingSaid = {
  host: undefined,
  port: undefined,
  username: undefined,
  password: undefined,
  socket: undefined,
  charset: undefined,
  collation: undefined,
  searchPath: [],
  tls: { mode: undefined, caFile: undefined },
  isPooled: false,
}

describe('an address', () => {
  test('gives every part of a PostgreSQL server', async () => {
    const { database, dialect, label, server } = await connectionOf({
      DB_URL:
        'postgres://jane%40x:p%3Ass%2Fw%25@db.example:5433/my%20shop?sslmode=verify-full&sslrootcert=ca.pem&schema=app,public&pgbouncer=true&application_name=x',
    })

    expect({ database, dialect, label }).toEqual({
      database: 'my shop',
      dialect: 'postgres',
      label: 'jane@x@db.example:5433/my shop',
    })
    expect(plain(server)).toEqual({
      ...nothingSaid,
      host: 'db.example',
      port: 5433,
      username: 'jane@x',
      password: 'p:ss/w%',
      searchPath: ['app', 'public'],
      tls: { mode: 'verify-full', caFile: join(root, 'ca.pem') },
      isPooled: true,
    })
  })

  test('gives every part of a MySQL server', async () => {
    const { database, dialect, server } = await connectionOf({
      DB_URL: 'mysql://root:@127.0.0.1:3307/shop?charset=latin1&collation=latin1_bin&ssl-mode=REQUIRED',
    })

    expect({ database, dialect }).toEqual({ database: 'shop', dialect: 'mysql' })
    expect(plain(server)).toEqual({
      ...nothingSaid,
      host: '127.0.0.1',
      port: 3307,
      username: 'root',
      charset: 'latin1',
      collation: 'latin1_bin',
      tls: { mode: 'require', caFile: undefined },
    })
  })

  test.each([
    ['mariadb:///shop?socket=/run/mysqld.sock', '/run/mysqld.sock'],
    ['postgres:///shop?host=/var/run/postgresql', '/var/run/postgresql'],
    ['postgres://%2Fvar%2Frun%2Fpostgresql/shop', '/var/run/postgresql'],
    ['postgres://db.example/shop?socket=/run/pg', '/run/pg'],
  ])('%s leads to a socket', async (DB_URL, socket) => {
    const { server, label } = await connectionOf({ DB_URL })

    expect(server?.socket).toBe(socket)
    expect(label).toContain(socket)
  })

  test('takes an IPv6 address without its brackets', async () => {
    expect((await connectionOf({ DB_URL: 'mysql://[::1]:3306/shop' })).server?.host).toBe('::1')
  })

  test('leaves to the single keys what it does not say', async () => {
    const { database, server } = await connectionOf({
      DB_URL: 'postgres://db.example',
      DB_HOST: 'else.where',
      DB_PORT: '5433',
      DB_DATABASE: 'shop',
      DB_USERNAME: 'jane',
      DB_PASSWORD: 'p%40ss',
    })

    expect(database).toBe('shop')
    expect(plain(server)).toEqual({
      ...nothingSaid,
      host: 'db.example',
      port: 5433,
      username: 'jane',
      // A single key is no part of an address: nothing is decoded in it.
      password: 'p%40ss',
    })
  })

  test.each([
    ['mysql', 'mariadb://h/shop', 'mysql'],
    ['mariadb', 'mysql://h/shop', 'mariadb'],
    ['pgsql', 'postgresql://h/shop', 'postgres'],
    ['postgres', 'postgres://h/shop', 'postgres'],
  ])('goes with DB_CONNECTION=%s where it is %s', async (DB_CONNECTION, DB_URL, dialect) => {
    const connection = await connectionOf({ DB_CONNECTION, DB_URL })

    expect(connection).toMatchObject({ dialect, database: 'shop' })
  })

  test.each([
    ['ssl=true', 'require'],
    ['ssl=0', 'disable'],
    ['sslmode=no-verify', 'require'],
    ['ssl-mode=VERIFY_IDENTITY', 'verify-full'],
    ['ssl-mode=VERIFY_CA', 'verify-ca'],
    ['ssl-mode=DISABLED', 'disable'],
    ['sslmode=prefer', 'prefer'],
  ])('reads ?%s', async (query, mode) => {
    expect((await connectionOf({ DB_URL: `mysql://h/shop?${query}` })).server?.tls.mode).toBe(mode)
  })

  test('refuses a word in its query that is none', async () => {
    const { message } = await refusal({ variables: { DB_URL: 'postgres://h/shop?sslmode=yes' } })

    expect(message).toBe(
      'sslMode in DB_URL is "yes" (the environment); allowed: disable, allow, prefer, require, verify-ca, verify-full.',
    )
  })
})

describe('single keys', () => {
  test('give every part of a server', async () => {
    const { server, label } = await connectionOf({
      DB_CONNECTION: 'mysql',
      DB_HOST: 'db.example',
      DB_PORT: ' 3307 ',
      DB_DATABASE: 'shop',
      DB_USERNAME: 'jane',
      DB_PASSWORD: 'a b#c',
      DB_CHARSET: 'utf8mb4',
      DB_COLLATION: 'utf8mb4_0900_ai_ci',
      DB_SSLMODE: 'verify-ca',
      DB_SSL_CA: '/etc/ca.pem',
      DB_POOLED: 'yes',
    })

    expect(label).toBe('jane@db.example:3307/shop')
    expect(plain(server)).toEqual({
      ...nothingSaid,
      host: 'db.example',
      port: 3307,
      username: 'jane',
      password: 'a b#c',
      charset: 'utf8mb4',
      collation: 'utf8mb4_0900_ai_ci',
      tls: { mode: 'verify-ca', caFile: '/etc/ca.pem' },
      isPooled: true,
    })
  })

  test('DB_SOCKET wins over DB_HOST and DB_PORT', async () => {
    const { server, label } = await connectionOf({
      DB_CONNECTION: 'mariadb',
      DB_HOST: '127.0.0.1',
      DB_PORT: '3306',
      DB_SOCKET: '/run/mysqld/mysqld.sock',
      DB_DATABASE: 'shop',
    })

    expect(server).toMatchObject({ socket: '/run/mysqld/mysqld.sock', host: undefined })
    expect(label).toBe('/run/mysqld/mysqld.sock/shop')
  })

  test.each([
    ['app', ['app']],
    ['app, public', ['app', 'public']],
    ['"$user",public', ['$user', 'public']],
    [`'My Schema' , "a,b"`, ['My Schema', 'a,b']],
    [' , ', []],
  ])('DB_SCHEMA=%s is a search path', async (DB_SCHEMA, searchPath) => {
    const { server } = await connectionOf({ DB_CONNECTION: 'pgsql', DB_DATABASE: 'shop', DB_SCHEMA })

    expect(server?.searchPath).toEqual(searchPath)
  })

  test.each([
    ['DB_PORT', '3306x', 'a whole number from 1 to 65535'],
    ['DB_PORT', '-1', 'a whole number from 1 to 65535'],
    ['DB_PORT', '0x1', 'a whole number from 1 to 65535'],
    ['DB_CHARSET', "utf8'; --", 'letters, digits, hyphens and underscores'],
    ['DB_COLLATION', 'a b', 'letters, digits, hyphens and underscores'],
    ['DB_SSLMODE', 'on', 'disable, allow, prefer, require, verify-ca, verify-full'],
  ])('%s=%s is refused with what is allowed', async (key, value, allowed) => {
    const error = await refusal({ variables: { DB_CONNECTION: 'mysql', DB_DATABASE: 'shop', [key]: value } })

    expect(error.code).toBe('TM_BAD_OPTION')
    expect(error.message).toBe(`${key} is ${JSON.stringify(value)} (the environment); allowed: ${allowed}.`)
  })
})

describe('the way past a pooler', () => {
  const pooled = {
    DB_URL: 'postgres://jane:pooled@pooler:6432/alias?sslmode=require&schema=app',
    DB_POOLED: 'true',
  }

  test('is none unless it is given', async () => {
    const connection = await connectionOf(pooled)

    expect(connection.server?.isPooled).toBe(true)
    expect(connection).not.toHaveProperty('directServer')
    expect(connection).not.toHaveProperty('directDatabase')
  })

  test('is DB_DIRECT_URL, and else as with the pooler', async () => {
    const connection = await connectionOf({
      ...pooled,
      DB_DIRECT_URL: 'postgres://admin:d%26rect@server/shop',
    })

    expect(connection).toMatchObject({ database: 'alias', directDatabase: 'shop' })
    expect(plain(connection.directServer)).toEqual({
      ...nothingSaid,
      host: 'server',
      username: 'admin',
      password: 'd&rect',
      searchPath: ['app'],
      tls: { mode: 'require', caFile: undefined },
    })
  })

  test.each<[Record<string, string>, { host: string; port?: number }]>([
    [{ DB_DIRECT_HOST: 'server' }, { host: 'server' }],
    [
      { DB_DIRECT_HOST: 'server', DB_DIRECT_PORT: '5433' },
      { host: 'server', port: 5433 },
    ],
    [{ DB_DIRECT_PORT: '5433' }, { host: 'pooler', port: 5433 }],
  ])('is %j', async (variables, place) => {
    const connection = await connectionOf({ ...pooled, ...variables })

    expect(connection.directDatabase).toBe('alias')
    expect(plain(connection.directServer)).toEqual({
      ...nothingSaid,
      username: 'jane',
      password: 'pooled',
      searchPath: ['app'],
      tls: { mode: 'require', caFile: undefined },
      ...place,
    })
  })

  test('may be a socket', async () => {
    const { directServer } = await connectionOf({
      ...pooled,
      DB_DIRECT_URL: 'postgres:///shop?socket=/run/pg',
    })

    expect(directServer).toMatchObject({ host: undefined, port: undefined, socket: '/run/pg' })
  })

  test('is refused where it leads to another kind of database', async () => {
    const { message } = await refusal({ variables: { ...pooled, DB_DIRECT_URL: 'mysql://u:s3cret@h/shop' } })

    expect(message).toBe(
      'DB_DIRECT_URL (the environment) is an address of mysql, but connection "pgsql" is one of pgsql.',
    )
  })

  test('is refused by the place that it came from', async () => {
    writeFileSync(join(root, '.env'), 'DB_URL=postgres://h/shop\nDB_DIRECT_URL=server:5432\n')

    expect(await refusal({})).toMatchObject({
      code: 'TM_BAD_URL',
      place: { file: join(root, '.env'), line: 2 },
      details: { key: 'DB_DIRECT_URL', origin: '.env line 2' },
    })
  })

  test.each([
    [
      'server/shop',
      'TM_BAD_URL',
      'connections.main.directUrl (the configuration given in code) has no scheme.',
    ],
    [
      'postgres://h:5432/shop?sslmode=perhaps',
      'TM_BAD_OPTION',
      'sslMode in connections.main.directUrl is "perhaps" (the configuration given in code); allowed:',
    ],
  ])('of a configuration is refused by its own name: %s', async (directUrl, code, message) => {
    const error = await refusal({
      config: { connections: { main: { url: 'postgres://h/shop', directUrl } } },
    })

    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })
})

describe('a server’s database without a name', () => {
  test.each([
    [{ DB_CONNECTION: 'pgsql' }, 'Connection "pgsql" names no database.', 'Set DB_DATABASE.'],
    [
      { DB_URL: 'mysql://u:s3cret@h' },
      'Connection "mysql" names no database, and neither does DB_URL (the environment).',
      'Set DB_DATABASE, or put the name behind the server in DB_URL: //host/NAME.',
    ],
  ])('is refused: %j', async (variables, message, remedy) => {
    const error = await refusal({ variables })

    expect(error).toMatchObject({ code: 'TM_NO_DATABASE_NAME', kind: 'usage', message, remedy })
  })

  test('is refused by the key of a config file, and only where the connection is used', async () => {
    const connections = {
      main: { url: 'sqlite:main.db' },
      reporting: { dialect: 'pgsql', url: undefined },
    } as const
    const config = await load({ config: { default: 'main', connections } })

    expect(config.connection().dialect).toBe('sqlite')
    expect(() => config.connection('reporting')).toThrow('Connection "reporting" names no database.')
    const { remedy } = await refusal({ config: { default: 'reporting', connections } })
    expect(remedy).toBe('Set connections.reporting.database.')
  })
})

describe('a password', () => {
  test('with a NUL, which no server and no program takes, is refused unseen', async () => {
    const { code, message } = await refusal({
      variables: { DB_URL: 'mysql://jane:p4ss%00w0rd@db.example/shop' },
    })

    expect({ code, message }).toEqual({
      code: 'TM_BAD_OPTION',
      message: 'password in DB_URL (the environment) is not text; its value is not shown.',
    })
  })

  test.each<[string, LoadConfigOptions]>([
    ['of an address', { variables: { DB_URL: 'postgres://jane:s3cret@h/shop' } }],
    ['of a key', { variables: { DB_CONNECTION: 'mysql', DB_DATABASE: 'shop', DB_PASSWORD: 's3cret' } }],
    [
      'of the way past a pooler',
      { variables: { DB_URL: 'mysql://h/shop', DB_DIRECT_URL: 'mysql://jane:s3cret@h/shop' } },
    ],
    ['of a configuration', { config: { connections: { main: { url: 'mariadb://jane:s3cret@h/shop' } } } }],
  ])('%s is in no output', async (_case, options) => {
    const config = await load(options)
    const connection = config.connection()

    const printed = [
      JSON.stringify([config, connection]),
      inspect([config, connection], { depth: 10, showHidden: true }),
      String(connection.server?.password) + String(connection.directServer?.password),
      connection.label,
    ]
    expect(printed.join('\n')).not.toContain('s3cret')
    expect(
      [connection.server, connection.directServer].map((server) => server?.password?.reveal()),
    ).toContain('s3cret')
  })

  test('is in no error', async () => {
    const wrong: Record<string, string>[] = [
      { DB_URL: 'postgres://jane:s3cret@h:70000/shop' },
      { DB_URL: 'postgres://jane:s3cret@h' },
      { DB_URL: 'postgres://jane:s3cret@h/shop?sslmode=s' },
      { DB_URL: 'postgres://h/shop', DB_DIRECT_URL: 'jane:s3cret@h' },
      { DB_URL: 'postgres://h/shop', DB_DIRECT_URL: 'mysql://jane:s3cret@h/shop' },
      { DB_CONNECTION: 'mysql', DB_PASSWORD: 's3cret' },
    ]
    for (const variables of wrong) {
      const error = await refusal({ variables })
      expect(inspect(error, { depth: 10 }) + JSON.stringify(error)).not.toContain('s3cret')
    }
  })
})
