// What the compiler must accept and refuse of the schema language. Nothing here runs: `npm run types` is the test.

import type { Blueprint } from '../../src/schema/blueprint.js'
import type { ColumnDefinition } from '../../src/schema/column-definition.js'
import { Expression } from '../../src/schema/expression.js'
import type { ForeignKeyDefinition } from '../../src/schema/foreign-key-definition.js'
import type { SchemaBuilder } from '../../src/schema/schema-builder.js'

export function accepted(table: Blueprint): void {
  const id: ColumnDefinition = table.id()
  const key: ForeignKeyDefinition = table.foreignId('user_id').nullable().constrained().nullOnDelete()
  table.uuid().unique()
  table.string('title', 100).nullable().default('draft').comment('why').after('id')
  table.integer('count', false, true).default(new Expression('1'))
  table.decimal('price', 8, 2)
  table.enum('type', ['movie', 'episode'] as const)
  table.json('metadata').default({ lang: 'en', tags: [] })
  table.foreign(['a', 'b']).references(['c', 'd']).on('other').onDelete('CASCADE').onUpdate('set null')
  table
    .index(['a', new Expression('lower(b)')], 'name', 'btree')
    .where('a is null')
    .include('c')
    .concurrently()
  table.engine('InnoDB')
  table.engine = 'InnoDB'
  table.charset('utf8mb4')
  table.charset = 'utf8mb4'
  table.collation('utf8mb4_bin')
  table.collation = 'utf8mb4_bin'
  table.addColumn('string', 'name', { length: 5, nullable: true })
  table.after('id', (inside) => {
    inside.string('subtitle')
  })
  id.change({ exact: true })
  key.lock('none')
}

export function refused(table: Blueprint): void {
  // @ts-expect-error a string has a name
  table.string()
  // @ts-expect-error a length is a number
  table.string('title', '100')
  // @ts-expect-error an enum has values
  table.enum('type')
  // @ts-expect-error values are texts
  table.enum('type', [1, 2])
  // @ts-expect-error no such type
  table.strin('title')
  // @ts-expect-error no such modifier
  table.string('title').nulable()
  // @ts-expect-error undefined is no value
  table.string('title').default(undefined)
  // @ts-expect-error a function is no value
  table.string('title').default(() => 'draft')
  // @ts-expect-error no such option
  table.string('title').change({ exakt: true })
  // @ts-expect-error no such lock
  table.string('title').lock('everything')
  // @ts-expect-error no such algorithm
  table.string('title').algorithm('fast')
  // @ts-expect-error no such type
  table.string('title').type('sting')
  // @ts-expect-error no such action
  table.foreign('user_id').references('id').on('users').onDelete('casade')
  // @ts-expect-error modifiers of the column come before constrained()
  table.foreignId('user_id').constrained().nullable()
  // @ts-expect-error a plain column has no constrained()
  table.integer('user_id').constrained()
  // @ts-expect-error no such parameter
  table.addColumn('string', 'name', { lenght: 5 })
  // @ts-expect-error an expression has a name of its own
  table.rawIndex('lower(email)')
  // @ts-expect-error an engine is a text
  table.engine = 5
  // @ts-expect-error a model has a table
  table.foreignIdFor({ primaryKey: 'id' })
  // @ts-expect-error no such kind of key
  table.foreignIdFor({ table: 'users', keyType: 'guid' })
}

export async function builder(schema: SchemaBuilder): Promise<void> {
  await schema.create('users', (table) => table.id())
  await schema.table('users', async (table) => {
    if (await schema.hasColumn('users', 'name')) table.dropColumn('name')
  })
  const [column] = await schema.getColumns('users')
  const generation: 'stored' | 'virtual' | undefined = column?.generation?.type
  await schema.hasIndex('users', ['email'], generation === undefined ? 'unique' : 'btree')

  // @ts-expect-error a table has a name
  await schema.create((table: Blueprint) => table.id())
  // @ts-expect-error no such kind of key
  schema.defaultMorphKeyType('guid')
}
