import { expect, test } from 'vitest'
import { bindable, writable } from '../../../src/query/values.js'

test.each([
  ['text'],
  [''],
  [0],
  [-0.5],
  [Infinity],
  [2n ** 63n],
  [true],
  [null],
  [new Date(0)],
  [new Uint8Array(2)],
])('binds %s as it is', (value) => {
  expect(bindable(value, 'where("a")')).toBe(value)
})

test.each([
  [undefined, 'where("a") was given undefined, which is no value of a database.'],
  [Number.NaN, 'where("a") was given NaN; '],
  [new Date('never'), 'where("a") was given an invalid Date; '],
  [['x'], 'where("a") was given an array; '],
  [{ x: 1 }, 'where("a") was given an object; '],
  [Symbol('x'), 'where("a") was given a symbol; '],
])('refuses %s', (value, message) => {
  expect(() => bindable(value, 'where("a")')).toThrow(message)
})

test.each([
  [
    { a: [1, null, { b: 'ü' }], at: new Date(0), left: undefined },
    '{"a":[1,null,{"b":"ü"}],"at":"1970-01-01T00:00:00.000Z"}',
  ],
  [[], '[]'],
  [Object.create(null), '{}'],
  [[{ toJSON: () => 1 }], '[1]'],
])('writes %j as JSON', (value, text) => {
  expect(writable(value, 'Column "a"')).toBe(text)
})

test.each([['[1]'], [null], [new Date(0)], [new Uint8Array(2)]])('writes %s as it is', (value) => {
  expect(writable(value, 'Column "a"')).toBe(value)
})

const ring: unknown[] = []
ring.push(ring)

test.each([
  [[1n], 'a bigint at "0"'],
  [{ a: { b: Number.NaN } }, 'NaN at "b"'],
  [[Infinity], 'Infinity at "0"'],
  [[undefined], 'undefined at "0"'],
  [{ a: new Date('never') }, 'an invalid Date at "a"'],
  [{ a: new Map() }, 'a Map at "a"'],
  [{ a: Buffer.from('x') }, 'a Buffer at "a"'],
  [{ a: () => 1 }, 'a function at "a"'],
  [ring, 'an object that holds itself'],
  [new Map(), 'an object'],
  [undefined, 'undefined'],
])('refuses to write %s as JSON', (value, given) => {
  expect(() => writable(value, 'Column "a"')).toThrow(`Column "a" was given ${given}`)
})
