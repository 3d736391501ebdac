import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitSql } from '../../../src/dialects/sqlite/sql/split.js'
import { testLinearTime, testSplitBasics, testUnterminated } from '../split-basics.js'

const sqlOf = (sql: string) => splitSql(sql).map((fragment) => fragment.sql)

describe('splitSql', () => {
  testSplitBasics(splitSql)

  test.each([
    ["insert into t values ('a;b''c;')"],
    ['select ";" from [a;b], `c;d`'],
    ['select 1 -- one; not two\n + 1'],
    ['select /* a; b */ 2'],
  ])('keeps %s whole', (sql) => {
    expect(sqlOf(`${sql};${sql};`)).toEqual([sql, sql])
  })

  test.each([
    'create trigger',
    'CREATE TEMP TRIGGER',
    'Create /* x */ Temporary -- y\n Trigger if not exists',
  ])('keeps the body of a trigger that begins with %s', (head) => {
    const trigger = `${head} a after insert on t when new.end > 1 begin
        update t set n = case when n > 1 then 2 else 3 end;
        select case n when 1 then 'x;' end from t; -- comment; end;
      end`

    expect(sqlOf(`${trigger};\nselect 1;`)).toEqual([trigger, 'select 1'])
    expect(sqlOf(trigger)).toEqual([trigger])
  })

  test('takes "begin" of a transaction for a statement', () => {
    expect(sqlOf('begin; insert into t values (1); end;')).toEqual([
      'begin',
      'insert into t values (1)',
      'end',
    ])
  })

  test('says where the first word of each statement stands', () => {
    expect(splitSql('\uFEFF-- head\r\n select 1;\r\n/* x\n */ select\n2;select 3')).toEqual([
      { sql: 'select 1', line: 2, column: 2 },
      { sql: 'select\n2', line: 4, column: 5 },
      { sql: 'select 3', line: 5, column: 3 },
    ])
  })

  testUnterminated(splitSql, [
    ["select 1;\n  select 'abc", 'string', "'", 2, 10],
    ['select "abc', 'quoted name', '"', 1, 8],
    ['select [abc', 'quoted name', ']', 1, 8],
    ['select 1; /* abc;', 'comment', '*/', 1, 11],
    [
      'select 1;\n create trigger t after insert on u begin select 1; select 2;\n\nselect 3;',
      'body of the trigger',
      'END; after a statement that ends in a semicolon',
      2,
      2,
    ],
    [
      'create temp trigger t after insert on u begin select 1; select 2 end;',
      'body of the trigger',
      'END; after a statement that ends in a semicolon',
      1,
      1,
    ],
  ])

  testLinearTime(splitSql, `insert into t values (1, 'it''s', "a;", [;]); /* ; */`)

  test('gives generated statements back', () => {
    const text = fc.string().map((value) => `'${value.replaceAll("'", "''")}'`)
    const name = fc.string().map((value) => `"${value.replaceAll('"', '""')}"`)
    const comment = fc.string().map((value) => `/* ${value.replaceAll('*/', '')} */`)
    const statement = fc
      .array(
        fc.oneof(text, name, comment, fc.constantFrom('select', '(', ')', '1', '-- x;\n', 'case', 'end')),
      )
      .map((parts) => ['select', ...parts, 'x'].join(' '))
    const trigger = fc
      .array(statement, { minLength: 1 })
      .map((body) => `create trigger t after insert on u begin ${body.join('; ')}; end`)
    const separator = fc.constantFrom(';', ' ;\n', ';\r\n-- next\n', '; /* ; */ ;')

    fc.assert(
      fc.property(fc.array(fc.oneof(statement, trigger)), separator, (statements, between) => {
        expect(sqlOf(statements.join(between))).toEqual(statements)
      }),
    )
  })
})
