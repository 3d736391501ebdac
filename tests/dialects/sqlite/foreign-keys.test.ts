import { describe, expect } from 'vitest'
import type { Session, Statement } from '../../../src/dialects/dialect.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

const drivers = await availableDrivers()

const statement = (sql: string): Statement => ({ sql, bindings: [], withoutForeignKeys: true })

/** What a rebuild of `parents` does. */
const rebuild: readonly Statement[] = [
  'create table new_parents (id integer primary key, name text)',
  'insert into new_parents select id, name from parents',
  'drop table parents',
  'alter table new_parents rename to parents',
].map(statement)

async function family(session: Session): Promise<void> {
  await session.execute('create table parents (id integer primary key, name text)')
  await session.execute(
    'create table children (id integer primary key, parent_id integer references parents on delete cascade)',
  )
  await session.execute("insert into parents values (1, 'Ann'), (2, 'Bob')")
  await session.execute('insert into children values (10, 1), (11, 1), (20, 2)')
}

const childIds = async (session: Session) =>
  (await session.query('select id from children order by id')).map((row) => row['id'])

describe.each(drivers)('statements without foreign keys, through %s', (driver) => {
  test.for([
    ['pragma foreign_keys = off', 'pragma foreign_keys = on'],
    ['-- first\nPRAGMA main.foreign_keys(0)', 'PRAGMA foreign_keys=1'],
    ["pragma Foreign_Keys='no';", 'pragma foreign_keys = true'],
  ] as const)('are what follows %s in a transaction', async ([off, on], { open }) => {
    const session = await open({ driver })
    await family(session)

    await session.transaction(async () => {
      await session.execute(off)
      for (const { sql } of rebuild) await session.execute(sql)
      await session.execute(on)
    })

    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.setting('foreign_keys')).toBe(1)
  })

  test('leave no orphans behind after pragma foreign_keys = off', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    await expect(
      session.transaction(async () => {
        await session.execute('pragma foreign_keys = off')
        await session.execute('delete from parents')
      }),
    ).rejects.toMatchObject({ code: 'TM_FOREIGN_KEY_VIOLATION' })
    expect(await childIds(session)).toEqual([10, 11, 20])
  })

  test('drop a table and keep the rows that point to it', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    await session.transaction(async () => await session.apply(rebuild))

    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.setting('foreign_keys')).toBe(1)
    await expect(session.execute('insert into children values (30, 3)')).rejects.toThrow('FOREIGN KEY')
  })

  test('run in a transaction of their own where none is open', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    await expect(session.apply([...rebuild, statement('nonsense')])).rejects.toThrow('syntax error')
    expect(session.inTransaction).toBe(false)
    expect(await session.query('select * from parents')).toHaveLength(2)

    await session.apply(rebuild)
    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.setting('foreign_keys')).toBe(1)
  })

  test('keep what the transaction has done before, inside savepoints too', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    await session.transaction(async () => {
      await session.execute('insert into parents values (?, ?)', [3, new Date('2025-03-05T00:00:00Z')])
      await session.transaction(async () => await session.execute("insert into parents values (4, 'Dan')"))
      const undone = session.transaction(async () => {
        await session.execute("insert into parents values (5, 'Eve')")
        throw new Error('undo')
      })
      await expect(undone).rejects.toThrow('undo')
      const alsoUndone = session.transaction(async () => {
        await session.query("insert into parents values (6, 'Fay') returning id")
        await session.apply(rebuild)
        throw new Error('undo')
      })
      await expect(alsoUndone).rejects.toThrow('undo')
      await session.execute("insert into parents values (7, 'Gus')")
    })

    expect(await session.query('select * from parents order by id')).toEqual([
      { id: 1, name: 'Ann' },
      { id: 2, name: 'Bob' },
      { id: 3, name: '2025-03-05 00:00:00' },
      { id: 4, name: 'Dan' },
      { id: 7, name: 'Gus' },
    ])
    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.setting('foreign_keys')).toBe(1)
  })

  test('tell their observer of each of them', async ({ open }) => {
    const session = await open({ driver })
    await family(session)
    const seen: string[] = []

    await session.apply(rebuild.slice(0, 2), ({ sql }) => {
      seen.push(`begin ${sql.slice(0, 6)}`)
      return () => seen.push(`end ${sql.slice(0, 6)}`)
    })

    expect(seen).toEqual(['begin create', 'end create', 'begin insert', 'end insert'])
  })

  test('are refused after a DELETE whose ON DELETE has fired, and nothing is changed', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    const work = session.transaction(async () => {
      await session.execute('delete from parents where id = ?', [1])
      expect(await childIds(session)).toEqual([20])
      await session.apply(rebuild)
    })

    await expect(work).rejects.toMatchObject({
      code: 'TM_REBUILD_AFTER_DATA',
      details: { obstacle: 'other-effect' },
      place: { sql: 'delete from parents where id = ?' },
      remedy: 'Put the change of data and the change of structure into two migrations.',
    })
    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.setting('foreign_keys')).toBe(1)
  })

  test('are taken after a DELETE that no foreign key knows of', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    await session.transaction(async () => {
      await session.execute('delete from children where parent_id = 2')
      await session.execute(
        'delete from parents where id = 2 and not exists (select 1 from children where parent_id = 2)',
      )
      await session.apply(rebuild)
    })

    expect(await childIds(session)).toEqual([10, 11])
  })

  test.for([
    ['insert into parents values (abs(random() % 1000) + 100, 1)', 'random'],
    ["insert into parents select 100, hex(RandomBlob (4)) from (select 'x')", 'random'],
  ] as const)('are refused after %s', async ([sql, obstacle], { open }) => {
    const session = await open({ driver })
    await family(session)

    const work = session.transaction(async () => {
      await session.execute(sql)
      await session.apply(rebuild)
    })

    await expect(work).rejects.toMatchObject({ code: 'TM_REBUILD_AFTER_DATA', details: { obstacle } })
    expect(await session.query('select id from parents')).toHaveLength(2)
  })

  test.for([
    ['a default', 'insert into "Tokens" default values'],
    ['a trigger', 'insert into marks values (1)'],
    ['a trigger of a trigger', 'insert into notes values (1)'],
    ['a view', 'insert into marks select * from dice'],
  ])('are refused where %s gave a value that may be another the second time', async ([, sql], { open }) => {
    const session = await open({ driver })
    await family(session)
    await session.execute('create table tokens (n, value text default (hex(randomblob(16))))')
    await session.execute('create table marks (n)')
    await session.execute('create table notes (n)')
    await session.execute('create view dice as select random() as n')
    await session.execute(
      'create trigger marked after insert on marks begin insert into tokens (n) values (1); end',
    )
    await session.execute(
      'create trigger noted after insert on notes begin insert into marks values (1); end',
    )

    const work = session.transaction(async () => {
      await session.execute(sql ?? '')
      await session.apply(rebuild)
    })

    await expect(work).rejects.toMatchObject({ details: { obstacle: 'random' } })
  })

  test('are taken where random values are only a default of a table that is not written', async ({
    open,
  }) => {
    const session = await open({ driver })
    await family(session)

    await session.transaction(async () => {
      await session.execute('create table tokens (value text default (hex(randomblob(16))))')
      await session.execute("insert into parents values (3, 'Cy')")
      await session.apply(rebuild)
    })

    expect(await session.query('select id from parents')).toHaveLength(3)
  })

  test('are refused after more statements than are kept', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    const work = session.transaction(async () => {
      for (let id = 100; id < 10_101; id += 1)
        await session.execute('insert into parents values (?, null)', [id])
      await session.apply(rebuild)
    })

    await expect(work).rejects.toMatchObject({ details: { obstacle: 'too-many' } })
  })

  test('are refused in a transaction that a BEGIN has begun', async ({ open }) => {
    const session = await open({ driver })
    await family(session)
    await session.execute('begin')

    await expect(session.apply(rebuild)).rejects.toMatchObject({ details: { obstacle: 'own-begin' } })
    await session.execute('rollback')
  })

  test('fail at the commit where they leave rows that point nowhere, and nothing is changed', async ({
    open,
  }) => {
    const session = await open({ driver })
    await family(session)

    const work = session.transaction(async () => {
      await session.apply(rebuild)
      await session.execute('delete from parents where id = 1')
    })

    await expect(work).rejects.toMatchObject({
      code: 'TM_FOREIGN_KEY_VIOLATION',
      message:
        'After the change, rows would point to rows that are not there: 2 of "children" to "parents". ' +
        'Everything was rolled back.',
      details: {
        orphans: [
          {
            table: 'children',
            parent: 'parents',
            rows: 2,
            query: 'PRAGMA "main".foreign_key_check("children")',
          },
        ],
      },
    })
    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.query('select id from parents')).toHaveLength(2)
    expect(await session.setting('foreign_keys')).toBe(1)
  })

  test('let rows be that pointed nowhere before', async ({ open }) => {
    const session = await open({ driver })
    await family(session)
    await session.enforceForeignKeys(false)
    await session.execute('insert into children values (90, 9)')
    await session.enforceForeignKeys(true)

    await session.apply(rebuild)

    expect(await childIds(session)).toEqual([10, 11, 20, 90])
  })

  test('pass over a foreign key that points to columns without a unique index', async ({ open }) => {
    const session = await open({ driver })
    await family(session)
    await session.execute('create table odd (name text references parents (name))')

    await session.apply(rebuild)

    expect(await childIds(session)).toEqual([10, 11, 20])
  })

  test('need nothing of the kind where foreign keys are not enforced at all', async ({ open }) => {
    const session = await open({ driver, foreignKeys: false })
    await family(session)

    await session.transaction(async () => {
      await session.execute('delete from parents where id = 1')
      await session.apply(rebuild)
    })

    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.setting('foreign_keys')).toBe(0)
  })

  test('see no other writer between', async ({ open }) => {
    for (const mode of ['delete', 'wal']) {
      const session = await open({ driver })
      await session.setting('journal_mode', mode)
      await session.execute('drop table if exists children')
      await session.execute('drop table if exists parents')
      await family(session)

      await session.transaction(async () => {
        await session.execute("insert into parents values (3, 'Cy')")
        await session.apply(rebuild)
      })

      expect(await session.query('select id from parents')).toHaveLength(3)
      await session.close()
    }
  })
})

