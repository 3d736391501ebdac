import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Config, LoadConfigOptions } from '../../../src/config/config.js'
import { ConfigError } from '../../../src/config/errors.js'
import { loadConfig } from '../../../src/config/load-config.js'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tidemark-config-')))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

/** Loads with an environment of its own, so that the one that runs the tests does not matter. */
function load(options: LoadConfigOptions = {}): Promise<Config> {
  return loadConfig({ root, variables: {}, ...options })
}

async function refusal(options: LoadConfigOptions = {}): Promise<ConfigError> {
  const error: unknown = await load(options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ConfigError)) throw new Error(`not refused as it should be: ${String(error)}`)
  expect(error.kind).toBe('usage')
  return error
}

describe('with nothing set', () => {
  test('is SQLite in database/database.sqlite, with every default', async () => {
    const config = await load()

    expect(config.connection()).toEqual({
      name: 'sqlite',
      dialect: 'sqlite',
      database: join(root, 'database/database.sqlite'),
      label: 'database/database.sqlite',
      foreignKeys: true,
    })
    expect(config).toMatchObject({
      root,
      environment: 'local',
      isProduction: false,
      defaultConnection: 'sqlite',
      migrations: {
        directories: [join(root, 'database/migrations')],
        naming: 'timestamp',
        table: 'schema_migrations',
        lockTimeoutMs: 10_000,
        statementTimeoutMs: 0,
        change: 'keep',
      },
      seedersDirectory: join(root, 'database/seeders'),
      typesOutput: join(root, 'database/schema.d.ts'),
    })
  })

  test('is the working directory and its environment', async () => {
    expect((await loadConfig()).root).toBe(process.cwd())
  })

  test('has one connection of each dialect', async () => {
    const config = await load({ variables: { DB_DATABASE: 'shop' } })

    expect(['sqlite', 'pgsql', 'mysql', 'mariadb'].map((name) => config.connection(name).dialect)).toEqual([
      'sqlite',
      'postgres',
      'mysql',
      'mariadb',
    ])
    expect(config.connection('postgres').name).toBe('pgsql')
  })
})

