import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitSql } from '../../../src/dialects/postgres/sql/split.js'
import { openDatabase } from '../../database/query/open.js'
import { testLinearTime, testSplitBasics, testUnterminated } from '../split-basics.js'

const sqlOf = (sql: string) => splitSql(sql).map((fragment) => fragment.sql)

/** A script that PostgreSQL accepts: each statement has a semicolon that ends nothing. */
const script: readonly string[] = [
  `create table "odd;name" (id int primary key, body text default 'a;b', note text default E'it\\'s;')`,
  `comment on table "odd;name" is $$;'";$$`,
  `create function plus(a int, b int) returns int language plpgsql as $body$
begin
  -- it's; one
  if a > b then return a + b; end if; /* ; /* ; */ ; */
  return b + a;
end;
$body$`,
  `create or replace function counted() returns bigint language sql
begin atomic
  insert into "odd;name" (id) values (7);
  select case when count(*) > 0 then count(*) else 0 end as "end" from "odd;name";
end`,
  `CREATE PROCEDURE emptied() LANGUAGE sql BEGIN ATOMIC DELETE FROM "odd;name"; END`,
  `create function stamp() returns trigger language plpgsql as '
begin
  new.note := ''changed; '' || new.id; return new;
end'`,
  `create trigger stamped before insert on "odd;name" for each row execute function stamp()`,
  `create view names as select id, U&'\\003B;' as semicolon, body from "odd;name"`,
  `create rule silent as on delete to names do instead (
    update "odd;name" set body = ';' where id = old.id; notify gone
  )`,
  `do $$ begin perform 1; perform plus(1, 2); end $$`,
  `insert into "odd;name" (id, body) values (1, 'C:\\'), (2, $x$ $$; $x$)`,
  `call emptied()`,
]

