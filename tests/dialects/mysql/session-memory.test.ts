// What a session remembers of what ran in it (variables of the user's, LAST_INSERT_ID()) is gone when another run goes on with a
// migration, and is then as it was.

import { describe, expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

const file = 'database/migrations/001_a.ts'

/** Runs the statements up to a table that is missing, and then again in another session, with the table there. */
async function rowsOf(statements: readonly string[]): Promise<unknown> {
  const calls = statements.map((sql) =>
    sql.startsWith('await') ? sql : `await db.statement(${JSON.stringify(sql)})`,
  )
  const project = makeProject({ [file]: migrationFile(calls.join('\n    '), '') })
  const first = await openTidemark(project)
  const db = await first.db()
  await db.exec(
    'create table a (id integer auto_increment primary key, name varchar(20)); create table b (v varchar(100)); ' +
      'insert into a (id, name) values (41, "first")',
  )
  const hasGate = statements.some((sql) => sql.includes('gate'))
  if (hasGate) {
    await expect(first.migrate()).rejects.toMatchObject({ code: 'TM_SQL_NO_SUCH_TABLE' })
    await db.exec('create table gate (n integer)')
  }
  await first.close()
  const second = await openTidemark(project)
  await second.migrate()
  expect(await states(second)).toEqual({ '001_a': 'applied' })
  return await (await second.db()).table('b').pluck('v')
}

const gate = 'insert into gate values (1)'

describe('LAST_INSERT_ID()', () => {
  test('is that of the migration’s own insert, not of the ledger’s', async () => {
    expect(
      await rowsOf(["insert into a (name) values ('x')", 'insert into b values (last_insert_id())']),
    ).toEqual(['42'])
  })

  test('is the same in another session', async () => {
    expect(
      await rowsOf(["insert into a (name) values ('x')", gate, 'insert into b values (last_insert_id())']),
    ).toEqual(['42'])
  })

  test.each([
    [['begin', "insert into a (name) values ('x')", "insert into a (name) values ('y')", 'commit']],
    [["insert into a (name) values ('w')", 'begin', "insert into a (name) values ('x')", 'commit']],
    [
      [
        `await db.transaction(async () => {
      await db.table('a').insert({ name: 'x' })
      await db.transaction(() => db.table('a').insert({ name: 'y' }))
    })`,
      ],
    ],
  ])('is that of the last insert of a transaction, %j', async (statements) => {
    expect(await rowsOf([...statements, gate, 'insert into b values (last_insert_id())'])).toEqual(['43'])
  })

  test('is what an argument made it', async () => {
    expect(
      await rowsOf([
        'update a set id = last_insert_id(id + 100)',
        gate,
        'insert into b values (last_insert_id())',
      ]),
    ).toEqual(['141'])
  })

  test('is not what an insert with a key of its own has', async () => {
    expect(
      await rowsOf([
        "insert into a (name) values ('x')",
        "insert into a (id, name) values (77, 'y')",
        gate,
        'insert into b values (last_insert_id())',
      ]),
    ).toEqual(['42'])
  })
})

describe('a variable of the user’s', () => {
  test.each([
    [
      'is what it was set to',
      [
        'set @x = (select count(*) from a)',
        "insert into a (name) values ('x')",
        gate,
        'insert into b values (@x)',
      ],
      ['1'],
    ],
    [
      'is what a key was',
      [
        "insert into a (name) values ('x')",
        'set @x = last_insert_id()',
        'set @`y z` = @x + 1',
        gate,
        'insert into b values (@x), (@`y z`)',
      ],
      ['42', '43'],
    ],
    [
      'is what was selected into it',
      [
        'select name, id into @n, @i from a',
        "update a set name = 'z'",
        gate,
        'insert into b values (@n), (@i)',
      ],
      ['first', '41'],
    ],
    [
      'is what a statement assigned to it',
      [
        "insert into a (name) values ('x')",
        'set @i = 0',
        'update a set name = (@i := @i + 1)',
        gate,
        'insert into b values (@i)',
      ],
      ['2'],
    ],
    [
      'is set though what it was read from is gone',
      ['set @x = (select max(v) from gone)', 'drop table gone', gate, 'insert into b values (@x)'],
      ['kept'],
    ],
    [
      'may be none',
      ['set @x = (select name from a where id = 0)', gate, 'insert into b values (@x)'],
      [null],
    ],
    [
      'may hold any text',
      ["set @x = 'O''Hara \\\\ 🙂 \"'", gate, 'insert into b values (@x)'],
      ['O\'Hara \\ 🙂 "'],
    ],
    [
      'may hold a decimal',
      ['set @x = 10.50', gate, 'insert into b values (@x), (@x * 2)'],
      ['10.50', '21.00'],
    ],
    ['may hold bytes', ["set @x = x'00ff'", gate, 'insert into b values (hex(@x))'], ['00FF']],
    [
      'may keep a setting',
      [
        "set @old = @@sql_mode, sql_mode = 'ANSI_QUOTES'",
        gate,
        'set sql_mode = @old',
        "insert into b values (if(@@sql_mode like '%STRICT_TRANS%', 'as before', @@sql_mode))",
      ],
      ['as before'],
    ],
    [
      'may hold a statement',
      [
        "set @s = if((select count(*) from a) = 1, 'insert into b values (1)', 'insert into b values (2)')",
        'prepare p from @s',
        "insert into a (name) values ('x')",
        gate,
        'execute p',
      ],
      ['1'],
    ],
  ] as const)('%s', async (_, statements, expected) => {
    const before = statements.some((sql) => sql.includes('gone'))
      ? ['create table gone (v varchar(10))', "insert into gone values ('kept')"]
      : []

    expect(await rowsOf([...before, ...statements])).toEqual(expected)
  })
})
