import { describe, expect, test } from 'vitest'
import { loadDialect } from '../../../src/dialects/registry.js'
import type { MigrationFile } from '../../../src/migrations/files.js'
import type { MigrationContext } from '../../../src/migrations/migration.js'
import type { Direction } from '../../../src/migrations/report.js'
import { readSqlMigration } from '../../../src/migrations/sql-migration.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'

/** `text` may be the two of a pair. */
function fileOf(text: string | readonly [up: string, down: string]): MigrationFile {
  const source = (name: string, text: string) => ({ path: `/p/${name}`, display: name, text })
  const common = { name: '001_a', format: 'sql' } as const
  if (typeof text === 'string') return { ...common, ...source('001_a.sql', text), down: undefined }
  return { ...common, ...source('001_a.up.sql', text[0]), down: source('001_a.down.sql', text[1]) }
}

interface Ran {
  /** Each statement with its line, as `2 select 1`. */
  readonly statements: readonly string[]
  readonly transaction: boolean
}

/** What a file has run, in place of running it. */
async function run(
  text: Parameters<typeof fileOf>[0],
  direction: Direction = 'up',
  name: DialectName = 'sqlite',
): Promise<Ran> {
  const dialect = await loadDialect(name)
  const migration = readSqlMigration(fileOf(text), dialect, direction)
  const statements: string[] = []
  const exec = (sql: string): Promise<void> => {
    statements.push(...dialect.split(sql).map((fragment) => `${fragment.line} ${fragment.sql}`))
    return Promise.resolve()
  }
  // It is given to exec() of this alone.
  await migration[direction]?.({ db: { exec } } as unknown as MigrationContext)
  return { statements, transaction: migration.transaction !== false }
}

describe('sections', () => {
  test.each([
    ['of dbmate', '-- migrate:up\nup;\n-- migrate:down\ndown;'],
    ['without a space', '--migrate:up\nup;\n--migrate:down\ndown;'],
    ['with spaces about them', '  --  migrate:up  \nup;\n\t-- migrate:down \ndown;'],
    ['of goose', '-- +goose Up\nup;\n-- +goose Down\ndown;'],
    ['of goose in other letters', '--+goose  UP\nup;\n-- +GOOSE down\ndown;'],
    [
      'of goose that end in hyphens',
      '-- +goose Up --\nup;\n-- +goose Down --\ndown;'.replaceAll(' --\n', '\n'),
    ],
    ['with comments above', "-- it's ours;\n/* isn't\n it; */\n-- migrate:up\nup;\n-- migrate:down\ndown;"],
  ])('%s are told apart', async (_, text) => {
    expect((await run(text)).statements.map((one) => one.replace(/^\d+ /, ''))).toEqual(['up'])
    expect((await run(text, 'down')).statements.map((one) => one.replace(/^\d+ /, ''))).toEqual(['down'])
  })

  test('stand on the lines of the file', async () => {
    const text = '-- why\n\n-- migrate:up\n\n  one;\ntwo; three;\n-- migrate:down\nfour'

    expect((await run(text)).statements).toEqual(['5 one', '6 two', '6 three'])
    expect((await run(text, 'down')).statements).toEqual(['8 four'])
  })

  test('in pairs go there one after the other, and back the other way round', async () => {
    const text =
      '-- migrate:up\none;\n-- migrate:down\nnot one;\n-- migrate:up transaction:false\ntwo;\n-- migrate:down\nnot two;\n'

    expect(await run(text)).toEqual({ statements: ['2 one', '6 two'], transaction: false })
    expect(await run(text, 'down')).toEqual({ statements: ['8 not two', '4 not one'], transaction: true })
  })

  test('may be empty', async () => {
    expect((await run('-- migrate:up\n\n-- migrate:down\n-- nothing\n')).statements).toEqual([])
  })

  test.each([
    ['-- migrate:up', true, true],
    ['-- migrate:up transaction:false', false, true],
    ['-- migrate:up  transaction: false ', false, true],
    ['-- migrate:up transaction:true', true, true],
    ['-- +goose NO TRANSACTION\n-- +goose Up', false, false],
    ['-- +goose Up\n-- +goose no transaction', false, false],
  ])('say with %j whether each is a transaction', async (head, up, down) => {
    const text = `${head}\nup;\n${head.includes('goose') ? '-- +goose Down' : '-- migrate:down'}\ndown;`

    expect((await run(text)).transaction).toBe(up)
    expect((await run(text, 'down')).transaction).toBe(down)
  })

  test('of goose may leave out the semicolon where they say that a statement ends', async () => {
    const text = `-- +goose Up
-- +goose StatementBegin
one; two
-- +goose StatementEnd
-- +goose StatementBegin
three
-- +goose StatementEnd
four;
-- +goose Down
-- +goose StatementBegin
five
-- +goose StatementEnd
-- +goose StatementBegin
six
-- +goose StatementEnd
`

    expect((await run(text)).statements).toEqual(['3 one', '3 two', '6 three', '8 four'])
    expect((await run(text, 'down')).statements).toEqual(['11 five', '14 six'])
  })

  test('of goose may set a delimiter as the mysql client does', async () => {
    const text = `-- +goose Up
-- +goose StatementBegin
DELIMITER |
-- +goose StatementEnd
-- +goose StatementBegin
create procedure p() begin select 1; end |
-- +goose StatementEnd
-- +goose StatementBegin
DELIMITER ;
-- +goose StatementEnd
select 2;
`

    expect((await run(text, 'up', 'mysql')).statements).toEqual([
      '6 create procedure p() begin select 1; end',
      '11 select 2',
    ])
  })
})

