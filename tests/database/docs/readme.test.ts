// The README's table of databases, row by row: what it says yes to is done on the server under test, what it says no to is
// refused by name. `from 18` is a yes or a no by the server's version.

import { expect, inject, test } from 'vitest'
import { UnsupportedError } from '../../../src/dialects/errors.js'
import { Expression } from '../../../src/schema/expression.js'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { readPage } from '../../docs/markdown.js'
import { openSchema } from '../schema/open.js'

const columns: Readonly<Record<DialectName, number>> = { sqlite: 1, postgres: 2, mysql: 3, mariadb: 4 }

/** What each row is about, asked of a table with the columns `id` and `title`. */
const asked: Readonly<Record<string, (table: Blueprint) => unknown>> = {
  '`set()`': (table) => table.set('colours', ['red', 'green']),
  '`virtualAs()`': (table) => table.integer('twice').nullable().virtualAs('parent_id * 2'),
  'index `where()`': (table) => table.index('title').where('id > 1'),
  'index on an expression': (table) => table.index(new Expression('(lower(title))'), 'by_lower'),
  'index `include()`': (table) => table.index('title').include('id'),
  '`fullText()`': (table) => table.fullText('title'),
  '`nullsNotDistinct()`': (table) => table.unique('title').nullsNotDistinct(),
  'foreign key `deferrable()`': (table) =>
    table.foreign('parent_id').references('id').on('parents').deferrable(),
  'check `notValid()`': (table) => table.check('some', 'id > 0').notValid(),
  '`lock()`': (table) => table.index('title').lock('none'),
  '`vector()`': (table) => table.vector('place', 3),
}

const cells = new Map(
  readPage('README.md')
    .text.split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, title = '', ...others]) => [title, others[columns[inject('dialect')] - 1] ?? '']),
)

test.each(Object.entries(asked))('%s', async (title, ask) => {
  const { schema, dialect, session, change } = await openSchema()
  const cell = cells.get(title) ?? 'not in the table'
  const { version } = await dialect.overview(session)
  await change(async () => {
    await schema.create('parents', (table) => table.id())
    await schema.create('things', (table) => {
      table.id()
      table.string('title')
      table.unsignedBigInteger('parent_id').nullable()
    })
  })

  const made = change(() => schema.table('things', (table) => void ask(table)))

  const since = /^from ([\d.]+)$/.exec(cell)?.[1]
  const isYes = since === undefined ? cell === 'yes' : Number.parseFloat(version) >= Number(since)
  if (isYes) await expect(made).resolves.toBeUndefined()
  else if (since !== undefined || cell === 'no') await expect(made).rejects.toThrow(UnsupportedError)
  else expect(cell).toBe('with `pgvector`')
  await made.catch(() => undefined)
})
