// The connections of a project, by name. Those that the config file names take everything from there, so that the
// password of one never goes to another's server; where it names none, the environment's DB_ keys make one of each
// dialect, and its address belongs to the one whose scheme it has.

import { didYouMean } from '../support/nearest.js'
import type { Connection } from './config.js'
import { parseConnectionUrl } from './connection-url.js'
import { ConfigError } from './errors.js'
import { shown } from './mask.js'
import { connectionAliases, connectionNames, options } from './options.js'
import type { ConnectionName } from './options.js'
import type { Given, Origin } from './origin.js'
import { inEnvironment, inSection, readOptions } from './read-options.js'
import { isSameFamily, requireDatabaseName, resolveConnection } from './resolve-connection.js'
import type { ConnectionSource } from './resolve-connection.js'
import type { Variables } from './variables.js'

export interface Connections {
  readonly names: readonly string[]
  /** The one to use where none is asked for; undefined where several are as likely. */
  defaultName(): string | undefined
  /** @throws ConfigError where there is none of that name */
  get(name: string): Connection
}

/** One connection of each dialect, out of the environment. */
export function environmentConnections(root: string, variables: Variables): Connections {
  const find = inEnvironment(variables)
  const url = find('url', options.connection.url)
  const address = url && parseConnectionUrl(url)
  const isOwnUrl = (name: ConnectionName): boolean =>
    address !== undefined && isSameFamily(name, address.dialect)
  return {
    names: connectionNames,
    defaultName: () => environmentDefault(find('default', options.root.default), address?.dialect),
    get(asked) {
      const name = requireConnection(asked, connectionNames)
      return named({ name, root, find, dialect: name, url: isOwnUrl(name) ? url : undefined })
    },
  }
}

/** An address alone is enough, and wins over a DB_CONNECTION of another kind. */
function environmentDefault(
  chosen: Given | undefined,
  urlDialect: ConnectionName | undefined,
): ConnectionName {
  if (chosen === undefined) return urlDialect ?? 'sqlite'
  const dialect = requireConnection(String(chosen.value), connectionNames, chosen)
  return urlDialect === undefined || isSameFamily(dialect, urlDialect) ? dialect : urlDialect
}

/** The connections that the config file names. All are read at once, so that a wrong one is refused unused too. */
export function configuredConnections(
  root: string,
  configured: Readonly<Record<string, unknown>>,
  origin: Origin,
  variables: Variables,
): Connections {
  const names = Object.keys(configured)
  const sourceOf = (name: string): ConnectionSource => {
    const path = `connections.${name}`
    const table = { [name]: options.root.connections }
    const { [name]: settings = {} } = readOptions(table, () => ({
      key: path,
      value: configured[name],
      origin,
    }))
    const find = inSection(options.connection, settings, `${path}.`, origin)
    return { name, root, find, url: find('url'), origin }
  }
  for (const name of names) resolveConnection(sourceOf(name))
  const get = (asked: string): Connection => named(sourceOf(requireConnection(asked, names)))
  const defaultName = (): string | undefined =>
    configuredDefault(names, inEnvironment(variables)('default', options.root.default))
  return { names, defaultName, get }
}

/**
 * A connection that is going to be used. Only then does it matter that its database has a name: the variables of one
 * that others use may not be set here.
 */
function named(source: ConnectionSource): Connection {
  const connection = resolveConnection(source)
  requireDatabaseName(source, connection.database)
  return connection
}

function configuredDefault(names: readonly string[], chosen: Given | undefined): string | undefined {
  if (chosen !== undefined) return requireConnection(String(chosen.value), names, chosen)
  return names.length === 1 ? names[0] : names.find((name) => name === 'sqlite')
}

/** The name as the connections have it: `postgres` means `pgsql` where none is called `postgres`. */
export function requireConnection<Name extends string>(
  asked: string,
  names: readonly Name[],
  given?: Given,
): Name {
  const alias = Object.hasOwn(connectionAliases, asked) ? connectionAliases[asked] : undefined
  const name = names.find((known) => known === asked) ?? names.find((known) => known === alias)
  if (name === undefined) throw unknownConnection(asked, names, given)
  return name
}

function unknownConnection(asked: string, names: readonly string[], given: Given | undefined): ConfigError {
  const where = given === undefined ? '' : ` (${given.key}, ${given.origin.label})`
  const isAddress = asked.includes('://')
  return new ConfigError({
    code: 'TM_UNKNOWN_CONNECTION',
    message: `There is no connection ${shown(asked)}${where}.${isAddress ? '' : didYouMean(asked, names)}`,
    remedy: isAddress
      ? 'An address goes into DB_URL, not into the name of a connection.'
      : `Use one of: ${names.join(', ')}.`,
    place: given?.origin.place ?? {},
    details: { known: names },
  })
}