describe('a file is refused', () => {
  const up = '-- migrate:up\nselect 1;\n'
  const down = '-- migrate:down\nselect 2;\n'
  const cases: readonly (readonly [text: string, found: string, line: number | undefined])[] = [
    ['', 'it is empty', undefined],
    [' \n\n', 'it is empty', undefined],
    ['select 1;', 'it has no section "-- migrate:up"', undefined],
    [down, 'it has no section "-- migrate:up"', undefined],
    ['-- +goose Down\nselect 1;', 'it has no section "-- +goose Up"', undefined],
    [up + up, 'it has two sections "-- migrate:up"', 3],
    [up + down + down, 'it has two sections "-- migrate:down"', 5],
    [up + down + up, 'its last section "-- migrate:up" has no "-- migrate:down", and those before have', 5],
    ['-- +goose Up\n-- +goose Down\n-- +goose Up\n-- +goose Down', 'it has two sections "-- +goose Up"', 3],
    [down + up, 'its "-- migrate:down" comes before its "-- migrate:up"', 1],
    [
      `\n-- why\n\ncreate table a (b int);\n${up}`,
      'there is SQL above its "-- migrate:up", which would not be run',
      4,
    ],
    [`/* it's\nso */ 'a\n${up}`, 'there is SQL above its "-- migrate:up", which would not be run', 2],
    [`${up}-- migrate:dwon\n`, 'it has a line "-- migrate:dwon"', 3],
    [`${up}-- Migrate:Down\n`, 'it has a line "-- Migrate:Down"', 3],
    [`${up}-- migrate: down\n`, 'it has a line "-- migrate: down"', 3],
    [`${up}-- migrate down\n`, 'it has a line "-- migrate down"', 3],
    [`${up}-- migrate:downwards\n`, 'it has a line "-- migrate:downwards"', 3],
    ['-- migrate:up foo:bar\n', 'its "-- migrate:up" has the option "foo:bar"', 1],
    ['-- +goose Up\n-- +goose Dwon\n', 'it has a line "-- +goose Dwon"', 2],
    ['-- +goose Up\n-- +goose\n', 'it has a line "-- +goose"', 2],
    ['-- +goose Up\n-- goose Down\n', 'it has a line "-- goose Down"', 2],
    ['-- +goose Up\n-- the +goose Down\n', 'it has a line "-- the +goose Down"', 2],
    ['-- +goose Up\n-- +goose ENVSUB ON\n', 'it has a line "-- +goose ENVSUB ON"', 2],
    [
      '-- +goose Up\n-- +goose StatementBegin\nselect 1;',
      'its line "-- +goose StatementBegin" has no other half',
      2,
    ],
    ['-- +goose Up\n-- +goose StatementEnd', 'its line "-- +goose StatementEnd" has no other half', 2],
    [
      '-- +goose Up\n-- +goose StatementBegin\n-- +goose Down\n-- +goose StatementEnd',
      'its line "-- +goose StatementBegin" has no other half',
      2,
    ],
    [`${up}select 2; -- migrate:down\n`, 'its marker "-- migrate:down" stands behind something else', 3],
    ['select 1; -- migrate:up\n', 'its marker "-- migrate:up" stands behind something else', 1],
    [
      '-- +goose Up\nselect 2; -- +goose Down\n',
      'its marker "-- +goose Down" stands behind something else',
      2,
    ],
    [`${up}-- +goose Down\n`, 'it has the markers of two tools, "-- migrate:" and "-- +goose"', 1],
  ]

  test.each(cases)('%j: %s', async (text, found, line) => {
    await expect(run(text)).rejects.toMatchObject({
      code: 'TM_BAD_EXPORT',
      message: `001_a.sql is no migration: ${found}.`,
      place: { file: '001_a.sql', ...(line === undefined ? {} : { line }) },
    })
  })

  test('with the nearest marker', async () => {
    await expect(run(`${up}-- migrate:don\n`)).rejects.toMatchObject({
      remedy: 'Write "-- migrate:up" or "-- migrate:down". Did you mean "down"?',
    })
    await expect(run('-- +goose Up\n-- +goose StatmentBegin\n')).rejects.toMatchObject({
      remedy: expect.stringContaining('Did you mean "StatementBegin"?'),
    })
  })

  test('that is one of a pair and has sections', async () => {
    await expect(run([up + down, 'select 2'])).rejects.toMatchObject({
      message: '001_a.up.sql is no migration: it has sections, and 001_a.down.sql is there too.',
    })
  })

  test.each([
    ['-- a note on how to migrate up and down\n'],
    ['-- -- migrate:down\n'],
    ['/*\n * below stands -- migrate:down\n */\n'],
    ['-- migrate down the old rows\n'],
  ])('and not for %j', async (comment) => {
    expect((await run(`-- migrate:up\n${comment}select 1;`)).statements).toHaveLength(1)
  })
})

