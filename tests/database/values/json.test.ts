// Objects and lists that are written: JSON in any column, read back as what it is where the column is of JSON.

import * as fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { openTable } from './open.js'

/** A column of JSON is a text on SQLite, as in Laravel. */
const asRead = (value: unknown): unknown => (inject('dialect') === 'sqlite' ? JSON.stringify(value) : value)

describe('an object or a list', () => {
  test('is written as JSON by insert, update and upsert', async () => {
    const db = await openTable((table) => {
      table.integer('id').primary()
      table.json('c').nullable()
    })
    const read = async () => await db.table('things').orderBy('id').pluck('c')

    await db.table('things').insert([
      { id: 1, c: { a: [1, null, 'ü'] } },
      { id: 2, c: ['x'] },
    ])
    await db.table('things').where('id', 2).update({ c: {} })
    await db.table('things').upsert(
      [
        { id: 1, c: [true] },
        { id: 3, c: [] },
      ],
      'id',
    )

    expect(await read()).toEqual([[true], {}, []].map(asRead))

    await db.table('things').upsert({ id: 3, c: {} }, 'id', { c: [{ b: 2.5 }] })
    await db.table('things').updateOrInsert({ id: 1 }, { c: [1] })
    await db.table('things').updateOrInsert({ id: 4 }, { c: [4] })

    expect(await read()).toEqual([[1], {}, [{ b: 2.5 }], [4]].map(asRead))
  })

  test('is written as its JSON text into a column of text', async () => {
    const db = await openTable((table) => {
      table.text('c')
    })

    await db.table('things').insert({ c: { a: 1 } })

    expect(await db.table('things').value('c')).toBe('{"a":1}')
  })

  test('is refused in a condition', async () => {
    const db = await openTable((table) => {
      table.json('c')
    })

    const refused = expect.objectContaining({ code: 'TM_INVALID_VALUE' })
    const object: unknown = { a: 1 }
    // The types refuse both as well.
    expect(() => db.table('things').where('c', object as never)).toThrow(refused)
    await expect(db.table('things').updateOrInsert({ c: [] as never })).rejects.toEqual(refused)
  })

  test.each(['json', 'jsonb'] as const)('comes back from a column of type %s', async (type) => {
    const db = await openTable((table) => {
      table[type]('c')
    })
    // PostgreSQL's jsonb has neither the character NUL nor half of a surrogate pair, and no -0.
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''))
    const number = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    )
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        text,
        number.map((value) => (Object.is(value, -0) ? 0 : value)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json')),
        fc.dictionary(text, tie('json')),
      ),
    }))

    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(json), fc.dictionary(text, json)), async (value) => {
        await db.table('things').delete()
        // fast-check does not say of its recursive values what they are.
        await db.table('things').insert({ c: value as never })

        const read = await db.table('things').value('c')
        expect(inject('dialect') === 'sqlite' ? JSON.parse(String(read)) : read).toEqual(value)
      }),
      { numRuns: 50 },
    )
  })
})
