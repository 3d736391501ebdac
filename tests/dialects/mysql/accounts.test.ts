// What the catalogue says of a statement about accounts changes with those that it names, and with no others.

import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Row } from '../../../src/dialects/dialect.js'
import { connect } from '../../../src/connection/connect.js'
import { ask, makeDatabase } from '../../helpers/database.js'

const isMariadb = inject('dialect') === 'mariadb'
const run = async (sql: string): Promise<readonly Row[]> => await ask(sql, inject('address'))

/** Whether what is said of `statement` is something else after `change`. */
async function isSeen(statement: string, before: readonly string[], change: string): Promise<boolean> {
  const { session, dialect } = await connect((await makeDatabase()).target, { lockTimeoutMs: 5000 })
  onTestFinished(() => session.close())
  const drop = "drop user if exists 'tm_ada'@'%', tm_ada@localhost, 'tm_bob'@'127.0.0.1', 'tm_cy'@'%'"
  const dropRoles = 'drop role if exists tm_role'
  for (const sql of [drop, dropRoles, ...before]) await run(sql)
  onTestFinished(async () => {
    await run(drop)
    await run(dropRoles)
  })
  const look = async () => await dialect.journaling.evidence(session, { sql: statement, bindings: [] })
  const evidence = await look()
  expect(evidence).toBeDefined()
  expect(await look()).toBe(evidence)
  await run(change)
  return (await look()) !== evidence
}

const [ada, bob] = ["create user 'tm_ada'@'%'", 'create user tm_bob@127.0.0.1']

describe('of a statement that names accounts', () => {
  test.each([
    { statement: ada, before: [] },
    { statement: `${ada} identified by 'x', 'tm_cy'@'%'`, before: [], change: ada },
    { statement: 'create user if not exists tm_ada', before: [], change: ada },
    { statement: 'drop user tm_bob@127.0.0.1', before: [bob] },
    { statement: 'drop user `tm_bob`@`127.0.0.1`', before: [bob] },
    { statement: "alter user 'tm_ada'@'%' identified by 'other'", before: [ada] },
    { statement: "rename user tm_ada to 'tm_cy'@'%'", before: [ada] },
    { statement: 'create role tm_role', before: [] },
    {
      statement: "revoke show databases on *.* from 'tm_ada'@'%'",
      before: [ada, 'grant show databases on *.* to tm_ada'],
    },
    {
      statement: 'revoke tm_role from tm_ada',
      before: [ada, 'create role tm_role', 'grant tm_role to tm_ada'],
    },
  ])('$statement is seen', async ({ statement, before, change = statement }) => {
    expect(await isSeen(statement, before, change)).toBe(true)
  })

  test.each([
    { statement: ada, before: [], change: bob },
    { statement: ada, before: [], change: 'create user tm_ada@localhost' },
    { statement: 'drop user tm_bob@127.0.0.1', before: [bob, ada], change: 'drop user tm_ada' },
    { statement: "alter user tm_ada identified by 'x'", before: [ada], change: bob },
    { statement: 'rename user tm_ada to tm_cy', before: [ada], change: bob },
    { statement: 'create role tm_role', before: [], change: bob },
    {
      statement: 'revoke show databases on *.* from tm_bob@127.0.0.1',
      before: [ada, bob],
      change: 'grant show databases on *.* to tm_ada',
    },
  ])('$statement is not mistaken for $change', async ({ statement, before, change }) => {
    expect(await isSeen(statement, before, change)).toBe(false)
  })

  test.skipIf(isMariadb)('an account that is not said by its name may be any', async () => {
    expect(await isSeen("alter user current_user() identified by 'x'", [], bob)).toBe(true)
  })
})