describe('a pair of files', () => {
  test.each([
    ['begin;\none;\ntwo;\ncommit;', ['2 one', '3 two'], true],
    ['-- why\nBEGIN TRANSACTION;\none;\nEND', ['3 one'], true],
    ['start transaction; one; commit work; -- done;', ['1 one'], true],
    ['one;\ntwo;', ['1 one', '2 two'], true],
    ['-- nothing', [], true],
    ['begin isolation level serializable; one; commit;', undefined, false],
    ['begin; one; commit; two;', undefined, false],
    ['begin; one; commit; begin; two; commit;', undefined, false],
    ['begin; one; rollback;', undefined, false],
    ['begin; one;', undefined, false],
    ['create unique index concurrently i on t (a);', undefined, false],
    ['drop index concurrently if exists s."i";', undefined, false],
    ['reindex (verbose) table concurrently t', undefined, false],
    ['alter table "t" detach partition "p" concurrently', undefined, false],
    ['vacuum t; analyze t', undefined, false],
    ['alter system set work_mem = 1', undefined, false],
    ['refresh materialized view concurrently v', ['1 refresh materialized view concurrently v'], true],
    ["insert into t values ('; commit; vacuum; create index concurrently')", undefined, true],
    ['do $$ begin perform 1; commit; end $$', undefined, true],
    ['comment on table t is $x$ begin; $x$; -- begin;\n/* commit; */', undefined, true],
  ])('%j is what it says of itself', async (sql, statements, transaction) => {
    const [up, down] = [
      await run([sql, 'select 1'], 'up', 'postgres'),
      await run(['select 1', sql], 'down', 'postgres'),
    ]

    expect(up.transaction).toBe(transaction)
    if (statements !== undefined) expect(up.statements).toEqual(statements)
    expect(down).toEqual(up)
  })

  test('may be a transaction one way and none the other way', async () => {
    const pair = ['create index i on t (a)', 'drop index concurrently i'] as const

    expect((await run(pair, 'up', 'postgres')).transaction).toBe(true)
    expect((await run(pair, 'down', 'postgres')).transaction).toBe(false)
  })

  test.each([
    [
      'begin; create table a (b int); insert into a values (1); commit;',
      ['create table a (b int)', 'insert into a values (1)'],
    ],
    ['begin; insert into a values (1); commit;', ['begin', 'insert into a values (1)', 'commit']],
    [
      'begin; create table a (b int); commit; begin; insert into a values (1); commit;',
      ['create table a (b int)', 'begin', 'insert into a values (1)', 'commit'],
    ],
    [
      "begin; insert into a values ('create table'); -- it's\ncommit;",
      ['begin', "insert into a values ('create table')", 'commit'],
    ],
  ])('%j begins no transaction on MySQL that its changes of structure would end', async (sql, statements) => {
    const ran = await run([sql, 'select 1'], 'up', 'mysql')

    expect(ran.statements.map((one) => one.replace(/^\d+ /, ''))).toEqual(statements)
  })
})

test('sections that are one transaction by themselves are it once', async () => {
  const text =
    '-- migrate:up\nbegin;\none;\ncommit;\n-- migrate:down transaction:false\nbegin;\ntwo;\ncommit;\n'

  expect(await run(text, 'up', 'postgres')).toEqual({ statements: ['3 one'], transaction: true })
  expect(await run(text, 'down', 'postgres')).toEqual({
    statements: ['6 begin', '7 two', '8 commit'],
    transaction: false,
  })
})
