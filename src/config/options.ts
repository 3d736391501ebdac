// THE TABLE of options: every key of the config file and of the environment, with its type, its default and what it
// does. What the user writes is read, checked and documented by these rows; `satisfies` makes the compiler say where
// they and the types of config.ts differ.

import type { DialectName } from '../schema/dialect-name.js'
import type { ConnectionConfig, MigrationsConfig, TidemarkConfig } from './config.js'
import {
  environmentName,
  flag,
  oneOf,
  port,
  section,
  text,
  texts,
  timeLimit,
  waitingTime,
  word,
} from './option-types.js'
import type { ValueType } from './option-types.js'

/** One row: values of the type `T`, and `Fallback` where none is set. */
export interface Option<T, Fallback = T | undefined> {
  readonly type: ValueType<T>
  readonly default: Fallback
  /** The environment's keys for it; the first that is set counts. */
  readonly environment: readonly string[]
  readonly documentation: string
  /** Its value is shown in no message. */
  readonly secret: boolean
}

/** The rows of one part of the configuration. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>
type Table<Keys> = Record<keyof Keys, Option<unknown>>

interface Row {
  readonly environment?: readonly string[]
  readonly documentation: string
  readonly secret?: boolean
}

function optional<T>(type: ValueType<T>, row: Row): Option<T, undefined> {
  return { environment: [], secret: false, ...row, type, default: undefined }
}

function withDefault<T>(type: ValueType<T>, fallback: NoInfer<T>, row: Row): Option<T, T> {
  return { environment: [], secret: false, ...row, type, default: fallback }
}

/** Laravel's names of connections, which are also how dialects are written, and other spellings that people use. */
export const connectionNames = ['sqlite', 'pgsql', 'mysql', 'mariadb'] as const
export type ConnectionName = (typeof connectionNames)[number]
export const connectionAliases: Readonly<Record<string, ConnectionName>> = {
  postgres: 'pgsql',
  postgresql: 'pgsql',
}
export const dialectOf: Readonly<Record<ConnectionName, DialectName>> = {
  sqlite: 'sqlite',
  pgsql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mariadb',
}

/** PostgreSQL's words, and those of MySQL's client and of addresses that say `ssl=true`. */
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
const otherSslModes = {
  DISABLED: 'disable',
  false: 'disable',
  '0': 'disable',
  PREFERRED: 'prefer',
  REQUIRED: 'require',
  true: 'require',
  '1': 'require',
  'no-verify': 'require',
  VERIFY_CA: 'verify-ca',
  VERIFY_IDENTITY: 'verify-full',
} as const

