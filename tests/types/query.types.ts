// What the compiler must accept and refuse of the values of a query. Nothing here runs: `npm run types` is the test.

import type { Database } from '../../src/query/database.js'

export async function accepted(db: Database): Promise<void> {
  await db.table('t').insert({ json: { a: [1, { b: null }], at: new Date() }, list: ['x', 2] })
  await db.table('t').where('id', 1).update({ json: {} })
  await db.table('t').upsert([{ id: 1, json: [] }], 'id', { json: [true] })
  await db.table('t').updateOrInsert({ id: 1 }, { json: { a: 1 } })
}

export async function refused(db: Database): Promise<void> {
  // @ts-expect-error a condition compares no objects
  db.table('t').where('json', { a: 1 })
  // @ts-expect-error the same
  db.table('t').where({ json: [1] })
  // @ts-expect-error what is looked for is a condition
  await db.table('t').updateOrInsert({ json: { a: 1 } })
  // @ts-expect-error JSON has no bigint
  await db.table('t').insert({ json: { a: 1n } })
  // @ts-expect-error a Map is no JSON
  await db.table('t').insert({ json: new Map() })
  // @ts-expect-error undefined is no value
  await db.table('t').insert({ json: undefined })
}
