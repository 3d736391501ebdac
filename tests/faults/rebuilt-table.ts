// A table with all that can hang on one, a change that rebuilds it, and what must hold before and after.

import type { Session } from '../../src/dialects/dialect.js'
import { splitSql } from '../../src/dialects/sqlite/sql/split.js'
import { Blueprint } from '../../src/schema/blueprint.js'
import type { Operation } from '../../src/schema/operations.js'

const rows = 400

const structure = `
  create table users (
    id integer primary key autoincrement,
    email text unique collate nocase, -- where to
    note varchar,
    boss references users (id) on delete cascade
  );
  create index by_note on users (note) where note is not null;
  create table posts (user_id references users (id) on delete cascade);
  create table drafts (user_id references users (id) on delete set null);
  create view seen as select id, note from users;
  create trigger noted after delete on users begin insert into posts values (null); end;
`

/** Makes the table with its rows, and those of the tables that reference it. */
export async function fill(session: Session): Promise<void> {
  for (const { sql } of splitSql(structure)) await session.execute(sql)
  await session.transaction(async () => {
    for (let id = 1; id <= rows; id += 1) {
      await session.execute('insert into users values (?, ?, ?, ?)', [
        id,
        `u${id}@example.com`,
        'n'.repeat(200),
        null,
      ])
      await session.execute('insert into posts values (?)', [id])
      await session.execute('insert into drafts values (?)', [id])
    }
    await session.execute('update users set boss = 1 where id > 1')
  })
  await session.execute('analyze')
}

/** The change under test: a rebuild with a rename before it. */
export function describeChange(): readonly Operation[] {
  const table = new Blueprint('users')
  table.text('note').default('new').change()
  table.renameColumn('email', 'address')
  table.timestamp('seen_at').useCurrent()
  table.check('noted', 'length(note) > 0')
  return table.operations()
}

/** The stored statements of everything, without the names of the pieces that SQLite makes by itself. */
export async function structureOf(session: Session): Promise<readonly unknown[]> {
  return await session.query('select type, name, sql from sqlite_schema order by type, name')
}

/** Throws where the file is damaged, or a row of any table is not there. */
export async function assertWhole(session: Session): Promise<void> {
  const facts = {
    integrity: await session.query('pragma integrity_check'),
    broken: await session.query('pragma foreign_key_check'),
    users: await session.query('select count(*) as n, sum(id) as ids, count(boss) as bosses from users'),
    posts: await session.query('select count(user_id) as n from posts'),
    drafts: await session.query('select count(user_id) as n from drafts'),
    counter: await session.query("select name, seq from sqlite_sequence where name = 'users'"),
    view: await session.query('select count(note) as n from seen'),
  }
  const expected = {
    integrity: [{ integrity_check: 'ok' }],
    broken: [],
    users: [{ n: rows, ids: (rows * (rows + 1)) / 2, bosses: rows - 1 }],
    posts: [{ n: rows }],
    drafts: [{ n: rows }],
    counter: [{ name: 'users', seq: rows }],
    view: [{ n: rows }],
  }
  if (JSON.stringify(facts) !== JSON.stringify(expected)) throw new Error(JSON.stringify(facts))
}
