// The page of the schema builder's methods, with what SQLite refuses and what has no effect there.

import { columnTypeNames, columnTypes } from '../../src/schema/column-types.js'
import { code, codes, methodTable, page, table } from './markdown.js'
import { literalRows, publicMethods, readSource, readSources } from './source.js'

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

/** What other databases have and Laravel documents to do nothing here. tests/docs proves each. */
export const withoutEffectOnSqlite = [
  'after',
  'always',
  'charset',
  'comment',
  'engine',
  'first',
  'generatedAs',
  'innoDb',
  'invisible',
  'unsigned',
  'useCurrentOnUpdate',
  'using',
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
  return await page('src/schema and src/dialects/sqlite/compile/refusals.ts', [
    '# Schema methods',
    "`schema` is what a migration's `up` and `down` are handed; `table` is what the callback of `schema.create` and `schema.table` gets. The names and defaults are those of Laravel 13. Methods for single types, `table.string('title')`, are in [column types](column-types.md).",
    ...sections,
    '## What SQLite refuses',
    'Refused with `TM_UNSUPPORTED` before anything runs:',
    table(['method', 'the way round'], refusals(root)),
    '## What has no effect on SQLite',
    `${codes(withoutEffectOnSqlite)} are for other databases. They are accepted, as in Laravel, so that one migration can serve several databases.`,
  ])
}

function refusals(root: string): readonly (readonly string[])[] {
  const rows = literalRows(readSource(root, 'src/dialects/sqlite/compile/refusals.ts'), [
    'method',
    'wayRound',
  ])
  const types = columnTypeNames.flatMap((name) => {
    const spelling = columnTypes[name].sql.sqlite
    return typeof spelling === 'object'
      ? [{ method: `${name}()`, wayRound: `${capital(spelling.wayRound)}.` }]
      : []
  })
  const elsewhere = {
    method: 'schema.ensureExtensionExists()',
    wayRound: "Leave it out where `db.getDriverName()` is 'sqlite'.",
  }
  const unique = new Map(
    [...rows, ...types, elsewhere].map(({ method, wayRound }) => [
      `${method} ${wayRound}`,
      { method, wayRound },
    ]),
  )
  return [...unique.values()].map(({ method, wayRound }) => [code(method), wayRound])
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
