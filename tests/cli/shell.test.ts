// db:shell with programs that stand in for the clients: what each of them is told, and by which way; that the terminal and
// its signals are theirs. What real clients make of it: tests/database/cli/shell.test.ts.

import { chmodSync, existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Project, makeProject } from '../helpers/project.js'
import { outcomeOf, runCli, startCli } from '../helpers/run-cli.js'
import { hasTerminal, runOnTerminal } from '../helpers/run-on-terminal.js'

type Variables = Readonly<Record<string, string>>

interface Fake {
  /** What it prints for `--version`. */
  readonly version: string
  /** What the user's option files say, as `--print-defaults` prints it. */
  readonly options?: string
  /** What it does else: it prints what it was given. */
  readonly script?: string
}

type Fakes = Readonly<Record<string, Fake>>

const sqlite3: Fakes = { sqlite3: { version: '3.40.1 2022-12-28' } }
const psql: Fakes = { psql: { version: 'psql (PostgreSQL) 18.1' } }
const mysqls: Fake = { version: 'mysql  Ver 9.7.4 for Linux on x86_64 (MySQL Community Server - GPL)' }
const mariadbs: Fake = { version: 'mariadb from 11.8.9-MariaDB, client 15.2 for debian-linux-gnu (x86_64)' }

const reporter = 'process.stdout.write(JSON.stringify({ words, variables: process.env }))'

/** A project with programs in its folder `bin`, and the PATH that has nothing else. */
function makeProjectWith(fakes: Fakes): { project: Project; path: string } {
  const project = makeProject()
  for (const [name, { version, options = '', script = reporter }] of Object.entries(fakes)) {
    project.write(
      `bin/${name}`,
      `#!${process.execPath}
      const words = process.argv.slice(2)
      if (words[0] === '--version') console.log(${JSON.stringify(version)})
      else if (words[0] === '--print-defaults') console.log(${JSON.stringify(options)})
      else { ${script} }`,
    )
    chmodSync(project.path(`bin/${name}`), 0o755)
  }
  return { project, path: project.path('bin') }
}

interface Seen {
  readonly words: readonly string[]
  readonly variables: Variables
  /** What Tidemark says itself. */
  readonly stderr: string
}

/** What the client sees that db:shell starts. */
async function seenBy(fakes: Fakes, variables: Variables, words: readonly string[] = []): Promise<Seen> {
  const { project, path } = makeProjectWith(fakes)
  const outcome = await runCli(project, ['db:shell', ...words], { ...variables, PATH: path })
  if (outcome.status !== 0) throw new Error(outcome.stderr)
  // The reporter prints nothing but that.
  const { words: given, variables: seen } = JSON.parse(outcome.stdout) as Omit<Seen, 'stderr'>
  return { words: given, variables: seen, stderr: outcome.stderr }
}

const text = (pattern: RegExp): string => expect.stringMatching(pattern) as string

describe('sqlite3', () => {
  test.each([
    ['on', {}],
    ['off', { DB_FOREIGN_KEYS: 'false' }],
  ])('gets the file, and foreign keys %s', async (state, variables) => {
    const { words } = await seenBy(sqlite3, variables)

    expect(words).toEqual([
      '-cmd',
      `pragma foreign_keys = ${state}`,
      text(/^\/.+\/database\/database\.sqlite$/),
    ])
  })

  test('opens a database in memory', async () => {
    expect((await seenBy(sqlite3, { DB_URL: 'sqlite::memory:' })).words.at(-1)).toBe(':memory:')
  })
})

