// An interruption that comes when a migration has done its work and its row is being written: what the server gives up is then
// one of our own, after which the transaction takes none.

import { expect, test } from 'vitest'
import { makeProject, migrationFile } from '../../helpers/project.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'

test('is told as what it is, and nothing remains', async () => {
  const project = makeProject({
    'database/migrations/001_a.ts': migrationFile(
      `await schema.create('a', (table) => { table.id() })`,
      `await schema.drop('a')`,
    ),
  })
  const tidemark = await openTidemark(project)
  await tidemark.install()
  const db = await tidemark.db()
  await db.exec(`create function given_up() returns trigger language plpgsql as $$begin
    if new.state = 'applied' then
      begin perform pg_sleep(1); exception when query_canceled then null; end;
      raise in_failed_sql_transaction using message = 'current transaction is aborted';
    end if;
    return new;
  end$$;
  create trigger given_up before insert on schema_migrations for each row execute function given_up();`)
  const other = await (await openTidemark(project)).db()

  const migrated = tidemark.migrate().catch((error: unknown) => error)
  const sleeping =
    "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
  await expect.poll(() => other.select(sleeping), { interval: 20 }).toHaveLength(1)
  tidemark.interrupt()

  expect(await migrated).toMatchObject({
    code: 'TM_INTERRUPTED',
    kind: 'interrupted',
    aftermath: { state: 'rolled back' },
  })

  expect(await tableNames(tidemark)).toEqual([])
  expect(await states(tidemark)).toEqual({ '001_a': 'pending' })
  await db.exec('drop trigger given_up on schema_migrations')
  await tidemark.migrate()
  expect(await states(tidemark)).toEqual({ '001_a': 'applied' })
})
