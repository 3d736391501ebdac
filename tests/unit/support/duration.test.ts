import { expect, test } from 'vitest'
import { parseDuration } from '../../../src/support/duration.js'

test.each([
  ['500ms', 500],
  ['10s', 10_000],
  ['1.5s', 1500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  [' 10 s ', 10_000],
  ['0', 0],
  ['0s', 0],
  [0, 0],
  [250, 250],
  ['0.2ms', 1],
  [0.2, 1],
])('%j is %i milliseconds', (given, ms) => {
  expect(parseDuration(given)).toBe(ms)
})

test.each([
  '',
  '10',
  '10 apples',
  's',
  '-1s',
  '1e3s',
  '1d',
  '600h',
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  true,
  {},
])('%j is no duration', (given) => {
  expect(parseDuration(given)).toBeUndefined()
})
