// The configuration, as the user writes it and as the rest of Tidemark gets it: found, validated, with every default
// filled in.

import type { ServerOptions } from '../dialects/dialect.js'
import type { DialectName } from '../schema/dialect-name.js'
import type { DurationText } from '../support/duration.js'

/** What `defineConfig` takes. Everything may be left out. */
export interface TidemarkConfig {
  /** The name of the connection to use where none is asked for. */
  readonly default?: string | undefined
  readonly connections?: Readonly<Record<string, ConnectionConfig>>
  readonly migrations?: MigrationsConfig
  readonly seeders?: { readonly directory?: string }
  readonly types?: { readonly output?: string }
}

/** The words for a dialect. */
export type DialectWord = 'sqlite' | 'pgsql' | 'postgres' | 'postgresql' | 'mysql' | 'mariadb'

export interface ConnectionConfig {
  /** `sqlite`, `pgsql` (or `postgres`, `postgresql`), `mysql`, `mariadb`; told by `url` where that is given. */
  readonly dialect?: DialectWord | undefined
  /** SQLite: the file, relative to the project, or `:memory:`. Elsewhere: the name of the database. */
  readonly database?: string | undefined
  readonly url?: string | undefined
  readonly host?: string | undefined
  readonly port?: number | string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly socket?: string | undefined
  readonly charset?: string | undefined
  readonly collation?: string | undefined
  readonly schema?: string | undefined
  readonly sslMode?: string | undefined
  readonly sslCa?: string | undefined
  readonly pooled?: boolean | string | undefined
  readonly directUrl?: string | undefined
  readonly directHost?: string | undefined
  readonly directPort?: number | string | undefined
  /** SQLite: whether foreign keys are enforced. On unless said otherwise. */
  readonly foreignKeys?: boolean | string | undefined
}

export interface MigrationsConfig {
  /** One folder, or several; relative to the project. `database/migrations` unless given. */
  readonly directory?: string | readonly string[]
  /** How `make:migration` names files: `2025_03_05_120000_…`, or `001_…`. `timestamp` unless given. */
  readonly naming?: 'timestamp' | 'sequential'
  /** The ledger's table. `schema_migrations` unless given. */
  readonly table?: string
  /** How long a statement may wait for a lock: `500ms`, `10s`, `2m`; `0` for no limit. `10s` unless given. */
  readonly lockTimeout?: DurationText | number
  /** How long to wait for another process that migrates: `500ms`, `10s`, `2m`; `0` not to wait. `60s` unless given. */
  readonly lockWait?: DurationText | number
  /** How long a statement may run; `0` for no limit, and unless given. */
  readonly statementTimeout?: DurationText | number
  /** Whether `change()` keeps the attributes that it does not mention (`keep`, unless given) or drops them. */
  readonly change?: 'keep' | 'exact'
  /** Whether a new migration may run that comes by its name before an applied one. Refused unless `true`. */
  readonly outOfOrder?: boolean
}

/** A connection as the rest of Tidemark gets it. */
export interface Connection {
  readonly name: string
  readonly dialect: DialectName
  /** SQLite: an absolute path or `:memory:`. Elsewhere: the name of the database. */
  readonly database: string
  /** For people and messages: where it leads, without a password. For SQLite the path relative to the project. */
  readonly label: string
  readonly foreignKeys: boolean
  /** Where the server is and how it is spoken to; SQLite has none. */
  readonly server?: ServerOptions
  /** The way past the pooler, where one was given: what migrations take instead of `server`. */
  readonly directServer?: ServerOptions
  /** The database's name there: a pooler may give it another. */
  readonly directDatabase?: string
}

/** The whole configuration as the rest of Tidemark gets it. */
export interface Config {
  /** The project's folder, absolute; every relative path of the configuration counts from here. */
  readonly root: string
  /** `APP_ENV` or else `NODE_ENV`; `local` where neither is set. */
  readonly environment: string
  /** Whether commands that change the database must be asked first. */
  readonly isProduction: boolean
  readonly defaultConnection: string
  /** The connection of that name, or the default one. @throws ConfigError naming the known ones */
  connection(name?: string): Connection
  readonly migrations: {
    /** Absolute paths. */
    readonly directories: readonly string[]
    readonly naming: 'timestamp' | 'sequential'
    readonly table: string
    /** Milliseconds; 0 for no limit. */
    readonly lockTimeoutMs: number
    /** How long to wait for another migrator, in milliseconds. */
    readonly lockWaitMs: number
    readonly statementTimeoutMs: number
    readonly change: 'keep' | 'exact'
    readonly outOfOrder: boolean
  }
  readonly seedersDirectory: string
  readonly typesOutput: string
}

/** Where `loadConfig` looks; everything may be left out. */
export interface LoadConfigOptions {
  /** The project's folder; the working directory unless given. */
  readonly root?: string
  /** A configuration file in another place or of another name. */
  readonly file?: string
  /** Which `.env.<name>` applies, and what `environment` says. */
  readonly environment?: string
  /** The connection that is the default from now on. */
  readonly connection?: string
  /** A configuration given in code instead of a file. */
  readonly config?: TidemarkConfig
  /** The process environment; `process.env` unless given. */
  readonly variables?: Readonly<Record<string, string | undefined>>
}
