// From the options of one connection to what the rest of Tidemark gets: which dialect, where it leads, how it is shown.

import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Connection } from './config.js'
import type { ServerOptions } from '../dialects/dialect.js'
import { type ConnectionAddress, parseConnectionUrl } from './connection-url.js'
import { Secret } from '../support/secret.js'
import { ConfigError } from './errors.js'
import { shown } from './mask.js'
import { dialectOf, options } from './options.js'
import type { ConnectionName, Option } from './options.js'
import { processOrigin } from './origin.js'
import type { Given, Origin } from './origin.js'
import { readOptions } from './read-options.js'
import type { Values } from './read-options.js'

export interface ConnectionSource {
  readonly name: string
  readonly root: string
  /** Its options, one by one. */
  readonly find: (key: string, option: Option<unknown>) => Given | undefined
  /** The address that wins over them. */
  readonly url: Given | undefined
  /** Where nothing else says the dialect. */
  readonly dialect?: ConnectionName
  readonly origin?: Origin
}

type Settings = Values<typeof options.connection>

const defaultFile = 'database/database.sqlite'

export function resolveConnection(source: ConnectionSource): Connection {
  const { name, root, url } = source
  const address = url && parseConnectionUrl(url)
  const settings = readOptions(options.connection, (key, option) =>
    url === undefined || address?.parts[key] === undefined
      ? source.find(key, option)
      : partOf(url, address, key),
  )
  const chosen = chooseDialect(source, settings.dialect ?? source.dialect, address?.dialect)
  const dialect = dialectOf[chosen]
  const { foreignKeys } = settings
  return dialect === 'sqlite'
    ? { name, dialect, foreignKeys, ...sqliteFile(source, root, settings.database ?? defaultFile) }
    : { name, dialect, foreignKeys, ...serverDatabase(source, settings, chosen) }
}

/** @throws ConfigError where a server's database has no name: there is none that would be right by default */
export function requireDatabaseName({ name, find, url, origin }: ConnectionSource, database: string): void {
  if (database !== '') return
  const key = origin === undefined ? 'DB_DATABASE' : `connections.${name}.database`
  const given = url ?? find('host', options.connection.host)
  throw new ConfigError({
    code: 'TM_NO_DATABASE_NAME',
    message: `Connection "${name}" names no database${url === undefined ? '' : `, and neither does ${url.key} (${url.origin.label})`}.`,
    remedy:
      `Set ${key}` +
      (url === undefined ? '.' : `, or put the name behind the server in ${url.key}: //host/NAME.`),
    place: (given?.origin ?? origin ?? processOrigin).place,
    details: { connection: name, key },
  })
}

function partOf(url: Given, { parts }: ConnectionAddress, key: string): Given | undefined {
  const value = parts[key]
  return value === undefined ? undefined : { key: `${key} in ${url.key}`, value, origin: url.origin }
}

function serverDatabase(
  source: ConnectionSource,
  settings: Settings,
  dialect: ConnectionName,
): Omit<Connection, 'name' | 'dialect' | 'foreignKeys'> {
  const direct = directSettings(source, settings, dialect)
  return {
    database: settings.database ?? '',
    label: serverLabel(settings),
    server: serverOptions(source.root, settings),
    ...(direct !== undefined && { directServer: serverOptions(source.root, direct) }),
    ...(direct?.database !== undefined && { directDatabase: direct.database }),
  }
}

function serverOptions(root: string, settings: Settings): ServerOptions {
  const { host, port, username, password, socket, charset, collation, schema, pooled } = settings
  // As in PostgreSQL's own library, a host that is a path is where the socket is.
  const path = socket ?? (host?.startsWith('/') === true ? host : undefined)
  return {
    host: path === undefined ? host : undefined,
    port,
    username,
    password: password === undefined ? undefined : new Secret(password),
    socket: path,
    charset,
    collation,
    searchPath: schemaNames(schema ?? ''),
    tls: {
      mode: settings.sslMode,
      caFile: settings.sslCa === undefined ? undefined : resolve(root, settings.sslCa),
    },
    isPooled: pooled,
  }
}

