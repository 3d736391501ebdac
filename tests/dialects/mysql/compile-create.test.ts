// A table in one statement: the same as the statements that Laravel would run one after the other, but whole or not at all.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import { isMariadb, openStructure, operationsOf } from './structure.js'

type Part = (table: Blueprint) => void

const columns = ['a', 'b', 'c', 'd'] as const
const someColumns = fc.shuffledSubarray([...columns], { minLength: 1, maxLength: 3 })
const part: fc.Arbitrary<Part> = fc.oneof(
  someColumns.map((over) => (t: Blueprint) => void t.index(over, `i_${over.join('')}`)),
  someColumns.map((over) => (t: Blueprint) => void t.unique(over, `u_${over.join('')}`)),
  fc
    .constantFrom('c', 'd')
    .map((over) => (t: Blueprint) => void t.foreign(over).references('id').on('users')),
  fc.constant((t: Blueprint) => void t.foreign('c', 'own').references('id').on('things').cascadeOnDelete()),
  fc.constant((t: Blueprint) => void t.foreign(['c', 'd'], 'pair').references(['x', 'y']).on('pairs')),
  fc.constantFrom('a', 'text').map((over) => (t: Blueprint) => void t.fullText(over, `ft_${over}`)),
  fc.constant((t: Blueprint) => void t.spatialIndex('place')),
  fc.constant((t: Blueprint) => void t.check('is_small', 'b < 100')),
  fc.constant((t: Blueprint) => void t.comment("it's")),
)

function describeThings(parts: readonly Part[]) {
  return (t: Blueprint): void => {
    t.id().from(100)
    t.string('a', 20)
    t.integer('b').default(1)
    t.unsignedBigInteger('c').nullable()
    t.unsignedBigInteger('d')
    t.text('text')
    t.geometry('place', 'point')
    t.integer('twice').virtualAs('b * 2')
    t.string('sum').storedAs('a').index()
    for (const add of parts) add(t)
  }
}

test('makes the same table as one statement after the other', async () => {
  const [together, apart] = [await openStructure(), await openStructure()]
  for (const { schema } of [together, apart]) {
    await schema.create('users', (t) => t.id())
    await schema.create('pairs', (t) => {
      t.unsignedBigInteger('x')
      t.unsignedBigInteger('y')
      t.unique(['x', 'y'])
    })
  }

  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(part, { selector: String, maxLength: 6 }), async (parts) => {
      const all = operationsOf('things', describeThings(parts), true)
      const names = all.map((operation) => JSON.stringify(operation))
      fc.pre(new Set(names).size === names.length)
      await together.executor.change(all)
      for (const operation of all) await apart.executor.change([operation])

      expect(await together.show('things')).toBe(await apart.show('things'))
      for (const { schema } of [together, apart]) await schema.drop('things')
    }),
    { numRuns: 20 },
  )
}, 180_000)

test('makes a table in one statement', async () => {
  const { schema, statements } = await openStructure()
  await schema.create('users', (t) => t.id())

  await schema.create('posts', (t) => {
    t.id()
    t.foreignId('user_id').constrained().cascadeOnDelete()
    t.string('title').index()
    t.comment('all of them')
    t.check('has_title', "title <> ''")
  })

  expect(statements.slice(1).map(({ sql }) => sql)).toEqual([
    'create table `posts` (`id` bigint unsigned not null auto_increment primary key, `user_id` bigint unsigned not null, ' +
      '`title` varchar(255) not null, constraint `posts_user_id_foreign` foreign key (`user_id`) references `users` (`id`) ' +
      "on delete cascade, constraint `has_title` check (title <> ''), index `posts_title_index`(`title`)) " +
      "default character set 'utf8mb4' collate 'utf8mb4_unicode_ci' comment = 'all of them'",
  ])
})

test('leaves nothing behind when a key cannot be made', async () => {
  const { schema } = await openStructure()

  const made = schema.create('posts', (t) => {
    t.id()
    t.foreignId('user_id').constrained()
  })

  await expect(made).rejects.toThrow(/foreign key|users/i)
  expect(await schema.hasTable('posts')).toBe(false)
})

