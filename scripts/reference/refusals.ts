// What each database refuses: the rows of its tables of refusals, the column types that it has no spelling for, and the
// refusals that are thrown by name elsewhere in its folder.

import ts from 'typescript'
import type { Refusals } from '../../src/dialects/refusals.js'
import { mariadbFlavour } from '../../src/dialects/mariadb/flavour.js'
import { mysqlFlavour } from '../../src/dialects/mysql/flavour.js'
import { refusals as postgresRefusals } from '../../src/dialects/postgres/compile/refusals.js'
import { refusals as sqliteRefusals } from '../../src/dialects/sqlite/compile/refusals.js'
import { columnTypeNames, columnTypes } from '../../src/schema/column-types.js'
import { driverNames } from '../../src/schema/dialect-name.js'
import type { DialectName } from '../../src/schema/dialect-name.js'
import { readSources, walk } from './source.js'

interface Row {
  readonly method: string
  readonly wayRound: string
}

/** What is refused, and where: on all servers of the kind where `before` is undefined. */
export interface RefusedMethod extends Row {
  readonly dialect: DialectName
  /** The version that can do it. */
  readonly before: string | undefined
}

interface Server {
  readonly dialect: DialectName
  readonly folders: readonly string[]
  /** Of the newest server. */
  readonly refusals: Refusals
  /** Of an older one that can do less, and what the newer one is called. */
  readonly older?: { readonly refusals: Refusals; readonly before: string }
}

const servers: readonly Server[] = [
  { dialect: 'sqlite', folders: ['sqlite'], refusals: sqliteRefusals },
  {
    dialect: 'postgres',
    folders: ['postgres'],
    refusals: postgresRefusals({ version: 180_000, isPooled: false }, true),
    older: { refusals: postgresRefusals({ version: 150_000, isPooled: false }, true), before: '18' },
  },
  {
    dialect: 'mysql',
    folders: ['mysql'],
    refusals: mysqlFlavour.refusals(90_700),
    older: { refusals: mysqlFlavour.refusals(80_000), before: '9.0' },
  },
  {
    dialect: 'mariadb',
    folders: ['mysql', 'mariadb'],
    refusals: mariadbFlavour.refusals(110_800),
    older: { refusals: mariadbFlavour.refusals(101_100), before: '11.7' },
  },
]

/** All that the databases refuse, each thing once for each database. */
export function refusedMethods(root: string): readonly RefusedMethod[] {
  return servers.flatMap((server) => {
    const { dialect, refusals, older } = server
    const always = [
      ...rowsOf(refusals),
      ...typesWithout(dialect),
      ...server.folders.flatMap((folder) => thrownRows(root, folder, dialect)),
    ].map((row) => ({ dialect, ...row, before: undefined }))
    const known = new Set(always.map(({ method }) => method))
    const formerly =
      older === undefined ? [] : rowsOf(older.refusals).filter(({ method }) => !known.has(method))
    const all = [...always, ...formerly.map((row) => ({ dialect, ...row, before: older?.before }))]
    return [...new Map(all.map((row) => [`${row.method} ${row.wayRound}`, row])).values()]
  })
}

function rowsOf(refusals: Refusals): readonly Row[] {
  const { columns, indexes, droppedIndexes, foreignKeys, checks, validateConstraint, enumTypes } = refusals
  return [
    ...[columns, indexes, droppedIndexes, foreignKeys, checks].flat(),
    ...(validateConstraint === undefined
      ? []
      : [{ method: 'schema.validateConstraint()', wayRound: validateConstraint }]),
    ...(enumTypes === undefined ? [] : [{ method: 'schema.createEnum(), dropEnum()', wayRound: enumTypes }]),
  ]
}

function typesWithout(dialect: DialectName): readonly Row[] {
  return columnTypeNames.flatMap((name) => {
    const spelling = columnTypes[name].sql[dialect]
    if (typeof spelling !== 'object') return []
    return [{ method: `${name}()`, wayRound: `Instead, ${spelling.wayRound}.` }]
  })
}

/** `new UnsupportedError('method', label, 'way round')`, wherever its texts are written in full. */
function thrownRows(root: string, folder: string, dialect: DialectName): readonly Row[] {
  const rows: Row[] = []
  for (const { tree } of readSources(root, `src/dialects/${folder}`)) {
    walk(tree, (node) => {
      if (!ts.isNewExpression(node) || node.expression.getText() !== 'UnsupportedError') return
      const [method, , wayRound] = (node.arguments ?? []).map((argument) => textOf(argument, dialect))
      if (method !== undefined && wayRound !== undefined) rows.push({ method, wayRound })
    })
  }
  return rows
}

/** What stands in a template's places; a text with any other is left to the table that it comes from. */
function placesOf(dialect: DialectName): Readonly<Record<string, string>> {
  return { 'server.flavour.driverName': driverNames[dialect], 'task.name': 'postgis' }
}

function textOf(node: ts.Expression, dialect: DialectName): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  const places = placesOf(dialect)
  const parts = node.templateSpans.map(({ expression, literal }) => {
    const text = places[expression.getText()]
    return text === undefined ? undefined : text + literal.text
  })
  return parts.includes(undefined) ? undefined : node.head.text + parts.join('')
}