describe('environment', () => {
  test('is read from .env, spaces and all', async () => {
    write({ '.env': 'DB_CONNECTION = sqlite\nDB_DATABASE = "data/app.db" # here\nDB_FOREIGN_KEYS=off\n' })

    expect((await load()).connection()).toMatchObject({
      database: join(root, 'data/app.db'),
      label: 'data/app.db',
      foreignKeys: false,
    })
  })

  test('wins over .env.<environment>, which wins over .env', async () => {
    write({
      '.env': 'APP_ENV=testing\nDB_DATABASE=base.db\nDB_CONNECTION=sqlite\n',
      '.env.testing': 'DB_DATABASE=testing.db\n',
    })

    expect((await load()).connection().label).toBe('testing.db')
    expect((await load({ variables: { DB_DATABASE: 'process.db' } })).connection().label).toBe('process.db')
    expect((await load({ environment: 'local' })).connection().label).toBe('base.db')
  })

  test('lets a file use what others set', async () => {
    write({ '.env': 'DIR=data\nDB_DATABASE=${DIR}/a.db\n', '.env.local': 'DB_DATABASE=${DIR}/local.db\n' })

    expect((await load()).connection().label).toBe('data/local.db')
    expect((await load({ environment: 'other' })).connection().label).toBe('data/a.db')
    expect((await load({ variables: { DIR: 'other' } })).connection().label).toBe('other/local.db')
  })

  test.each<[string, LoadConfigOptions, string, string, boolean]>([
    ['nothing', {}, '', 'local', false],
    ['APP_ENV', { variables: { APP_ENV: 'staging', NODE_ENV: 'test' } }, 'APP_ENV=x', 'staging', false],
    ['NODE_ENV', { variables: { NODE_ENV: 'test' } }, 'APP_ENV=x', 'test', false],
    ['.env', {}, 'APP_ENV=production', 'production', true],
    ['--env', { environment: 'ci', variables: { APP_ENV: 'staging' } }, '', 'ci', false],
    [
      '--env, NODE_ENV production',
      { environment: 'ci', variables: { NODE_ENV: 'production' } },
      '',
      'ci',
      true,
    ],
    [
      'APP_ENV, NODE_ENV production',
      { variables: { APP_ENV: 'eu', NODE_ENV: 'Production' } },
      '',
      'eu',
      true,
    ],
    ['--env over a production .env', { environment: 'ci' }, 'APP_ENV=production', 'ci', false],
  ])('is named by %s', async (_case, options, dotenv, environment, isProduction) => {
    write({ '.env': dotenv })

    expect(await load(options)).toMatchObject({ environment, isProduction })
  })

  test('counts what is set to nothing as not set', async () => {
    write({ '.env': 'DB_CONNECTION=\nDB_DATABASE=\nDB_PORT=\nDB_URL=\n' })

    expect((await load()).connection().label).toBe('database/database.sqlite')
  })

  test('ignores a folder called .env', async () => {
    mkdirSync(join(root, '.env'))

    expect((await load()).defaultConnection).toBe('sqlite')
  })

  test.each([
    ['sqlite:data/a.db', 'sqlite', 'data/a.db'],
    ['sqlite:///var/lib/a%20b.db', 'sqlite', '/var/lib/a b.db'],
    ['sqlite:/var/lib/a.db', 'sqlite', '/var/lib/a.db'],
    ['sqlite::memory:', 'sqlite', ':memory:'],
    ['postgres://jane:s3cret@db.example:5433/shop', 'pgsql', 'jane@db.example:5433/shop'],
    ['postgresql://db.example/shop?sslmode=require', 'pgsql', 'db.example/shop'],
    ['mysql://jane:p%40ss@db.example/shop', 'mysql', 'jane@db.example/shop'],
    ['mariadb://db.example/shop', 'mariadb', 'db.example/shop'],
  ])('takes the address %s for enough', async (url, name, label) => {
    for (const variables of [{ DB_URL: url }, { DATABASE_URL: url, DB_HOST: 'else.where' }]) {
      const config = await load({ variables })

      expect(config.connection()).toMatchObject({ name, label })
    }
  })

  test('lets an address win over DB_CONNECTION and DB_DATABASE', async () => {
    const variables = { DB_CONNECTION: 'sqlite', DB_DATABASE: 'other', DB_URL: 'postgres://h/shop' }
    const config = await load({ variables })

    expect(config.connection().label).toBe('h/shop')
    expect(config.connection('sqlite').label).toBe('other')
  })

  test('lets DB_CONNECTION=mariadb have an address of mysql://', async () => {
    const config = await load({ variables: { DB_CONNECTION: 'mariadb', DB_URL: 'mysql://h/shop' } })

    expect(config.connection()).toMatchObject({ dialect: 'mariadb', label: 'h/shop' })
  })

  test('leaves process.env alone', async () => {
    write({ '.env': 'TIDEMARK_UNIT_TEST=1\n' })
    await load()

    expect(process.env['TIDEMARK_UNIT_TEST']).toBeUndefined()
  })
})

describe('a configuration given in code', () => {
  test('sets what it names and leaves the rest at its default', async () => {
    const config = await load({
      config: {
        default: 'reporting',
        connections: {
          main: { dialect: 'sqlite', database: '/data/main.db', foreignKeys: 'no' },
          reporting: { dialect: 'postgres', host: 'h', port: '5432', database: 'r', password: 's3cret' },
        },
        migrations: {
          directory: ['a', '/b'],
          naming: 'sequential',
          lockTimeout: '2.5s',
          statementTimeout: 500,
        },
        types: { output: 'src/rows.d.ts' },
      },
    })

    expect(config.connection().label).toBe('h:5432/r')
    expect(config.connection('main')).toMatchObject({ database: '/data/main.db', foreignKeys: false })
    expect(config.migrations).toEqual({
      directories: [join(root, 'a'), '/b'],
      naming: 'sequential',
      table: 'schema_migrations',
      lockTimeoutMs: 2500,
      lockWaitMs: 60_000,
      statementTimeoutMs: 500,
      change: 'keep',
      outOfOrder: false,
    })
    expect(config.typesOutput).toBe(join(root, 'src/rows.d.ts'))
    expect(JSON.stringify([config, config.connection()])).not.toContain('s3cret')
  })

  test('takes DB_CONNECTION for the default where it says none', async () => {
    const connections = { one: { url: 'sqlite:1.db' }, two: { url: 'sqlite:2.db' } }
    const variables = { DB_CONNECTION: 'two' }

    expect((await load({ config: { connections }, variables })).defaultConnection).toBe('two')
    expect((await load({ config: { connections, default: 'one' }, variables })).defaultConnection).toBe('one')
    const asked = await load({ config: { connections, default: 'one' }, variables, connection: 'two' })
    expect(asked.defaultConnection).toBe('two')
  })

  test('takes the only connection, or sqlite, for the default', async () => {
    const one = { main: { url: 'sqlite:1.db' } }
    const several = { main: { url: 'sqlite:1.db' }, sqlite: { url: 'sqlite:2.db' } }

    expect((await load({ config: { connections: one } })).defaultConnection).toBe('main')
    expect((await load({ config: { connections: several } })).defaultConnection).toBe('sqlite')
  })

  test('gives a named connection nothing from the DB_ keys', async () => {
    const variables = { DB_DATABASE: 'elsewhere.db', DB_PASSWORD: 's3cret', DB_URL: 'sqlite:other.db' }
    const config = await load({ config: { connections: { main: { dialect: 'sqlite' } } }, variables })

    expect(config.connection().label).toBe('database/database.sqlite')
  })
})

