import { describe, expect, test } from 'vitest'
import { parseConnectionUrl } from '../../../src/config/connection-url.js'

function parse(value: string) {
  return parseConnectionUrl({ key: 'DB_URL', value, origin: { label: 'the environment', place: {} } })
}

describe('parseConnectionUrl', () => {
  test.each([
    ['sqlite:a/b.db', 'sqlite', { database: 'a/b.db' }],
    ['sqlite:///a/b.db', 'sqlite', { database: '/a/b.db' }],
    ['sqlite:/a/b.db', 'sqlite', { database: '/a/b.db' }],
    ['sqlite::memory:', 'sqlite', { database: ':memory:' }],
    ['sqlite:a%20b.db?foreign_keys=off', 'sqlite', { database: 'a b.db', foreignKeys: 'off' }],
    ['SQLite:a.db', 'sqlite', { database: 'a.db' }],
    [
      'postgres://jane%40x:p%3Ass%2Fw@h:5433/my%20db?sslmode=verify-full&sslrootcert=/ca.pem&application_name=x',
      'pgsql',
      {
        username: 'jane@x',
        password: 'p:ss/w',
        host: 'h',
        port: '5433',
        database: 'my db',
        sslMode: 'verify-full',
        sslCa: '/ca.pem',
      },
    ],
    [
      'postgresql://[::1]/db?schema=app&pgbouncer=true',
      'pgsql',
      { host: '::1', database: 'db', schema: 'app', pooled: 'true' },
    ],
    ['mysql://h/db?charset=latin1', 'mysql', { host: 'h', database: 'db', charset: 'latin1' }],
    [
      'postgres://jane:p%40ss@/db?host=/run/postgresql',
      'pgsql',
      { username: 'jane', password: 'p@ss', database: 'db', host: '/run/postgresql' },
    ],
    ['mysql://jane@', 'mysql', { username: 'jane' }],
    ['mariadb:///db?socket=/run/db.sock', 'mariadb', { database: 'db', socket: '/run/db.sock' }],
  ])('reads %s', (url, dialect, parts) => {
    expect(parse(url)).toEqual({ dialect, parts })
  })

  test.each([
    ['data/app.db', 'DB_URL (the environment) has no scheme.'],
    ['sqlite:', 'DB_URL (the environment) names no file.'],
    ['sqlite:%E0%A4%A', 'DB_URL (the environment) cannot be read as an address.'],
    ['redis://s3cret@h', 'DB_URL (the environment) has the unknown scheme "redis:".'],
    ['mysql://u:s3cret@h:port/db', 'DB_URL (the environment) cannot be read as an address.'],
  ])('refuses %s', (url, message) => {
    expect(() => parse(url)).toThrow(message)
    expect(() => parse(url)).not.toThrow('s3cret')
  })
})
