// Makes a table's snapshot out of what the catalogue says (catalogue-rows.ts) and what only the stored statement has:
// names of constraints, checks, collations, AUTOINCREMENT, expressions, comments. Pure.

import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
  TriggerSnapshot,
  ViewSnapshot,
} from '../../../schema/snapshot.js'
import { groupBy } from '../../../support/group-by.js'
import type {
  ColumnInfo,
  ForeignKeyInfo,
  IndexColumnInfo,
  ListedTable,
  StoredObject,
} from './catalogue-rows.js'
import type {
  ColumnConstraintSource,
  ColumnSource,
  CreateTableSource,
  ReferencesSource,
  TableConstraintSource,
} from '../create-table/create-table.js'
import { sameName } from '../sql/names.js'
import { parseCreateTable } from '../create-table/parse-create-table.js'
import { parseIndex } from '../create-table/stored-sql.js'
import { tokenize, unquote } from '../sql/tokens.js'

/** All that the catalogue has of one table or view. */
export interface TableFacts {
  readonly table: ListedTable
  /** Its own statement, and those of its indexes and triggers. */
  readonly stored: readonly StoredObject[]
  readonly columns: readonly ColumnInfo[]
  readonly indexColumns: readonly IndexColumnInfo[]
  readonly foreignKeys: readonly ForeignKeyInfo[]
}

export function tableSnapshot(facts: TableFacts): TableSnapshot {
  const { table, stored } = facts
  const sql = stored.find(({ type }) => type === 'table')?.sql
  const source = sql === undefined ? undefined : parseCreateTable(sql)
  return {
    schema: namedSchema(table.schema),
    name: table.name,
    columns: columnSnapshots(facts.columns, source),
    primaryKey: primaryKeySnapshot(facts.columns, source),
    indexes: indexSnapshots(facts.indexColumns, stored),
    foreignKeys: foreignKeySnapshots(facts.foreignKeys, source),
    checks: checkSnapshots(source),
    triggers: triggerSnapshots(stored),
    comment: undefined,
    collation: undefined,
    engine: table.type === 'virtual' ? moduleName(sql ?? '') : undefined,
    options: [...(source?.isStrict ? ['STRICT'] : []), ...(source?.isWithoutRowid ? ['WITHOUT ROWID'] : [])],
  }
}

export function viewSnapshot({ table, stored, columns }: TableFacts): ViewSnapshot {
  return {
    schema: namedSchema(table.schema),
    name: table.name,
    columns: columns.map(({ name }) => name),
    definition: stored.find(({ type }) => type === 'view')?.sql ?? '',
    triggers: triggerSnapshots(stored),
  }
}

function triggerSnapshots(stored: readonly StoredObject[]): readonly TriggerSnapshot[] {
  return stored
    .flatMap(({ type, name, sql }) => (type === 'trigger' && sql !== undefined ? [{ name, sql }] : []))
    .sort(byName)
}

/** By code units, so that the order is the same in every locale. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

/** `fts5` of `CREATE VIRTUAL TABLE … USING fts5(…)`. */
function moduleName(sql: string): string | undefined {
  const words = tokenize(sql).filter(({ kind }) => kind === 'word' || kind === 'quoted')
  const using = words.findIndex(({ text }) => text.toUpperCase() === 'USING')
  const name = words[using + 1]
  return name === undefined ? undefined : unquote(name.text)
}

/** `main` is where a name without a schema leads, and so goes without saying. */
export function namedSchema(schema: string): string | undefined {
  return schema === 'main' ? undefined : schema
}

function columnSnapshots(
  columns: readonly ColumnInfo[],
  source: CreateTableSource | undefined,
): ColumnSnapshot[] {
  return columns.map((column) => {
    const position = source?.columns.findIndex(({ name }) => sameName(name, column.name)) ?? -1
    return columnSnapshot(column, source, source?.columns[position])
  })
}

