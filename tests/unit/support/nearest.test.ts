import { expect, test } from 'vitest'
import { didYouMean, didYouMeanPart, nearest } from '../../../src/support/nearest.js'

const words = ['migrate', 'migrate:status', 'list']

test.each([
  ['migrat', 'migrate'],
  ['MIGRATE', 'migrate'],
  ['migrate:statsu', 'migrate:status'],
  ['lisst', 'list'],
  ['seed', undefined],
  ['', undefined],
])('the nearest word to %j is %j', (given, expected) => {
  expect(nearest(given, words)).toBe(expected)
})

test('a letter outside the basic plane counts as one', () => {
  expect(nearest('x', ['😀'])).toBe('😀')
  expect(nearest('something', ['😀'])).toBeUndefined()
})

test('didYouMean is a sentence, or nothing', () => {
  expect(didYouMean('lst', words)).toBe(' Did you mean "list"?')
  expect(didYouMean('xyz', words)).toBe('')
  expect(didYouMean('xyz', [])).toBe('')
})

test('didYouMeanPart takes a part for the words that hold it, unless they are many', () => {
  expect(didYouMeanPart('status', words)).toBe(' Did you mean "migrate:status"?')
  expect(didYouMeanPart('migrate', words)).toBe(' Did you mean "migrate" or "migrate:status"?')
  expect(didYouMeanPart('tag', ['tags_one', 'tags_two', 'tags_six', 'tags_ten'])).toBe('')
  expect(didYouMeanPart('lst', words)).toBe(' Did you mean "list"?')
  expect(didYouMeanPart('', words)).toBe('')
})
