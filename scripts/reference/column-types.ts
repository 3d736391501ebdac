// The page of column types: how each row of the table is written in each database.

import {
  type ColumnTypeName,
  type ColumnTypeRow,
  type SpelledColumn,
  type Spelling,
  columnTypeNames,
  columnTypes,
} from '../../src/schema/column-types.js'
import { dialectNames } from '../../src/schema/dialect-name.js'
import { code, page, table } from './markdown.js'
import { propertySummaries, readSource } from './source.js'

const defaults = { stringLength: 255, timePrecision: 0 }
const labels = { sqlite: 'SQLite', postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB' } as const

/** Arguments for the types that need some, or are shown better with some. */
const samples: Partial<Record<ColumnTypeName, readonly unknown[]>> = {
  enum: [['draft', 'published']],
  set: [['red', 'green']],
  geometry: ['point'],
  geography: ['point'],
  vector: [1536],
  computed: ['price * amount'],
  rawColumn: ['numeric(10, 2)'],
}

export async function columnTypesPage(root: string): Promise<string> {
  const summaries = propertySummaries(readSource(root, 'src/schema/column-types.ts'), 'columnTypes')
  return await page('src/schema/column-types.ts', [
    '# Column types',
    "Each type is a method of a blueprint: `table.string('title')`, and this is how each database writes it. A dash is a type that the database does not have: `migrate` refuses it and [names a way round](schema.md#what-a-database-refuses).",
    'The spellings are those of Laravel 13. `id()`, `foreignId()`, `timestamps()` and others that stand for a type with modifiers are among the [schema methods](schema.md).',
    table(
      ['call', ...dialectNames.map((name) => labels[name]), 'what it is'],
      columnTypeNames.map((name) => [
        code(callOf(name)),
        ...dialectNames.map((dialect) => spelled(name, columnTypes[name].sql[dialect])),
        summaries.get(name) ?? '',
      ]),
    ),
  ])
}

function callOf(name: ColumnTypeName): string {
  const args = (samples[name] ?? []).map((argument) => JSON.stringify(argument).replaceAll('"', "'"))
  return `${name}(${["'c'", ...args].join(', ')})`
}

function spelled(name: ColumnTypeName, spelling: Spelling): string {
  if (typeof spelling === 'string') return code(spelling)
  return typeof spelling === 'function' ? code(spelling(column(name))) : '–'
}

function column(name: ColumnTypeName): SpelledColumn {
  // Rows differ in their arguments; the samples above are what this row takes.
  const { arguments: read } = columnTypes[name] as unknown as ColumnTypeRow<readonly unknown[]>
  return { name: 'c', attributes: {}, ...read(defaults, ...(samples[name] ?? [])) }
}