test('takes a key of a table that is not there yet while keys are not enforced', async () => {
  const { schema } = await openStructure()

  await schema.withoutForeignKeyConstraints(async () => {
    await schema.create('posts', (t) => {
      t.id()
      t.foreignId('user_id').constrained()
    })
    await schema.create('users', (t) => t.id())
  })

  expect(await schema.getForeignKeys('posts')).toMatchObject([{ foreign_table: 'users' }])
})

test('begins a counter where it is told, and after what the table has', async () => {
  const { schema, db, show } = await openStructure()

  await schema.create('things', (t) => t.id().startingValue(500))
  expect(await show('things')).toContain('AUTO_INCREMENT=500')

  await db.table('things').insert({ id: 800 })
  await schema.table('things', (t) => t.id().from(700).change())
  expect(await show('things')).toContain('AUTO_INCREMENT=801')
})

test('gives an auto-incrementing column a place in a longer primary key', async () => {
  const { schema, snapshotOf } = await openStructure()

  await schema.create('things', (t) => {
    t.bigInteger('id').autoIncrement()
    t.integer('tenant')
    t.primary(['id', 'tenant'])
  })

  expect((await snapshotOf('things')).primaryKey?.columns).toEqual(['id', 'tenant'])
})

test('puts columns of a new table where they are asked for', async () => {
  const { schema } = await openStructure()

  await schema.create('things', (t) => {
    t.id()
    t.string('b')
    t.string('first').first()
    t.after('id', (after) => {
      after.string('a1')
      after.string('a2')
    })
  })

  expect(await schema.getColumnListing('things')).toEqual(['first', 'id', 'a1', 'a2', 'b'])
})

test('takes the character set, collation and engine of the blueprint', async () => {
  const { schema, show } = await openStructure()

  await schema.create('one', (t) => {
    t.string('a')
    t.charset('latin1')
  })
  await schema.create('two', (t) => {
    t.string('a')
    t.collation('utf8mb4_bin')
    t.engine('MyISAM')
  })

  expect(await show('one')).toMatch(/CHARSET=latin1/)
  expect(await show('two')).toMatch(/ENGINE=MyISAM.*COLLATE=utf8mb4_bin/)
})

test('writes texts so that every sign of them arrives', async () => {
  const { schema, snapshotOf, db } = await openStructure()
  const text = `it's a "back\\slash", \`tick\`, 50 % and ☂`

  await schema.create('things', (t) => {
    t.id()
    t.string('c').default(`${text} 🙂`).comment(text)
    t.enum('e', [text, 'b']).default('b')
    t.comment(text)
  })
  await db.table('things').insert({ id: 1 })
  await db.table('things').insert({ id: 2, e: text })

  const things = await snapshotOf('things')
  expect([things.comment, things.columns[1]?.comment]).toEqual([text, text])
  expect(await db.table('things').pluck('c')).toEqual([`${text} 🙂`, `${text} 🙂`])
  expect(await db.table('things').pluck('e')).toEqual(['b', text])
})

test('gives text and JSON the defaults that the server takes', async () => {
  const { schema, snapshotOf, db } = await openStructure()

  await schema.create('things', (t) => {
    t.id()
    t.text('note').default("it's")
    t.json('tags').default(['a', 'b'])
    t.string('token').default(db.raw('uuid()'))
    t.timestamp('at').default(db.raw('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP'))
  })
  await db.table('things').insert({ id: 1 })

  const row = await db.table('things').first()
  expect([row?.['note'], row?.['tags']]).toEqual(["it's", ['a', 'b']])
  expect(row?.['token']).toMatch(/^[\da-f-]{36}$/)
  const { columns } = await snapshotOf('things')
  expect(columns.map((column) => column.default)).toEqual([
    undefined,
    isMariadb ? "'it''s'" : "('it''s')",
    isMariadb ? `'["a","b"]'` : `('["a","b"]')`,
    '(uuid())',
    'CURRENT_TIMESTAMP',
  ])
  expect(columns[4]?.onUpdate).toBe('CURRENT_TIMESTAMP')
})
