// The database at a glance: where it is, how large, and what is in it.

import { printHeading, printPairs } from './layout.js'
import type { Terminal } from './terminal.js'
import { countOf, formatBytes } from './units.js'

export interface Overview {
  readonly connection: string
  /** `SQLite 3.50.1` */
  readonly server: string
  readonly database: string
  readonly sizeBytes: number | undefined
  readonly tables: readonly ListedTable[]
  readonly views?: readonly string[]
  readonly types?: readonly ListedType[]
}

interface ListedTable {
  readonly name: string
  readonly sizeBytes: number | undefined
  readonly engine: string | undefined
  readonly collation: string | undefined
  readonly comment: string | undefined
  readonly rows?: number
}

interface ListedType {
  readonly name: string
  readonly kind: string
  readonly values: readonly string[]
}

export function printOverview(terminal: Terminal, overview: Overview): void {
  const { connection, server, database, sizeBytes, tables } = overview
  printHeading(terminal, server)
  printPairs(terminal, [
    { left: 'Connection', right: connection },
    { left: 'Database', right: database },
    ...(sizeBytes === undefined ? [] : [{ left: 'Size', right: formatBytes(sizeBytes) }]),
  ])
  printHeading(terminal, countOf(tables.length, 'table'))
  printPairs(
    terminal,
    tables.map((table) => ({ left: namedTable(terminal, table), right: sizesOf(table) })),
  )
  printNames(terminal, 'view', overview.views)
  printNames(
    terminal,
    'type',
    overview.types?.map(({ name, kind, values }) => `${name} ${terminal.style('dim', typeOf(kind, values))}`),
  )
  terminal.line()
}

function namedTable(terminal: Terminal, { name, engine, comment }: ListedTable): string {
  const extras = [engine ?? '', comment === undefined ? '' : `"${comment}"`].filter((text) => text !== '')
  return extras.length === 0 ? name : `${name} ${terminal.style('dim', extras.join(', '))}`
}

/** `enum: draft, published` */
function typeOf(kind: string, values: readonly string[]): string {
  return values.length === 0 ? kind : `${kind}: ${values.join(', ')}`
}

function sizesOf({ sizeBytes, rows }: ListedTable): string {
  const sizes = [
    rows === undefined ? '' : countOf(rows, 'row'),
    sizeBytes === undefined ? '' : formatBytes(sizeBytes).padStart(8),
  ]
  return sizes.filter((text) => text !== '').join('  ')
}

function printNames(terminal: Terminal, noun: string, names: readonly string[] | undefined): void {
  if (names === undefined) return
  printHeading(terminal, countOf(names.length, noun))
  for (const name of names) terminal.line(`  ${name}`)
}