describe('psql', () => {
  test('gets everything by the environment', async () => {
    const { words, variables } = await seenBy(psql, {
      DB_URL:
        'postgres://jane:s3cret@db.example:5433/my%20shop?sslmode=verify-full&sslrootcert=/certificates/ca.pem',
      DB_SCHEMA: 'app, "My \\ Schema"',
      PGOPTIONS: '-c work_mem=64MB',
    })

    expect(words).toEqual([])
    expect(variables).toMatchObject({
      PGHOST: 'db.example',
      PGPORT: '5433',
      PGUSER: 'jane',
      PGPASSWORD: 's3cret',
      PGDATABASE: 'my shop',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/certificates/ca.pem',
      PGCLIENTENCODING: 'UTF8',
      PGOPTIONS: '-c work_mem=64MB -c search_path="app","My\\ \\\\\\ Schema"',
    })
  })

  test('is led nowhere else by what the environment has', async () => {
    const elsewhere = { PGHOST: 'other', PGHOSTADDR: '10.0.0.1', PGSERVICE: 'other', PGDATABASE: 'other' }
    const { variables } = await seenBy(psql, {
      ...elsewhere,
      DB_URL: 'postgres://jane@127.0.0.1/shop',
      PGSSLMODE: 'disable',
      PGSSLROOTCERT: '/other.pem',
    })

    expect(variables).toMatchObject({ PGHOST: '127.0.0.1', PGDATABASE: 'shop', PGSSLMODE: 'prefer' })
    const names = ['PGHOSTADDR', 'PGSERVICE', 'PGSSLROOTCERT']
    expect(names.filter((name) => Object.hasOwn(variables, name))).toEqual([])
  })

  test('gets the folder of a socket, which is not encrypted', async () => {
    const { variables } = await seenBy(psql, {
      DB_URL: 'postgres://jane@/shop?host=/run/postgresql/.s.PGSQL.5434&sslmode=require',
    })

    expect(variables).toMatchObject({ PGHOST: '/run/postgresql', PGPORT: '5434', PGSSLMODE: 'disable' })
  })

  const pooled = {
    DB_URL: 'postgres://jane:s3cret@pooler.example:6432/shop?pgbouncer=true',
    DB_SCHEMA: 'app',
  }

  test('goes past a pooler where there is a way', async () => {
    const { variables, stderr } = await seenBy(psql, {
      ...pooled,
      DB_DIRECT_URL: 'postgres://jane:d1rect@db.example:5432/direct',
    })

    expect(stderr).toBe('')
    expect(variables).toMatchObject({
      PGHOST: 'db.example',
      PGPORT: '5432',
      PGDATABASE: 'direct',
      PGPASSWORD: 'd1rect',
      PGOPTIONS: '-c search_path="app"',
    })
  })

  test('is not told schemas that a pooler would give to others, which is said', async () => {
    const { variables, stderr } = await seenBy(psql, pooled)

    expect(variables).toMatchObject({ PGHOST: 'pooler.example' })
    expect(variables).not.toHaveProperty('PGOPTIONS')
    expect(stderr).toContain('The pooler in front does not keep the schemas app')
    expect((await seenBy(psql, pooled, ['--quiet'])).stderr).toBe('')
  })
})

