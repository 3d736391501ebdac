// SQL that cannot be run, as the command tells of it: which file, which line, which statement, and what is left behind.

import { describe, expect, test } from 'vitest'
import { makeDatabase } from '../../helpers/database.js'
import { type Project, makeProject } from '../../helpers/project.js'
import { type Outcome, runCli, succeed } from '../../helpers/run-cli.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect, transactionalDdl } from '../migrations/words.js'

const folder = 'database/migrations'

interface Attempt extends Outcome {
  readonly project: Project
  readonly variables: Readonly<Record<string, string>>
}

async function attempt(files: Readonly<Record<string, string>>, ...words: string[]): Promise<Attempt> {
  const { variables } = await makeDatabase()
  const project = makeProject(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])),
  )
  return {
    project,
    variables,
    ...(await runCli(project, words.length === 0 ? ['migrate'] : words, variables)),
  }
}

async function tablesAfter({ project, variables }: Attempt): Promise<string[]> {
  return await tableNames(await openTidemark(project, { variables }))
}

/** Each has a third statement that fails. */
const failing: readonly (readonly [
  what: string,
  file: string,
  text: string,
  place: string,
  statement: number,
])[] = [
  [
    'sections',
    '001_a.sql',
    '-- why\n-- migrate:up\ncreate table a (n integer);\ninsert into a (n) values (1); \n\n  insert into nowhere (n)\n    values (2);\n-- migrate:down\ndrop table a;\n',
    '001_a.sql:6:3',
    3,
  ],
  [
    'sections of goose',
    '001_a.sql',
    '-- +goose Up\ncreate table a (n integer);\n-- +goose StatementBegin\ninsert into a (n) values (1)\n-- +goose StatementEnd\n-- +goose StatementBegin\n  insert into nowhere (n) values (2)\n-- +goose StatementEnd\n',
    '001_a.sql:7:3',
    3,
  ],
  [
    'the second pair of sections',
    '001_a.sql',
    '-- migrate:up\ncreate table a (n integer);\n-- migrate:down\ndrop table a;\n-- migrate:up\nselect 1;\ninsert into nowhere (n) values (2);\n-- migrate:down\n',
    '001_a.sql:7:1',
    2,
  ],
  [
    'a pair of files',
    '001_a.up.sql',
    'create table a (n integer);\ninsert into a (n) values (1);\n\tinsert into nowhere (n) values (2)',
    '001_a.up.sql:3:2',
    3,
  ],
  [
    'a file with the line endings of Windows',
    '001_a.sql',
    '\uFEFF-- migrate:up\r\ncreate table a (n integer);\r\ninsert into a (n) values (1);\r\n  insert into nowhere (n)\r\n values (2);\r\n',
    '001_a.sql:4:3',
    3,
  ],
  [
    'a string in TypeScript',
    '001_a.ts',
    `export default {
  async up({ db }) {
    await db.exec(\`
      create table a (n integer);
      insert into a (n) values (1);
      insert into nowhere (n) values (2)
    \`)
  },
}
`,
    '001_a.ts:6:7',
    3,
  ],
  [
    'a string that stands elsewhere in TypeScript',
    '001_a.ts',
    `const sql = \`create table a (n integer); insert into a (n) values (1);
  insert into nowhere (n) values (2)\`
export default { async up({ db }) { await db.exec(sql) } }
`,
    '001_a.ts:2:3',
    3,
  ],
]