export const options = {
  application: {
    environment: withDefault(environmentName, 'local', {
      environment: ['APP_ENV', 'NODE_ENV'],
      documentation:
        'The name of the environment: which `.env.<name>` is read. In `production`, Tidemark asks first.',
    }),
  },
  root: {
    default: optional(text, {
      environment: ['DB_CONNECTION'],
      documentation: 'The connection to use where none is asked for.',
    }),
    connections: optional(section, {
      documentation:
        'The connections, by name. Where it is left out, the environment makes one of each dialect.',
    }),
    migrations: withDefault(section, {}, { documentation: 'Where migrations are and how they run.' }),
    seeders: withDefault(section, {}, { documentation: 'Where seeders are.' }),
    types: withDefault(section, {}, { documentation: 'Where generated types go.' }),
  } satisfies Table<TidemarkConfig>,
  connection: {
    dialect: optional(oneOf(connectionNames, connectionAliases), {
      documentation: 'The kind of database. Not needed where `url` says it.',
    }),
    database: optional(text, {
      environment: ['DB_DATABASE'],
      documentation:
        'SQLite: the file, relative to the project, or `:memory:`; `database/database.sqlite` unless given. Elsewhere: the name of the database.',
    }),
    url: optional(text, {
      environment: ['DB_URL', 'DATABASE_URL'],
      secret: true,
      documentation:
        'The whole address: `sqlite:relative/path`, `sqlite:///absolute/path`, `sqlite::memory:`, `postgres://`, `postgresql://`, `mysql://` or `mariadb://`. Wins over the single options.',
    }),
    host: optional(text, { environment: ['DB_HOST'], documentation: 'The server.' }),
    port: optional(port, { environment: ['DB_PORT'], documentation: "The server's port." }),
    username: optional(text, { environment: ['DB_USERNAME'], documentation: 'Who connects.' }),
    password: optional(text, {
      environment: ['DB_PASSWORD'],
      secret: true,
      documentation: 'With which password.',
    }),
    socket: optional(text, {
      environment: ['DB_SOCKET'],
      documentation: "The server's Unix socket, instead of host and port.",
    }),
    charset: optional(word, {
      environment: ['DB_CHARSET'],
      documentation: 'The character set of the connection and of new tables: `utf8mb4` on MySQL and MariaDB.',
    }),
    collation: optional(word, {
      environment: ['DB_COLLATION'],
      documentation: 'The collation of new tables.',
    }),
    schema: optional(text, {
      environment: ['DB_SCHEMA'],
      documentation:
        'PostgreSQL: the schema to work in, or several between commas: names are looked for in each, and new tables go into the first.',
    }),
    sslMode: optional(oneOf(sslModes, otherSslModes), {
      environment: ['DB_SSLMODE'],
      documentation:
        'Whether the connection is encrypted (`require`) and the server proven to be the right one (`verify-ca`, `verify-full`). Unless given, it is encrypted where the server offers it, without proof.',
    }),
    sslCa: optional(text, {
      environment: ['DB_SSL_CA'],
      documentation: "The file with the certificates that the server's is checked against.",
    }),
    pooled: withDefault(flag, false, {
      environment: ['DB_POOLED'],
      documentation:
        'A pooler such as PgBouncer stands in front: nothing is kept in the session. One of PostgreSQL is also found out.',
    }),
    directUrl: optional(text, {
      environment: ['DB_DIRECT_URL'],
      secret: true,
      documentation: 'The address past the pooler, taken for migrations.',
    }),
    directHost: optional(text, {
      environment: ['DB_DIRECT_HOST'],
      documentation: 'The server past the pooler, taken for migrations.',
    }),
    directPort: optional(port, { environment: ['DB_DIRECT_PORT'], documentation: 'Its port.' }),
    foreignKeys: withDefault(flag, true, {
      environment: ['DB_FOREIGN_KEYS'],
      documentation: 'SQLite: whether foreign keys are enforced.',
    }),
  } satisfies Table<ConnectionConfig>,
  migrations: {
    directory: withDefault(texts, ['database/migrations'], {
      documentation: 'The folder of the migrations, or a list of them; relative to the project.',
    }),
    naming: withDefault(oneOf(['timestamp', 'sequential']), 'timestamp', {
      documentation: 'How `make:migration` names files: `2025_03_05_120000_…`, or `001_…`.',
    }),
    table: withDefault(text, 'schema_migrations', { documentation: "The ledger's table." }),
    lockTimeout: withDefault(timeLimit, 10_000, {
      documentation:
        'How long a statement may wait for a lock: `500ms`, `10s`, `2m`, `1h`; a number is milliseconds, `0` is no limit.',
    }),
    lockWait: withDefault(waitingTime, 60_000, {
      documentation:
        'How long to wait for another process that migrates, in the same form; `0` is not to wait.',
    }),
    statementTimeout: withDefault(timeLimit, 0, {
      documentation: 'How long a statement may run, in the same form; `0` for no limit.',
    }),
    change: withDefault(oneOf(['keep', 'exact']), 'keep', {
      documentation: 'Whether `change()` keeps the attributes that it does not mention, or drops them.',
    }),
    outOfOrder: withDefault(flag, false, {
      documentation: 'Whether a new migration may run that comes by its name before an applied one.',
    }),
  } satisfies Table<MigrationsConfig>,
  seeders: {
    directory: withDefault(text, 'database/seeders', { documentation: 'The folder of the seeders.' }),
  } satisfies Table<NonNullable<TidemarkConfig['seeders']>>,
  types: {
    output: withDefault(text, 'database/schema.d.ts', { documentation: 'The file that `types` writes.' }),
  } satisfies Table<NonNullable<TidemarkConfig['types']>>,
}
