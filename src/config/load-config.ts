// Reads the whole configuration, top-down: environment, config file, connections, the rest. Everything is checked here,
// before a database is opened. With no config file nothing is imported and all reading is synchronous.

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config, LoadConfigOptions } from './config.js'
import { readConfigFile } from './config-file.js'
import type { ConfigSource } from './config-file.js'
import { configuredConnections, environmentConnections, requireConnection } from './connections.js'
import type { Connections } from './connections.js'
import { ConfigError } from './errors.js'
import { options } from './options.js'
import type { OptionTable } from './options.js'
import type { Origin } from './origin.js'
import { inSection, readOptions } from './read-options.js'
import type { Values } from './read-options.js'
import { readProjectEnvironment } from './variables.js'

const codeOrigin: Origin = { label: 'the configuration given in code', place: {} }

/**
 * Finds, checks and completes a project's configuration.
 *
 * @throws ConfigError naming the key, where it was set, its value (never a secret) and what is allowed
 */
export async function loadConfig(given: LoadConfigOptions = {}): Promise<Config> {
  const root = projectRoot(given.root)
  const { variables, environment, isProduction } = readProjectEnvironment(
    root,
    given.variables ?? process.env,
    given.environment,
  )
  const source =
    given.config === undefined
      ? await readConfigFile(root, given.file, variables)
      : { values: { ...given.config }, origin: codeOrigin }
  const { values, origin } = source ?? { values: {}, origin: codeOrigin }
  const main = readPart(options.root, values, '', origin)
  const connections =
    main.connections === undefined
      ? environmentConnections(root, variables)
      : configuredConnections(root, main.connections, origin, variables)
  const defaultConnection = chooseConnection(given.connection, main.default, connections, origin)
  return Object.freeze({
    root,
    environment,
    isProduction,
    defaultConnection,
    connection: connectionGetter(connections, defaultConnection),
    migrations: migrationSettings(root, readPart(options.migrations, main.migrations, 'migrations.', origin)),
    seedersDirectory: resolve(root, readPart(options.seeders, main.seeders, 'seeders.', origin).directory),
    typesOutput: resolve(root, readPart(options.types, main.types, 'types.', origin).output),
  })
}

function projectRoot(asked = process.cwd()): string {
  const root = resolve(asked)
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === true) return root
  throw new ConfigError({
    code: 'TM_NO_SUCH_ROOT',
    message: `The project's folder ${root} does not exist or is no folder.`,
    remedy:
      'Give `root` the folder that holds database/ and .env, or leave it out for the working directory.',
    place: { file: root },
  })
}

function readPart<Table extends OptionTable>(
  table: Table,
  values: ConfigSource['values'],
  path: string,
  origin: Origin,
): Values<Table> {
  return readOptions(table, inSection(table, values, path, origin))
}

/** What the caller asks for, or else what the config file says, or else the environment. */
function chooseConnection(
  asked: string | undefined,
  configured: string | undefined,
  connections: Connections,
  origin: Origin,
): string {
  const { names } = connections
  if (asked !== undefined) return requireConnection(asked, names)
  if (configured !== undefined) {
    return requireConnection(configured, names, { key: 'default', value: configured, origin })
  }
  const name = connections.defaultName()
  if (name !== undefined) return name
  throw new ConfigError({
    code: 'TM_NO_DEFAULT_CONNECTION',
    message:
      names.length === 0
        ? `connections is empty (${origin.label}).`
        : `None of the connections ${names.join(', ')} is the default (${origin.label}).`,
    remedy:
      names.length === 0
        ? `Name one: connections: { sqlite: { dialect: 'sqlite', database: 'database/database.sqlite' } }.`
        : `Add default: '${names[0]}', or say --connection ${names[0]}.`,
    place: origin.place,
    details: { known: names },
  })
}

/** The default connection is looked at now, so that what is wrong with it is said before anything is opened. */
function connectionGetter(connections: Connections, defaultName: string): Config['connection'] {
  const get: Config['connection'] = (name = defaultName) => connections.get(name)
  get()
  return get
}

function migrationSettings(root: string, values: Values<typeof options.migrations>): Config['migrations'] {
  const { directory, naming, table, lockTimeout, lockWait, statementTimeout, change, outOfOrder } = values
  return Object.freeze({
    directories: directory.map((folder) => resolve(root, folder)),
    naming,
    table,
    lockTimeoutMs: lockTimeout,
    lockWaitMs: lockWait,
    statementTimeoutMs: statementTimeout,
    change,
    outOfOrder,
  })
}
