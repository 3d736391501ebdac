// Database addresses. The parts come out percent-decoded, as single options of a connection. No message shows more of
// an address than its scheme: what cannot be read as an address may still hold a password anywhere.

import { didYouMean } from '../support/nearest.js'
import { ConfigError } from './errors.js'
import type { ConnectionName } from './options.js'
import type { Given } from './origin.js'

/** An address in parts; a part that it does not mention is left out. */
export interface ConnectionAddress {
  readonly dialect: ConnectionName
  /** The parts by the names of a connection's options. */
  readonly parts: Readonly<Record<string, string>>
}

const schemes: Readonly<Record<string, ConnectionName>> = {
  sqlite: 'sqlite',
  postgres: 'pgsql',
  postgresql: 'pgsql',
  mysql: 'mysql',
  mariadb: 'mariadb',
}

// The query parameters that mean an option of ours. Others belong to other tools that read the same address.
const parameters: Readonly<Record<string, string>> = {
  charset: 'charset',
  collation: 'collation',
  foreign_keys: 'foreignKeys',
  // Of PostgreSQL's own library, for the folder of a socket.
  host: 'host',
  pgbouncer: 'pooled',
  schema: 'schema',
  socket: 'socket',
  ssl: 'sslMode',
  // Of MySQL's own client, as is its sslMode below.
  'ssl-ca': 'sslCa',
  'ssl-mode': 'sslMode',
  sslca: 'sslCa',
  sslmode: 'sslMode',
  sslrootcert: 'sslCa',
}

const allowed =
  'sqlite:relative/path, sqlite:///absolute/path, sqlite::memory:, postgres://, postgresql://, mysql://, mariadb://'

/** @throws ConfigError where it is no address, or of no database that Tidemark knows */
export function parseConnectionUrl(given: Given): ConnectionAddress {
  const url = String(given.value).trim()
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined) throw badUrl(given, 'has no scheme')
  const dialect = schemes[scheme]
  if (dialect === undefined) {
    throw badUrl(given, `has the unknown scheme "${scheme}:"`, didYouMean(scheme, Object.keys(schemes)))
  }
  try {
    return { dialect, parts: dialect === 'sqlite' ? sqliteParts(url, given) : serverParts(url) }
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw badUrl(given, 'cannot be read as an address')
  }
}

function sqliteParts(url: string, given: Given): Readonly<Record<string, string>> {
  const [path = '', query = ''] = url.slice('sqlite:'.length).split(/\?(.*)/s)
  if (path === '') throw badUrl(given, 'names no file')
  if (/^\/\/(?!\/)/.test(path)) throw badUrl(given, 'has two slashes, after which a server would stand')
  return {
    database: decodeURIComponent(path.replace(/^\/\/(?=\/)/, '')),
    ...queryParts(new URLSearchParams(query)),
  }
}

function serverParts(address: string): Readonly<Record<string, string>> {
  // `postgres://jane@/shop?host=/run/postgresql` names a user and no host, which Node takes for no address at all.
  const withHost = address.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*@)(?=[/?#]|$)/i, '$1none')
  const url = new URL(withHost)
  const parts = {
    host: withHost === address ? url.hostname.replace(/^\[|\]$/g, '') : '',
    port: url.port,
    username: url.username,
    password: url.password,
    database: url.pathname.slice(1),
  }
  const set = Object.entries(parts).filter(([, part]) => part !== '')
  const decoded = set.map(([name, part]): [string, string] => [name, decodeURIComponent(part)])
  return { ...Object.fromEntries(decoded), ...queryParts(url.searchParams) }
}

function queryParts(query: URLSearchParams): Readonly<Record<string, string>> {
  const parts: Record<string, string> = {}
  for (const [name, value] of query) {
    const option = parameters[name.toLowerCase()]
    if (option !== undefined && value !== '') parts[option] = value
  }
  return parts
}

function badUrl({ key, origin }: Given, what: string, hint = ''): ConfigError {
  return new ConfigError({
    code: 'TM_BAD_URL',
    message: `${key} (${origin.label}) ${what}.${hint} Allowed: ${allowed}.`,
    remedy: `Correct ${key} in ${origin.label}. Characters such as @ : / # in a user name or password are written percent-encoded: @ is %40.`,
    place: origin.place,
    details: { key, origin: origin.label },
  })
}
