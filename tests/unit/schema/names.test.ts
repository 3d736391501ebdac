import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pluralOf, singularOf, snakeCase } from '../../../src/schema/inflection.js'
import { fitName, foreignKeyName, indexName } from '../../../src/schema/names.js'

const posts = { schema: undefined, name: 'posts' }

describe('conventional names', () => {
  test('are the table, the columns and the kind', () => {
    expect(indexName(posts, 'index', ['user_id', 'created_at'])).toBe('posts_user_id_created_at_index')
    expect(indexName(posts, 'spatial', ['place'])).toBe('posts_place_spatialindex')
    expect(foreignKeyName(posts, ['user_id'])).toBe('posts_user_id_foreign')
  })

  test('have small letters, and underscores for hyphens and dots', () => {
    expect(indexName({ schema: 'Blog', name: 'my-posts' }, 'unique', ['slugText'])).toBe(
      'blog_my_posts_slugtext_unique',
    )
  })
})

describe('fitName', () => {
  test('leaves a name that fits as it is', () => {
    expect(fitName('posts_title_index', 17)).toBe('posts_title_index')
    expect(fitName('posts_title_index', undefined)).toBe('posts_title_index')
  })

  test('cuts a name that does not fit, and ends it in a hash of the whole', () => {
    // printf %s posts_user_id_created_at_index | sha256sum
    expect(fitName('posts_user_id_created_at_index', 20)).toBe('posts_user__27810ca2')
  })

  test('never makes more bytes than there may be, nor half a letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 9, max: 64 }),
        (name, max) => {
          const fitted = fitName(name, max)

          expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(max)
          expect(Buffer.from(fitted).toString()).toBe(fitted)
        },
      ),
    )
  })
})

describe('inflection', () => {
  test.each([
    ['user', 'users'],
    ['category', 'categories'],
    ['person', 'people'],
    ['child', 'children'],
    ['order_item', 'order_items'],
    ['status', 'statuses'],
    ['address', 'addresses'],
    ['medium', 'media'],
    ['media', 'media'],
    ['company_media', 'company_media'],
    ['news', 'news'],
    ['series', 'series'],
    ['feedback', 'feedback'],
    ['schema', 'schemas'],
    ['users', 'users'],
  ])('the plural of %s is %s', (one, many) => {
    expect(pluralOf(one)).toBe(many)
  })

  test.each([
    ['users', 'user'],
    ['categories', 'category'],
    ['people', 'person'],
    ['order_items', 'order_item'],
    ['statuses', 'status'],
    ['news', 'news'],
    ['feedback', 'feedback'],
  ])('the singular of %s is %s', (many, one) => {
    expect(singularOf(many)).toBe(one)
  })

  test('a class becomes a column', () => {
    expect(snakeCase('OrderItem')).toBe('order_item')
  })
})
