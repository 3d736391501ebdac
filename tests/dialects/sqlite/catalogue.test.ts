import { join } from 'node:path'
import { describe, expect } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import { SqliteCatalogue } from '../../../src/dialects/sqlite/catalogue/catalogue.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

const drivers = await availableDrivers()

const tableOf = async (session: Session, name: string, schema?: string) =>
  await new SqliteCatalogue(session).table({ schema, name })

describe.each(drivers)('the catalogue through %s', (driver) => {
  test('reads all of a table', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table users (id integer primary key)')
    await session.execute(`CREATE TABLE "Posts" (
      "id" integer constraint posts_pk primary key autoincrement not null, -- the key
      user_id INTEGER not null references users on delete cascade,
      editor_id integer constraint posts_editor references users (id) deferrable initially deferred,
      title VARCHAR(255) not null default 'draft' collate NOCASE,
      type varchar check ("type" in ('a', 'b')), /* one of two */
      price decimal(10, 2) default (1 + 1),
      upper_title text generated always as (upper(title)) stored,
      lower_title text as (lower(title)),
      constraint short check (length(title) < 100),
      unique (title, type) -- together
    )`)
    await session.execute(
      'create index posts_recent on Posts (lower(title) desc, type collate rtrim) where price > 1',
    )
    await session.execute('create trigger t_b after delete on Posts begin select 1; end')
    await session.execute('create trigger t_a after insert on Posts begin select 1; end')

    expect(await tableOf(session, 'posts')).toEqual({
      schema: undefined,
      name: 'Posts',
      columns: [
        column('id', 'integer', { nullable: false, autoIncrement: true, comment: 'the key' }),
        column('user_id', 'integer', { nullable: false }),
        column('editor_id', 'integer'),
        column('title', 'varchar(255)', {
          typeName: 'varchar',
          nullable: false,
          default: "'draft'",
          collation: 'nocase',
        }),
        column('type', 'varchar', { comment: 'one of two' }),
        column('price', 'decimal(10, 2)', { typeName: 'decimal', default: '1 + 1' }),
        column('upper_title', 'text', { generated: { expression: 'upper(title)', stored: true } }),
        column('lower_title', 'text', { generated: { expression: 'lower(title)', stored: false } }),
      ],
      primaryKey: { name: 'posts_pk', columns: ['id'] },
      indexes: [
        {
          name: 'posts_recent',
          columns: [
            {
              column: undefined,
              expression: 'lower(title)',
              descending: true,
              collation: undefined,
              length: undefined,
              operatorClass: undefined,
            },
            {
              column: 'type',
              expression: undefined,
              descending: false,
              collation: 'rtrim',
              length: undefined,
              operatorClass: undefined,
            },
          ],
          unique: false,
          isConstraint: false,
          where: 'price > 1',
          method: undefined,
          include: [],
          nullsNotDistinct: false,
          valid: true,
        },
        {
          name: 'sqlite_autoindex_Posts_1',
          columns: [
            {
              column: 'title',
              expression: undefined,
              descending: false,
              collation: 'nocase',
              length: undefined,
              operatorClass: undefined,
            },
            {
              column: 'type',
              expression: undefined,
              descending: false,
              collation: undefined,
              length: undefined,
              operatorClass: undefined,
            },
          ],
          unique: true,
          isConstraint: true,
          where: undefined,
          method: undefined,
          include: [],
          nullsNotDistinct: false,
          valid: true,
        },
      ],
      foreignKeys: [
        {
          name: undefined,
          columns: ['user_id'],
          foreignTable: { schema: undefined, name: 'users' },
          foreignColumns: ['id'],
          onUpdate: 'no action',
          onDelete: 'cascade',
          deferrable: false,
          initiallyDeferred: false,
          validated: true,
        },
        {
          name: 'posts_editor',
          columns: ['editor_id'],
          foreignTable: { schema: undefined, name: 'users' },
          foreignColumns: ['id'],
          onUpdate: 'no action',
          onDelete: 'no action',
          deferrable: true,
          initiallyDeferred: true,
          validated: true,
        },
      ],
      checks: [
        { name: undefined, expression: `"type" in ('a', 'b')`, validated: true },
        { name: 'short', expression: 'length(title) < 100', validated: true },
      ],
      triggers: [
        { name: 't_a', sql: 'CREATE TRIGGER t_a after insert on Posts begin select 1; end' },
        { name: 't_b', sql: 'CREATE TRIGGER t_b after delete on Posts begin select 1; end' },
      ],
      comment: undefined,
      collation: undefined,
      engine: undefined,
      options: [],
    })
  })

  test('reads keys of several columns in the order of the key', async ({ open }) => {
    const session = await open({ driver })
    await session.execute(
      'create table p (x int, y text, constraint pk primary key (y, x)) strict, without rowid',
    )
    await session.execute(
      'create table c (a int, b text, constraint one foreign key (b, a) references p, foreign key (a) references c (a))',
    )

    expect(await tableOf(session, 'p')).toMatchObject({
      primaryKey: { name: 'pk', columns: ['y', 'x'] },
      indexes: [],
      options: ['STRICT', 'WITHOUT ROWID'],
    })
    expect((await tableOf(session, 'c'))?.foreignKeys).toMatchObject([
      { name: 'one', columns: ['b', 'a'], foreignTable: { name: 'p' }, foreignColumns: ['y', 'x'] },
      { name: undefined, columns: ['a'], foreignTable: { name: 'c' }, foreignColumns: ['a'] },
    ])
  })

  test('reads views with their columns and triggers, broken ones too', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (a int, b text)')
    await session.execute('create view v as select a, b || 1 as c from t')
    await session.execute('create trigger v_insert instead of insert on v begin select 1; end')
    await session.execute('create view broken as select * from gone')
    const catalogue = new SqliteCatalogue(session)

    expect(await catalogue.views()).toEqual([
      {
        schema: undefined,
        name: 'broken',
        columns: [],
        definition: 'CREATE VIEW broken as select * from gone',
        triggers: [],
      },
      {
        schema: undefined,
        name: 'v',
        columns: ['a', 'c'],
        definition: 'CREATE VIEW v as select a, b || 1 as c from t',
        triggers: [
          { name: 'v_insert', sql: 'CREATE TRIGGER v_insert instead of insert on v begin select 1; end' },
        ],
      },
    ])
    expect(
      (await catalogue.table({ schema: undefined, name: 'V' }))?.columns.map(({ name }) => name),
    ).toEqual(['a', 'c'])
  })

  test('looks for a name in temp first, then in main, then in attached databases', async ({
    folder,
    open,
  }) => {
    const session = await open({ driver })
    await session.execute('attach ? as other', [join(folder, 'other.sqlite')])
    await session.execute('create table both (in_main int)')
    await session.execute('create table other.both (in_other int)')
    await session.execute('create table other.only (a int references both)')
    await session.execute('create temp trigger on_main after insert on main.both begin select 1; end')
    const catalogue = new SqliteCatalogue(session)
    const firstColumn = async (schema?: string) => (await tableOf(session, 'both', schema))?.columns[0]?.name

    expect(await firstColumn()).toBe('in_main')
    expect(await firstColumn('other')).toBe('in_other')
    expect(await tableOf(session, 'only')).toMatchObject({
      schema: 'other',
      foreignKeys: [{ foreignTable: { schema: 'other', name: 'both' } }],
    })
    expect((await tableOf(session, 'both'))?.triggers).toMatchObject([{ name: 'on_main' }])

    await session.execute('create temp table both (in_temp int)')

    expect(await firstColumn()).toBe('in_temp')
    expect((await tableOf(session, 'both'))?.triggers).toEqual([])
    expect((await tableOf(session, 'both', 'MAIN'))?.schema).toBeUndefined()
    expect(await tableOf(session, 'both', 'nowhere')).toBeUndefined()
    expect((await catalogue.tables()).map(({ schema, name }) => [schema, name])).toEqual([
      [undefined, 'both'],
      ['other', 'both'],
      ['other', 'only'],
      ['temp', 'both'],
    ])
    expect((await catalogue.tables('other')).map(({ name }) => name)).toEqual(['both', 'only'])
    expect((await catalogue.snapshot()).tables).toHaveLength(4)
    expect(await catalogue.schemas()).toEqual([
      { name: 'temp', path: undefined, default: false },
      { name: 'main', path: join(folder, 'database.sqlite'), default: true },
      { name: 'other', path: join(folder, 'other.sqlite'), default: false },
    ])
  })

  test('shows a virtual table, and neither its shadow tables nor the internal ones', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table t (id integer primary key autoincrement)')
    await session.execute('create virtual table docs using fts5(title, body)')
    await session.execute('analyze')
    const { tables } = await new SqliteCatalogue(session).snapshot()

    expect(tables.map(({ name, engine }) => [name, engine])).toEqual([
      ['docs', 'fts5'],
      ['t', undefined],
    ])
    expect(tables[0]?.columns.map(({ name }) => name)).toEqual(['title', 'body'])
  })

  test('knows the sizes of tables with their indexes', async ({ open }) => {
    const session = await open({ driver })
    await session.execute('create table empty (a)')
    await session.execute('create table filled (a unique)')

    const sizes = (await new SqliteCatalogue(session).tables()).map(({ size }) => size)

    expect(sizes).toEqual([4096, 8192])
  })

  test.for(['a "b"', "it's", 'sel;ect', '[x]', '名前 😀', 'a.b', '%', 'x'.repeat(100)])(
    'finds a table named %s',
    async (name, { open }) => {
      const session = await open({ driver })
      await session.execute(
        `create table "${name.replaceAll('"', '""')}" ("${name.replaceAll('"', '""')}" int unique)`,
      )

      expect(await tableOf(session, name)).toMatchObject({
        name,
        columns: [{ name, type: 'int' }],
        indexes: [{ columns: [{ column: name }] }],
      })
    },
  )

  test('finds nothing in an empty database, and no table that is not there', async ({ open }) => {
    const session = await open({ driver })

    expect(await new SqliteCatalogue(session).snapshot()).toEqual({ tables: [], views: [], types: [] })
    expect(await tableOf(session, 'users')).toBeUndefined()
    expect(await tableOf(session, 'sqlite_schema')).toBeUndefined()
  })

  test('reads 1,000 tables in less than two seconds', async ({ open }) => {
    const session = await open({ driver })
    await session.transaction(async () => {
      for (let n = 0; n < 1000; n += 1) {
        const columns = Array.from({ length: 8 }, (_, i) => `"c${i}" varchar not null default 'x'`).join(', ')
        const parent = n === 0 ? 't0' : `t${n - 1}`
        await session.execute(
          `create table t${n} (id integer primary key autoincrement not null, p int references ${parent} (id), ${columns})`,
        )
        await session.execute(`create index t${n}_a on t${n} (c0, c1)`)
        await session.execute(`create unique index t${n}_b on t${n} (c2)`)
      }
    })

    const startedAt = performance.now()
    const { tables } = await new SqliteCatalogue(session).snapshot()

    expect(tables).toHaveLength(1000)
    expect(
      tables.every(
        ({ columns, indexes, foreignKeys }) => columns.length + indexes.length + foreignKeys.length === 13,
      ),
    ).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})

function column(name: string, type: string, attributes: object = {}) {
  return {
    name,
    type,
    typeName: type,
    nullable: true,
    default: undefined,
    autoIncrement: false,
    generated: undefined,
    identity: undefined,
    onUpdate: undefined,
    invisible: false,
    charset: undefined,
    collation: undefined,
    comment: undefined,
    ...attributes,
  }
}
