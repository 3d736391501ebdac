import * as fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { splitSql } from '../../../src/dialects/mysql/sql/split.js'
import { openDatabase } from '../../database/query/open.js'
import { testLinearTime, testSplitBasics, testUnterminated } from '../split-basics.js'

const sqlOf = (sql: string) => splitSql(sql).map((fragment) => fragment.sql)

/** Bodies with semicolons that end nothing, as both servers take them. */
const routines: readonly string[] = [
  `create trigger stamped before insert on \`odd;name\` for each row
    if new.body is null then set new.body = 'none;'; elseif new.id > 9 then set new.id = 9; end if`,
  `CREATE TRIGGER counted AFTER INSERT ON \`odd;name\` FOR EACH ROW BEGIN
    -- it's; one
    INSERT INTO log (what) VALUES (IF(NEW.id > 1, 'more;', 'one;'));
    UPDATE log SET what = CASE what WHEN 'one;' THEN IF(1, 'first;', 'x') ELSE what END; # end;
  END`,
  `create function twice(a int) returns int deterministic
    return case when a is null then if(1 > 2, 0, 0) else a * 2 end`,
  `create procedure all_blocks(in n int, out total int)
    comment 'begin; end' sql security invoker
    main: begin
      declare done, i int default 0;
      declare text_of varchar(50) default repeat('x', 3);
      declare c cursor for select id from \`odd;name\`;
      declare continue handler for not found begin set done = 1; end;
      declare exit handler for sqlexception begin set total = -1; end;
      set total = 0;
      open c;
      reading: loop
        fetch c into i;
        if done then leave reading; else set total = total + i; end if;
      end loop reading;
      close c;
      while n > 0 do set n = n - 1; end while;
      repeat set n = n + 1; until n >= 3 end repeat;
      case n when 1 then set total = 0; when 3 then if total > 0 then set total = total + 100; end if;
        else begin end; end case;
      if exists (select 1 from log) then set total = total + 1000; end if;
      if not exists (select 1 from log) then begin end; elseif (1, 2) = (1, 2) then set i = if(1, 2, 3); end if;
      set @end = 1, @begin = 2;
      drop temporary table if exists nothing;
    end main`,
  `create procedure plain() select 1; `.trim().slice(0, -1),
  `create definer = current_user() procedure mine() begin select log.what as \`end\` from log; end`,
  `create definer=\`root\`@\`localhost\` event if not exists nightly on schedule every 1 day disable
    do begin delete from log; delete from log where what = "a;\\";"; end`,
  `alter event nightly on schedule every 2 day do begin delete from log; end`,
]

const statements: readonly string[] = [
  "create table `odd;name` (id int primary key, body varchar(50) default 'a;b', note varchar(50) default \"it\\'s;\")",
  "create table log (what varchar(50) comment 'it''s; \\\\')",
  ...routines,
  "insert into `odd;name` (id, body) values (1, null), (2, 'it\\'s; two'), (3, _utf8mb4'x;')",
  'call all_blocks(2, @total)',
  "set @done = /*!50003 ';' */ /*! , @more = 'a;b' */",
]

/** MariaDB takes blocks outside of routines, and loops over numbers and queries. */
const mariadbOnly: readonly string[] = [
  "begin not atomic declare x int default 1; if x = 1 then insert into log values (';'); end if; end",
  'if (select count(*) from log) > 100 then delete from log; end if',
  `create or replace procedure numbers() begin
    for i in 1..3 do insert into log values (i); end for;
    for r in (select what from log) do set @last = r.what; end for;
  end`,
  "/*M!100100 set @maria = 'a;b' */",
]

/** From MariaDB 11.4 on. */
const packageBody = `create definer=\`root\`@\`localhost\` package body p
    procedure a() begin select 1; end;
    function b() returns int return case 1 when 1 then 2 end;
  end`

