import { expect, test } from 'vitest'
import { bindable } from '../../../src/query/values.js'

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
