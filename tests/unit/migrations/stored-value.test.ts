import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromStoredText, toStoredText } from '../../../src/migrations/stored-value.js'

/** The keys by which the stored form says what JSON lacks are keys like any other to whoever stores a row. */
const key = fc.oneof(fc.string(), fc.constantFrom('bigint', 'number', 'date', 'bytes', 'object', '__proto__'))

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double(),
    fc.constantFrom(-0, NaN, Infinity, -Infinity),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.date(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.array(tie('value')),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
}))

test('any value that a row holds comes back as it went in', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(fromStoredText(toStoredText(given))).toEqual(given)
    }),
  )
})

test('is one line, as the journal counts on', () => {
  fc.assert(fc.property(value, (given) => !toStoredText(given).includes('\n')))
})

test('an object that loses what is undefined is not taken for one that says what JSON lacks', () => {
  expect(fromStoredText(toStoredText({ bigint: '5', note: undefined }))).toEqual({ bigint: '5' })
  expect(fromStoredText(toStoredText({ date: 'soon', note: undefined }))).toEqual({ date: 'soon' })
})