describe('the clients of MySQL and MariaDB', () => {
  const address = 'jane:s3cret@localhost:3310/my%20shop'
  const place = ['--protocol=TCP', '--host=localhost', '--port=3310', '--user=jane', '--database=my shop']

  test('mysql gets everything but the password by words', async () => {
    const { words, variables } = await seenBy(
      { mysql: mysqls, mariadb: mariadbs },
      { DB_URL: `mysql://${address}`, DB_CHARSET: 'latin1' },
    )

    expect(words).toEqual([
      ...place,
      '--default-character-set=utf8mb4',
      '--ssl-mode=PREFERRED',
      '--get-server-public-key',
    ])
    expect(variables).toMatchObject({ MYSQL_PWD: 's3cret' })
  })

  test('mariadb does so for MariaDB', async () => {
    const { words, variables } = await seenBy(
      { mysql: mysqls, mariadb: mariadbs },
      { DB_URL: `mariadb://${address}` },
    )

    expect(words).toEqual([
      ...place,
      '--default-character-set=utf8mb4',
      '--ssl',
      '--skip-ssl-verify-server-cert',
    ])
    expect(variables).toMatchObject({ MYSQL_PWD: 's3cret' })
  })

  test.each([
    ['mysql', { mariadb: mariadbs }, '--ssl'],
    ['mysql', { mysql: mariadbs }, '--ssl'],
    ['mariadb', { mysql: mysqls }, '--ssl-mode=PREFERRED'],
  ])('for %s, the one that is there is told in its own words: %o', async (dialect, fakes, word) => {
    const { words } = await seenBy(fakes, { DB_URL: `${dialect}://${address}` })

    expect(words).toEqual(expect.arrayContaining([...place, word]))
  })

  test.each([
    [{ DB_SSLMODE: 'disable' }, ['--ssl-mode=DISABLED', '--get-server-public-key'], ['--skip-ssl']],
    [
      { DB_SSLMODE: 'allow' },
      ['--ssl-mode=PREFERRED', '--get-server-public-key'],
      ['--ssl', '--skip-ssl-verify-server-cert'],
    ],
    [
      { DB_SSLMODE: 'require', DB_SSL_CA: '/ca.pem' },
      ['--ssl-mode=VERIFY_CA', '--ssl-ca=/ca.pem'],
      ['--ssl', '--ssl-verify-server-cert', '--ssl-ca=/ca.pem'],
    ],
    [
      { DB_SSLMODE: 'verify-ca', DB_SSL_CA: '/ca.pem' },
      ['--ssl-mode=VERIFY_CA', '--ssl-ca=/ca.pem'],
      ['--ssl', '--ssl-verify-server-cert', '--ssl-ca=/ca.pem'],
    ],
    [
      { DB_SSLMODE: 'verify-full', DB_SSL_CA: '/ca.pem' },
      ['--ssl-mode=VERIFY_IDENTITY', '--ssl-ca=/ca.pem'],
      ['--ssl', '--ssl-verify-server-cert', '--ssl-ca=/ca.pem'],
    ],
    [
      { DB_SSLMODE: 'verify-full', DB_SSL_CA: '/ca.pem', DB_SOCKET: '/run/mysqld.sock' },
      ['--ssl-mode=DISABLED', '--get-server-public-key'],
      ['--skip-ssl'],
    ],
  ])('%o is said in the words of each', async (variables, ofMysql, ofMariadb) => {
    const asked = { DB_CONNECTION: 'mysql', DB_DATABASE: 'shop', ...variables }
    const tlsWords = async (fake: Fake): Promise<string[]> =>
      (await seenBy({ mysql: fake }, asked)).words.filter((word) => /ssl|key/.test(word))

    expect(await tlsWords(mysqls)).toEqual(ofMysql)
    expect(await tlsWords(mariadbs)).toEqual(ofMariadb)
  })

  test('mysql insists on encryption by itself', async () => {
    const { words } = await seenBy({ mysql: mysqls }, { DB_URL: `mysql://${address}?sslmode=require` })

    expect(words.slice(-1)).toEqual(['--ssl-mode=REQUIRED'])
  })

  test('a socket wins over host and port', async () => {
    const { words } = await seenBy(
      { mysql: mysqls },
      { DB_URL: `mysql://${address}?socket=/run/mysqld/mysqld.sock` },
    )

    expect(words.slice(0, 2)).toEqual(['--protocol=SOCKET', '--socket=/run/mysqld/mysqld.sock'])
    expect(words.join(' ')).not.toMatch(/--host|--port/)
  })

  test.each(['--password=other --prompt=mine', '--user=root --pass=*****'])(
    'option files that say %s are left out: their password would win',
    async (options) => {
      const { words, variables } = await seenBy(
        { mysql: { ...mysqls, options } },
        { DB_URL: `mysql://${address}` },
      )

      expect(words[0]).toBe('--no-defaults')
      expect(variables).toMatchObject({ MYSQL_PWD: 's3cret', MYSQL_TEST_LOGIN_FILE: '' })
    },
  )

  test('option files without a password are read', async () => {
    const { words } = await seenBy(
      { mysql: { ...mysqls, options: '--prompt=mine' } },
      { DB_URL: `mysql://${address}` },
    )

    expect(words).not.toContain('--no-defaults')
  })

  test('no password is none, whatever the environment has', async () => {
    const { variables } = await seenBy(
      { mysql: mysqls },
      { DB_URL: 'mysql://jane@localhost/shop', MYSQL_PWD: 'other' },
    )

    expect(variables).not.toHaveProperty('MYSQL_PWD')
  })
})

