// A moment is the same wherever it is written and read: in processes of other time zones, and in a database whose own zone
// is another one.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test } from 'vitest'
import { connect } from '../../../src/connection/connect.js'
import { LiveExecutor } from '../../../src/connection/live-executor.js'
import { Database } from '../../../src/query/database.js'
import { SchemaBuilder } from '../../../src/schema/schema-builder.js'
import { administer, makeDatabase, type TestDatabase } from '../../helpers/database.js'

const columns = ['dateTime', 'dateTimeTz', 'timestamp', 'timestampTz'] as const

/** Among them some that clocks in Newfoundland show twice or never, and midnights there and in Nepal. */
const moments = [
  '1970-01-01T00:00:01.000Z',
  '2000-02-29T23:59:59.999Z',
  '2025-03-05T03:30:00.000Z',
  '2025-03-05T18:15:00.000Z',
  '2025-03-09T02:30:00.125Z',
  '2025-03-09T05:29:59.999Z',
  '2025-03-09T05:30:00.000Z',
  '2025-11-02T03:45:00.000Z',
  '2025-11-02T04:45:00.000Z',
  '2038-01-19T03:14:07.000Z',
]

/** A moment in every column that can hold one. */
const everywhere = <T>(moment: T): Record<string, T> =>
  Object.fromEntries(columns.map((column) => [column, moment]))

const others = { day: '2025-03-09', hour: '02:30:00' }

/** The rows that one process writes, as JSON shows them. */
const rowsOf = (writer: string) => moments.map((moment) => ({ writer, ...everywhere(moment), ...others }))

const child = fileURLToPath(new URL('zones-child.ts', import.meta.url))

/** Writes the rows in a process of that zone, and gives what it reads of all that there are. */
async function inZone(zone: string, { variables }: TestDatabase): Promise<unknown> {
  const load = `import('jiti').then(({ createJiti }) => createJiti(process.cwd() + '/').import(${JSON.stringify(child)}))`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', load], {
    env: {
      ...process.env,
      TZ: zone,
      ZONES_VARIABLES: JSON.stringify(variables),
      ZONES_ROWS: JSON.stringify(rowsOf('child')),
    },
  })
  return JSON.parse(stdout)
}

async function open({ target }: TestDatabase): Promise<Database> {
  const { dialect, session } = await connect(target, { lockTimeoutMs: 1000 })
  onTestFinished(() => session.close())
  const executor = new LiveExecutor(dialect, session)
  await new SchemaBuilder(executor).create('things', (table) => {
    table.string('writer')
    for (const column of columns) table[column](column, 3)
    table.date('day')
    table.time('hour')
  })
  return new Database(executor, { connectionName: 'main', databaseName: target.database, tablePrefix: '' })
}

/** Both processes read what both have written, and both find it. */
async function expectSameMoments(database: TestDatabase, zone: string, clock: string): Promise<void> {
  const db = await open(database)
  await db
    .table('things')
    .insert(moments.map((moment) => ({ writer: 'parent', ...everywhere(new Date(moment)), ...others })))

  expect(await inZone(zone, database)).toEqual({
    clock: expect.stringContaining(clock),
    read: [...rowsOf('child'), ...rowsOf('parent')],
  })
  const read = await db.table('things').orderBy('writer').orderBy('dateTime').get()
  expect(JSON.parse(JSON.stringify(read))).toEqual([...rowsOf('child'), ...rowsOf('parent')])
  expect(
    await db
      .table('things')
      .where(everywhere(new Date(moments[0] ?? '')))
      .count(),
  ).toBe(2)
}

test('a moment is the same in a process in Newfoundland', async () => {
  await expectSameMoments(await makeDatabase(), 'America/St_Johns', 'Wed Dec 31 1969 20:30:00 GMT-0330')
})

// The zone of a MySQL server is of all its databases: these tests see no other one where the server is started with
// --default-time-zone=+05:45.
test.runIf(inject('dialect') === 'postgres')('a moment is the same in a database in Nepal', async () => {
  const database = await makeDatabase()
  await administer(`alter database "${database.target.database}" set timezone to 'Asia/Kathmandu'`)

  await expectSameMoments(database, 'America/St_Johns', 'Wed Dec 31 1969 20:30:00 GMT-0330')
})