describe('splitSql', () => {
  testSplitBasics(splitSql)

  test.each([
    [`select 'a;b''c;' 'it\\'s;' "d;\\"" "e"";"`],
    ['select `a;``b` as `\\`, 1'],
    [`select N'\\';', _latin1';', x'3B', b'1'`],
    ['select 1 --1; select 2'.replace('; select 2', '')],
    ['select 1 -- one; two\n, 2 # three; four\n, 3 /* five; */'.replace(' /* five; */', '')],
    ['/*!40101 set names utf8mb4 */'],
    [
      '/*!50003 create*/ /*!50017 definer=`a;`@`%`*/ /*!50003 trigger t after insert on u for each row begin set @a = 1; end */',
    ],
    ['select /*+ max_execution_time(1) */ 1 from (select 2) as begin_'],
    ['insert into t select 1 as `begin`, t.end from t'],
    ['create table event (begin int, `end` int)'],
  ])('keeps %s whole', (sql) => {
    expect(sqlOf(`${sql};\n${sql};`)).toEqual([sql, sql])
  })

  test('takes "--" without a space for two signs of minus', () => {
    expect(sqlOf("select 1 --';'\n; select 2")).toEqual(["select 1 --';'", 'select 2'])
  })

  test('takes "begin" of a transaction for a statement', () => {
    expect(sqlOf('begin; insert into t values (1); commit; xa begin "a"; xa end "a"')).toEqual([
      'begin',
      'insert into t values (1)',
      'commit',
      'xa begin "a"',
      'xa end "a"',
    ])
  })

  test.each(routines.map((routine) => [routine]))('knows the end of the body of %s', (routine) => {
    expect(sqlOf(`${routine};\nselect 1; ${routine}`)).toEqual([routine, 'select 1', routine])
  })

  test.each([...mariadbOnly, packageBody].map((block) => [block]))('knows the end of %s', (block) => {
    expect(sqlOf(`${block};\nselect 1; ${block}`)).toEqual([block, 'select 1', block])
  })

  test.each(['//', '$$', ';;', '|', '~~', 'go_on', '\\\\'.slice(1) + '/'])(
    'ends statements at %s where DELIMITER says so',
    (mark) => {
      const script = `select 1;
delimiter ${mark}  \r
create procedure p() begin select ';', '${mark.replaceAll('\\', '')}'; select 2; end${mark}
create procedure q() select 1; ${mark}
select 3; select 4${mark}
Delimiter ;
select 5;`

      expect(sqlOf(script)).toEqual([
        'select 1',
        `create procedure p() begin select ';', '${mark.replaceAll('\\', '')}'; select 2; end`,
        'create procedure q() select 1',
        'select 3',
        'select 4',
        'select 5',
      ])
    },
  )

  test('reads what mysqldump writes', () => {
    const dump = `-- MySQL dump 10.13
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
DROP TABLE IF EXISTS \`t\`;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=\`root\`@\`localhost\`*/ /*!50003 TRIGGER \`a\` AFTER INSERT ON \`t\` FOR EACH ROW BEGIN
  SET @a = 1;
END */;;
DELIMITER ;
`

    expect(splitSql(dump)).toEqual([
      {
        sql: '/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */',
        line: 2,
        column: 1,
      },
      { sql: 'DROP TABLE IF EXISTS `t`', line: 3, column: 1 },
      {
        sql: '/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `a` AFTER INSERT ON `t` FOR EACH ROW BEGIN\n  SET @a = 1;\nEND */',
        line: 5,
        column: 1,
      },
    ])
  })

  test('takes \\G and \\g for the end of a statement, and \\N for NULL', () => {
    expect(sqlOf('select 1\\G\nselect 2 \\g select \\N;')).toEqual(['select 1', 'select 2', 'select \\N'])
  })

  test('keeps the text of a routine in JavaScript', () => {
    const routine = `create function f(a int) returns int deterministic language javascript as $js$
      const b = "it's;"; return a
    $js$`

    expect(sqlOf(`${routine}; select 1`)).toEqual([routine, 'select 1'])
  })

  test.each([
    ['source more.sql', 'source', /db\.exec/],
    ['\\. more.sql', '\\.', /db\.exec/],
    ['\\! ls', '\\!', /only SQL/],
  ])('refuses %j, a command of the client', (line, command, remedy) => {
    expect(() => splitSql(`select 1;\n ${line}\nselect 2;`)).toThrow(
      expect.objectContaining({
        name: 'ClientCommandError',
        code: 'TM_CLIENT_COMMAND',
        message: `Line 2, column 2: ${command} is a command of the mysql client, which the server does not know.`,
        remedy: expect.stringMatching(remedy),
        place: { line: 2, column: 2 },
      }),
    )
  })

  test('refuses a DELIMITER that is none', () => {
    expect(() => splitSql('delimiter \nselect 1')).toThrow(
      expect.objectContaining({ code: 'TM_CLIENT_COMMAND', place: { line: 1, column: 1 } }),
    )
  })

  testUnterminated(splitSql, [
    ["select 1;\n  select 'abc\\'", 'string', "'", 2, 10],
    ['select "abc', 'string', '"', 1, 8],
    ['select `abc', 'quoted name', '`', 1, 8],
    ["select N'abc", 'string', "'", 1, 8],
    ['create function f() language js as $js$ ; $$', 'string', '$js$', 1, 36],
    ['select 1; /* abc;', 'comment', '*/', 1, 11],
    ['select 1;\n/*!50003 select 2;\nselect 3', 'comment', '*/', 2, 1],
    ...[
      'create procedure p() begin select 1;\nselect 2;',
      'create procedure p() begin if 1 then select 1; end;\nselect 2;',
      'create trigger t before insert on u for each row begin set new.a = case new.b when 1 then 2; end;',
    ].map(
      (sql) =>
        [
          `select 1;\n ${sql}`,
          'body of the routine',
          'the END of each of its blocks, or set a DELIMITER and write that behind it',
          2,
          2,
        ] as const,
    ),
  ])

  test('leaves a body with an end that DELIMITER says to the server', () => {
    expect(
      sqlOf('delimiter //\ncreate procedure p() begin if 1 then select 1; end//\nselect 1; begin'),
    ).toEqual(['create procedure p() begin if 1 then select 1; end', 'select 1', 'begin'])
  })

  test('says where the first word of each statement stands', () => {
    expect(splitSql('\uFEFF# head\r\n select 1;\r\ndelimiter $$\r\n select 2$$ select 3')).toEqual([
      { sql: 'select 1', line: 2, column: 2 },
      { sql: 'select 2', line: 4, column: 2 },
      { sql: 'select 3', line: 4, column: 13 },
    ])
  })

  test('gives generated statements and bodies back', () => {
    const text = fc
      .tuple(fc.constantFrom("'", '"'), fc.string())
      .map(([quote, value]) => quote + value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote)
    const name = fc.string().map((value) => `\`${value.replaceAll('`', '``')}\``)
    const comment = fc.string().map((value) => `/* ;${value.replaceAll('*/', '')} */`)
    const word = fc.constantFrom(
      '(',
      ')',
      '1',
      '-- x;\n',
      '# ";\n',
      'if(1, 2, 3)',
      'begin',
      'end',
      '/*! + 1 */',
    )
    const statement = fc
      .array(fc.oneof(text, name, comment, word))
      .map((parts) => ['select', ...parts, 'x'].join(' '))
    const expression = fc.constantFrom(
      '1',
      "';'",
      'if(1, 2, 3)',
      "repeat('x', 2)",
      'case when 1 then if(1, 2, 3) else case 2 when 3 then 4 end end',
      't.end',
      '@begin',
    )
    const simple = expression.map((value) => `set @a = ${value};`)
    const { block } = fc.letrec<{ block: string }>((tie) => ({
      block: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        simple,
        tie('block').map((body) => `begin ${body} end;`),
        tie('block').map((body) => `a: loop ${body} leave a; end loop a;`),
        tie('block').map((body) => `while 1 do ${body} end while;`),
        tie('block').map((body) => `repeat ${body} until 1 end repeat;`),
        fc
          .tuple(expression, tie('block'), tie('block'))
          .map(([is, one, two]) => `if ${is} then ${one} elseif ${is} then ${two} else ${one} end if;`),
        fc
          .tuple(expression, tie('block'), tie('block'))
          .map(([is, one, two]) => `case ${is} when ${is} then ${one} else ${two} end case;`),
        fc.tuple(tie('block'), tie('block')).map(([one, two]) => `${one} ${two}`),
      ),
    }))
    const routine = fc
      .tuple(
        fc.constantFrom(
          'procedure p()',
          'function f() returns int',
          'trigger t after insert on u for each row',
        ),
        block,
      )
      .map(([head, body]) => `create ${head} begin ${body} end`)
    const separator = fc.constantFrom(';', ' ;\n', ';\r\n-- next;\n', '; /* ; */ ;', '\\G ')

    fc.assert(
      fc.property(fc.array(fc.oneof(statement, routine)), separator, (parts, between) => {
        expect(sqlOf(parts.join(between))).toEqual(parts)
        expect(sqlOf(`delimiter $$\n${parts.join(' $$ ')}`)).toEqual(parts)
      }),
    )
  })

  testLinearTime(splitSql, `insert into t values (1, 'it''s', "\\"", if(1, 2, 3)); /* ; */`)
})