test.each([
  ['psql', 'postgres', 'process.env.PGSSLROOTCERT'],
  ['mysql', 'mysql', "words.at(-1).replace('--ssl-ca=', '')"],
])(
  'where nobody names certificates, %s trusts those of Node, in a file that is gone afterwards',
  async (name, scheme, file) => {
    const read = `require('fs').readFileSync(file, 'utf8')`
    const script = `const file = ${file}; process.stdout.write(JSON.stringify([file, ${read}]))`
    const { project, path } = makeProjectWith({ [name]: { version: '1', script } })

    const { stdout } = await runCli(project, ['db:shell'], {
      DB_URL: `${scheme}://jane@localhost/shop?sslmode=verify-full`,
      PATH: path,
    })

    // What the script prints.
    const [made, certificates] = JSON.parse(stdout) as readonly [string, string]
    expect(certificates.match(/-----BEGIN CERTIFICATE-----/g)?.length).toBeGreaterThan(50)
    expect(existsSync(made)).toBe(false)
  },
)

describe('a password', () => {
  const marked = 'MARKED-p4ssw0rd'
  const places = ['postgres://jane', 'mysql://jane', 'mariadb://jane']

  test.each(places)('of %s is in the environment of the client, and nowhere else', async (place) => {
    const fakes = { ...psql, mysql: mysqls, mariadb: mariadbs }

    const { words, variables, stderr } = await seenBy(
      fakes,
      { DB_URL: `${place}@localhost/shop`, DB_PASSWORD: marked },
      ['--verbose', '--', '--word'],
    )

    expect(words.at(-1)).toBe('--word')
    expect(words.join(' ') + stderr).not.toContain(marked)
    const holders = Object.keys(variables).filter((name) => variables[name]?.includes(marked))
    expect(holders).toEqual(['DB_PASSWORD', expect.stringMatching(/^(PGPASSWORD|MYSQL_PWD)$/)])
  })

  test.each(places)('of %s is in no error', async (place) => {
    const { project } = makeProjectWith({})
    const url = `${place}:${marked}@localhost/shop`

    const missing = await runCli(project, ['db:shell', '-v'], { DB_URL: url, PATH: project.root })
    const nul = await runCli(project, ['db:shell', '-v'], { DB_URL: url.replace('@', '%00@') })

    expect(missing.stderr).toContain('TM_CLIENT_MISSING')
    expect(nul.stderr).toContain('TM_BAD_OPTION')
    expect(Object.values(missing).join() + Object.values(nul).join()).not.toContain(marked)
  })
})

describe('a client that is not there', () => {
  test.each([
    ['sqlite:a.sqlite', "SQLite's own client (sqlite3)", ['apt-get install sqlite3', 'brew install sqlite']],
    [
      'postgres://h/d',
      "PostgreSQL's own client (psql)",
      ['apt-get install postgresql-client', 'brew install libpq'],
    ],
    [
      'mysql://h/d',
      "MySQL's own client (mysql or mariadb)",
      ['apt-get install default-mysql-client', 'brew install mysql-client', 'apt-get install mariadb-client'],
    ],
    [
      'mariadb://h/d',
      "MariaDB's own client (mariadb or mysql)",
      ['apt-get install mariadb-client', 'brew install mariadb', 'apt-get install default-mysql-client'],
    ],
  ])('for %s is named with what brings it', async (DB_URL, named, packages) => {
    const project = makeProject()

    const { status, stdout, stderr } = await runCli(project, ['db:shell'], { DB_URL, PATH: project.root })

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(`${named} is not installed, or not in PATH.`)
    for (const each of packages) expect(stderr).toContain(each)
    expect(stderr).toContain('tidemark db:show')
    expect(stderr).toContain('TM_CLIENT_MISSING')
  })

  test('because it is broken is told with the reason', async () => {
    const { project, path } = makeProjectWith({})
    project.write(
      'bin/sqlite3',
      '#!/bin/sh\necho "libreadline.so.8: cannot open shared object file" >&2\nexit 127',
    )
    chmodSync(project.path('bin/sqlite3'), 0o755)

    const { status, stderr } = await runCli(project, ['db:shell'], { PATH: path })

    expect(status).toBe(1)
    expect(stderr).toContain(
      "SQLite's own client (sqlite3) cannot be started: libreadline.so.8: cannot open shared object file.",
    )
  })
})