function columnSnapshot(
  column: ColumnInfo,
  source: CreateTableSource | undefined,
  columnSource: ColumnSource | undefined,
): ColumnSnapshot {
  const type = column.type.toLowerCase()
  const constraints = columnSource?.constraints ?? []
  const generated = constraints.find((constraint) => constraint.kind === 'generated')
  const collate = constraints.findLast((constraint) => constraint.kind === 'collate')
  return {
    name: column.name,
    type,
    typeName: type.replace(/\s*\(.*/s, ''),
    nullable: !column.notNull,
    default: column.default,
    autoIncrement: source !== undefined && column.primaryKeyPlace > 0 && hasAutoincrement(source),
    generated:
      generated === undefined || column.generated === undefined
        ? undefined
        : { expression: generated.expression, stored: column.generated === 'stored' },
    identity: undefined,
    onUpdate: undefined,
    invisible: false,
    charset: undefined,
    collation: collate?.collation.toLowerCase(),
    comment: source === undefined || columnSource === undefined ? undefined : commentOf(columnSource, source),
  }
}

/** Only a single integer key can have it, wherever the key is written. */
function hasAutoincrement(source: CreateTableSource): boolean {
  return allConstraints(source).some(
    (constraint) => constraint.kind === 'primaryKey' && constraint.autoincrement,
  )
}

/** The comment that stands on the line on which the column ends, before or after its comma. */
function commentOf(column: ColumnSource, source: CreateTableSource): string | undefined {
  const isLast = source.columns.at(-1) === column && source.constraints.length === 0
  const after = `${column.beforeComma}${column.afterComma}${isLast ? source.beforeClose : ''}`
  for (const token of tokenize(after)) {
    if (token.kind === 'comment') return token.text.replace(/^--|^\/\*|\*\/$/g, '').trim()
    if (token.text.includes('\n')) return undefined
  }
  return undefined
}

function primaryKeySnapshot(
  columns: readonly ColumnInfo[],
  source: CreateTableSource | undefined,
): PrimaryKeySnapshot | undefined {
  const key = columns.filter(({ primaryKeyPlace }) => primaryKeyPlace > 0)
  if (key.length === 0) return undefined
  return {
    name: allConstraints(source).find(({ kind }) => kind === 'primaryKey')?.constraintName,
    columns: key.sort((a, b) => a.primaryKeyPlace - b.primaryKeyPlace).map(({ name }) => name),
  }
}

function indexSnapshots(
  indexColumns: readonly IndexColumnInfo[],
  stored: readonly StoredObject[],
): readonly IndexSnapshot[] {
  const byIndex = groupBy(
    indexColumns.filter(({ origin }) => origin !== 'primary'),
    ({ index }) => index,
  )
  return [...byIndex]
    .map(([name, columns]) =>
      indexSnapshot(name, columns, stored.find((object) => object.name === name)?.sql),
    )
    .sort(byName)
}

function indexSnapshot(
  name: string,
  columns: readonly IndexColumnInfo[],
  sql: string | undefined,
): IndexSnapshot {
  const parts = sql === undefined ? undefined : parseIndex(sql)
  return {
    name,
    columns: columns.map(({ column, place, descending, collation }) => ({
      column,
      expression: column === undefined ? withoutDirection(parts?.items[place]?.sql ?? '') : undefined,
      descending,
      collation,
      length: undefined,
      operatorClass: undefined,
    })),
    unique: columns.some(({ unique }) => unique),
    isConstraint: columns.some(({ origin }) => origin === 'unique'),
    where: parts?.where,
    method: undefined,
    include: [],
    nullsNotDistinct: false,
    valid: true,
  }
}

function withoutDirection(expression: string): string {
  return expression.replace(/\s+(?:ASC|DESC)$/i, '')
}

/** SQLite counts keys from the last one that the statement has. */
function foreignKeySnapshots(
  infos: readonly ForeignKeyInfo[],
  source: CreateTableSource | undefined,
): readonly ForeignKeySnapshot[] {
  const byId = [...groupBy(infos, ({ id }) => id)].sort(([a], [b]) => b - a)
  const written = source === undefined ? [] : writtenReferences(source)
  return byId.map(([, columns], position) =>
    foreignKeySnapshot(columns, written.length === byId.length ? written[position] : undefined),
  )
}

interface WrittenReferences {
  readonly name: string | undefined
  readonly references: ReferencesSource
}

/** In the order of the statement: a column's among the columns, then those of the table. */
function writtenReferences(source: CreateTableSource): readonly WrittenReferences[] {
  return allConstraints(source).flatMap((constraint) =>
    constraint.kind === 'references' || constraint.kind === 'foreignKey'
      ? [{ name: constraint.constraintName, references: constraint.references }]
      : [],
  )
}

function foreignKeySnapshot(
  columns: readonly ForeignKeyInfo[],
  written: WrittenReferences | undefined,
): ForeignKeySnapshot {
  const [first] = columns
  return {
    name: written?.name,
    columns: columns.map(({ from }) => from),
    foreignTable: { schema: namedSchema(first?.schema ?? 'main'), name: first?.parent ?? '' },
    foreignColumns: columns.flatMap(({ to }) => (to === undefined ? [] : [to])),
    onUpdate: first?.onUpdate ?? 'no action',
    onDelete: first?.onDelete ?? 'no action',
    deferrable: written?.references.deferrable ?? false,
    initiallyDeferred: written?.references.initiallyDeferred ?? false,
    validated: true,
  }
}

function checkSnapshots(source: CreateTableSource | undefined): readonly CheckSnapshot[] {
  return allConstraints(source).flatMap((constraint) =>
    constraint.kind === 'check'
      ? [{ name: constraint.constraintName, expression: constraint.expression, validated: true }]
      : [],
  )
}

/** Those of the columns, then those of the table. */
function allConstraints(
  source: CreateTableSource | undefined,
): readonly (ColumnConstraintSource | TableConstraintSource)[] {
  if (source === undefined) return []
  return [...source.columns.flatMap(({ constraints }) => constraints), ...source.constraints]
}