describe('a script of real statements', () => {
  test('is cut where it was joined', () => {
    expect(sqlOf(statements.join(' ; # next; one\r\n/* ; */\r\n'))).toEqual(statements)
  })

  test('is run by exec, statement by statement', async () => {
    const { db, statements: ran } = await openDatabase()

    await db.exec(statements.join(';\n'))

    expect(ran.map(({ sql }) => sql)).toEqual(statements)
    expect(await db.select('select id, body from `odd;name` order by id')).toEqual([
      { id: 1, body: 'none;' },
      { id: 2, body: "it's; two" },
      { id: 3, body: 'x;' },
    ])
    expect(await db.scalar('select twice(21)')).toBe(42)
    expect(await db.scalar('select @total')).toBe(1106)
    await db.exec('delimiter //\ndrop trigger stamped//\ndrop event nightly; drop procedure all_blocks//')
  })

  test('of MariaDB alone is run by exec, and refused by MySQL', async () => {
    const { db } = await openDatabase()
    await db.exec('create table log (what varchar(50))')

    const run = db.exec(mariadbOnly.join(';\n'))

    if (inject('dialect') === 'mariadb') {
      await run
      await db.exec('call numbers()')
      expect(await db.scalar('select count(*) from log')).toBe(4)
    } else {
      await expect(run).rejects.toMatchObject({ code: 'TM_SQL_SYNTAX', place: { statement: 1 } })
    }
  })
})