describe('SQL that fails in the middle', () => {
  test.each(failing)(
    'of %s is told with its statement, line and column',
    async (_, file, text, place, statement) => {
      const attempted = await attempt({ [file]: text })

      expect(attempted.status).toBe(1)
      expect(attempted.stderr).toContain('TM_SQL_NO_SUCH_TABLE')
      expect(attempted.stderr).toContain(`where  ${folder}/${place}\n`)
      expect(attempted.stderr).toMatch(
        new RegExp(`sql {4}insert into nowhere \\(n\\)\\s+values \\(2\\) {2}\\(statement ${statement}\\)\n`),
      )
      expect(attempted.stderr).toContain(
        transactionalDdl ? 'Nothing of this migration remains: it was rolled back.' : 'took effect and stand',
      )
      expect(await tablesAfter(attempted)).toEqual(transactionalDdl ? [] : ['a'])
    },
  )

  test('of a statement with a long value is told in a few lines', async () => {
    const { stderr } = await attempt({
      '001_a.sql': `-- migrate:up\ninsert into nowhere (n) values ('${'x'.repeat(1_000_000)}');\n`,
    })

    expect(stderr).toMatch(/sql {4}insert into nowhere \(n\) values \('x+… {2}\(statement 1\)\n/)
    expect(stderr.length).toBeLessThan(3000)
  })

  test('of the way back is told with the file of a pair that it is in', async () => {
    const attempted = await attempt({
      '001_a.up.sql': 'create table a (n integer)',
      '001_a.down.sql': 'drop table a;\n drop table nowhere',
    })
    expect(attempted.status).toBe(0)

    const { status, stderr } = await runCli(attempted.project, ['migrate:rollback'], attempted.variables)

    expect(status).toBe(1)
    expect(stderr).toContain(`where  ${folder}/001_a.down.sql:2:2\n`)
    expect(stderr).toContain('sql    drop table nowhere  (statement 2)')
  })
})

describe('SQL that cannot be understood', () => {
  const wrong = 'create table a (\n        n integer,\n        m integer from,\n        o integer\n      )'

  test.each([
    ['001_a.sql', `-- migrate:up\nselect 1;  ${wrong};\n`, '2:12', '4:19'],
    [
      '001_a.ts',
      `export default {\n  async up({ db }) {\n    await db.exec(\`\n      select 1;\n      ${wrong}\`)\n  },\n}\n`,
      '5:7',
      '7:19',
    ],
  ])(
    'of %s is told with the word where the database stopped, if that says so',
    async (file, text, start, word) => {
      const { stderr } = await attempt({ [file]: text })

      expect(stderr).toContain('TM_SQL_SYNTAX')
      expect(stderr).toContain(
        `where  ${folder}/${file}:${byDialect({ sqlite: start, postgres: word, mysql: word, mariadb: word })}\n`,
      )
      expect(stderr).toContain('(statement 2)')
    },
  )
})

describe('SQL with something that is never closed', () => {
  const procedure = ['create procedure p() begin select 1;', 'body of the routine'] as const
  const [body, bodyName] = byDialect<readonly [body: string, what: string]>({
    sqlite: ['create trigger t after insert on a begin select 1;', 'body of the trigger'],
    postgres: ['create function f() returns integer begin atomic select 1;', 'body of the routine'],
    mysql: procedure,
    mariadb: procedure,
  })

  test.each([
    ['string', "insert into a (n) values ('1);", 27],
    ['comment', '/* insert into a (n) values (1);', 1],
    [
      byDialect({ sqlite: 'quoted name', postgres: 'quoted name', mysql: 'string', mariadb: 'string' }),
      'drop table "a;',
      12,
    ],
    [bodyName, body, 1],
  ])('a %s, is refused before anything runs', async (what, text, column) => {
    const sections = `-- migrate:up\ncreate table a (n integer);\n${text}\ncreate table b (n integer);\n`
    const attempted = await attempt({ '001_a.sql': sections })

    expect(attempted.status).toBe(1)
    expect(attempted.stderr).toContain(
      `The ${what} that begins at line 3, column ${column} of the SQL is never closed.`,
    )
    expect(attempted.stderr).toContain(`where  ${folder}/001_a.sql:3:${column}\n`)
    expect(attempted.stderr).toContain('TM_UNTERMINATED_SQL')
    expect(await tablesAfter(attempted)).toEqual([])
  })

  test.each([
    [
      'a section',
      { '001_a.sql': "-- migrate:up\ncreate table a (n integer);\n-- migrate:down\ndrop table 'a;\n" },
      '001_a.sql:4:12',
    ],
    [
      'a file',
      { '001_a.up.sql': 'create table a (n integer)', '001_a.down.sql': "select 1;\n drop table 'a" },
      '001_a.down.sql:2:13',
    ],
  ])('in %s of the way back, is refused before the way there is gone', async (_, files, place) => {
    for (const words of [['migrate'], ['migrate', '--pretend']]) {
      const attempted = await attempt(files, ...words)

      expect(attempted.status).toBe(1)
      expect(attempted.stderr).toContain('cannot be read as SQL: The string that begins at line')
      expect(attempted.stderr).toContain(`where  ${folder}/${place}\n`)
      expect(attempted.stderr).toContain('TM_UNTERMINATED_SQL')
      expect(await tablesAfter(attempted)).toEqual([])
    }
  })

  test('is told with the file by --pretend', async () => {
    const attempted = await attempt({ '001_a.sql': "-- migrate:up\nselect '1;\n" }, 'migrate', '--pretend')

    expect(attempted.stderr).toContain(`where  ${folder}/001_a.sql:2:8\n`)
  })

  test('does not keep an applied migration from being rolled back, where it is in the way there', async () => {
    const way = '-- migrate:down\ndrop table a;\n'
    const attempted = await attempt({ '001_a.sql': `-- migrate:up\ncreate table a (n integer);\n${way}` })
    attempted.project.write(`${folder}/001_a.sql`, `-- migrate:up\ncreate table 'a;\n${way}`)

    await succeed(attempted.project, ['migrate:rollback'], attempted.variables)
    expect(await tablesAfter(attempted)).toEqual([])
  })

  test('in TypeScript, is told with the line of the file', async () => {
    const text =
      "export default {\n  async up({ db }) {\n    await db.exec(`\n      select 1;\n      select '2;\n    `)\n  },\n}\n"

    const attempted = await attempt({ '001_a.ts': text })

    expect(attempted.stderr).toContain(`where  ${folder}/001_a.ts:5:14\n`)
  })
})

describe('a rollback of what has no way back', () => {
  test('undoes nothing, whatever else is in the batch', async () => {
    const attempted = await attempt({
      '001_a.sql': '-- migrate:up\ncreate table a (n integer);\n-- migrate:down\ndrop table a;\n',
      '002_b.sql': '-- migrate:up\ncreate table b (n integer);\n',
      '003_c.sql': '-- migrate:up\ncreate table c (n integer);\n-- migrate:down\ndrop table c;\n',
    })
    expect(attempted.status).toBe(0)

    for (const command of ['migrate:rollback', 'migrate:reset', 'migrate:refresh']) {
      const { status, stdout, stderr } = await runCli(attempted.project, [command], attempted.variables)

      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toContain(
        'Migration 002_b has no down, so it cannot be rolled back. Nothing was rolled back.',
      )
      expect(stderr).toContain('Write a section "-- migrate:down"')
      expect(stderr).toContain('To undo what comes after it: tidemark migrate:rollback --step=1')
    }
    expect(await tablesAfter(attempted)).toEqual(['a', 'b', 'c'])

    await succeed(attempted.project, ['migrate:rollback', '--step=1'], attempted.variables)
    const { stderr } = await runCli(attempted.project, ['migrate:rollback', '002_b'], attempted.variables)
    expect(stderr).toContain('Migration 002_b has no down, so it cannot be rolled back.\n')
    expect(await tablesAfter(attempted)).toEqual(['a', 'b'])
  })

  test('names the file of a pair that is missing, and goes on when it is there', async () => {
    const attempted = await attempt({ '001_a.up.sql': 'create table a (n integer)' })

    const { status, stderr } = await runCli(attempted.project, ['migrate:rollback'], attempted.variables)
    expect(status).toBe(1)
    expect(stderr).toContain(`Write ${folder}/001_a.down.sql, or undo its effect with a new migration.`)

    attempted.project.write(`${folder}/001_a.down.sql`, 'drop table a')
    await succeed(attempted.project, ['migrate:rollback'], attempted.variables)
    expect(await tablesAfter(attempted)).toEqual([])
  })
})

test('BEGIN and COMMIT in the midst of a file are refused where it is a transaction', async () => {
  const text = '-- migrate:up\ncreate table a (n integer);\n begin;\ninsert into a (n) values (1);\ncommit;\n'
  const attempted = await attempt({ '001_a.sql': text })

  if (!transactionalDdl) return expect(attempted.status).toBe(0)
  expect(attempted.stderr).toContain('BEGIN inside a migration that runs in a transaction of its own.')
  expect(attempted.stderr).toContain(`where  ${folder}/001_a.sql:3:2\n`)
  expect(attempted.stderr).toContain('in SQL -- migrate:up transaction:false')
})

test('a section without SQL does nothing, on its way there and back', async () => {
  const attempted = await attempt({ '001_a.sql': '-- migrate:up\n\n-- migrate:down\n-- nothing to undo\n' })

  expect(attempted.status).toBe(0)
  await succeed(attempted.project, ['migrate:rollback'], attempted.variables)
  expect(await states(await openTidemark(attempted.project, attempted))).toEqual({ '001_a': 'pending' })
})
