// db:describe beside the DESCRIBE of the server itself.

import { expect, test } from 'vitest'
import { describeColumns } from '../../../../src/cli/output/table-description.js'
import { connect } from '../../../../src/connection/connect.js'
import { makeDatabase } from '../../../helpers/database.js'

const statements = [
  `create table one (
    id int unsigned not null auto_increment,
    code char(9) not null default 'it''s',
    class varchar(20) null default 'App\\\\User',
    state enum('on','off') not null default 'on',
    price decimal(8,2) not null default 1.50,
    changed timestamp not null default current_timestamp on update current_timestamp,
    at datetime(3) null default current_timestamp(3),
    flags bit(4) not null default b'101',
    day date not null default '2020-01-01',
    body text,
    total int generated always as (price + 1) virtual,
    token varchar(36) default (uuid()),
    length int default (char_length(uuid())),
    n int default null,
    e varchar(5) not null default '',
    word varchar(5) not null default 'NULL',
    bin binary(3),
    primary key (id), unique (code), unique (class, state), key (state), unique (body(10)), key (day desc), key (e(2))
  )`,
  'create table two (a int not null, b int not null, c int, unique (c), unique (b, a), key (a))',
  'create table three (a int not null, b varchar(10) not null, unique (b(3)), unique (a))',
  'create table four (a int, b int, primary key (b, a), unique (a))',
  'create table five (one_id int unsigned, foreign key (one_id) references one (id))',
  'create view six as select id, code, state from one',
]

/** The same spelling of the one function that MariaDB writes otherwise in each of its two views of a table. */
function alike(rows: readonly object[]): unknown[] {
  return rows.map((row) => JSON.parse(JSON.stringify(row).replaceAll(/current_timestamp(?:\(\))?/gi, 'NOW')))
}

test('describes each table as the server’s own DESCRIBE', async () => {
  const { target } = await makeDatabase()
  const { dialect, session } = await connect(target, { lockTimeoutMs: 0 })
  for (const sql of statements) await session.execute(sql)

  for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) {
    const table = await dialect.catalogue(session).table({ schema: undefined, name })
    const rows = await session.query(`describe ${name}`)
    const wanted = rows.map(({ Field, Type, Null, Key, Default }) => ({ Field, Type, Null, Key, Default }))

    expect(alike(table === undefined ? [] : describeColumns(table)), name).toEqual(alike(wanted))
  }
  await session.close()
})
