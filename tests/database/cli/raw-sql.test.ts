// Files of SQL by the command: each statement is a step of its own, in what is pretended, in the journal, and for a time-out.

import { expect, test } from 'vitest'
import { makeDatabase } from '../../helpers/database.js'
import { makeProject } from '../../helpers/project.js'
import { json, runCli, succeed } from '../../helpers/run-cli.js'
import { openTidemark, states, tableNames } from '../../helpers/tidemark.js'
import { byDialect, transactionalDdl } from '../migrations/words.js'

const folder = 'database/migrations'

/** Each of three statements tells how often it took effect. */
const steps = `-- migrate:up
create table counter (n integer not null);
insert into counter (n) values (0);

update counter
  set n = n + 1;
insert into gate (n) values (1);
update counter set n = n + 10;

-- migrate:down
drop table counter;
`

test('--pretend shows each statement of a file, for people and as JSON, and changes nothing', async () => {
  const { variables } = await makeDatabase()
  const project = makeProject({ [`${folder}/001_steps.sql`]: steps })

  const text = await succeed(project, ['db:apply', '--pretend'], variables)
  const document = await json(project, ['db:apply', '--pretend'], variables)

  expect(text).toContain('update counter set n = n + 10')
  expect(document).toMatchObject({
    migrations: [
      {
        name: '001_steps',
        sql: [
          'create table counter (n integer not null)',
          'insert into counter (n) values (0)',
          'update counter\n  set n = n + 1',
          'insert into gate (n) values (1)',
          'update counter set n = n + 10',
        ],
      },
    ],
  })
  const tidemark = await openTidemark(project, { variables })
  expect(await tableNames(tidemark)).toEqual([])
})

test('a file that fails in its midst says where, and takes effect once in the end', async () => {
  const { variables } = await makeDatabase()
  const project = makeProject({ [`${folder}/001_steps.sql`]: steps })

  const failed = await runCli(project, ['db:apply'], variables)

  expect(failed.status).toBe(1)
  expect(failed.stderr).toContain(`${folder}/001_steps.sql:7:1`)
  expect(failed.stderr).toContain('insert into gate (n) values (1)  (statement 4)')
  const tidemark = await openTidemark(project, { variables })
  expect(await states(tidemark)).toEqual({ '001_steps': 'failed' })
  expect(await tableNames(tidemark)).toEqual(transactionalDdl ? [] : ['counter'])
  const db = await tidemark.db()
  await db.exec('create table gate (n integer)')

  await succeed(project, ['db:apply'], variables)

  expect(await db.table('counter').pluck('n')).toEqual([11])
  expect(await db.table('gate').count()).toBe(1)
  await succeed(project, ['db:rollback', '001_steps.sql'], variables)
  expect(await tableNames(tidemark)).toEqual(['gate'])
})

/** A statement that takes some seconds. */
const slow = byDialect({
  sqlite:
    'insert into counter (n) with recursive c (x) as (select 1 union all select x + 1 from c where x < 30000000) select count(*) from c',
  postgres: 'insert into counter (n) select 1 from pg_sleep(5)',
  mysql: 'insert into counter (n) select sleep(5)',
  mariadb: 'insert into counter (n) select sleep(5)',
})

test('a statement of a file that takes too long ends the migration, which is not applied', async () => {
  const { variables } = await makeDatabase()
  const project = makeProject({
    [`${folder}/001_slow.ts`]: `import { migration } from 'tidemark'
export default migration({
  timeout: '400ms',
  async up({ db }) {
    await db.exec(\`create table counter (n integer); ${slow}; create table never (n integer)\`)
  },
  irreversible: 'a test',
})
`,
  })

  const { status, stderr } = await runCli(project, ['db:apply'], variables)

  expect([status, stderr]).toEqual([1, expect.stringMatching(/TM_MIGRATION_TIMEOUT|TM_STATEMENT_TIMEOUT/)])
  const tidemark = await openTidemark(project, { variables })
  expect(await states(tidemark)).toEqual({ '001_slow': 'failed' })
  expect(await tableNames(tidemark)).not.toContain('never')
})