describe.each(drivers)('enforceForeignKeys through %s', (driver) => {
  test('switches at once outside a transaction, and says what it was', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    expect(await session.enforceForeignKeys(false)).toBe(true)
    expect(await session.enforceForeignKeys(false)).toBe(false)
    await session.execute('insert into children values (90, 9)')
    expect(await session.enforceForeignKeys(true)).toBe(false)

    expect(await session.setting('foreign_keys')).toBe(1)
  })

  test('switches off inside a transaction, and checks before the commit', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    const work = session.transaction(async () => {
      expect(await session.enforceForeignKeys(false)).toBe(true)
      await session.execute('insert into children values (90, 9)')
      expect(await session.enforceForeignKeys(true)).toBe(false)
    })
    await expect(work).rejects.toMatchObject({ code: 'TM_FOREIGN_KEY_VIOLATION' })

    await session.transaction(async () => {
      await session.enforceForeignKeys(false)
      await session.execute('insert into children values (90, 9)')
      await session.execute("insert into parents values (9, 'Ivy')")
    })
    expect(await childIds(session)).toEqual([10, 11, 20, 90])
    expect(await session.setting('foreign_keys')).toBe(1)
  })

  test('switched on inside a transaction, holds from its end on', async ({ open }) => {
    const session = await open({ driver, foreignKeys: false })
    await family(session)

    await session.transaction(async () => {
      expect(await session.enforceForeignKeys(true)).toBe(false)
    })

    expect(await session.setting('foreign_keys')).toBe(1)
  })
})