/** `app, "My Schema", public`: names between commas, in quotes or not. */
function schemaNames(list: string): readonly string[] {
  const words = list.match(/\s*(?:"[^"]*"|'[^']*'|[^,]+)/g) ?? []
  return words.map((word) => word.trim().replace(/^(["'])(.*)\1$/, '$2')).filter((name) => name !== '')
}

/** The way past the pooler. What the direct address does not say is as with the pooler, but for where it is. */
function directSettings(
  source: ConnectionSource,
  pooled: Settings,
  dialect: ConnectionName,
): Settings | undefined {
  const { directHost, directPort } = pooled
  const url = source.find('directUrl', options.connection.directUrl)
  if (url === undefined) {
    if (directHost === undefined && directPort === undefined) return undefined
    const port = directPort ?? (directHost === undefined ? pooled.port : undefined)
    return { ...pooled, socket: undefined, host: directHost ?? pooled.host, port, pooled: false }
  }
  const address = parseConnectionUrl(url)
  if (!isSameFamily(dialect, address.dialect)) throw wrongDirectUrl(source, url, dialect, address.dialect)
  const direct = readOptions(options.connection, (key) => partOf(url, address, key))
  const said = Object.entries(direct).filter(([, value]) => value !== undefined)
  const { host, port, socket, foreignKeys } = { ...direct, foreignKeys: pooled.foreignKeys }
  return { ...pooled, ...Object.fromEntries(said), host, port, socket, foreignKeys, pooled: false }
}

function wrongDirectUrl(
  { name }: ConnectionSource,
  { key, origin }: Given,
  dialect: ConnectionName,
  inUrl: ConnectionName,
): ConfigError {
  return new ConfigError({
    code: 'TM_BAD_OPTION',
    message: `${key} (${origin.label}) is an address of ${inUrl}, but connection "${name}" is one of ${dialect}.`,
    remedy: `Give ${key} the address of the same database, past the pooler, or remove it.`,
    place: origin.place,
    details: { connection: name, key },
  })
}

/** MariaDB is reached by `mysql://` addresses too; which of the two it is, the connection says. */
export function isSameFamily(one: ConnectionName, other: ConnectionName): boolean {
  const family = (name: ConnectionName): ConnectionName => (name === 'mariadb' ? 'mysql' : name)
  return family(one) === family(other)
}

function chooseDialect(
  { name, url, origin = processOrigin }: ConnectionSource,
  said: ConnectionName | undefined,
  inUrl: ConnectionName | undefined,
): ConnectionName {
  if (said !== undefined && inUrl !== undefined && !isSameFamily(said, inUrl)) {
    throw new ConfigError({
      code: 'TM_BAD_OPTION',
      message: `Connection "${name}" has the dialect ${said}, but its url is one of ${inUrl} (${origin.label}).`,
      remedy: `Remove the dialect, which ${url?.key ?? 'the url'} says, or give a url of ${said}.`,
      place: origin.place,
      details: { connection: name },
    })
  }
  const dialect = said ?? inUrl
  if (dialect !== undefined) return dialect
  throw new ConfigError({
    code: 'TM_BAD_OPTION',
    message: `Connection "${name}" has neither a dialect nor a url (${origin.label}).`,
    remedy: `Give it one: ${name}: { dialect: 'sqlite', database: '${defaultFile}' }. A url that comes from env() may not be set.`,
    place: origin.place,
    details: { connection: name },
  })
}

function sqliteFile(
  { name, find, origin = processOrigin }: ConnectionSource,
  root: string,
  database: string,
): Pick<Connection, 'database' | 'label'> {
  if (database === ':memory:') return { database, label: database }
  if (/^(?:[a-z][a-z0-9+.-]+:\/\/|sqlite:|file:)/i.test(database)) {
    const given = find('database', options.connection.database)
    throw new ConfigError({
      code: 'TM_BAD_OPTION',
      message: `The database of connection "${name}" is the address ${shown(database)} (${(given?.origin ?? origin).label}), where SQLite needs a file.`,
      remedy: 'Put an address into DB_URL (or url in the config file), and the path of a file here.',
      place: (given?.origin ?? origin).place,
      details: { connection: name },
    })
  }
  const file = resolve(root, database)
  const fromRoot = relative(root, file)
  const isInside = !isAbsolute(fromRoot) && !fromRoot.startsWith('..')
  return { database: file, label: isInside ? fromRoot.split(sep).join('/') : file }
}

function serverLabel({ username, host = '127.0.0.1', port, socket, database }: Settings): string {
  const user = username === undefined ? '' : `${username}@`
  const server = socket ?? (port === undefined ? host : `${host}:${port}`)
  return `${user}${server}${database === undefined ? '' : `/${database}`}`
}
