import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames, migrationName } from '../../../src/migrations/names.js'

describe('migrationName', () => {
  test.each([
    ['2025_03_05_000000_create_media_table.ts', '2025_03_05_000000_create_media_table'],
    ['001_users.mts', '001_users'],
    ['001_users.js', '001_users'],
    ['001_users.mjs', '001_users'],
    ['001_users.sql', '001_users'],
    ['001_users.up.sql', '001_users'],
    ['001_users.down.sql', '001_users'],
    ['001_users', '001_users'],
    ['001_v1.2_users.ts', '001_v1.2_users'],
  ])('knows %s as %s', (fileName, name) => {
    expect(migrationName(fileName)).toBe(name)
  })
})

describe('compareNames', () => {
  test('orders numbers as numbers', () => {
    const names = ['1000_d', '999_c', '2_b', '0001_a', '10_c2', '10_c10']

    expect(names.sort(compareNames)).toEqual(['0001_a', '2_b', '10_c2', '10_c10', '999_c', '1000_d'])
  })

  test('orders numbers longer than a JavaScript number holds', () => {
    expect(compareNames('90071992547409931_a', '90071992547409930_a')).toBeGreaterThan(0)
  })

  test('orders names whose numbers are equal by their texts', () => {
    expect(['1_a', '01_a'].sort(compareNames)).toEqual(['01_a', '1_a'])
    expect(compareNames('001_a', '001_b')).toBeLessThan(0)
    expect(compareNames('001_a', '001_a_more')).toBeLessThan(0)
  })

  test('is a total order', () => {
    const name = fc.stringMatching(/^[0-9]{1,6}[a-c_0-9]{0,6}$/)
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a))).toBe(0)
        expect(compareNames(a, b) === 0).toBe(a === b)
        if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0)
          expect(compareNames(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
