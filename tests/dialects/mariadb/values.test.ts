// The types that only MariaDB has, and JSON, which to it is text.

import { describe, expect, test } from 'vitest'
import { openWorkbench } from '../mysql/open.js'

async function readBoth(sql: string, ...setUp: readonly string[]) {
  const { session } = await openWorkbench()
  for (const statement of setUp) await session.execute(statement)
  const text = await session.query(sql)
  expect(await session.query(`select * from (${sql}) as t where 1 = ?`, [1])).toEqual(text)
  return text
}

test('an address and a uuid are texts', async () => {
  const rows = await readBoth(
    'select * from t',
    'create table t (u uuid, four inet4, six inet6)',
    "insert into t values ('123E4567-e89b-12d3-a456-426655440000', '10.0.0.1', '2001:DB8::1')",
  )

  expect(rows).toEqual([{ u: '123e4567-e89b-12d3-a456-426655440000', four: '10.0.0.1', six: '2001:db8::1' }])
})

describe('JSON is read as what it says', () => {
  const table = [
    'create table t (id integer, doc json, same longtext check (json_valid(same)), plain longtext)',
    `insert into t values (1, '{"a": [1, null]}', '[1]', '[1]'), (2, null, null, null)`,
    'create view v as select doc from t',
  ]

  test.each([
    [
      'in a column, and where a check makes it JSON',
      'select doc, same, plain from t where id = 1',
      { doc: { a: [1, null] }, same: [1], plain: '[1]' },
    ],
    ['in a view', 'select doc from v limit 1', { doc: { a: [1, null] } }],
    [
      'in a sub-query',
      'select doc from (select id, doc from t) as x where id = 1',
      { doc: { a: [1, null] } },
    ],
    [
      'in a union',
      'select doc from t where id = 1 union all select doc from t where id = 9',
      { doc: { a: [1, null] } },
    ],
    [
      'as the result of a function',
      `select json_extract(doc, '$.a') as a from t where id = 1`,
      { a: [1, null] },
    ],
    ['as an aggregate', 'select json_arrayagg(id) as ids from t', { ids: [1, 2] }],
    ['where it is null', 'select doc from t where id = 2', { doc: null }],
  ])('%s', async (_title, sql, row) => {
    expect(await readBoth(sql, ...table)).toEqual([row])
  })

  test('a text that a function says is JSON, and is none, stays a text', async () => {
    const { session } = await openWorkbench()

    const [row] = await session.query(
      `select json_extract('{"a": "b"}', '$.a') as a, json_unquote('"x"') as b`,
    )
    expect(row).toEqual({ a: 'b', b: 'x' })
  })
})

test('a row that an insert returns is read like any other', async () => {
  const { session } = await openWorkbench()
  await session.execute('create table t (id integer auto_increment primary key, done boolean, doc json)')

  expect(
    await session.query('insert into t (done, doc) values (?, ?) returning *', [true, '{"a": 1}']),
  ).toEqual([{ id: 1, done: true, doc: { a: 1 } }])
})
