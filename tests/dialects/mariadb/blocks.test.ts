// Blocks outside of routines, which only MariaDB takes.

import { expect, test } from 'vitest'
import { makeProject } from '../../helpers/project.js'
import { openTidemark, states } from '../../helpers/tidemark.js'

test('BEGIN NOT ATOMIC begins a block of a migration, which takes effect once, and no transaction', async () => {
  const tidemark = await openTidemark(
    makeProject({
      'database/migrations/001_a.up.sql': `create table a (n integer);
begin not atomic
  declare x integer default 2;
  if x > 1 then insert into a values (x); end if;
end;
insert into a values (3);
insert into gate values (1);
`,
      'database/migrations/001_a.down.sql': 'begin not atomic drop table a; end',
    }),
  )
  const db = await tidemark.db()

  await expect(tidemark.migrate()).rejects.toMatchObject({ aftermath: { statements: 3 } })
  await db.exec('create table gate (n integer)')
  await tidemark.migrate()

  expect(await db.table('a').orderBy('n').pluck('n')).toEqual([2, 3])
  await tidemark.rollback()
  expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
})
