// A larger project for whoever kills at random: structure, rows, questions, loops, transactions, a migration in SQL and one
// outside a transaction, some statements slow enough to be killed in. Each step is counted and written down in two
// tables that are none of the migrations': what was done twice, left out or done in another order is seen there, after the
// way down too.

import type { DialectName } from '../../../src/schema/dialect-name.js'
import type { Tidemark } from '../../../src/index.js'
import { type Project, makeProject } from '../../helpers/project.js'

/** A condition that is true and takes its time. */
const slowly: Readonly<Record<DialectName, string>> = {
  sqlite:
    '(with recursive c(i) as (select 1 union all select i + 1 from c where i < 700000) select count(*) from c) > 0',
  postgres: '(select 1 from pg_sleep(0.3)) = 1',
  mysql: 'sleep(0.3) = 0',
  mariadb: 'sleep(0.3) = 0',
}

/** Plain JavaScript, which loads without a transform: the processes that are killed are many. */
function migrationFile(up: string, down: string, settings = ''): string {
  return `async function did(db, step) {
  await db.statement('update tally set n = n + 1')
  await db.statement('insert into trail (id, step) select last.id + 1, ? from (select coalesce(max(id), 0) as id from trail) as last', [step])
}

export default {${settings}
  async up({ schema, db }) {
    await did(db, 'up')
${up}
  },
  async down({ schema, db }) {
    await did(db, 'down')
${down}
  },
}
`
}

const ground = migrationFile(
  `    await schema.create('counter', (table) => { table.id(); table.integer('n') })
    await db.table('counter').insert({ id: 1, n: 1 })
    await did(db, 'counter made')
    if (!(await schema.hasColumn('counter', 'note'))) {
      await schema.table('counter', (table) => { table.string('note', 40).default('none'); table.index('n') })
    }
    await db.statement('update counter set n = n + 1')`,
  `    await schema.drop('counter')
    await did(db, 'counter dropped')`,
)

const shelves = migrationFile(
  `    for (const name of ['a', 'b', 'c']) {
      await schema.create('shelf_' + name, (table) => {
        table.id()
        table.foreignId('counter_id').constrained('counter')
        table.string('title').unique()
      })
      const count = await db.table('shelf_' + name).count()
      await db.table('shelf_' + name).insert({ id: count + 1, counter_id: 1, title: name + count })
      await did(db, 'shelf ' + name)
      await db.statement('update counter set n = n + 1')
    }`,
  `    for (const name of ['c', 'b', 'a']) {
      if (await schema.hasTable('shelf_' + name)) await schema.drop('shelf_' + name)
      await did(db, 'no shelf ' + name)
    }`,
)

/** What counts the rows that leave the heap, and how it goes. */
const heapTrigger: Readonly<Record<DialectName, readonly [make: string, drop: string]>> = {
  sqlite: ['create trigger gone after delete on heap begin update tally set n = n + 1; end;', ''],
  postgres: [
    `create function gone() returns trigger language plpgsql as $$begin update tally set n = n + 1; return null; end$$;
create trigger gone after delete on heap for each row execute function gone();`,
    'drop function gone();',
  ],
  mysql: ['create trigger gone after delete on heap for each row update tally set n = n + 1;', ''],
  mariadb: ['create trigger gone after delete on heap for each row update tally set n = n + 1;', ''],
}

function heap(dialect: DialectName): string {
  const [make, drop] = heapTrigger[dialect]
  return `-- migrate:up
create table digits (id integer primary key);
insert into digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
create table heap (id integer primary key, n integer not null, label varchar(40));
insert into heap (id, n, label)
  select a.id + 10 * b.id + 100 * c.id + 1000 * d.id, 0, 'a label'
  from digits a cross join digits b cross join digits c cross join digits d;
update tally set n = n + 1;
create index heap_n on heap (n);
update heap set n = n + 1;
create view low as select id from heap where id < 5;
${make}
drop table digits;
update tally set n = n + 1;

-- migrate:down
update tally set n = n + 1;
drop view low;
drop table heap;
${drop}
update tally set n = n + 1;
`
}

const transfer = (dialect: DialectName): string =>
  migrationFile(
    `    await db.transaction(async () => {
      const { n } = await db.table('counter').first()
      await db.table('counter').update({ n: n * 2, note: 'doubled' })
      await did(db, 'doubled')
      await db.statement("update tally set n = n + 1 where ${slowly[dialect]}")
      await db.table('heap').where('id', '<', 3).delete()
    })
    await db.transaction(async () => {
      await db.statement('update tally set n = n + 1000')
      throw new Error('rolled back')
    }).catch(() => undefined)
    await schema.table('heap', (table) => { table.text('label').nullable().change() })
    for (const id of await db.table('heap').where('id', '<', 6).orderBy('id').pluck('id')) {
      await db.statement('update heap set n = n + ? where id = ?', [id, id])
      await did(db, 'row ' + id)
    }`,
    `    for (const id of [0, 1, 2]) await db.table('heap').insert({ id, n: 1, label: 'again' })
    await did(db, 'rows again')
    await schema.table('heap', (table) => { table.string('label', 40).nullable().change() })
    await db.statement('update counter set n = n - 1')`,
  )

