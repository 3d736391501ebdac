// The blueprint as a whole: order, the table itself, looking into it, methods of one's own.

import { describe, expect, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import type { ColumnDefinition } from '../../../src/schema/column-definition.js'

declare module '../../../src/schema/blueprint.js' {
  interface Blueprint {
    money(column: string): ColumnDefinition
  }
}

const posts = { schema: undefined, name: 'posts' }

describe('order', () => {
  test('a new table comes first with all columns, then commands as written, then indexes on columns', () => {
    const table = new Blueprint('posts').create()
    table.string('slug').unique()
    table.index('title')
    table.foreignId('user_id').index().constrained()
    table.string('title')
    table.comment('What people wrote')

    expect(table.operations().map((operation) => operation.kind)).toEqual([
      'createTable',
      'addIndex',
      'addForeignKey',
      'setTableComment',
      'addIndex',
      'addIndex',
    ])
    expect(
      table
        .operations()
        .flatMap((operation) => (operation.kind === 'addIndex' ? [operation.index.name] : [])),
    ).toEqual(['posts_title_index', 'posts_slug_unique', 'posts_user_id_index'])
    expect(table.operations()[0]).toMatchObject({
      columns: [{ name: 'slug' }, { name: 'user_id' }, { name: 'title' }],
    })
  })

  test('changes of a table stay in the order in which they were written', () => {
    const table = new Blueprint('posts')
    table.renameColumn('body', 'text')
    table.text('text').nullable().change()
    table.dropColumn('draft')
    table.boolean('draft').index()
    table.dropIndex(['title'])

    expect(table.operations().map((operation) => operation.kind)).toEqual([
      'renameColumn',
      'changeColumn',
      'dropColumns',
      'addColumn',
      'dropIndex',
      'addIndex',
    ])
  })

  test('a primary key over the column that numbers the rows is implied', () => {
    const table = new Blueprint('posts').create()
    table.increments('id')
    table.primary('id')

    expect(table.operations()).toHaveLength(1)
  })

  test('a primary key over that column and another is not', () => {
    const table = new Blueprint('posts').create()
    table.increments('id')
    table.primary(['id', 'tenant_id'])

    expect(table.operations()[1]).toMatchObject({
      index: { kind: 'primary', name: 'posts_id_tenant_id_primary' },
    })
  })
})

describe('the table itself', () => {
  const optionsOf = (describeTable: (table: Blueprint) => void) => {
    const table = new Blueprint('posts').create()
    table.id()
    describeTable(table)
    const [operation] = table.operations()
    return operation?.kind === 'createTable' ? operation.options : undefined
  }

  test('options can be called', () => {
    const options = optionsOf((table) => {
      table.engine('InnoDB')
      table.charset('utf8mb4')
      table.collation('utf8mb4_bin')
      table.temporary()
    })

    expect(options).toEqual({
      temporary: true,
      engine: 'InnoDB',
      charset: 'utf8mb4',
      collation: 'utf8mb4_bin',
    })
  })

  test('options can be assigned', () => {
    const options = optionsOf((table) => {
      table.engine = 'InnoDB'
      table.charset = 'utf8mb4'
      table.collation = 'utf8mb4_bin'
    })

    expect(options).toEqual({
      temporary: false,
      engine: 'InnoDB',
      charset: 'utf8mb4',
      collation: 'utf8mb4_bin',
    })
  })

  test('innoDb is an engine', () => {
    expect(optionsOf((table) => table.innoDb())).toEqual({ temporary: false, engine: 'InnoDB' })
  })

  test.each([
    ['engine', (table: Blueprint) => table.engine('InnoDB')],
    ['temporary', (table: Blueprint) => table.temporary()],
  ])('%s is refused where the table exists', (option, describeTable) => {
    const table = new Blueprint('posts')
    table.string('title')
    describeTable(table)

    expect(() => table.operations()).toThrow(`Table "posts": ${option} is said when a table is made`)
  })

  test.each([
    [
      'comment',
      (t: Blueprint) => t.comment('why'),
      { kind: 'setTableComment', table: posts, comment: 'why' },
    ],
    ['drop', (t: Blueprint) => t.drop(), { kind: 'dropTable', table: posts, ifExists: false }],
    ['dropIfExists', (t: Blueprint) => t.dropIfExists(), { kind: 'dropTable', table: posts, ifExists: true }],
    [
      'rename',
      (t: Blueprint) => t.rename('articles'),
      { kind: 'renameTable', table: posts, to: { schema: undefined, name: 'articles' } },
    ],
  ])('%s', (_, describeTable, operation) => {
    const table = new Blueprint('posts')
    describeTable(table)

    expect(table.operations()).toEqual([operation])
  })

  test('a renamed table stays in its schema', () => {
    const table = new Blueprint('blog.posts')
    table.rename('articles')

    expect(table.operations()[0]).toMatchObject({
      table: { schema: 'blog', name: 'posts' },
      to: { schema: 'blog', name: 'articles' },
    })
  })

  test('a table of a schema has it in the names of its indexes', () => {
    const table = new Blueprint('blog.posts')
    table.index('title')

    expect(table.operations()[0]).toMatchObject({ index: { name: 'blog_posts_title_index' } })
  })

  test('a new table needs a column', () => {
    expect(() => new Blueprint('posts').create().operations()).toThrow(
      "schema.create('posts') describes no column.",
    )
  })

  test('a table needs a name', () => {
    expect(() => new Blueprint('')).toThrow('The name of the table is ""')
    expect(() => new Blueprint('x'.repeat(64), { maxIdentifierBytes: 63 })).toThrow('the database allows 63')
  })
})

describe('looking into a blueprint', () => {
  test('tells the table, the prefix and whether it is made', () => {
    const table = new Blueprint('blog.posts')

    expect([table.getTable(), table.getPrefix(), table.creating()]).toEqual(['blog.posts', '', false])
    expect(table.create().creating()).toBe(true)
  })

  test('tells columns that are added from columns that are changed', () => {
    const table = new Blueprint('posts')
    table.string('a')
    table.string('b').change()

    const names = (columns: readonly ColumnDefinition[]) => columns.map((column) => column.name)
    expect(names(table.getColumns())).toEqual(['a', 'b'])
    expect(names(table.getAddedColumns())).toEqual(['a'])
    expect(names(table.getChangedColumns())).toEqual(['b'])
    expect(table.getCommands()).toHaveLength(2)
  })

  test('removeColumn takes a column back out with its indexes', () => {
    const table = new Blueprint('posts')
    table.string('a').unique()
    table.string('b')
    table.removeColumn('a')

    expect(table.operations()).toMatchObject([{ kind: 'addColumn', column: { name: 'b' } }])
  })
})

describe('macro', () => {
  test('adds a method to every blueprint', () => {
    Blueprint.macro('money', function (column: string) {
      return this.decimal(column, 19, 4)
    })
    const table = new Blueprint('posts')
    table.money('price').nullable()

    expect(table.operations()).toMatchObject([
      { column: { name: 'price', type: 'decimal', attributes: { total: 19, places: 4 }, nullable: true } },
    ])
  })

  test('does not replace a method', () => {
    expect(() => Blueprint.macro('string', () => undefined)).toThrow(
      'a Blueprint has a method "string" already',
    )
  })
})
