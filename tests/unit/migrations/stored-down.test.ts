import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDown, writeDown } from '../../../src/migrations/stored-down.js'

const value = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
)

test('statements come back from the ledger as they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ sql: fc.string(), bindings: fc.array(value) })), (statements) => {
      expect(readDown(writeDown({ statements, standsOn: { a: 'f00d' }, transaction: true }))).toEqual({
        statements,
        standsOn: { a: 'f00d' },
        transaction: true,
      })
    }),
  )
})

test('what the session must know of a statement is kept', () => {
  const statements = [
    { sql: 'drop table a', bindings: [], note: 'why', withoutForeignKeys: true },
    { sql: 'pragma legacy_alter_table = off', bindings: [], restoresSetting: true },
  ]

  expect(readDown(writeDown({ statements, standsOn: { a: 'f00d' }, transaction: false }))).toEqual({
    statements,
    standsOn: { a: 'f00d' },
    transaction: false,
  })
})
