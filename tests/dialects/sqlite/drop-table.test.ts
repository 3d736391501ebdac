// Dropping a table that others reference: their rows are kept, or the drop is refused, as on other databases.

import { describe, expect } from 'vitest'
import type { Session, Statement } from '../../../src/dialects/dialect.js'
import { availableDrivers, test } from '../../helpers/sqlite-file.js'

const drivers = await availableDrivers()

const drop = (name: string): Statement => ({ sql: `drop table ${name}`, bindings: [] })

async function family(session: Session): Promise<void> {
  await session.execute('create table "par.ents" (id integer primary key)')
  await session.execute(
    'create table children (id integer primary key, parent_id integer references "Par.ents" on delete cascade)',
  )
  await session.execute('insert into "par.ents" values (1), (2)')
  await session.execute('insert into children values (10, 1), (11, 1), (20, null)')
}

const childIds = async (session: Session) =>
  (await session.query('select id from children order by id')).map((row) => row['id'])

describe.each(drivers)('a dropped table, through %s', (driver) => {
  test('does not take rows of other tables along, but is refused', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    for (const run of [
      () => session.apply([drop('"par.ents"')]),
      () => session.transaction(async () => await session.apply([drop('if exists "main"."par.ents"')])),
    ]) {
      await expect(run()).rejects.toMatchObject({
        code: 'TM_FOREIGN_KEY_VIOLATION',
        message:
          'After the change, rows would point to rows that are not there: 2 of "children" to "Par.ents". ' +
          'Everything was rolled back.',
      })
      expect(await childIds(session)).toEqual([10, 11, 20])
      expect(await session.query('select id from "par.ents"')).toHaveLength(2)
      expect(await session.setting('foreign_keys')).toBe(1)
    }
  })

  test('goes where no row points to it any more at the end of the transaction', async ({ open }) => {
    const session = await open({ driver })
    await family(session)
    await session.execute('create table notes (parent_id integer references "par.ents")')
    await session.execute('insert into notes values (null)')

    await session.transaction(async () => {
      await session.apply([drop('"par.ents"'), drop('children')])
    })

    expect(await session.query('select * from notes')).toHaveLength(1)
    expect(await session.query("select name from sqlite_schema where name <> 'notes'")).toEqual([])
  })

  test('may be put in the place of another with the rows that are pointed to', async ({ open }) => {
    const session = await open({ driver })
    await family(session)

    await session.transaction(async () => {
      await session.execute('create table other (id integer primary key, name text)')
      await session.execute('insert into other (id) select id from "par.ents"')
      await session.apply([drop('"par.ents"')])
      await session.execute('pragma legacy_alter_table = on')
      await session.execute('alter table other rename to "par.ents"')
    })

    expect(await childIds(session)).toEqual([10, 11, 20])
    expect(await session.query('pragma foreign_key_check')).toEqual([])
  })

  test('may reference itself, with RESTRICT too', async ({ open }) => {
    const session = await open({ driver })
    for (const action of ['restrict', 'cascade', 'no action']) {
      await session.execute(
        `create table trees (id integer primary key, up integer references trees on delete ${action})`,
      )
      // Deeper than SQLite lets actions go.
      await session.execute(
        'with recursive n (i) as (values (1) union all select i + 1 from n where i < 2000) ' +
          'insert into trees select i, nullif(i - 1, 0) from n',
      )

      await session.apply([drop('trees')])
    }

    expect(await session.query('select name from sqlite_schema')).toEqual([])
  })

  test('leaves rows that point nowhere where foreign keys are not enforced at all', async ({ open }) => {
    const session = await open({ driver, foreignKeys: false })
    await family(session)

    await session.apply([drop('"par.ents"')])

    expect(await childIds(session)).toEqual([10, 11, 20])
  })

  test('that is not there, is an error of the statement itself', async ({ open }) => {
    const session = await open({ driver })

    await expect(session.apply([drop('missing')])).rejects.toThrow('no such table: missing')
    await session.apply([drop('if exists missing')])
  })
})
