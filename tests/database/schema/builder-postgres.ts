// What the schema builder does on PostgreSQL that the others refuse or do in another way.

import { expect } from 'vitest'
import { randomUUID } from 'node:crypto'
import type { SchemaBuilder } from '../../../src/schema/schema-builder.js'
import type { OpenedSchema } from './open.js'

type Shown = (opened: OpenedSchema) => Promise<void>

/** A key that can wait until the end of a transaction, which is all that PostgreSQL lets anybody switch. */
async function makeDeferrable({ schema }: OpenedSchema): Promise<void> {
  await schema.table('posts', (table) => {
    table.dropForeign(['author_id'])
    table.foreign('author_id').references('id').on('authors').deferrable()
  })
}

export const shownOnPostgres: Partial<Readonly<Record<keyof SchemaBuilder, Shown>>> = {
  validateConstraint: async ({ schema, db }) => {
    await db.table('authors').insert({ id: 1, name: 'Ada' })
    await db.table('posts').insert({ author_id: 1, title: '', words: -1 })
    await schema.table('posts', (table) => table.check('words_is_positive', 'words > 0').notValid())
    await expect(schema.validateConstraint('posts', 'words_is_positive')).rejects.toThrow(/words_is_positive/)

    await db.table('posts').update({ words: 1 })
    await schema.validateConstraint('posts', 'words_is_positive')
    expect(
      await db.scalar("select convalidated from pg_constraint where conname = 'words_is_positive'"),
    ).toBe(true)
  },
  createEnum: async ({ schema, db }) => {
    await schema.createEnum('mood', ['sad', 'happy'])
    await schema.create('people', (table) => table.enum('mood', ['sad', 'happy']).native('mood'))
    await db.table('people').insert({ mood: 'happy' })
    expect(await schema.getColumnType('people', 'mood')).toBe('mood')
    await expect(db.table('people').insert({ mood: 'bored' })).rejects.toThrow(/bored/)
    await expect(schema.createEnum('mood', [])).rejects.toMatchObject({ code: 'TM_EMPTY_LIST' })
  },
  dropEnum: async ({ schema }) => {
    await schema.createEnum('mood', ['sad', 'happy'])
    expect(await schema.getTypes()).toMatchObject([{ name: 'mood', schema: 'public', type: 'enum' }])
    await schema.dropEnum('mood')
    expect(await schema.getTypes()).toEqual([])
    await expect(schema.dropEnum('mood')).rejects.toThrow(/mood/)
  },
  dropEnumIfExists: async ({ schema }) => {
    await schema.createEnum('mood', ['sad', 'happy'])
    await schema.dropEnumIfExists('mood')
    await schema.dropEnumIfExists('mood')
    expect(await schema.getTypes()).toEqual([])
  },
  dropAllTypes: async ({ schema, db }) => {
    await schema.createEnum('mood', ['sad', 'happy'])
    await db.exec('create domain positive as integer check (value > 0)')
    await schema.dropAllTypes()
    expect(await schema.getTypes()).toEqual([])
  },
  enableForeignKeyConstraints: async (opened) => {
    const { schema, db, change } = opened
    await makeDeferrable(opened)
    const inserted = change(async () => {
      await schema.disableForeignKeyConstraints()
      await schema.enableForeignKeyConstraints()
      await db.table('posts').insert({ author_id: 9 })
      throw new Error('It was not refused at once.')
    })
    await expect(inserted).rejects.toThrow(/foreign key/i)
  },
  disableForeignKeyConstraints: async (opened) => {
    const { schema, db, change } = opened
    await makeDeferrable(opened)
    await change(async () => {
      expect(await schema.disableForeignKeyConstraints()).toBe(true)
      await db.table('posts').insert({ author_id: 9 })
      await db.table('posts').delete()
    })
    expect(await db.table('posts').count()).toBe(0)
  },
  withoutForeignKeyConstraints: async (opened) => {
    const { schema, db, change } = opened
    await makeDeferrable(opened)
    await change(() =>
      schema.withoutForeignKeyConstraints(async () => {
        await db.table('posts').insert({ author_id: 1 })
        await db.table('authors').insert({ id: 1, name: 'Ada' })
      }),
    )
    await expect(db.table('posts').insert({ author_id: 9 })).rejects.toThrow(/foreign key/i)
  },
  ensureExtensionExists: async ({ schema, db }) => {
    await schema.ensureExtensionExists('pg_trgm')
    await schema.ensureExtensionExists('pg_trgm')
    expect(await db.scalar("select extname from pg_extension where extname = 'pg_trgm'")).toBe('pg_trgm')
    // What an extension makes is not the user's.
    expect([await schema.getTypes(), (await schema.getTables()).length]).toEqual([[], 2])
    const missing = `no_${randomUUID()}`
    await expect(schema.ensureExtensionExists(missing)).rejects.toThrow(missing)
  },
  ensureVectorExtensionExists: async ({ schema, db }) => {
    const sql = "select count(*) from pg_available_extensions where name = 'vector'"
    const isThere = Number(await db.scalar(sql)) === 1
    const ensured = schema.ensureVectorExtensionExists()
    await (isThere ? ensured : expect(ensured).rejects.toThrow(/vector/))
  },
  pragma: async ({ schema }) => {
    await schema.pragma('work_mem', '64kB')
    expect(await schema.pragma('work_mem')).toBe('64kB')
  },
}
