// db:shell with the database's own client. What each client is told is in tests/cli/shell.test.ts.

import { describe, expect, inject, test } from 'vitest'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { clientName, lacksClient } from '../../helpers/client.js'
import { makeDatabase } from '../../helpers/database.js'
import { type Project, makeProject, migrationFile } from '../../helpers/project.js'
import { type Outcome, outcomeOf, runCli, startCli, succeed } from '../../helpers/run-cli.js'
import { hasTerminal, runOnTerminal } from '../../helpers/run-on-terminal.js'

const dialect = inject('dialect')

type Variables = Readonly<Record<string, string>>

interface Made {
  readonly project: Project
  readonly variables: Variables
}

/** A project whose database has authors, Zoë among them, and books of theirs. */
async function makeLibrary(): Promise<Made> {
  const library = migrationFile(
    `await schema.create('authors', (table) => {
      table.id()
      table.string('name')
    })
    await schema.create('books', (table) => {
      table.id()
      table.foreignId('author_id').constrained()
    })
    await db.table('authors').insert({ name: 'Zoë 🌊' })`,
    '',
  )
  const made = {
    project: makeProject({ 'database/migrations/001_library.ts': library }),
    variables: (await makeDatabase()).variables,
  }
  await succeed(made.project, ['migrate'], made.variables)
  return made
}

/** Runs the client with the text as its input. */
async function pipe(
  { project, variables }: Made,
  input: string,
  words: readonly string[] = [],
): Promise<Outcome> {
  const child = startCli(project, ['db:shell', ...words], variables)
  child.stdin.end(input)
  return await outcomeOf(child)
}

/** The words that have the client run one statement and end. */
const oneStatement: Readonly<Record<DialectName, readonly string[]>> = {
  sqlite: [],
  postgres: ['-c'],
  mysql: ['-e'],
  mariadb: ['-e'],
}

const run = (sql: string): string[] => ['db:shell', '--', ...oneStatement[dialect], sql]

describe.skipIf(lacksClient)(`${clientName}, by db:shell,`, () => {
  test('reads SQL from stdin and writes to stdout', async () => {
    const library = await makeLibrary()

    const { status, stdout, stderr } = await pipe(
      library,
      "insert into authors (name) values ('Émile');\nselect name from authors order by id;\n",
    )

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/Zoë 🌊[\s\S]*Émile/)
    expect(await succeed(library.project, run('select count(*) from authors'), library.variables)).toMatch(
      /\b2\b/,
    )
  })

  test('takes words after --', async () => {
    const { project, variables } = await makeLibrary()

    expect(await succeed(project, run('select name from authors'), variables)).toContain('Zoë 🌊')
  })

  test('keeps foreign keys', async () => {
    const { project, variables } = await makeLibrary()

    const { status, stderr } = await runCli(
      project,
      run('insert into books (author_id) values (77)'),
      variables,
    )

    expect(status).not.toBe(0)
    expect(stderr).toMatch(/foreign key/i)
  })

  test('decides the exit status', async () => {
    const failing: Readonly<Record<DialectName, readonly [input: string, words: string[], status: number]>> =
      {
        sqlite: ['.exit 5\n', [], 5],
        postgres: ['select nonsense;\n', ['--', '-v', 'ON_ERROR_STOP=1'], 3],
        mysql: ['select nonsense;\n', [], 1],
        mariadb: ['select nonsense;\n', [], 1],
      }
    const [input, words, expected] = failing[dialect]

    const { status } = await pipe(await makeLibrary(), input, words)

    expect(status).toBe(expected)
  })

  test('writes more than a pipe holds', async () => {
    const library = await makeLibrary()
    const rows = 100_000
    const many: Readonly<Record<DialectName, string>> = {
      sqlite: `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n`,
      postgres: `select generate_series(1, ${rows})`,
      mysql: `set cte_max_recursion_depth = ${rows}; with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n`,
      mariadb: `set max_recursive_iterations = ${rows}; with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n`,
    }

    const stdout = await succeed(library.project, run(many[dialect]), library.variables)

    expect(stdout.match(/^ *\d+$/gm)).toHaveLength(rows)
  })

  test.runIf(hasTerminal)('works on a terminal', async () => {
    const { project, variables } = await makeLibrary()
    const end = { sqlite: '.quit', postgres: '\\q', mysql: 'quit', mariadb: 'quit' }
    const prompt = { sqlite: 'sqlite> ', postgres: '=', mysql: '> ', mariadb: '> ' }

    const { status, stdout } = await runOnTerminal(
      project,
      ['db:shell'],
      [
        [prompt[dialect], "select count(*) + 40 + 1, 'books' from books;"],
        ['41', end[dialect]],
      ],
      { ...variables, PAGER: 'cat' },
    )

    expect(stdout).toMatch(/41\s*\|\s*books/)
    expect(status).toBe(0)
  })
})
