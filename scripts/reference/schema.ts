// The page of the schema builder's methods, with what each database refuses and what has no effect there.

import type { DialectName } from '../../src/schema/dialect-name.js'
import { code, codes, methodTable, page, table } from './markdown.js'
import { type RefusedMethod, refusedMethods } from './refusals.js'
import { publicMethods, readSources } from './source.js'
import { withoutEffect } from './without-effect.js'

/** The classes whose methods a user calls, in the order of the page. */
const parts = [
  { title: 'The schema', classes: ['SchemaBuilder', 'SchemaInspector'], called: 'schema' },
  {
    title: 'The blueprint',
    classes: ['BlueprintColumns', 'BlueprintRelations', 'BlueprintIndexes', 'Blueprint', 'BlueprintEntries'],
    called: 'table',
  },
  { title: 'Modifiers of a column', classes: ['ColumnDefinition'], called: 'table.string(…)' },
  {
    title: 'Modifiers of a foreign id',
    classes: ['ForeignIdColumnDefinition'],
    called: 'table.foreignId(…)',
  },
  { title: 'Modifiers of an index', classes: ['IndexDefinition'], called: 'table.index(…)' },
  { title: 'Modifiers of a foreign key', classes: ['ForeignKeyDefinition'], called: 'table.foreign(…)' },
  { title: 'Modifiers of a check', classes: ['CheckDefinition'], called: 'table.check(…)' },
] as const

/** Methods for the code around them rather than for a migration. */
const internal = new Set(['operation', 'operations', 'column', 'create', 'creating', 'table.column'])

export async function schemaPage(root: string): Promise<string> {
  const sources = readSources(root, 'src/schema')
  const sections = parts.flatMap(({ title, classes, called }) => {
    const methods = classes.flatMap((name) => sources.flatMap((source) => publicMethods(source, name)))
    const shown = methods.filter(({ name }) => called === 'schema' || !internal.has(name))
    if (shown.length === 0)
      throw new Error(`scripts/reference/schema.ts: no methods of ${classes.join(', ')}.`)
    return [`## ${title}`, `Called on \`${called}\`.`, methodTable(shown)]
  })
  const refused = refusedMethods(root)
  return await page('src/schema and the refusals in src/dialects', [
    '# Schema methods',
    "`schema` is what a migration's `up` and `down` are handed; `table` is what the callback of `schema.create` and `schema.table` gets. The names and defaults are those of Laravel 13. Methods for single types, `table.string('title')`, are in [column types](column-types.md).",
    ...sections,
    '## What a database refuses',
    'What a database cannot do is refused with `TM_UNSUPPORTED` before anything runs, naming the method and a way round.',
    '### What SQLite refuses',
    refusalTable(refused.filter(({ dialect }) => dialect === 'sqlite')),
    '### What PostgreSQL refuses',
    refusalTable(refused.filter(({ dialect }) => dialect === 'postgres')),
    '### What MySQL and MariaDB refuse',
    familyTable(refused.filter(({ dialect }) => dialect === 'mysql' || dialect === 'mariadb')),
    '## What has no effect',
    'Some methods are for other databases. They are accepted, as in Laravel, so that one migration can serve several databases.',
    table(
      ['on', 'without effect'],
      [
        ['SQLite', codes(withoutEffect.sqlite)],
        ['PostgreSQL', codes(withoutEffect.postgres)],
        ['MySQL, MariaDB', codes(withoutEffect.mysql)],
      ],
    ),
  ])
}

function refusalTable(rows: readonly RefusedMethod[]): string {
  return table(
    ['method', 'the way round'],
    rows.map(({ method, wayRound, before }) => [
      code(method) + (before === undefined ? '' : ` before ${before}`),
      wayRound,
    ]),
  )
}

/** One row for what both refuse alike. */
function familyTable(rows: readonly RefusedMethod[]): string {
  const byText = new Map<string, RefusedMethod[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.method, row.wayRound.replaceAll(/MySQL|MariaDB|'mysql'|'mariadb'/g, '…')])
    byText.set(key, [...(byText.get(key) ?? []), row])
  }
  return table(
    ['method', 'refused by', 'the way round'],
    [...byText.values()].map((alike) => [
      code(alike[0]?.method ?? ''),
      alike
        .map(({ dialect, before }) => familyName(dialect) + (before === undefined ? '' : ` before ${before}`))
        .join(', '),
      alike[0]?.wayRound ?? '',
    ]),
  )
}

function familyName(dialect: DialectName): string {
  return dialect === 'mysql' ? 'MySQL' : 'MariaDB'
}