describe('splitSql', () => {
  testSplitBasics(splitSql)

  test.each([
    [`select 'a;b''c;' || 'C:\\'`],
    [`select E'it\\'s; one' || e'\\\\'`],
    [`select E'a'\n -- ';\n 'b\\';c'`],
    [`select N'a;' || U&'\\0041;' || x'1F;' || b'1;'`],
    [`select ";" as "a"";", U&"b;"`],
    [`select $$a;'$$ || $tag$;$$;$ta$;$tag$ || $é$;$é$`],
    [`select a$b$;`.slice(0, -1)],
    [`select /* a; /* b; */ c; */ 2 -- three; four`],
    [
      `create function f() returns int begin atomic select case 1 when 2 then 3 end; select t.end, 1 as case from t; end`,
    ],
    [`create or replace rule r as on insert to t do also (select f(1); select 2; select (3))`],
    [`copy t (a, b) from '/tmp/stdin;' with (format csv)`],
    [`copy (select 1 from stdin) to '/tmp/;'`],
  ])('keeps %s whole', (sql) => {
    expect(sqlOf(`${sql}\n;${sql}\n;`)).toEqual(
      [sql, sql].map((text) => text.replace(/ -- three; four$/, '')),
    )
  })

  test('takes "begin" of a transaction, and CASE outside of a body, for what they are', () => {
    expect(sqlOf('begin; select case when true then 1; end; commit; (select 1')).toEqual([
      'begin',
      'select case when true then 1',
      'end',
      'commit',
      '(select 1',
    ])
  })

  test('says where the first word of each statement stands', () => {
    expect(splitSql('\uFEFF-- head\r\n select $$\r\n;$$;\r\n/* x\n */ select\n2;select 3')).toEqual([
      { sql: 'select $$\r\n;$$', line: 2, column: 2 },
      { sql: 'select\n2', line: 5, column: 5 },
      { sql: 'select 3', line: 6, column: 3 },
    ])
  })

  testUnterminated(splitSql, [
    ["select 1;\n  select 'abc", 'string', "'", 2, 10],
    ["select E'abc\\'", 'string', "'", 1, 8],
    ['select "abc', 'quoted name', '"', 1, 8],
    ['select U&"abc', 'quoted name', '"', 1, 8],
    ['select 1; $do$ ; $$ $', 'string', '$do$', 1, 11],
    ['select 1; /* abc; /* */', 'comment', '*/', 1, 11],
    [
      'select 1;\n  create function f() returns int begin atomic select case when true then 1 end;\nselect 2;',
      'body of the routine',
      'END; for its BEGIN ATOMIC',
      2,
      3,
    ],
    [
      'create rule r as on insert to t do also (delete from a; delete from b;',
      'list of actions of the rule',
      ')',
      1,
      1,
    ],
  ])

  test('refuses COPY from the input of psql, before it reads the rows below', () => {
    expect(() => splitSql("select 1;\n  COPY public.t (a, b) FROM stdin;\n1\tit's\n\\.\n")).toThrow(
      expect.objectContaining({
        name: 'ClientCommandError',
        code: 'TM_COPY_FROM_STDIN',
        message:
          'Line 2, column 3: COPY … FROM stdin takes its rows from the input of psql, which is not there.',
        remedy: expect.stringMatching(/--inserts/),
        place: { line: 2, column: 3 },
      }),
    )
  })

  test.each([
    ['\\connect other', '\\connect', /runs on the connection/],
    ['\\i more.sql', '\\i', /db\.exec/],
    ["\\copy t from 'x.csv'", '\\copy', /--inserts/],
    ['\\restrict a1B2', '\\restrict', /pg_dump/],
    ['\\set x 1', '\\set', /only SQL/],
    ['\\.', '\\.', /only SQL/],
  ])('refuses %j, a command of psql', (line, command, remedy) => {
    expect(() => splitSql(`select 1;\n${line}\nselect 2;`)).toThrow(
      expect.objectContaining({
        code: 'TM_CLIENT_COMMAND',
        message: `Line 2, column 1: ${command} is a command of psql, which the server does not know.`,
        remedy: expect.stringMatching(remedy),
        place: { line: 2, column: 1 },
      }),
    )
  })

  test('gives generated statements back', () => {
    const text = fc.string().map((value) => `'${value.replaceAll("'", "''")}'`)
    const escaped = fc.string().map((value) => `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
    const dollar = fc
      .tuple(fc.constantFrom('', 'a', '_b9'), fc.string())
      .map(([tag, value]) => `$${tag}$${value.replaceAll('$', '')};'$${tag}$`)
    const name = fc.string().map((value) => `"${value.replaceAll('"', '""')}"`)
    const inner = fc.string().map((value) => value.replaceAll(/\/\*|\*\/|[/*]/g, ''))
    const comment = fc.tuple(inner, inner).map(([outer, nested]) => `/* ${outer} /* ;${nested}' */ $$ */`)
    const word = fc.constantFrom('select', '(', ')', '1', '-- x;\n', '+', 'case', 'end', 'begin', '$1', '?')
    const statement = fc
      .array(fc.oneof(text, escaped, dollar, name, comment, word))
      .map((parts) => ['select', ...parts, 'x'].join(' '))
    const expression = fc.constantFrom('1', "';'", 'case when 1 > 2 then 3 else 4 end', '$$;$$', 't.end')
    const routine = fc
      .array(expression, { minLength: 1 })
      .map((parts) => `create function f() returns int begin atomic select ${parts.join('; select ')}; end`)
    const rule = fc
      .array(expression, { minLength: 1 })
      .map((parts) => `create rule r as on insert to t do instead (select ${parts.join('; select ')})`)
    const separator = fc.constantFrom(';', ' ;\n', ';\r\n-- next;\n', '; /* ; */ ;')

    fc.assert(
      fc.property(fc.array(fc.oneof(statement, routine, rule)), separator, (statements, between) => {
        expect(sqlOf(statements.join(between))).toEqual(statements)
      }),
    )
  })

  testLinearTime(splitSql, `insert into t values (1, 'it''s', E'\\\\', $$;$$); /* /* */ */`)
})

describe('a script of real statements', () => {
  test.each([
    ['semicolons', ';\n'],
    ['comments between', ' ; -- next; one\r\n/* ; */\r\n'],
  ])('joined by %s, is cut where it was joined', (_, between) => {
    expect(sqlOf(script.join(between))).toEqual(script)
  })

  test('is run by exec, statement by statement', async () => {
    const { db, statements } = await openDatabase()

    await db.exec(script.join(';\n'))

    expect(statements.map(({ sql }) => sql)).toEqual(script)
    expect(await db.selectOne('select plus(3, 4) as sum, counted() as counted')).toEqual({
      sum: 7,
      counted: 1,
    })
    expect(await db.selectOne('select note from "odd;name"')).toEqual({ note: 'changed; 7' })
    await db.exec(
      'drop view names; drop procedure emptied; drop function counted, plus; drop table "odd;name"',
    )
  })
})