const reshape = (dialect: DialectName): string =>
  migrationFile(
    `    await schema.table('heap', (table) => { table.bigInteger('n').change() })
    await db.statement('update heap set n = n + 1')
    await schema.table('heap', (table) => {
      table.renameColumn('label', 'title')
      table.string('kind', 20).default('plain')
    })
    await db.statement("update tally set n = n + 1 where ${slowly[dialect]}")
    if (await schema.hasIndex('heap', 'heap_n')) {
      await schema.table('heap', (table) => { table.dropIndex('heap_n'); table.index(['kind', 'n'], 'heap_kind_n') })
    }
    await did(db, 'reshaped')
    await schema.rename('shelf_c', 'shelf_z')
    await schema.table('shelf_z', (table) => { table.dropForeign(['counter_id'], 'shelf_c_counter_id_foreign') })
    await did(db, 'renamed')`,
    `    await schema.rename('shelf_z', 'shelf_c')
    await did(db, 'named as before')
    await db.statement("update tally set n = n + 1 where ${slowly[dialect]}")
    await schema.table('heap', (table) => { table.dropIndex('heap_kind_n'); table.index('n', 'heap_n') })
    await schema.table('heap', (table) => { table.dropColumn('kind'); table.renameColumn('title', 'label') })
    await db.statement('update heap set n = n - 1')
    await schema.table('heap', (table) => { table.integer('n').change() })`,
  )

const ofFamily: readonly string[] = [
  'set @step = 7',
  'update counter set n = n + @step',
  'create table kept as select * from heap where id < 3000',
  'create table other like kept',
  'insert into other select * from heap where id < 5',
  'rename table kept to swapped, other to kept, swapped to other',
  'truncate kept',
  'insert into kept select * from other where id < 2000',
  "prepare step from 'update counter set n = n + ?'",
  'execute step using @step',
  "prepare step from 'alter table kept add unique (id), algorithm = copy'",
  'execute step',
  'deallocate prepare step',
  'create table parent (id integer primary key)',
  'create table child (id integer primary key, foreign key (id) references parent (id))',
  'drop table other',
  'optimize table kept',
]
const backInFamily: readonly string[] = [
  'set @step = 3',
  'update counter set n = n + @step',
  'drop table kept',
]

/** What only one kind of database has, or what can be in no transaction there. */
const own: Readonly<Record<DialectName, { up: readonly string[]; down: readonly string[] }>> = {
  sqlite: {
    up: ['vacuum', 'create index heap_title on heap (title)', 'analyze'],
    down: ['drop index heap_title', 'vacuum'],
  },
  postgres: {
    up: [
      `create function pausing(id integer) returns integer language plpgsql immutable as $$
        begin if id % 100 = 0 then perform pg_sleep(0.002); end if; return id; end$$`,
      'create index concurrently heap_title on heap (title)',
      'create unique index concurrently heap_pausing on heap (pausing(id))',
      'vacuum heap',
      'reindex index concurrently heap_pausing',
      'drop index concurrently heap_title',
    ],
    down: ['drop index concurrently heap_pausing', 'drop function pausing(integer)'],
  },
  mysql: { up: [...ofFamily, 'drop table parent, child'], down: backInFamily },
  mariadb: {
    up: [
      ...ofFamily,
      'drop table child, parent',
      'create or replace table kept as select * from heap where id < 2000',
    ],
    down: backInFamily,
  },
}

/** Outside a transaction on every database; with transactions of its own. */
function outside(dialect: DialectName): string {
  const { up, down } = own[dialect]
  const each = (statements: readonly string[]): string =>
    `    for (const sql of ${JSON.stringify(statements)}) {
      await db.statement(sql)
      await did(db, sql.slice(0, 30))
    }`
  return migrationFile(
    `${each(up)}
    await db.statement('begin')
    await db.statement("update tally set n = n + 1 where ${slowly[dialect]}")
    await did(db, 'by hand')
    await db.statement('commit')
    // The journal keeps what was read, and grows beyond one piece.
    const rows = await db.table('heap').where('id', '<', 500).orderBy('id').get()
    await db.transaction(async () => {
      const n = await db.table('counter').value('n')
      await db.table('counter').update({ n: n + rows.length })
      await did(db, 'outside')
    })
    await db.statement('begin')
    await db.statement('update tally set n = n + 1000')
    await db.statement('rollback')
    await db.statement('update counter set n = n + 1')`,
    `    await db.statement('update counter set n = n - 1')
${each(down)}
    await db.transaction(() => did(db, 'outside, back'))`,
    ' transaction: false,',
  )
}

export function mixedProject(dialect: DialectName): Project {
  return makeProject({
    'database/migrations/001_ground.mjs': ground,
    'database/migrations/002_shelves.mjs': shelves,
    'database/migrations/003_heap.sql': heap(dialect),
    'database/migrations/004_transfer.mjs': transfer(dialect),
    'database/migrations/005_reshape.mjs': reshape(dialect),
    'database/migrations/006_outside.mjs': outside(dialect),
  })
}

/** The tables in which the migrations write down what they did. */
export async function makeTally(tidemark: Tidemark): Promise<void> {
  const db = await tidemark.db()
  await db.exec(`create table tally (id integer primary key, n integer not null);
    insert into tally values (1, 0);
    create table trail (id integer primary key, step varchar(60) not null)`)
}