describe('the command line', () => {
  test('words after -- are handed on as they stand, behind an option that is repeated too', async () => {
    const handed = ['--json', '-x', '--', 'a b', '']

    const { words } = await seenBy(psql, { DB_URL: 'postgres://h/d' }, ['--path', 'a', '--', ...handed])

    expect(words).toEqual(handed)
  })

  test.each([['-c'], ['select 1']])('%s before -- is refused, with how it is written', async (word) => {
    const { status, stderr } = await runCli(makeProject(), ['db:shell', word, 'x'])

    expect(status).toBe(2)
    expect(stderr).toMatch(/Words for the client go behind --: tidemark db:shell -- ['-].* …/)
  })

  test('--json is refused: the output is that of another program', async () => {
    const { project, path } = makeProjectWith(sqlite3)

    const { status, stdout, stderr } = await runCli(project, ['db:shell', '--json'], { PATH: path })

    expect({ status, stderr }).toEqual({ status: 2, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'TM_NO_DOCUMENT' } })
  })

  test('in production nothing is asked', async () => {
    expect(await seenBy(sqlite3, { APP_ENV: 'production' })).toMatchObject({ stderr: '' })
  })

  test('--connection takes another one', async () => {
    const { project, path } = makeProjectWith(psql)
    project.write(
      'tidemark.config.js',
      `export default { connections: {
        main: { dialect: 'sqlite', database: 'main.sqlite' },
        reporting: { url: 'postgres://jane@localhost/reports' },
      } }`,
    )

    const { stdout } = await runCli(project, ['db:shell', '--connection', 'reporting'], {
      DB_CONNECTION: 'main',
      PATH: path,
    })

    expect(JSON.parse(stdout)).toMatchObject({ variables: { PGDATABASE: 'reports' } })
  })
})

describe('the end', () => {
  test.each([
    ['its status', 'process.exit(5)', 5],
    ['128 and the number of the signal that ended it', "process.kill(process.pid, 'SIGKILL')", 137],
  ])('is that of the client: %s', async (_what, script, expected) => {
    const { project, path } = makeProjectWith({ sqlite3: { version: '3', script } })

    const { status, stderr } = await runCli(project, ['db:shell'], { PATH: path })

    expect({ status, stderr }).toEqual({ status: expected, stderr: '' })
  })

  test('SIGTERM is handed on', async () => {
    const script =
      "process.on('SIGTERM', () => process.exit(9)); console.log('ready'); setTimeout(() => {}, 30_000)"
    const { project, path } = makeProjectWith({ sqlite3: { version: '3', script } })
    const child = startCli(project, ['db:shell'], { PATH: path })
    child.stdout.once('data', () => child.kill('SIGTERM'))

    expect(await outcomeOf(child)).toMatchObject({ status: 9, stderr: '' })
  })

  test.runIf(hasTerminal)('Ctrl-C is for the client, as often as it is pressed', async () => {
    const script = `
      process.on('SIGINT', () => console.log('interrupted'))
      process.stdin.on('data', (typed) => { if (String(typed).trim() !== '') process.exit(Number(typed)) })
      console.log('ready', process.stdout.isTTY)`
    const { project, path } = makeProjectWith({ sqlite3: { version: '3', script } })
    const controlC = '\u0003'

    const { status, stdout } = await runOnTerminal(
      project,
      ['db:shell'],
      [
        ['ready true', controlC],
        ['interrupted', controlC],
        ['interrupted', controlC],
        ['interrupted', '7'],
      ],
      { PATH: `${path}:${process.env['PATH']}` },
    )

    expect(stdout.match(/interrupted/g)).toHaveLength(3)
    expect(status).toBe(7)
  })
})
