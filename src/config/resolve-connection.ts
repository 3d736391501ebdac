// From the options of one connection to what the rest of Tidemark gets: which dialect, where it leads, how it is shown.

import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Connection } from './config.js'
import type { ServerOptions } from '../dialects/dialect.js'
import { parseConnectionUrl } from './connection-url.js'
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
  const settings = readOptions(options.connection, (key, option) => {
    const part = address?.parts[key]
    return url === undefined || part === undefined
      ? source.find(key, option)
      : { key: `${key} in ${url.key}`, value: part, origin: url.origin }
  })
  const dialect = dialectOf[chooseDialect(source, settings.dialect ?? source.dialect, address?.dialect)]
  const { foreignKeys } = settings
  return dialect === 'sqlite'
    ? { name, dialect, foreignKeys, ...sqliteFile(source, root, settings.database ?? defaultFile) }
    : { name, dialect, foreignKeys, ...serverDatabase(source, settings) }
}

function serverDatabase(
  source: ConnectionSource,
  settings: Settings,
): Pick<Connection, 'database' | 'label' | 'server' | 'directServer'> {
  const server = serverOptions(source.root, settings)
  const direct = directServer(server, settings)
  return {
    database: settings.database ?? '',
    label: serverLabel(settings),
    server,
    ...(direct !== undefined && { directServer: direct }),
  }
}

function serverOptions(root: string, settings: Settings): ServerOptions {
  const { host, port, username, password, socket, charset, collation, schema, pooled } = settings
  const searchPath = (schema ?? '').split(',').map((name) => name.trim())
  return {
    host,
    port,
    username,
    password: password === undefined ? undefined : new Secret(password),
    socket,
    charset,
    collation,
    searchPath: searchPath.filter((name) => name !== ''),
    tls: {
      mode: settings.sslMode,
      caFile: settings.sslCa === undefined ? undefined : resolve(root, settings.sslCa),
    },
    isPooled: pooled,
  }
}

/** The server without the pooler before it. What the direct address does not say is as with the pooler. */
function directServer(pooled: ServerOptions, settings: Settings): ServerOptions | undefined {
  const { directUrl, directHost, directPort } = settings
  const url =
    directUrl === undefined ? undefined : { key: 'directUrl', value: directUrl, origin: processOrigin }
  const parts = url === undefined ? {} : parseConnectionUrl(url).parts
  const host = parts['host'] ?? directHost
  const port = parts['port'] === undefined ? directPort : Number(parts['port'])
  if (host === undefined && port === undefined && url === undefined) return undefined
  return {
    ...pooled,
    socket: parts['socket'],
    host: host ?? pooled.host,
    port: port ?? (host === undefined ? pooled.port : undefined),
    username: parts['username'] ?? pooled.username,
    password: parts['password'] === undefined ? pooled.password : new Secret(parts['password']),
    isPooled: false,
  }
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
