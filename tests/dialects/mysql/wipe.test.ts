import { expect, test } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import { isMariadb, openWorkbench } from './open.js'

async function namesIn(session: Session): Promise<unknown[]> {
  const rows = await session.query(
    'select table_name as name from information_schema.tables where table_schema = database() order by 1',
  )
  return rows.map(({ name }) => name)
}

async function filled() {
  const opened = await openWorkbench()
  const { session } = opened
  await session.execute('create table parents (id integer primary key)')
  await session.execute(
    'create table children (id integer primary key, parent_id integer, foreign key (parent_id) references parents (id))',
  )
  await session.execute(
    'alter table parents add child_id integer, add foreign key (child_id) references children (id)',
  )
  await session.execute('create table `odd ``name` (id integer)')
  await session.execute('create trigger t before insert on parents for each row set new.id = new.id')
  await session.execute('create view names as select id from parents')
  await session.execute('create view names_of_names as select id from names')
  return opened
}

const everything = { tables: true, views: true, types: true }

test('drops tables that reference each other, with their triggers, and views of views', async () => {
  const { session, dialect } = await filled()

  await dialect.wipe(session, everything)

  expect(await namesIn(session)).toEqual([])
  expect(await session.query('show triggers')).toEqual([])
  expect(await session.setting('foreign_key_checks')).toBe(1)
})

test('drops what it is asked to', async () => {
  const { session, dialect } = await filled()

  await dialect.wipe(session, { tables: false, views: true, types: true })
  expect(await namesIn(session)).toEqual(['children', 'odd `name', 'parents'])

  await session.execute('create view names as select id from parents')
  await dialect.wipe(session, { tables: true, views: false, types: true })
  expect(await namesIn(session)).toEqual(['names'])
})

test('leaves the table that is excepted, with its rows', async () => {
  const { session, dialect } = await filled()
  await session.execute('create table migrations (id integer)')
  await session.execute('insert into migrations values (7)')

  await dialect.wipe(session, { ...everything, except: { schema: undefined, name: 'migrations' } })

  expect(await namesIn(session)).toEqual(['migrations'])
  expect(await session.query('select * from migrations')).toEqual([{ id: 7 }])
})

test('drops a table that one of another database references', async () => {
  const { session, dialect, options } = await filled()
  const { session: other } = await openWorkbench()
  await other.execute(
    `create table strangers (parent_id integer, foreign key (parent_id) references \`${options.database}\`.parents (id))`,
  )

  await dialect.wipe(session, everything)

  expect(await namesIn(session)).toEqual([])
  expect(await namesIn(other)).toEqual(['strangers'])
})

test('does nothing to an empty database, and may be done again', async () => {
  const { session, dialect } = await openWorkbench()

  await dialect.wipe(session, everything)
  await dialect.wipe(session, everything)

  expect(await namesIn(session)).toEqual([])
})

test.runIf(isMariadb)('drops sequences and versioned tables', async () => {
  const { session, dialect } = await openWorkbench()
  await session.execute('create sequence counter')
  await session.execute('create table history (id integer) with system versioning')

  await dialect.wipe(session, everything)

  expect(await namesIn(session)).toEqual([])
})

test('is refused inside a transaction', async () => {
  const { session, dialect } = await filled()

  await expect(session.transaction(() => dialect.wipe(session, everything))).rejects.toMatchObject({
    code: 'TM_IMPLICIT_COMMIT',
  })
  expect(await namesIn(session)).toContain('parents')
})