describe('refusals', () => {
  test('names the key, the line, the value and what is allowed', async () => {
    write({ '.env': '# here\nDB_PORT=54x2\n' })
    const error = await refusal()

    expect(error.code).toBe('TM_BAD_OPTION')
    expect(error.message).toBe('DB_PORT is "54x2" (.env line 2); allowed: a whole number from 1 to 65535.')
    expect(error.remedy).toBe('Correct DB_PORT in .env line 2, or remove it.')
    expect(error.place).toEqual({ file: join(root, '.env'), line: 2 })
  })

  test.each([
    [{ DB_PORT: '70000' }, 'DB_PORT is "70000" (the environment); allowed: a whole number from 1 to 65535.'],
    [
      { DB_FOREIGN_KEYS: 'maybe' },
      'DB_FOREIGN_KEYS is "maybe" (the environment); allowed: true or false (also on, off, yes, no, 1, 0).',
    ],
    [
      { DB_POOLED: '2' },
      'DB_POOLED is "2" (the environment); allowed: true or false (also on, off, yes, no, 1, 0).',
    ],
    [
      { DB_DIRECT_PORT: '0' },
      'DB_DIRECT_PORT is "0" (the environment); allowed: a whole number from 1 to 65535.',
    ],
    [
      { DB_SSLMODE: 'requir' },
      'DB_SSLMODE is "requir" (the environment); allowed: disable, allow, prefer, require, verify-ca, verify-full. Did you mean "require"?',
    ],
    [
      { DB_CONNECTION: 'sqlit' },
      'There is no connection "sqlit" (DB_CONNECTION, the environment). Did you mean "sqlite"?',
    ],
    [{ DB_CONNECTION: 'oracle' }, 'There is no connection "oracle" (DB_CONNECTION, the environment).'],
    [
      { DB_URL: 'postgress://jane:s3cret@h/db' },
      'DB_URL (the environment) has the unknown scheme "postgress:". Did you mean "postgres"? Allowed: sqlite:relative/path, sqlite:///absolute/path, sqlite::memory:, postgres://, postgresql://, mysql://, mariadb://.',
    ],
    [
      { DATABASE_URL: 'mysql://jane:s3/cr#et@h:port/db' },
      'DATABASE_URL (the environment) cannot be read as an address. Allowed: sqlite:relative/path, sqlite:///absolute/path, sqlite::memory:, postgres://, postgresql://, mysql://, mariadb://.',
    ],
    [
      { DB_URL: 'sqlite://data/app.db' },
      'DB_URL (the environment) has two slashes, after which a server would stand. Allowed: sqlite:relative/path, sqlite:///absolute/path, sqlite::memory:, postgres://, postgresql://, mysql://, mariadb://.',
    ],
    [
      { DB_DATABASE: 'mysql://jane:s3cret@h/db' },
      'The database of connection "sqlite" is the address "mysql://…" (the environment), where SQLite needs a file.',
    ],
    [
      { APP_ENV: '../x' },
      'The environment cannot be called "../x"; allowed: letters, digits, dots, hyphens and underscores.',
    ],
  ])('refuses %j', async (variables, message) => {
    expect((await refusal({ variables })).message).toBe(message)
  })

  test.each<[NonNullable<LoadConfigOptions['config']> | Record<string, unknown>, string]>([
    [
      { migration: {} },
      'There is no option migration (the configuration given in code). Did you mean "migrations"?',
    ],
    [
      { migrations: { lockTimeOut: '1s' } },
      'There is no option migrations.lockTimeOut (the configuration given in code). Did you mean "lockTimeout"?',
    ],
    [
      { migrations: { lockTimeout: '10 apples' } },
      'migrations.lockTimeout is "10 apples" (the configuration given in code); allowed: 500ms, 10s, 2m or 1h (a number means milliseconds; 0 means no limit; at most 24 days).',
    ],
    [
      { migrations: { naming: 'timestamps' } },
      'migrations.naming is "timestamps" (the configuration given in code); allowed: timestamp, sequential. Did you mean "timestamp"?',
    ],
    [
      { migrations: { directory: ['a', 3] } },
      'migrations.directory is a list (the configuration given in code); allowed: text, or a list of texts.',
    ],
    [{ migrations: [] }, 'migrations is a list (the configuration given in code); allowed: an object.'],
    [
      { connections: { main: 'sqlite:x' } },
      'connections.main is "sqlite:x" (the configuration given in code); allowed: an object.',
    ],
    [
      { connections: { main: { dialect: 'postgre' } } },
      'connections.main.dialect is "postgre" (the configuration given in code); allowed: sqlite, pgsql, mysql, mariadb.',
    ],
    [
      { connections: { main: { url: undefined } } },
      'Connection "main" has neither a dialect nor a url (the configuration given in code).',
    ],
    [
      { connections: { main: { dialect: 'mysql', url: 'postgres://u:s3cret@h/d' } } },
      'Connection "main" has the dialect mysql, but its url is one of pgsql (the configuration given in code).',
    ],
    [
      { connections: { main: { dialect: 'pgsql', password: 12345 } } },
      'connections.main.password (the configuration given in code) is not text; its value is not shown.',
    ],
    [
      { default: 'man', connections: { main: { dialect: 'sqlite' }, other: { dialect: 'sqlite' } } },
      'There is no connection "man" (default, the configuration given in code). Did you mean "main"?',
    ],
    [
      { connections: { a: { dialect: 'sqlite' }, b: { dialect: 'sqlite' } } },
      'None of the connections a, b is the default (the configuration given in code).',
    ],
    [{ connections: {} }, 'connections is empty (the configuration given in code).'],
  ])('refuses %j', async (config, message) => {
    const error = await refusal({ config })

    expect(error.message).toBe(message)
    expect(JSON.stringify([error.remedy, error.details])).not.toContain('12345')
  })

  test('refuses a connection that is asked for and not there', async () => {
    const error = await refusal({ connection: 'mysqll' })

    expect(error.code).toBe('TM_UNKNOWN_CONNECTION')
    expect(error.message).toBe('There is no connection "mysqll". Did you mean "mysql"?')
    expect(error.remedy).toBe('Use one of: sqlite, pgsql, mysql, mariadb.')
    const config = await load()
    expect(() => config.connection('nope')).toThrow('There is no connection "nope".')
  })

  test('shows no password, wherever it was put', async () => {
    const address = 'postgres://jane:s3cret@h/db'
    const wrong: Record<string, string>[] = [
      { DB_CONNECTION: address },
      { DB_DATABASE: address },
      { DB_PORT: address },
      { DB_FOREIGN_KEYS: address },
      { DB_URL: address.replace('postgres', 'redis') },
      { DB_URL: `${address}?sslmode=postgres://s3cret` },
      { DB_URL: 'postgres://jane:s3cret@h:99999/db' },
      { APP_ENV: address },
    ]
    for (const variables of wrong) {
      const { message, remedy, details, cause } = await refusal({ variables })
      expect(JSON.stringify([message, remedy, details, String(cause)])).not.toContain('s3cret')
    }
  })

  test('refuses a line of .env that it cannot read, without showing it', async () => {
    write({ '.env': 'A=1\nDB_PASSWORD "s3cret"\n' })
    const error = await refusal()

    expect(error.code).toBe('TM_BAD_ENV_FILE')
    expect(error.message).toBe('Line 2 of .env is not of the form KEY=value, or a quote in it is not closed.')
    expect(error.place.line).toBe(2)
  })

  test('refuses an .env that is not UTF-8', async () => {
    writeFileSync(join(root, '.env'), Buffer.from('A=1', 'utf16le'))

    expect((await refusal()).message).toBe('.env is not UTF-8 text.')
  })

  test('refuses a project folder that is not there', async () => {
    expect((await refusal({ root: join(root, 'missing') })).code).toBe('TM_NO_SUCH_ROOT')
  })
})
